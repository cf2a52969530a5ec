package pickle

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// execGlobal executes GLOBAL.
func (m *machine) execGlobal(op *Op) *Error {
	r, err := m.findLines(op)
	if err != nil {
		return err
	}
	m.push(r)
	return nil
}

// findLines looks up the pair in the two lines of GLOBAL or INST.
func (m *machine) findLines(op *Op) (ref, *Error) {
	module, cutModule, err := m.nameLine(op, op.ArgOff, op.ArgLen)
	if err != nil {
		return 0, err
	}
	name, cutName, err := m.nameLine(op, op.Arg2Off, op.Arg2Len)
	if err != nil {
		return 0, err
	}
	if module == "" || name == "" {
		// Below two bytes _Unpickler_Readline's callers say "truncated".
		if err := m.refuse(cLoaders, BadArgument, op, op.Name()+" with an empty name"); err != nil {
			return 0, err
		}
	}
	return m.find(op, module, name, !cutModule && !cutName, op.Offset)
}

// nameLine reads a line as a name: ASCII for INST, UTF-8 for GLOBAL, both strict.
func (m *machine) nameLine(op *Op, off, n int64) (name string, cut bool, _ *Error) {
	cut = n > int64(m.lim.Name)
	b, err := m.read(op, off, min(n, int64(m.lim.Name)))
	if err != nil {
		return "", false, err
	}
	if !cut && !m.reading.python2 && (op.Code == OpInst && !isASCII(b) || !utf8.Valid(b)) {
		return "", false, &Error{Kind: BadArgument, Offset: op.Offset, Text: "the name of " + op.Name() + " cannot be decoded"}
	}
	if cut {
		m.anomaly(LongName, op.Offset, fmt.Sprintf("a name of %d bytes", n))
	}
	return m.facts.intern(b), cut, nil
}

// stackGlobal executes STACK_GLOBAL. Its operands must be exactly str. One that
// is computed by the stream (the result of a call, an attribute) may be; the
// global is then listed as unresolved.
func (m *machine) stackGlobal(op *Op) *Error {
	items, err := m.pop(op, 2)
	if err != nil {
		return err
	}
	module, name := items[0], items[1]
	for _, r := range items {
		if m.literal(r) && m.kind(r) != kStr {
			return &Error{Kind: BadOperand, Offset: op.Offset, Text: "STACK_GLOBAL of something that is no str"}
		}
	}
	resolved := true
	var text [2]string
	for i, r := range []ref{module, name} {
		b, cut, ok, err := m.str(op, r, m.lim.Name)
		if err != nil {
			return err
		}
		if cut {
			m.anomaly(LongName, op.Offset, fmt.Sprintf("a name of more than %d bytes", m.lim.Name))
		}
		resolved = resolved && ok && !cut
		text[i] = m.facts.intern(b)
	}
	r, err := m.find(op, text[0], text[1], resolved, m.firstOperand(op, module, name))
	if err != nil {
		return err
	}
	m.push(r)
	return nil
}

// firstOperand returns where the ops begin that push both operands of a
// STACK_GLOBAL, if they stand directly before it: a str, perhaps a memo op, a
// str, perhaps a memo op.
func (m *machine) firstOperand(op *Op, module, name ref) int64 {
	const memoOp = 5 // LONG_BINPUT
	if (module|name)&immediate != 0 {
		return op.Offset
	}
	a, b := &m.nodes[module], &m.nodes[name]
	if a.kind != kStr || b.kind != kStr {
		return op.Offset
	}
	aStart, aEnd := strOp(a)
	bStart, bEnd := strOp(b)
	if d := bStart - aEnd; d < 0 || d > memoOp {
		return op.Offset
	}
	if d := op.Offset - bEnd; d < 0 || d > memoOp {
		return op.Offset
	}
	return aStart
}

// strOp returns where the op of a str begins and ends.
func strOp(n *node) (start, end int64) {
	arg := opcodes[n.code].Arg
	start, end = int64(n.a)-1-int64(widths[arg]), int64(n.a)+int64(n.n)
	if arg == ArgLine {
		end++ // its newline
	}
	return start, end
}

// find is find_class: it lists the look-up and returns its value.
func (m *machine) find(op *Op, module, name string, resolved bool, from int64) (ref, *Error) {
	g := Global{
		RawModule: module, RawName: name, Module: module,
		Offset: op.Offset, Op: op.Code, Resolved: resolved, Untrusted: m.tainted, Loaders: m.live,
	}
	if m.proto < 3 && !m.reading.python2 {
		g.Module, name = compat().resolve(module, name, m.reading.tix)
	}
	locals := false
	switch {
	case !resolved:
		g.Path = nil
	case m.proto >= 4 && strings.Contains(name, "."):
		g.Path = strings.Split(name, ".")
		locals = slices.Contains(g.Path, "<locals>")
		if len(g.Path) > maxPath {
			// The whole name is kept raw; that many steps are not.
			m.anomaly(LongName, op.Offset, fmt.Sprintf("a name with %d dots", len(g.Path)-1))
			g.Path, g.Resolved = nil, false
		}
	default:
		g.Path = []string{name}
		locals = m.proto >= 4 && name == "<locals>"
	}
	i := m.addGlobal(g)
	m.arrays.noteGlobal(&g)
	if err := m.refuseName(op, g.Module == "" && resolved, locals); err != nil {
		return 0, err
	}
	return m.add(node{kind: kGlobal, n: uint32(i), a: uint64(from)}), nil
}

// refuseName is where the find_class that nobody has overridden fails whatever
// the modules are: over an empty module, and over "<locals>" before 3.14.
func (m *machine) refuseName(op *Op, empty, locals bool) *Error {
	if empty && m.reading.plain {
		return &Error{Kind: BadOperand, Offset: op.Offset, Text: op.Name() + " of an empty module"}
	}
	if locals && !m.reading.locals {
		return &Error{Kind: BadOperand, Offset: op.Offset, Text: op.Name() + " through <locals>"}
	}
	return nil
}

// maxPath is the longest attribute walk that is kept apart.
const maxPath = 256

// extension executes EXT1, EXT2 and EXT4: a look-up of whatever was registered
// under a number, which the stream does not say.
func (m *machine) extension(op *Op) *Error {
	m.anomaly(ExtensionCode, op.Offset, fmt.Sprintf("extension code %d", op.Int))
	if op.Int <= 0 {
		// pickle.py looks into its cache first, where the stream may have
		// put something.
		refused := cLoaders
		if m.reading.plain && !m.tainted {
			refused = AllLoaders // nothing was put there
		}
		if err := m.refuse(refused, BadArgument, op, "extension code is not positive"); err != nil {
			return err
		}
	}
	i := m.addGlobal(Global{Extension: true, Code: int32(op.Int), Offset: op.Offset, Op: op.Code, Untrusted: m.tainted, Loaders: m.live})
	m.push(m.add(node{kind: kGlobal, n: uint32(i), a: uint64(op.Offset)}))
	return nil
}
