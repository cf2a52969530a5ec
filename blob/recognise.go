package blob

import (
	"strings"
	"unicode"

	"github.com/pickle-lint/pickle-lint/pickle"
)

// How is a pickle told from any other file?
//
// A pickle has no magic. Protocols 2 to 5 begin with PROTO, but loaders do not
// ask for it, and without it any opcode may come first: a README may well begin
// with one. So every file is tried, and what counts is how far it gets.
//
// Text and images break at their second or third op, with nothing done. A stream
// that called something by a name that could be a name is a pickle, however it
// ends. A look-up alone is too little: a file of two lines, "coverage" and
// "pytest", is a GLOBAL, and ".tox" behind it a STOP. Such a stream is kept aside,
// in case that what it looks up is known to be dangerous.

// canBegin has the opcodes that some loader takes on an empty stack. All other
// first bytes are told apart without reading on, which is most files.
var canBegin = func() (t [256]bool) {
	for _, c := range []byte("(FIJKLMNPSTUVX]}GBCci)") {
		t[c] = true
	}
	for _, c := range []byte{
		pickle.OpProto, pickle.OpExt1, pickle.OpExt2, pickle.OpExt4, pickle.OpNewTrue, pickle.OpNewFalse,
		pickle.OpLong1, pickle.OpLong4, pickle.OpShortBinUnicode, pickle.OpBinUnicode8, pickle.OpBinBytes8,
		pickle.OpEmptySet, pickle.OpFrame, pickle.OpByteArray8, pickle.OpNextBuffer,
	} {
		t[c] = true
	}
	return t
}()

// hasProto reports whether head begins with PROTO of a protocol there is.
func hasProto(head []byte) bool {
	return len(head) >= 2 && head[0] == pickle.OpProto && head[1] <= 5
}

// mayBegin reports whether a stream may begin with head.
func mayBegin(head []byte) bool {
	if len(head) == 0 || !canBegin[head[0]] {
		return false
	}
	return head[0] != pickle.OpProto || len(head) == 1 || hasProto(head)
}

const (
	// someOps is how many ops in a row are no accident, behind a PROTO. Of
	// random bytes, less than one in a million gets this far.
	someOps = 8
	// manyOps is how many ops streams without PROTO and without a look-up must
	// have together. An incomplete one does not count: every line that begins
	// with a P is an op.
	manyOps = 32
)

// recognised reports whether t, which began with head and ended in err, is a
// pickle. With named, somebody said that there is one; before is how many ops
// the complete streams directly before it had.
func recognised(t *pickle.Trace, err *pickle.Error, head []byte, size int64, named bool, before int64) bool {
	proto := hasProto(head)
	if proto && (named || t.Complete || t.Ops >= someOps) {
		return true
	}
	// The end of the input is no sign against a pickle, nor is a limit.
	cut := err != nil && (err.Kind == pickle.Truncated || err.Kind == pickle.LimitReached || err.Kind == pickle.ReadFailed)
	switch {
	case proto && (cut || len(t.Globals) > 0):
		return true
	case called(t, proto):
		return true
	case err != nil && err.Kind == pickle.BadOperand && lookedUp(t):
		// Text does not get as far as an operand of the wrong type.
		return true
	case t.Complete:
		return t.End == size && t.Ops > 1 || t.Ops+before >= manyOps || named
	}
	return named && (lookedUp(t) || cut && t.Ops > 1)
}

// called reports whether a global is called whose name could be one.
func called(t *pickle.Trace, proto bool) bool {
	for i := range t.Calls {
		g := t.Calls[i].Global
		if g < 0 {
			continue
		}
		if named := plausible(&t.Globals[g]); named || proto {
			return true
		}
	}
	return false
}

func lookedUp(t *pickle.Trace) bool {
	for i := range t.Globals {
		if plausible(&t.Globals[i]) {
			return true
		}
	}
	return false
}

// plausible reports whether g could be imported, by the look of it. A computed
// name could.
func plausible(g *pickle.Global) bool {
	return !g.Resolved || identifier(g.Module) && identifier(g.Name())
}

// identifier reports whether s could be a (dotted) name. Python is more liberal
// than its grammar here, so only what stands in text and never in names counts.
func identifier(s string) bool {
	if s == "" {
		return false
	}
	for _, r := range s {
		if r <= ' ' || unicode.IsSpace(r) || r == unicode.ReplacementChar || strings.ContainsRune("()[]{}=:;,\"'\\/!?#$%&*+|@^~`", r) {
			return false
		}
	}
	return true
}
