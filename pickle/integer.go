package pickle

// textInt pushes the value of INT or LONG, if all that are followed read the
// same one.
func (m *machine) textInt(op *Op, text []byte) *Error {
	v, known, tooBig := m.reading.value(text, op.Code == OpLong)
	if known && !tooBig {
		m.push(m.integer(v))
		return nil
	}
	r := m.span(kInt, op)
	if tooBig && r&immediate == 0 {
		m.nodes[r].flags |= big
	}
	m.push(r)
	return nil
}

// long pushes LONG1 and LONG4, converted only when it fits 8 bytes.
func (m *machine) long(op *Op) *Error {
	if op.ArgLen > shortLong {
		m.push(m.span(kInt, op))
		return nil
	}
	b, err := m.read(op, op.ArgOff, op.ArgLen)
	if err != nil {
		return err
	}
	if v, ok := twosComplement(b); ok {
		m.push(m.integer(v))
		return nil
	}
	r := m.span(kInt, op)
	if r&immediate == 0 {
		m.nodes[r].flags |= big
	}
	m.push(r)
	return nil
}

// shortLong is the length up to which the payload of LONG4 is looked at.
const shortLong = 4 << 10

// twosComplement converts little-endian bytes, unless the number is too big.
func twosComplement(b []byte) (int64, bool) {
	var sign byte
	if n := len(b); n > 0 && b[n-1]&0x80 != 0 {
		sign = 0xff
	}
	for len(b) > 8 {
		if b[len(b)-1] != sign {
			return 0, false
		}
		b = b[:len(b)-1]
	}
	if n := len(b); n == 8 && b[n-1]&0x80 != sign&0x80 {
		return 0, false
	}
	v := uint64(int64(int8(sign)))
	for i := len(b) - 1; i >= 0; i-- {
		v = v<<8 | uint64(b[i])
	}
	return int64(v), true
}
