package pickle

import (
	"fmt"
	"strings"
)

// Trace is what one stream would do: facts in the order of the stream, without
// a verdict. It is valid, as far as it goes, also when Run returns an error.
type Trace struct {
	// Offset is where the stream begins, End the offset behind its STOP, or
	// behind the last op that was read.
	Offset, End int64
	// FrameEnd is the end of the frame in which STOP stands, or End. The
	// loaders that take frames whole (C-file, Py) read the next stream of a
	// file from here, the others from End.
	FrameEnd int64
	// Protocol is the last PROTO that was set, or 0.
	Protocol int
	// Complete: the stream reached STOP.
	Complete bool
	// Loaders are those that reach STOP; none if nobody does.
	Loaders LoaderSet
	// Ops counts opcodes.
	Ops int64
	// Globals are all look-ups, in order; a look-up of the same global twice
	// is listed twice.
	Globals []Global
	// Calls are all dispatch points, in order.
	Calls []Call
	// Repeated counts look-ups and calls that are not listed, because
	// Limits.Facts were listed by then and an equal one is among them: the
	// same global, or the same kind of call of the same target.
	Repeated int64
	// PersistentIDs counts PERSID and BINPERSID.
	PersistentIDs int
	// Anomalies are oddities that no pickler writes, at most maxAnomalies of
	// each kind.
	Anomalies []Anomaly
	// MoreAnomalies counts those that are not listed.
	MoreAnomalies int64
}

