package blob

import (
	"path"
	"strings"
	"time"

	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/pickle"
)

// torch.load(weights_only=True) has an unpickler of its own, a loop in Python
// (torch 2.6, torch/_weights_only_unpickler.py). What it takes is decided here;
// which globals, in the catalogue.

// weightsOnlyOps are the opcodes that it knows. PROTO may name any protocol: that
// is a warning.
var weightsOnlyOps = func() (t [256]bool) {
	for _, c := range []byte{
		pickle.OpGlobal, pickle.OpNewObj, pickle.OpReduce, pickle.OpBuild, pickle.OpAppend, pickle.OpAppends, pickle.OpSetItem, pickle.OpSetItems,
		pickle.OpMark, pickle.OpTuple, pickle.OpTuple1, pickle.OpTuple2, pickle.OpTuple3, pickle.OpNone, pickle.OpNewFalse, pickle.OpNewTrue,
		pickle.OpEmptyTuple, pickle.OpEmptyList, pickle.OpEmptyDict, pickle.OpEmptySet, pickle.OpBinInt, pickle.OpBinInt1, pickle.OpBinInt2,
		pickle.OpBinFloat, pickle.OpBinUnicode, pickle.OpShortBinString, pickle.OpBinPersID, pickle.OpBinGet, pickle.OpLongBinGet,
		pickle.OpBinPut, pickle.OpLongBinPut, pickle.OpLong1, pickle.OpProto, pickle.OpStop,
	} {
		t[c] = true
	}
	return t
}()

// refuse charges what weights_only refuses; callable tells one such thing from
// another.
func (b *bench) refuse(callable, args string, from, off int64, format string, words ...any) {
	b.charge(NotWeightsOnly, callable, args, from, off, "torch.load(weights_only=True) refuses this pickle: it "+format, words...)
}

// weightsOnly judges a stream as that unpickler does. What stands behind the
// first op that it does not know is not reached.
func (b *bench) weightsOnly() {
	t := b.s.Trace
	if m := b.s.Member; len(m) > 0 && path.Base(m[len(m)-1]) == "constants.pkl" {
		b.refuse("constants.pkl", "", t.Offset, t.Offset, "stands in a TorchScript archive")
	}
	end := b.unknownOp()
	for i := range t.Globals {
		if b.late(i) {
			return
		}
		if g := &t.Globals[i]; g.Op == pickle.OpGlobal && g.Offset < end && !b.onList(g) {
			b.refuse(g.String(), "", g.Offset, g.Offset, "looks up %s%s, which is not on the list", g, written(g))
		}
	}
	for i := range t.Calls {
		if b.late(i) {
			return
		}
		if c := &t.Calls[i]; c.Offset < end {
			b.weightsOnlyCall(c)
		}
	}
	for i := range t.Persistent {
		if p := &t.Persistent[i]; p.Offset < end && !storage(p.Text) {
			b.refuse("<persistent>", p.Text, p.Offset, p.Offset, "asks for the persistent id %s, which is no storage", p.Text)
		}
	}
}

// unknownOp charges the first op that the unpickler does not know, and returns
// where it stands, or where the stream ends.
func (b *bench) unknownOp() int64 {
	s := b.s
	lex := pickle.NewLexer(s.data, s.size, s.Trace.Offset, pickle.Limits{})
	var op pickle.Op
	for n := 1; ; n++ {
		if lex.Offset() > s.Trace.End || lex.Scan(&op) != nil {
			return s.Trace.End // the broken stream is told as one
		}
		if !weightsOnlyOps[op.Code] {
			b.refuse("", op.Name(), op.Offset, op.Offset, "uses the opcode %s, which it does not know", op.Name())
			return op.Offset
		}
		if op.Code == pickle.OpStop {
			return op.End
		}
		if n%(1<<14) == 0 && b.skip == nil && time.Now().After(b.deadline) {
			b.skip = &lint.Skip{Location: b.rep.location(s.Member, op.Offset), Reason: "not fully judged: out of time"}
			return op.Offset
		}
	}
}

// onList reports whether the unpickler takes a global. It maps the names of
// Python 2 whatever the protocol, and joins module and name by a dot.
func (b *bench) onList(g *pickle.Global) bool {
	listed, _ := b.cat.WeightsOnly(pickle.Renamed(g.RawModule, g.RawName))
	return listed && g.Resolved
}

// setsState reports whether the unpickler does BUILD to what a call made. Of a
// global that is not on the list it never has anything.
func (b *bench) setsState(by *pickle.Call) bool {
	if by.Global < 0 || by.Kind != pickle.KindCall {
		return true // charged, or an instance of a class that is listed
	}
	g := &b.s.Trace.Globals[by.Global]
	listed, state := b.cat.WeightsOnly(pickle.Renamed(g.RawModule, g.RawName))
	return state || !listed
}

// weightsOnlyCall judges one dispatch point. A global that is not on the list has
// been charged.
func (b *bench) weightsOnlyCall(c *pickle.Call) {
	t := b.s.Trace
	name := c.Target
	switch c.Kind {
	case pickle.KindCall, pickle.KindNew:
		if c.Global < 0 {
			b.refuse(name, c.Args, c.From, c.Offset, "%s, which is no global", says(c, name))
		}
	case pickle.KindSetState:
		if c.Via < 0 || int(c.Via) >= len(t.Calls) || !b.setsState(&t.Calls[c.Via]) {
			b.refuse(name, c.Args, c.From, c.Offset, "%s, which is of no type on the list", says(c, name))
		}
	case pickle.KindAppend, pickle.KindExtend:
		b.refuse(name, c.Args, c.From, c.Offset, "%s, which is no list", says(c, name))
	}
}

// storage reports whether a persistent id, as it is rendered, is a tuple that
// begins with the word.
func storage(text string) bool {
	text, tuple := strings.CutPrefix(text, "(")
	return tuple && strings.HasPrefix(strings.TrimPrefix(text, "b"), "'storage',")
}
