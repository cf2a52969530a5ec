package container

import "errors"

var errLz4 = errors.New("corrupt lz4 block")

// lz4Block appends what src decompresses to (lz4_Block_format.md), until out has
// most bytes. In front of an error it appends what comes before it.
func lz4Block(out, src []byte, most int) ([]byte, error) {
	// number reads what goes on behind four bits that are all set.
	number := func(n int) (int, bool) {
		for n >= 15 {
			if len(src) == 0 || n > lz4LegacyBlock {
				return 0, false
			}
			c := src[0]
			src = src[1:]
			n += int(c)
			if c != 255 {
				break
			}
		}
		return n, true
	}
	for len(src) > 0 {
		token := src[0]
		src = src[1:]
		n, ok := number(int(token >> 4))
		if !ok {
			return out, errLz4
		}
		if n > len(src) || n > most-len(out) {
			return append(out, src[:min(n, len(src), most-len(out))]...), errLz4
		}
		out = append(out, src[:n]...)
		src = src[n:]
		if len(src) == 0 {
			return out, nil // the last sequence has no match
		}
		if len(src) < 2 {
			return out, errLz4
		}
		dist := int(src[0]) | int(src[1])<<8
		src = src[2:]
		n, ok = number(int(token & 15))
		n += 4
		if !ok || dist == 0 || dist > len(out) || n > most-len(out) {
			return out, errLz4
		}
		// Each round doubles what repeats.
		for from := len(out) - dist; n > 0; {
			k := min(n, len(out)-from)
			out = append(out, out[from:from+k]...)
			n -= k
		}
	}
	return out, errLz4
}
