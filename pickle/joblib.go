package pickle

import (
	"cmp"
	"math"
	"strconv"
	"strings"
)

// joblib writes the bytes of an array into the stream, behind the BUILD of a
// wrapper that says how many there are (joblib/numpy_pickle.py). Its unpickler,
// which is pickle.py's with a BUILD of its own, reads them from the file: behind
// the frame in which the BUILD stands, whatever else that frame holds. A reading
// of its own steps over them; the plain loaders take them for ops.

// Array is one array of joblib in the stream.
type Array struct {
	// Offset is where its bytes begin, behind the padding; Length is how many
	// there are.
	Offset, Length int64
	// Pickled: it holds objects, so that its bytes are one pickle.
	Pickled bool
}

const (
	wrapperModule = "joblib.numpy_pickle"
	wrapperName   = "NumpyArrayWrapper"
	// maxDtypes bounds the dtypes that are remembered. A frame of data has
	// dozens; joblib memoizes them.
	maxDtypes = 1 << 16
)

// arrays is what a pass knows of arrays.
type arrays struct {
	on      bool // this pass steps over them
	seen    bool // a wrapper was looked up
	wrapped bool // one was built: joblib reads on differently
	dtypes  map[ref]dtype
	// The bytes of an array begin at from, and the file goes on at to.
	from, to int64
}

// dtype is what counts of numpy.dtype(kind, align, copy) and its state.
type dtype struct {
	size    int64 // bytes an item; -1 if it is not known
	objects bool
}

// noteGlobal is told of each look-up.
func (a *arrays) noteGlobal(g *Global) {
	if g.Module == wrapperModule && g.Name() == wrapperName {
		a.seen = true
	}
}

// madeDtype notes that a call of numpy.dtype returned r.
func (m *machine) madeDtype(op *Op, r ref, args []ref) *Error {
	d := dtype{size: -1}
	if len(args) > 0 {
		text, cut, ok, err := m.str(op, args[0], 32)
		if err != nil {
			return err
		}
		if ok && !cut {
			d = dtypeOf(string(text))
		}
	}
	m.addDtype(r, d)
	return nil
}

func (m *machine) addDtype(r ref, d dtype) {
	if m.arrays.dtypes == nil {
		m.arrays.dtypes = make(map[ref]dtype)
	}
	if len(m.arrays.dtypes) < maxDtypes {
		m.arrays.dtypes[r] = d
	}
}

// stringItem is the item size of numpy's StringDType, whose text stands elsewhere:
// its arrays are pickled as those of objects are (NPY_ITEM_REFCOUNT).
const stringItem = 16

// makesStringDtype reports whether g is what StringDType.__reduce__ calls.
func makesStringDtype(g *Global) bool {
	return g.Name() == "_convert_to_stringdtype_kwargs" && (g.Module == "numpy._core._internal" || g.Module == "numpy.core._internal")
}

// dtypeNames are the names that numpy has for some type strings, which picklers do
// not write.
var dtypeNames = map[string]string{
	"bool": "b1", "int8": "i1", "int16": "i2", "int32": "i4", "int64": "i8", "uint8": "u1", "uint16": "u2", "uint32": "u4", "uint64": "u8",
	"float16": "f2", "float32": "f4", "float64": "f8", "complex64": "c8", "complex128": "c16", "object": "O8",
}

// dtypeOf reads a type string such as "<f8", "U12" or "O8".
func dtypeOf(text string) dtype {
	text = cmp.Or(dtypeNames[text], strings.TrimLeft(text, "<>=|"))
	if text == "" {
		return dtype{size: -1}
	}
	kind := text[0]
	n, err := strconv.ParseInt(text[1:], 10, 32)
	switch {
	case kind == 'O':
		return dtype{size: 8, objects: true}
	case err != nil || n < 0 || strings.HasPrefix(text[1:], "+"):
		return dtype{size: -1}
	case kind == 'U':
		n *= 4
	case strings.IndexByte("biufcmMSaV", kind) < 0:
		return dtype{size: -1}
	}
	return dtype{size: n}
}

// setDtype reads the state of a dtype: (3, byteorder, subdtype, names, fields,
// itemsize, alignment, flags). What type string and state say must agree with
// what numpy makes of both: the item size is that of the state where it has one.
func (m *machine) setDtype(op *Op, r, state ref) {
	d, ok := m.arrays.dtypes[r]
	if !ok {
		return
	}
	kids, more := m.children(state)
	if m.kind(state) != kTuple || more || len(kids) < 8 {
		d.size = -1
		m.arrays.dtypes[r] = d
		return
	}
	size, isInt, known := m.index(op, kids[5])
	switch {
	case !isInt || !known:
		d.size = -1
	case size >= 0:
		d.size = size
	}
	const refcounted = 1 // NPY_ITEM_REFCOUNT
	flags, isInt, known := m.index(op, kids[7])
	if !isInt || !known {
		d.size = -1
	}
	d.objects = d.objects || flags&refcounted != 0
	m.arrays.dtypes[r] = d
}

// madeBy names the look-up whose call or instance r is, or nothing.
func (m *machine) madeBy(r ref) string {
	if r&immediate != 0 || m.nodes[r].kind != kResult {
		return ""
	}
	c := &m.trace.Calls[m.nodes[r].n]
	if c.Global < 0 {
		return ""
	}
	return m.target(int(c.Global))
}

