package pickle

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"math"
	"strconv"
	"strings"
)

// Text numbers are read by four grammars: C's strtol and PyOS_string_to_double
// in _pickle.c, Python's int() and float() in pickle.py, and each changed with
// 3.14 (base 10 instead of base 0). What follows answers one question for each
// side: does a release of it that is followed accept this text? The value
// matters less, since no name and no callee is made of a number.

// maxDigits is what sys.get_int_max_str_digits returns: a decimal number of more
// digits is refused since 3.10.7, 3.9.14 and 3.8.14.
const maxDigits = 4300

// cText is the text as C sees it: up to the first NUL.
func cText(b []byte) (text []byte, nul bool) {
	if i := bytes.IndexByte(b, 0); i >= 0 {
		return b[:i], true
	}
	return b, false
}

// intLoaders says who accepts the text of INT, of which b is the beginning if it
// is not whole.
func (rd *reading) intLoaders(b []byte, whole bool) LoaderSet {
	if !whole {
		return rd.longNumber(b)
	}
	var set LoaderSet
	if rd.pyInt(b) {
		set |= Py
	}
	text, nul := cText(b)
	if len(b) > 0 && (rd.base0 && strtol(text, 0, nul) || rd.base10 && strtol(text, 10, nul) || rd.pyInt(text)) {
		set |= cLoaders
	}
	return set
}

// longLoaders says who accepts the text of LONG.
func (rd *reading) longLoaders(b []byte, whole bool) LoaderSet {
	if !whole {
		return rd.longNumber(b)
	}
	if len(b) == 0 {
		return 0
	}
	b = bytes.TrimSuffix(b, []byte("L"))
	var set LoaderSet
	if rd.pyInt(b) {
		set |= Py
	}
	if text, _ := cText(b); rd.pyInt(text) {
		set |= cLoaders
	}
	return set
}

// pyInt reports whether int(b, 0) or int(b, 10) accepts b, as the releases say.
func (rd *reading) pyInt(b []byte) bool {
	return (rd.base0 && pyInt(b, 0) || rd.base10 && pyInt(b, 10)) && (rd.manyDigits || !tooLong(b))
}

// longNumber says who takes a number that is too long to be checked: all, but
// for decimal digits beyond their limit. Others have no limit.
func (rd *reading) longNumber(b []byte) LoaderSet {
	if !rd.manyDigits && tooLong(b) {
		return 0
	}
	return AllLoaders
}

// tooLong reports whether b has more decimal digits than int() converts.
func tooLong(b []byte) bool {
	b = bytes.TrimLeft(b, pySpace+"+-")
	if len(b) > 1 && b[0] == '0' && bytes.IndexByte([]byte("xob"), b[1]|0x20) >= 0 {
		return false
	}
	n := 0
	for _, c := range b {
		if c >= '0' && c <= '9' {
			n++
		}
	}
	return n > maxDigits
}

// value returns the value of the text of INT or LONG, which somebody accepts.
// Where the grammars disagree about it, it is known only if they agree here.
func (rd *reading) value(b []byte, long bool) (v int64, known, tooBig bool) {
	if long {
		b = bytes.TrimSuffix(b, []byte("L"))
	}
	b, _ = cText(b)
	b = bytes.ReplaceAll(bytes.Trim(b, pySpace), []byte("_"), nil)
	text := string(b)
	body := strings.TrimLeft(text, "+-")
	base := 10
	if len(body) > 1 && body[0] == '0' {
		if rd.base0 == rd.base10 && strings.Trim(body, "0") != "" {
			return 0, false, false
		}
		if base = 0; !rd.base0 || strings.Trim(body, "0123456789") == "" && long {
			base = 10
		}
	}
	v, err := strconv.ParseInt(text, base, 64)
	switch {
	case err == nil:
		return v, true, false
	case text == "" || text == "+" || text == "-":
		return 0, true, false // strtol of nothing
	case errors.Is(err, strconv.ErrRange):
		return 0, true, true
	}
	return 0, false, false
}

// textFloat returns the value of the text of FLOAT, which somebody accepts.
func textFloat(b []byte) (float64, bool) {
	b, _ = cText(b)
	b = bytes.ReplaceAll(bytes.Trim(b, pySpace), []byte("_"), nil)
	v, err := strconv.ParseFloat(string(b), 64)
	return v, err == nil || errors.Is(err, strconv.ErrRange)
}

// floatLoaders says who accepts the text of FLOAT.
func floatLoaders(b []byte) LoaderSet {
	var set LoaderSet
	if pyFloat(bytes.Trim(b, pySpace), true) {
		set |= Py
	}
	if text, _ := cText(b); cFloat(text) {
		set |= cLoaders
	}
	return set
}

