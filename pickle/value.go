package pickle

import "math"

// kind is what the machine knows of a value.
type kind uint8

const (
	kNone kind = iota
	kBool
	kInt
	kFloat
	kMark // on the stack of pickle.py 2.7 only
	kStr
	kBytes
	kByteArray
	kTuple
	kList
	kDict
	kSet
	kFrozenSet
	kView       // the read-only memoryview of a bytearray
	kGlobal     // came from a look-up
	kResult     // what a call returned
	kPersistent // what persistent_load returned
	kBuffer     // an out-of-band buffer
)

// lastLiteral is the last kind that the stream spells out itself.
const lastLiteral = kView

// ref is a value: an index into the slab, or, with the top bit set, the value
// itself (kind in 7 bits, payload in 24), so that scalars cost no memory.
type ref uint32

const (
	immediate ref = 1 << 31
	payload   ref = 1<<24 - 1
	opaque    ref = 1 // payload of a literal whose content was not kept
	opaqueInt ref = 1 << 23
)

func imm(k kind, p ref) ref { return immediate | ref(k)<<24 | p&payload }

// node is a value in the slab, 16 bytes. The use of n and a depends on kind:
//
//	kStr, kBytes…  n length (saturated), a offset of the text; code is the opcode
//	kInt           a the value; with code LONG or LONG4, n and a span the text
//	kFloat         a the bits; with code FLOAT, n and a span the text
//	containers     n number of items (saturated), a first kept child<<32 | kept
//	kGlobal        n index in Trace.Globals, a offset of the first op that made it
//	kResult        n index in Trace.Calls, code the CallKind
//	kPersistent    a ref of the id
type node struct {
	kind  kind
	code  byte
	flags nodeFlags
	n     uint32
	a     uint64
}

type nodeFlags uint8

const (
	// unhashable: a tuple with a list, dict, set or bytearray inside.
	unhashable nodeFlags = 1 << iota
	// opened: a tuple or frozenset with something inside that the stream does
	// not spell out.
	opened
	// escaped: a call, or an object, was given the container or what holds it,
	// and may have changed it since.
	escaped
	// built: the result of a call whose state was set.
	built
	// big: an int that does not fit 64 bits.
	big
	// naming: a tuple with a look-up inside.
	naming
	// rebinding: a dict that names __class__ or __setstate__.
	rebinding
)

func (m *machine) kind(r ref) kind {
	if r&immediate != 0 {
		return kind(r >> 24 & 0x7f)
	}
	return m.nodes[r].kind
}

func (m *machine) literal(r ref) bool { return m.kind(r) <= lastLiteral }

// global returns the index in Trace.Globals if r came from a look-up.
func (m *machine) global(r ref) (int, bool) {
	if r&immediate == 0 && m.nodes[r].kind == kGlobal {
		return int(m.nodes[r].n), true
	}
	return -1, false
}

// add puts a node into the slab. A literal beyond Limits.Values loses its
// content, unless it is needed; the others may use as much again.
func (m *machine) add(n node) ref {
	if len(m.nodes) >= m.lim.Values {
		if n.kind == kInt {
			return imm(kInt, opaqueInt)
		}
		if n.kind <= lastLiteral && !m.needed(n.kind) && !m.word(&n) {
			return imm(n.kind, opaque)
		}
		if len(m.nodes) >= 2*m.lim.Values {
			m.full = true
			return imm(kNone, 0) // never used: the loop stops
		}
	}
	if len(m.nodes) == cap(m.nodes) {
		m.nodes = enlarge(m.nodes, m.more(len(m.nodes)))
	}
	m.nodes = append(m.nodes, n)
	return ref(len(m.nodes) - 1)
}

// more is by how much a slice of n entries grows. append adds a quarter to large
// slices, which copies each entry four times; here they double, and grow faster as
// long as the rest of the input is longer than what filled them. Memory that is
// never written to costs nothing.
func (m *machine) more(n int) int {
	const least, most = 256, 7
	read := m.lex.Offset() - m.trace.Offset
	times := int64(1)
	if read > 0 {
		times = max(1, min(most, (m.lex.size-m.lex.Offset())/read))
	}
	return max(least, n*int(times))
}

// enlarge makes room for n further entries. slices.Grow would do, but it clears
// the room, and what nobody writes to is then memory in use all the same.
func enlarge[T any](s []T, n int) []T {
	out := make([]T, len(s), len(s)+n)
	copy(out, s)
	return out
}

func (m *machine) integer(v int64) ref {
	if v > -1<<23 && v < 1<<23 {
		return imm(kInt, ref(v)&payload)
	}
	return m.add(node{kind: kInt, a: uint64(v)})
}

// span makes a value whose content stays in the input.
func (m *machine) span(k kind, op *Op) ref {
	return m.add(node{kind: k, code: op.Code, n: saturate(op.ArgLen), a: uint64(op.ArgOff)})
}

func saturate(n int64) uint32 { return uint32(min(n, 1<<32-1)) }

// container makes a container of items, which are copied.
func (m *machine) container(k kind, items []ref) ref {
	if k == kTuple && len(items) == 0 {
		return imm(kTuple, 0)
	}
	n := node{kind: k, n: saturate(int64(len(items)))}
	if k == kTuple || k == kFrozenSet {
		for _, it := range items {
			n.flags |= m.flagsOf(it)
		}
	}
	kept := m.keepable(k, items)
	start := len(m.kids)
	if len(kept) > 0 {
		m.roomFor(len(kept))
		m.kids = append(m.kids, kept...)
		if k == kList || k == kDict || k == kSet {
			// These grow; see grow for the room behind the items.
			for i := len(kept); i < room(len(kept)); i++ {
				m.kids = append(m.kids, 0)
			}
		}
	}
	n.a = uint64(start)<<32 | uint64(len(kept))
	r := m.add(n)
	if r&immediate != 0 {
		m.kids = m.kids[:start] // the content is lost, and so are they
	}
	if k == kTuple {
		m.tuple(r, items)
	} else {
		m.keepAll(items)
	}
	return r
}

