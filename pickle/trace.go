package pickle

import (
	"cmp"
	"slices"
	"strings"
)

// Trace is what one stream would do, without a verdict: facts in the order of the
// stream, and behind them those of further passes, where a file object is read
// differently. It is valid, as far as it goes, also when Run returns an error.
type Trace struct {
	// Offset is where the stream begins, End the offset behind its STOP, or
	// behind the last op that was read.
	Offset, End int64
	// FrameEnd is the end of the frame in which STOP stands, or End.
	FrameEnd int64
	// Next says where the loaders that reach STOP leave a file, in order of
	// offset: there they read its next stream. [CMem] has no file.
	Next []Resume
	// Protocol is the last PROTO that was set, or 0.
	Protocol int
	// Complete: the stream reached STOP.
	Complete bool
	// Loaders are those that reach STOP; none if nobody does.
	Loaders LoaderSet
	// Ops counts opcodes: those of the first pass, where there were several.
	Ops int64
	// Globals are all look-ups; a look-up of the same global twice is listed
	// twice.
	Globals []Global
	// Calls are all dispatch points.
	Calls []Call
	// Repeated counts look-ups and calls that are not listed, because
	// Limits.Facts were listed by then and one is among them that equals it in
	// all but the rendering of its arguments, and its place.
	Repeated int64
	// Implicit are what ops run without calling anything by name, as far as
	// Limits.Facts goes; MoreImplicit counts the rest.
	Implicit     []Implicit
	MoreImplicit int64
	// Persistent are the ids that are handed to persistent_load, as far as
	// Limits.Facts goes; MorePersistent counts the rest, and PersistentIDs the
	// ops.
	Persistent     []PersistentID
	MorePersistent int64
	PersistentIDs  int
	// Buffers counts NEXT_BUFFER.
	Buffers int
	// Arrays are those of joblib, over whose bytes its loader steps, as far as
	// Limits.Facts goes; MoreArrays counts the rest.
	Arrays     []Array
	MoreArrays int64
	// Joblib: joblib's loader reads the stream to its STOP, and goes on at
	// JoblibEnd.
	Joblib    bool
	JoblibEnd int64
	// JoblibCut: to joblib's loader the input ends inside an array.
	JoblibCut bool
	// Embedded are the literals that may be, or hold, a pickle themselves, at
	// most MaxEmbedded; MoreEmbedded counts the rest.
	Embedded     []Embedded
	MoreEmbedded int64
	// Anomalies are oddities that no pickler writes, at most maxAnomalies of
	// each kind.
	Anomalies []Anomaly
	// MoreAnomalies counts those that are not listed.
	MoreAnomalies int64
	// States are the different states that objects are given, at most maxStates of
	// them, if [Options.Stored]; MoreStates counts those that were not looked at.
	States     []State
	MoreStates int64
	// Hooks are methods that copy and pickle ask instances for, and that the
	// stream puts somewhere: one of each name.
	Hooks []Hook
}

// Resume is where some loaders go on reading a file.
type Resume struct {
	Offset  int64
	Loaders LoaderSet
}

// next says where the loaders of set leave the file: _pickle.c without peek and
// pickle.py have read the frame in which STOP stands to its end.
func (t *Trace) next(set LoaderSet) []Resume {
	var out []Resume
	whole := set & (CFile | Py)
	if peek := set & CPeek; t.FrameEnd == t.End || set == CPeek {
		// Alone, FrameEnd is where its own buffer ends.
		whole |= peek
	} else if peek != 0 {
		out = append(out, Resume{t.End, peek})
	}
	if whole != 0 {
		out = append(out, Resume{t.FrameEnd, whole})
	}
	return out
}

// addNext adds where another pass ended.
func (t *Trace) addNext(n Resume) {
	for i := range t.Next {
		if t.Next[i].Offset == n.Offset {
			t.Next[i].Loaders |= n.Loaders
			return
		}
	}
	t.Next = append(t.Next, n)
	slices.SortFunc(t.Next, func(a, b Resume) int { return cmp.Compare(a.Offset, b.Offset) })
}

// Global is one (module, name) pair that a stream asks to import.
type Global struct {
	// Raw is the pair as written. For an extension code it is empty.
	RawModule, RawName string
	// Extension: EXT1, EXT2 or EXT4 asks for what is registered under Code.
	Extension bool
	Code      int32
	// Module and Path are the pair as resolved: after Python 2 name mapping,
	// and with the name split at its dots where the protocol walks them.
	Module string
	Path   []string
	// Offset is where the look-up op stands, Op its opcode.
	Offset int64
	Op     byte
	// Resolved is false when an operand is not a literal str that plain data
	// flow reaches: the name is computed by the stream itself.
	Resolved bool
	// Untrusted: an earlier op may have changed how names are resolved.
	Untrusted bool
	// Kept: the stream puts it where an object may find it later: into a list, a
	// dict, a set or a state, or an argument within an argument.
	Kept    bool
	Loaders LoaderSet // who gets here
}

// Name returns the resolved dotted name behind the module.
func (g *Global) Name() string { return strings.Join(g.Path, ".") }

// String returns "module.name", or "?" for an unresolved global.
func (g *Global) String() string {
	if !g.Resolved {
		return "?"
	}
	return g.Module + "." + g.Name()
}

// Anomaly is an oddity that no pickler writes.
type Anomaly struct {
	Kind   AnomalyKind
	Offset int64
	// Text says what is odd, in printable words.
	Text string
}

// AnomalyKind names an oddity.
type AnomalyKind uint8

// The oddities.
const (
	// FrameMismatch: a frame is not exactly tiled by whole reads, or claims
	// more bytes than there are, or begins inside another. Loaders disagree
	// about what follows.
	FrameMismatch AnomalyKind = iota + 1
	// ExtensionCode: EXT1, EXT2 or EXT4 asks for a registered object.
	ExtensionCode
	// MutatedGlobal: an object that came from a look-up (a module, class,
	// function or interpreter table) is changed in place.
	MutatedGlobal
	// LoaderDisagreement: the loaders read or do different things here.
	LoaderDisagreement
	// LongName: a module or name of more than Limits.Name bytes.
	LongName
)