// cFloat reports whether PyOS_string_to_double takes all of b. What overflows it
// refuses.
func cFloat(b []byte) bool {
	if !pyFloat(b, false) {
		return false
	}
	_, err := strconv.ParseFloat(string(b), 64)
	return err == nil || !isDigits(b)
}

func isDigits(b []byte) bool { return bytes.ContainsAny(b, "0123456789") }

const pySpace = " \t\n\r\v\f"

// strtol reports whether C's strtol(text, &end, base) ends at the end of text,
// with a value that fits. base is 0 or 10.
func strtol(b []byte, base int, nul bool) bool {
	if len(b) == 0 {
		return nul // no digits: end is where it began, at the NUL
	}
	b = bytes.TrimLeft(b, pySpace)
	negative := len(b) > 0 && b[0] == '-'
	if negative || len(b) > 0 && b[0] == '+' {
		b = b[1:]
	}
	if base == 0 {
		base = 10
		if len(b) > 1 && b[0] == '0' {
			base = 8
			if b[1]|0x20 == 'x' {
				base, b = 16, b[2:]
			}
		}
	}
	if !digits(b, base, false) {
		return false
	}
	v, err := strconv.ParseUint(string(b), base, 64)
	return err == nil && (v <= math.MaxInt64 || negative && v == 1<<63)
}

// pyInt reports whether Python's int(b, base) accepts b.
func pyInt(b []byte, base int) bool {
	b = bytes.Trim(b, pySpace)
	if len(b) > 0 && (b[0] == '+' || b[0] == '-') {
		b = b[1:]
	}
	if base == 10 {
		return digits(b, 10, true)
	}
	if len(b) > 1 && b[0] == '0' {
		if i := bytes.IndexByte([]byte("xob"), b[1]|0x20); i >= 0 {
			b = b[2:]
			if len(b) > 0 && b[0] == '_' {
				b = b[1:]
			}
			return digits(b, []int{16, 8, 2}[i], true)
		}
	}
	if len(b) > 0 && b[0] == '0' && len(bytes.Trim(b, "0_")) > 0 {
		return false // 010 could be meant as octal, so int(…, 0) refuses
	}
	return digits(b, 10, true)
}

func digits(b []byte, base int, underscores bool) bool {
	if len(b) == 0 {
		return false
	}
	under := true // an underscore may not come first
	for _, c := range b {
		if c == '_' {
			if under || !underscores {
				return false
			}
			under = true
			continue
		}
		if d := unhex(c); d < 0 || d >= base {
			return false
		}
		under = false
	}
	return !under
}

// pyFloat reports whether b is a float in Python's grammar.
func pyFloat(b []byte, underscores bool) bool {
	if len(b) > 0 && (b[0] == '+' || b[0] == '-') {
		b = b[1:]
	}
	switch string(bytes.ToLower(b)) {
	case "inf", "infinity", "nan":
		return true
	}
	mantissa := b
	if i := bytes.IndexAny(b, "eE"); i >= 0 {
		exponent := b[i+1:]
		mantissa = b[:i]
		if len(exponent) > 0 && (exponent[0] == '+' || exponent[0] == '-') {
			exponent = exponent[1:]
		}
		if !digits(exponent, 10, underscores) {
			return false
		}
	}
	whole, fraction, dot := bytes.Cut(mantissa, []byte("."))
	if len(whole) == 0 && len(fraction) == 0 {
		return false
	}
	return (len(whole) == 0 && dot || digits(whole, 10, underscores)) &&
		(len(fraction) == 0 || digits(fraction, 10, underscores))
}

// memoKey is a memo index: a number that fits, or the digest of one that does
// not (pickle.py keeps integers of any size as keys of its memo).
type memoKey struct {
	index int64
	big   [16]byte
}

// parseIndex reads the text of GET or PUT, int(text, 10) in Python's grammar.
// The set says who accepts it; C ends the text at a NUL.
func (rd *reading) parseIndex(b []byte) (key memoKey, negative bool, set LoaderSet) {
	if text, nul := cText(b); nul {
		b, set = text, cLoaders
	} else {
		set = AllLoaders
	}
	if !pyInt(b, 10) || !rd.manyDigits && tooLong(b) {
		return key, false, 0
	}
	b = bytes.Trim(b, pySpace)
	if b[0] == '+' || b[0] == '-' {
		negative = b[0] == '-'
		b = b[1:]
	}
	b = bytes.TrimLeft(bytes.ReplaceAll(b, []byte("_"), nil), "0")
	if len(b) == 0 {
		return key, false, set // -0 is 0
	}
	v, err := strconv.ParseInt(string(b), 10, 64)
	if err == nil {
		key.index = v
		return key, negative, set
	}
	sum := sha256.Sum256(b)
	key.index = -1
	copy(key.big[:], sum[:])
	return key, negative, set & Py // C: OverflowError
}
