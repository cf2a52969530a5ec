package blob

import (
	"encoding/binary"
	"regexp"

	"github.com/pickle-lint/pickle-lint/pickle"
)

// Files are told from pickles one by one, and an accident in a million does not
// matter. Stores have millions of values, and weights millions of blocks: of
// those less is believed.

// streamHead is PROTO and FRAME.
const streamHead = 2 + frameHeader

// believable reports whether t, a recognised stream that began with head, is one
// among a million others. It ends well, calls something by a name of ASCII, or
// begins as only a pickler does.
func believable(t *pickle.Trace, head []byte, size, before int64) bool {
	proto := hasProto(head) && head[1] >= 2
	switch {
	case calledPlainly(t):
		return true
	case t.Complete:
		return proto || t.Ops >= 4 && t.End == size || t.Ops+before >= manyOps
	}
	return proto && (t.Ops >= someOps || framed(head))
}

// framed reports whether a head has a frame of a length that can be.
func framed(head []byte) bool {
	return len(head) >= streamHead && head[1] >= 4 && head[2] == pickle.OpFrame && binary.LittleEndian.Uint64(head[3:]) < 1<<40
}

var plainName = regexp.MustCompile(`^[A-Za-z_][\w.]*$`)

// calledPlainly reports whether a global is called whose name is all ASCII. In a
// gigabyte of noise there are a dozen others.
func calledPlainly(t *pickle.Trace) bool {
	for i := range t.Calls {
		if g := t.Calls[i].Global; g >= 0 && t.Globals[g].Resolved && plainName.MatchString(t.Globals[g].Module) && plainName.MatchString(t.Globals[g].Name()) {
			return true
		}
	}
	return false
}