// flagsOf is what an item gives the tuple that holds it.
func (m *machine) flagsOf(r ref) nodeFlags {
	switch k := m.kind(r); {
	case k == kList || k == kDict || k == kSet || k == kByteArray || k == kView:
		return unhashable
	case k > lastLiteral:
		return opened
	case r&immediate == 0 && (k == kTuple || k == kFrozenSet):
		return m.nodes[r].flags
	}
	return 0
}

// keepable is the front part of items that will be remembered.
func (m *machine) keepable(k kind, items []ref) []ref {
	n := min(len(items), m.keep)
	if len(m.kids) >= m.lim.Values {
		n = min(n, LeadArgs) // which decide verdicts
	}
	if k == kDict {
		n &^= 1
	}
	return items[:n]
}

// roomFor makes sure that the children of a container of n can be added.
func (m *machine) roomFor(n int) {
	if n = room(n); len(m.kids)+n > cap(m.kids) {
		m.kids = enlarge(m.kids, max(n, m.more(len(m.kids))))
	}
}

// room is the number of slots that belong to a growing container of n children.
func room(n int) int {
	r := 4
	for r < n {
		r *= 2
	}
	return r
}

// grow adds items to a list, set or dict.
func (m *machine) grow(r ref, items []ref) {
	if r&immediate != 0 || len(items) == 0 {
		return
	}
	n := &m.nodes[r]
	total := int64(n.n) + int64(len(items))
	start, kept := int(n.a>>32), int(uint32(n.a))
	// Once an item was left out, later ones must not stand in its place.
	if kept == int(n.n) && kept < m.keep {
		fit := m.keepable(n.kind, items[:min(len(items), m.keep-kept)])
		if len(fit) > 0 {
			if kept == 0 || room(kept) < kept+len(fit) {
				m.roomFor(kept + len(fit))
				moved := len(m.kids)
				m.kids = append(m.kids, m.kids[start:start+kept]...)
				for i := kept; i < room(kept+len(fit)); i++ {
					m.kids = append(m.kids, 0)
				}
				start = moved
			}
			copy(m.kids[start+kept:], fit)
			kept += len(fit)
			n.a = uint64(start)<<32 | uint64(kept)
			for _, it := range fit {
				m.pinned(it)
			}
		}
	}
	n.n = saturate(total)
	if n.flags&escaped != 0 {
		for _, it := range items {
			m.escape(it)
		}
	}
}

// vague reports a container of which it is not known what it holds by now.
func (m *machine) vague(r ref) bool {
	switch m.kind(r) {
	case kTuple, kFrozenSet:
		return r&immediate != 0 && r&payload == opaque
	case kList, kDict, kSet, kByteArray:
		return r&immediate != 0 && r&payload == opaque || r&immediate == 0 && m.nodes[r].flags&escaped != 0
	}
	return false
}

// escape notes that r was given away, and with it all that it holds. What was
// noted before is passed over, so that this is linear in the stream.
func (m *machine) escape(r ref) {
	if r&immediate != 0 {
		return
	}
	m.given = append(m.given[:0], r)
	stack := m.given
	for len(stack) > 0 {
		r := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		switch n := &m.nodes[r]; n.kind {
		case kTuple, kList, kDict, kSet, kFrozenSet, kByteArray:
			if n.flags&escaped == 0 {
				n.flags |= escaped
				if n.kind != kByteArray {
					kids, _ := m.children(r)
					for _, kid := range kids {
						if kid&immediate == 0 {
							stack = append(stack, kid)
						}
					}
				}
			}
		}
	}
	m.given = stack
}

// children returns the items of a container that were kept; more says that
// there are others.
func (m *machine) children(r ref) (kept []ref, more bool) {
	if r&immediate != 0 {
		return nil, r&payload == opaque
	}
	n := &m.nodes[r]
	start, k := int(n.a>>32), int(uint32(n.a))
	return m.kids[start : start+k : start+k], k < int(n.n)
}

// count returns the number of items of a container, or -1.
func (m *machine) count(r ref) int32 {
	if m.vague(r) {
		return -1
	}
	return m.written(r)
}

// written is how many items the stream has put into a container.
func (m *machine) written(r ref) int32 {
	if r&immediate != 0 {
		return 0
	}
	return int32(min(m.nodes[r].n, math.MaxInt32))
}

// pinned says that something outlives the mark above which r was made.
func (m *machine) pinned(r ref) {
	if r&immediate == 0 && r >= m.pin {
		m.pin = r + 1
	}
}

// truth is bool(value): known for literals only.
func (m *machine) truth(r ref) (value, known bool) {
	switch k := m.kind(r); {
	case k == kNone:
		return false, true
	case k > lastLiteral:
		return true, false
	case r&immediate != 0:
		if k == kInt && r&payload == opaqueInt || k != kInt && k != kBool && r&payload == opaque {
			return true, false
		}
		return r&payload != 0, true
	case k == kInt || k == kFloat:
		n := &m.nodes[r]
		if n.code != 0 {
			return true, n.flags&big != 0
		}
		return k == kInt && n.a != 0 || k == kFloat && n.a<<1 != 0, true
	case m.mayBeBytes(r) && m.nodes[r].n > 0:
		return true, false // an error handler may have left nothing of it
	case m.nodes[r].code == OpString:
		return m.nodes[r].n > 2, true // the quotes
	case m.vague(r):
		return m.nodes[r].n != 0, false
	default:
		return m.nodes[r].n != 0, true
	}
}
