package lzma

import "fmt"

const (
	states    = 12
	posStates = 16
	minMatch  = 2
	endMarker = 0xffffffff
)

// decoder is the state of LZMA, without its input, over a window.
type decoder struct {
	win *window
	rc  rangeDecoder

	lc, lp, pb uint
	state      uint32
	rep        [4]uint32

	isMatch, isRep0Long           [states][posStates]prob
	isRep, isRepG0, isRepG1, isG2 [states]prob
	slot                          [4][64]prob
	special                       [128]prob
	align                         [16]prob
	match, repeat                 lengths
	literal                       []prob

	// pending is how many bytes of a match are left.
	pending uint32
}

// setProps takes lc, lp and pb from their byte. liblzma opens no others.
func (d *decoder) setProps(b byte) error {
	lc, lp, pb := uint(b%9), uint(b/9%5), uint(b/45)
	if pb > 4 || lc+lp > 4 {
		return fmt.Errorf("%w: properties %#02x", ErrCorrupt, b)
	}
	d.lc, d.lp, d.pb = lc, lp, pb
	return nil
}

// reset starts the probabilities and the state over.
func (d *decoder) reset() {
	d.state, d.rep, d.pending = 0, [4]uint32{}, 0
	for i := range states {
		fill(d.isMatch[i][:])
		fill(d.isRep0Long[i][:])
	}
	for _, p := range [][]prob{d.isRep[:], d.isRepG0[:], d.isRepG1[:], d.isG2[:], d.special[:], d.align[:]} {
		fill(p)
	}
	for i := range d.slot {
		fill(d.slot[i][:])
	}
	d.match.reset()
	d.repeat.reset()
	n := 0x300 << (d.lc + d.lp)
	if cap(d.literal) < n {
		d.literal = make([]prob, n)
	}
	d.literal = d.literal[:n]
	fill(d.literal)
}

// copyPending goes on with a match, as far as b reaches.
func (d *decoder) copyPending(b []byte) (n int) {
	for ; d.pending > 0 && n < len(b); n++ {
		c := d.win.back(int64(d.rep[0]) + 1)
		d.win.put(c)
		b[n] = c
		d.pending--
	}
	return n
}

// step decodes one literal, or one match, which is then pending. It reports the
// end marker.
func (d *decoder) step() (lit byte, isLit, end bool, err error) {
	pos := uint32(d.win.total) & (1<<d.pb - 1)
	if d.rc.bit(&d.isMatch[d.state][pos]) == 0 {
		lit = d.decodeLiteral()
		return lit, true, false, d.rc.err
	}
	var n uint32
	if d.rc.bit(&d.isRep[d.state]) == 0 {
		n = d.newMatch(pos)
		if d.rc.err == nil && d.rep[0] == endMarker {
			d.rc.normalise()
			return 0, false, true, d.rc.err
		}
	} else {
		n = d.repMatch(pos)
	}
	if d.rc.err != nil {
		return 0, false, false, d.rc.err
	}
	if err := d.win.check(int64(d.rep[0]) + 1); err != nil {
		return 0, false, false, err
	}
	d.pending = n
	return 0, false, false, nil
}

func (d *decoder) decodeLiteral() byte {
	prev := uint32(0)
	if d.win.total > 0 {
		prev = uint32(d.win.back(1))
	}
	at := (uint32(d.win.total)&(1<<d.lp-1))<<d.lc | prev>>(8-d.lc)
	probs := d.literal[0x300*at : 0x300*(at+1)]
	m := uint32(1)
	if d.state >= 7 {
		// Behind a match, the byte that it would have gone on with helps.
		matched := uint32(d.win.back(int64(d.rep[0]) + 1))
		for m < 0x100 {
			matched <<= 1
			want := matched & 0x100
			b := d.rc.bit(&probs[0x100+want+m])
			m = m<<1 | b
			if want>>8 != b {
				break
			}
		}
	}
	for m < 0x100 {
		m = m<<1 | d.rc.bit(&probs[m])
	}
	switch {
	case d.state < 4:
		d.state = 0
	case d.state < 10:
		d.state -= 3
	default:
		d.state -= 6
	}
	return byte(m)
}

// newMatch decodes a length and a distance.
func (d *decoder) newMatch(pos uint32) uint32 {
	d.rep[3], d.rep[2], d.rep[1] = d.rep[2], d.rep[1], d.rep[0]
	n := d.match.decode(&d.rc, pos)
	if d.state < 7 {
		d.state = 7
	} else {
		d.state = 10
	}
	slot := d.rc.tree(d.slot[min(n, 3)][:], 6)
	dist := slot
	if slot >= 4 {
		bits := int(slot>>1) - 1
		dist = (2 | slot&1) << bits
		if slot < 14 {
			dist += d.rc.reverse(d.special[dist-slot:], bits)
		} else {
			dist += d.rc.direct(bits-4) << 4
			dist += d.rc.reverse(d.align[:], 4)
		}
	}
	d.rep[0] = dist
	return n + minMatch
}

// repMatch decodes a match at one of the latest four distances.
func (d *decoder) repMatch(pos uint32) uint32 {
	after := func(short, long uint32) uint32 {
		if d.state < 7 {
			return short
		}
		return long
	}
	if d.rc.bit(&d.isRepG0[d.state]) == 0 {
		if d.rc.bit(&d.isRep0Long[d.state][pos]) == 0 {
			d.state = after(9, 11)
			return 1
		}
	} else {
		dist := d.rep[1]
		if d.rc.bit(&d.isRepG1[d.state]) != 0 {
			dist = d.rep[2]
			if d.rc.bit(&d.isG2[d.state]) != 0 {
				dist = d.rep[3]
				d.rep[3] = d.rep[2]
			}
			d.rep[2] = d.rep[1]
		}
		d.rep[1] = d.rep[0]
		d.rep[0] = dist
	}
	n := d.repeat.decode(&d.rc, pos)
	d.state = after(8, 11)
	return n + minMatch
}
