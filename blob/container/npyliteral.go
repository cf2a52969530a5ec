package container

import (
	"strconv"
	"strings"
)

// npyValue is a literal of Python, of the few kinds that headers of numpy have.
type npyValue struct {
	kind   npyKind
	text   string     // of a str
	number uint64     // of an int
	items  []npyValue // of a tuple or list; keys and values of a dict
}

type npyKind uint8

const (
	npyStr npyKind = iota + 1
	npyInt
	npyBool
	npyTuple
	npyList
	npyDict
)

// maxNpyDepth bounds how deep literals are nested. Dtypes of dtypes are two or
// three deep.
const maxNpyDepth = 32

// npyParser reads what ast.literal_eval reads of a header, and refuses whatever
// Python might take to mean something else: escapes, prefixes and adjacent
// strings, signs, comments.
type npyParser struct{ rest string }

func parseNpyLiteral(text string) (npyValue, bool) {
	p := &npyParser{text}
	v, ok := p.value(maxNpyDepth)
	p.space()
	return v, ok && p.rest == ""
}

func (p *npyParser) space() { p.rest = strings.TrimLeft(p.rest, " \t\r\n") }

// take steps over c, if that is next behind white space.
func (p *npyParser) take(c byte) bool {
	p.space()
	if p.rest == "" || p.rest[0] != c {
		return false
	}
	p.rest = p.rest[1:]
	return true
}

// value calls itself for items, depth times at most.
func (p *npyParser) value(depth int) (npyValue, bool) {
	p.space()
	if p.rest == "" || depth == 0 {
		return npyValue{}, false
	}
	switch c := p.rest[0]; {
	case c == '\'' || c == '"':
		return p.str(c)
	case c >= '0' && c <= '9':
		return p.integer()
	case c == '(' || c == '[' || c == '{':
		p.rest = p.rest[1:]
		return p.items(c, depth-1)
	}
	for _, word := range []string{"True", "False"} {
		if rest, ok := strings.CutPrefix(p.rest, word); ok {
			p.rest = rest
			return npyValue{kind: npyBool}, true
		}
	}
	return npyValue{}, false
}

func (p *npyParser) str(quote byte) (npyValue, bool) {
	text, rest, ok := strings.Cut(p.rest[1:], string(rune(quote)))
	if !ok || strings.ContainsAny(text, "\\\r\n") {
		return npyValue{}, false
	}
	p.rest = rest
	return npyValue{kind: npyStr, text: text}, true
}

// integer reads a number. Python 2 wrote an L behind long ones.
func (p *npyParser) integer() (npyValue, bool) {
	n := 0
	for n < len(p.rest) && p.rest[n] >= '0' && p.rest[n] <= '9' {
		n++
	}
	v, err := strconv.ParseUint(p.rest[:n], 10, 63)
	p.rest = strings.TrimPrefix(p.rest[n:], "L")
	return npyValue{kind: npyInt, number: v}, err == nil
}

// items reads what stands behind an opening bracket, and the closing one.
func (p *npyParser) items(open byte, depth int) (npyValue, bool) {
	v := npyValue{kind: npyTuple}
	end := byte(')')
	switch open {
	case '[':
		v.kind, end = npyList, ']'
	case '{':
		v.kind, end = npyDict, '}'
	}
	comma := false
	for !p.take(end) {
		if len(v.items) > 0 && !comma {
			return v, false
		}
		item, ok := p.value(depth)
		if !ok {
			return v, false
		}
		v.items = append(v.items, item)
		if v.kind == npyDict {
			if !p.take(':') {
				return v, false
			}
			if item, ok = p.value(depth); !ok {
				return v, false
			}
			v.items = append(v.items, item)
		}
		comma = p.take(',')
	}
	if v.kind == npyTuple && len(v.items) == 1 && !comma {
		return v.items[0], true // brackets only
	}
	return v, true
}