// builtArray looks at an object whose state was set.
func (m *machine) builtArray(op *Op, on, state ref) *Error {
	a := &m.arrays
	if len(a.dtypes) > 0 {
		if _, ok := a.dtypes[on]; ok {
			m.setDtype(op, on, state)
			return nil
		}
	}
	if !a.seen || m.madeBy(on) != wrapperModule+"."+wrapperName {
		return nil
	}
	a.wrapped = true
	if !a.on {
		return nil
	}
	start := m.filePosition(op)
	at := start
	size, objects, aligned, known, err := m.arraySize(op, state)
	switch {
	case err != nil:
		return err
	case !known:
		return &Error{Kind: BadOperand, Offset: op.Offset, Text: "an array of joblib whose length the stream does not say"}
	}
	if aligned && !objects {
		if at >= m.lex.size {
			return cutArray(op)
		}
		pad, err := m.read(op, at, 1)
		if err != nil {
			return err
		}
		at += 1 + int64(pad[0])
	}
	if objects {
		if size, err = m.pickled(at); err != nil {
			return err
		}
	}
	if at > m.lex.size || size > m.lex.size-at {
		return cutArray(op)
	}
	m.listArray(Array{Offset: at, Length: size, Pickled: objects})
	if a.to == 0 {
		a.from = start
	}
	a.to = at + size
	return nil
}

func cutArray(op *Op) *Error {
	return &Error{Kind: Truncated, Offset: op.Offset, Text: "end of input inside an array of joblib"}
}

// filePosition is where joblib's file is after op: behind the frame that holds the
// op, and behind the arrays that were read since it began.
func (m *machine) filePosition(op *Op) int64 {
	at := max(op.End, m.arrays.to)
	if m.frameEnd != math.MaxInt64 {
		at = max(at, m.frameEnd)
	}
	return at
}

func (m *machine) listArray(a Array) {
	if m.crowded(len(m.trace.Arrays), 1) {
		m.trace.MoreArrays++
		return
	}
	m.trace.Arrays = append(m.trace.Arrays, a)
}

// arraySize reads the attributes of a wrapper: how many bytes its array has,
// whether it holds objects, and whether padding stands before it.
func (m *machine) arraySize(op *Op, state ref) (size int64, objects, aligned, known bool, _ *Error) {
	if m.kind(state) != kDict {
		return 0, false, false, false, nil
	}
	kids, more := m.children(state)
	size = -1
	items := int64(-1)
	for i := 0; i+1 < len(kids); i += 2 {
		key, cut, ok, err := m.str(op, kids[i], 64)
		if err != nil {
			return 0, false, false, false, err
		}
		if !ok || cut {
			return 0, false, false, false, nil
		}
		switch value := kids[i+1]; string(key) {
		case "shape":
			items = m.product(op, value)
		case "dtype":
			if d, ok := m.arrays.dtypes[value]; ok {
				size, objects = d.size, d.objects
			}
		case "numpy_array_alignment_bytes":
			aligned = m.kind(value) != kNone
		}
	}
	switch {
	case more || items < 0 || size < 0 && !objects:
		return 0, false, false, false, nil
	case size > 0 && items > math.MaxInt64/size:
		return math.MaxInt64, objects, aligned, true, nil
	}
	return max(size, 0) * items, objects, aligned, true, nil
}

// product is the number of items of a shape, or -1.
func (m *machine) product(op *Op, shape ref) int64 {
	kids, more := m.children(shape)
	if m.kind(shape) != kTuple || more {
		return -1
	}
	items := int64(1)
	for _, k := range kids {
		n, isInt, known := m.index(op, k)
		switch {
		case !isInt || !known || n < 0:
			return -1
		case n > 0 && items > math.MaxInt64/n:
			return math.MaxInt64
		}
		items *= n
	}
	return items
}

// pickled returns the length of the pickle at an offset, by its STOP. joblib reads
// it with pickle.load and, in its newest releases, with pickle.py, which part where
// its last frame goes on behind STOP.
func (m *machine) pickled(at int64) (int64, *Error) {
	var lex Lexer
	lex.reset(m.lex.r, m.lex.size, at, m.lim.Line)
	frame := int64(0)
	for op := (Op{}); ; {
		if err := lex.next(&op); err != nil {
			return 0, err
		}
		m.trace.Ops++
		switch op.Code {
		case OpFrame:
			frame = op.End + max(0, op.Int)
		case OpStop:
			if frame > op.End {
				m.anomaly(LoaderDisagreement, op.Offset, "the pickle of an array ends inside a frame, and releases of joblib go on at different places")
			}
			return op.End - at, nil
		}
		if m.trace.Ops&(checkEvery-1) == 0 {
			if err := m.limits(&op); err != nil {
				return 0, err
			}
		}
	}
}

// stepOver moves the lexer over the bytes of an array that it has come to.
func (m *machine) stepOver() {
	a := &m.arrays
	if a.to > 0 && m.lex.Offset() >= a.from {
		m.lex.seek(a.to)
		a.from, a.to = 0, 0
	}
}
