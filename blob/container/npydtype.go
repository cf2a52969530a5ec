package container

import (
	"math/bits"
	"regexp"
	"strconv"
)

// npyData is what the header of an array says of the data behind it.
type npyData int

const (
	// npyDoubt: the header is of a form that is not understood here, though
	// numpy may.
	npyDoubt npyData = iota
	// npyRaw: no loader unpickles the data.
	npyRaw
	// npyObjects: numpy unpickles the data (dtype.hasobject).
	npyObjects
)

// npyScalar is a dtype as a string, in the form that dtype.str has and numpy
// writes: byte order, kind, size, and for dates a unit. numpy reads more
// ("i4,O", "object", "d"); what has another form is in doubt.
var npyScalar = regexp.MustCompile(`^[<>=|]?(?:(b)1|([iu])([1248])|(f)(2|4|8|12|16)|(c)(8|16|24|32)|([SaUV])([0-9]{1,9})|([Mm])8(?:\[[0-9]*[A-Za-zμ]+(?:/[0-9]+)?\])?|(O)[48]?)$`)

// npyHeaderData judges the text of a header. length is how many bytes the raw
// data has.
func npyHeaderData(text string) (kind npyData, length int64) {
	header, ok := parseNpyLiteral(text)
	if !ok || header.kind != npyDict || len(header.items) != 6 {
		return npyDoubt, 0
	}
	fields := map[string]npyValue{}
	for i := 0; i < len(header.items); i += 2 {
		if header.items[i].kind != npyStr {
			return npyDoubt, 0
		}
		fields[header.items[i].text] = header.items[i+1]
	}
	// Three different keys, as numpy wants them (_read_array_header).
	descr, d := fields["descr"]
	shape, s := fields["shape"]
	order, o := fields["fortran_order"]
	if !d || !s || !o || order.kind != npyBool {
		return npyDoubt, 0
	}
	size, objects, ok := npyItem(descr)
	if !ok {
		return npyDoubt, 0
	}
	if shape.kind != npyTuple {
		return npyDoubt, 0
	}
	n, ok := npyTimes(size, shape)
	switch {
	case !ok:
		return npyDoubt, 0
	case objects:
		return npyObjects, 0
	}
	return npyRaw, int64(n)
}

// npyItem returns the size of one item in bytes and whether it holds objects.
// The forms are those of numpy.lib.format.descr_to_dtype: a string, a list of
// fields, and a pair of a dtype and a shape. parseNpyLiteral bounds the depth.
func npyItem(v npyValue) (size uint64, objects, ok bool) {
	switch v.kind {
	case npyStr:
		return npyScalarItem(v.text)
	case npyTuple:
		if len(v.items) != 2 {
			return 0, false, false
		}
		if size, objects, ok = npyItem(v.items[0]); !ok {
			return 0, false, false
		}
		size, ok = npyTimes(size, v.items[1])
		return size, objects, ok
	case npyList:
		for _, field := range v.items {
			if field.kind != npyTuple || len(field.items) < 2 || len(field.items) > 3 || !npyFieldName(field.items[0]) {
				return 0, false, false
			}
			n, o, ok := npyItem(field.items[1])
			if ok && len(field.items) == 3 {
				n, ok = npyTimes(n, field.items[2])
			}
			if !ok {
				return 0, false, false
			}
			objects = objects || o
			if size += n; size > 1<<62 {
				return 0, false, false
			}
		}
		return size, objects, true
	}
	return 0, false, false
}

// npyFieldName reports whether v can name a field: a str, or title and name.
func npyFieldName(v npyValue) bool {
	return v.kind == npyStr ||
		v.kind == npyTuple && len(v.items) == 2 && v.items[0].kind == npyStr && v.items[1].kind == npyStr
}

func npyScalarItem(text string) (size uint64, objects, ok bool) {
	m := npyScalar.FindStringSubmatch(text)
	if m == nil {
		return 0, false, false
	}
	var kind, digits string
	switch {
	case m[1] != "":
		return 1, false, true
	case m[2] != "":
		kind, digits = m[2], m[3]
	case m[4] != "":
		kind, digits = m[4], m[5]
	case m[6] != "":
		kind, digits = m[6], m[7]
	case m[8] != "":
		kind, digits = m[8], m[9]
	case m[10] != "":
		return 8, false, true
	default:
		return 8, true, true
	}
	n, err := strconv.ParseUint(digits, 10, 32)
	if err != nil {
		return 0, false, false
	}
	if kind == "U" {
		n *= 4 // UCS-4
	}
	return n, false, true
}

// npyTimes multiplies size by a shape: a number, or a tuple of them.
func npyTimes(size uint64, shape npyValue) (uint64, bool) {
	dims := shape.items
	if shape.kind == npyInt {
		dims = []npyValue{shape}
	} else if shape.kind != npyTuple {
		return 0, false
	}
	for _, d := range dims {
		if d.kind != npyInt {
			return 0, false
		}
		hi, lo := bits.Mul64(size, d.number)
		if hi != 0 || lo > 1<<62 {
			return 0, false
		}
		size = lo
	}
	return size, true
}