// Global is one (module, name) pair that a stream asks to import.
type Global struct {
	// Raw is the pair as written. For an extension code it is empty.
	RawModule, RawName string
	// Module and Path are the pair as resolved: after Python 2 name mapping,
	// and with the name split at its dots where the protocol walks them.
	Module string
	Path   []string
	// Offset is where the look-up op stands.
	Offset int64
	// Resolved is false when an operand is not a literal str that plain data
	// flow reaches: the name is computed by the stream itself.
	Resolved bool
	// Untrusted: an earlier op may have changed how names are resolved.
	Untrusted bool
	Loaders   LoaderSet // who gets here
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

// CallKind says how a stream makes a loader run code.
type CallKind uint8

// The kinds, in the words of the trace contract.
const (
	KindCall     CallKind = iota + 1 // callable(*args): REDUCE, INST, OBJ
	KindNew                          // cls.__new__(cls, *args): NEWOBJ, NEWOBJ_EX, INST and OBJ without args
	KindSetState                     // obj.__setstate__(state), or state stored in obj.__dict__: BUILD
	KindSetAttr                      // setattr(obj, k, v): BUILD with slot state
	KindDictSet                      // obj.__dict__[k] = v: BUILD on a global
	KindSetItem                      // obj[k] = v on something that is not a plain dict or list
	KindAppend                       // obj.append(x) on something that is not a list
	KindExtend                       // obj.extend(xs) on something that is not a list
	KindAdd                          // obj.add(x) on something that is not a set
	KindUpdate                       // obj.update(xs)
)

var callKindNames = [...]string{
	KindCall: "call", KindNew: "new", KindSetState: "setstate", KindSetAttr: "setattr",
	KindDictSet: "dictset", KindSetItem: "setitem", KindAppend: "append",
	KindExtend: "extend", KindAdd: "add", KindUpdate: "update",
}

func (k CallKind) String() string {
	if int(k) < len(callKindNames) && callKindNames[k] != "" {
		return callKindNames[k]
	}
	return fmt.Sprintf("CallKind(%d)", uint8(k))
}

// MarshalText writes the word of the trace contract.
func (k CallKind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// Call is one dispatch point: the stream makes the loader run something.
type Call struct {
	Kind CallKind
	// Global is the index in [Trace.Globals] of what is called, or of the
	// class or object that is acted on; -1 when the callee is not a global
	// (the result of another call, a persistent object, a literal).
	Global int
	// Via is the index in [Trace.Calls] of the call whose result is called
	// or acted on, or -1.
	Via int
	// Target is the callee as text: "posix.system", or "posix.system(…)"
	// for the result of a call.
	Target string
	// Args is a bounded rendering of the arguments, as Python would write
	// them: "('id',)" is written "'id'". It is printable.
	Args string
	// NArgs counts positional arguments, or is -1 when that is not known.
	NArgs int
	// Lead are the first positional arguments, [LeadArgs] at most, unless all
	// of those are literals; then it is nil. Args is for people, this is what
	// can be judged: nothing in it is cut, and what is not known is no kind.
	Lead []Arg
	// Offset is where the op stands; From is where the first op stands that
	// pushed the callee, so that the ops from From to Offset tell the story.
	Offset, From int64
	Op           byte
	// Discarded: the result was dropped from the stack by POP or POP_MARK.
	Discarded bool
	Loaders   LoaderSet
}

// LeadArgs is how many arguments [Call.Lead] has at most.
const LeadArgs = 3

// Arg is one argument of a call, as far as it decides what the callable does.
type Arg struct {
	Kind ArgValue
	// Global is the index in [Trace.Globals] of a look-up, or -1.
	Global int
	// Text is a literal str, whole.
	Text string
}

// ArgValue says what an argument is.
type ArgValue uint8

// What an argument can be.
const (
	OtherArg   ArgValue = iota // anything else, or not known
	GlobalArg                  // what a look-up returned
	StrArg                     // behind a look-up: a literal str of at most Limits.Name bytes
	LiteralArg                 // any other value that the stream spells out
)

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

// LoaderSet is a set of loaders.
type LoaderSet uint8

// The loaders.
const (
	CMem  LoaderSet = 1 << iota // _pickle over bytes: pickle.loads
	CFile                       // _pickle over a file object without peek: BytesIO, torch zip records
	CPeek                       // _pickle over a file object with peek: open(…, "rb")
	Py                          // pickle._Unpickler: joblib, pandas' second attempt

	AllLoaders = CMem | CFile | CPeek | Py
)

var loaderNames = []struct {
	set  LoaderSet
	name string
}{{CMem, "c-mem"}, {CFile, "c-file"}, {CPeek, "c-peek"}, {Py, "py"}}

// Names lists the loaders in the set, in a fixed order.
func (s LoaderSet) Names() []string {
	var names []string
	for _, l := range loaderNames {
		if s&l.set != 0 {
			names = append(names, l.name)
		}
	}
	return names
}

// ErrorKind says why a run ended before its STOP.
type ErrorKind string

// The kinds of error. Each is a fact about the stream, or a limit of ours.
const (
	Truncated      ErrorKind = "truncated"       // the input ends inside an op or before STOP
	BadOpcode      ErrorKind = "bad-opcode"      // a byte that is no opcode
	BadProtocol    ErrorKind = "bad-protocol"    // PROTO above 5
	BadArgument    ErrorKind = "bad-argument"    // a length or text that no loader takes
	StackUnderflow ErrorKind = "stack-underflow" // an operand is missing
	MissingMark    ErrorKind = "missing-mark"    // no mark where one is needed
	MissingMemo    ErrorKind = "missing-memo"    // GET of an index that was never put
	BadOperand     ErrorKind = "bad-operand"     // an operand of a kind that no loader takes
	LimitReached   ErrorKind = "limit"           // a bound of Limits was hit: not fully read
	ReadFailed     ErrorKind = "read-failed"     // the input itself returned an error
)

// Error is where and why a run ended before its STOP. It is never evidence of
// safety: everything before Offset has been done by then.
type Error struct {
	Kind   ErrorKind
	Offset int64
	Text   string
	// Err is the cause, if the input returned one.
	Err error
}

func (e *Error) Error() string {
	return fmt.Sprintf("offset %d: %s: %s", e.Offset, e.Kind, e.Text)
}

func (e *Error) Unwrap() error { return e.Err }
