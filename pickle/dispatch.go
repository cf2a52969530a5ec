package pickle

import "fmt"

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

// Condition says on what a call depends that the stream does not say: whether
// the object has a method of that name.
type Condition uint8

// The conditions.
const (
	Always    Condition = iota
	IfDefined           // the object has the method
	IfMissing           // it has not, and this is done instead
	IfSet               // the object is an instance of a subclass of set
)

// Call is one dispatch point: the stream makes the loader run something.
type Call struct {
	Kind CallKind
	Op   byte
	// If is set where the object decides: BUILD calls __setstate__ or stores
	// the state, APPENDS calls extend or append.
	If      Condition
	Loaders LoaderSet
	// Fallback, of a call that is IfDefined: the loaders that go on where the
	// object has no such method. The others raise.
	Fallback LoaderSet
	// Assumes are the loaders that go on only if an operand is of the type
	// they want, and the stream does not spell it out: a tuple of arguments,
	// a dict of keywords, a state with items. Of a KindSetState it speaks of
	// what happens without __setstate__.
	Assumes LoaderSet
	// Stores, of a KindSetState: the state has items, which go to __dict__
	// where there is no __setstate__.
	Stores bool
	// Again, of a KindSetState, and of the methods by which items are added: an
	// earlier BUILD set the state of the same object, which no pickler does. The
	// state may have brought a method of that name.
	Again bool
	// Rebinds, of a KindSetState: the state is a dict that names __class__ or
	// __setstate__, so that the object is another one for later ops.
	Rebinds bool
	// Discarded: the result was dropped from the stack by POP or POP_MARK.
	Discarded bool
	// Global is the index in [Trace.Globals] of what is called, or of the
	// class or object that is acted on; -1 when the callee is not a global
	// (the result of another call, a persistent object, a literal).
	Global int32
	// Via is the index in [Trace.Calls] of the call whose result is called
	// or acted on, or -1.
	Via int32
	// NArgs counts positional arguments, or is -1 when that is not known.
	NArgs int32
	// Offset is where the op stands; From is where the first op stands that
	// pushed the callee, so that the ops from From to Offset tell the story.
	Offset, From int64
	// Target is the callee as text: "posix.system", or "posix.system(…)"
	// for the result of a call.
	Target string
	// Args is a bounded rendering of the arguments, as Python would write
	// them: "('id',)" is written "'id'". It is printable.
	Args string
	// Lead are the first positional arguments, [LeadArgs] at most, unless all
	// of those are literals; then it is nil. Args is for people, this is what
	// can be judged: nothing in it is cut, and what is not known is no kind.
	// Of a KindSetState of a functools.partial they are the first items of the
	// state, if that is a tuple: it says anew what the partial calls. Of one in a
	// stream that looks up one of [Options.States], they are what the state has
	// under the keys of those.
	Lead []Arg
	// Results: there are arguments, and each is what a call of the package of the
	// callee returned, or a tuple of such (see [Options.Apart]). It is false where there
	// are more than are remembered.
	Results bool
	// Flat: no argument is a container that the stream spells out, unless what is
	// in it is as Results says, and no keyword is one. It is false where that is
	// not known. Of a KindSetState of a functools.partial it speaks of what the
	// partial keeps.
	Flat bool
	// NoneFirst: the first argument is None.
	NoneFirst bool
	// Payload is the [Embedded.At] of the bytes that are the only argument, where
	// that is a literal of the stream which is listed there, or 0. Protocols
	// below 3 write such bytes as _codecs.encode(text, 'latin1'): that call has
	// the Payload of its text.
	Payload int64
}

// Implicit is code that an op runs without calling it by name, on an object that
// the stream does not spell out.
type Implicit struct {
	Kind    ImplicitKind
	Op      byte
	Loaders LoaderSet
	Global  int32 // as in Call
	Via     int32
	Offset  int64
}

// ImplicitKind says what an op does to an object.
type ImplicitKind uint8

// The kinds.
const (
	ImplicitHash    ImplicitKind = iota + 1 // hash(obj), and perhaps ==: a key of a dict, an item of a set
	ImplicitIter                            // iter(obj): pickle.py unpacks the arguments of a call
	ImplicitItems                           // obj.items(): pickle.py stores a state
	ImplicitBool                            // bool(obj): pickle.py asks whether there is a state
	ImplicitBuffer                          // memoryview(obj): READONLY_BUFFER
	ImplicitKeys                            // obj.keys() and obj[k]: the keywords of NEWOBJ_EX
	ImplicitIndex                           // obj.__index__(): an index or a byte
	ImplicitName                            // setattr(…, obj, …), which wants a str
	ImplicitChanged                         // what has become of a container that a call was given: whether it has items
)

var implicitKindNames = [...]string{
	ImplicitHash: "hash", ImplicitIter: "iter", ImplicitItems: "items", ImplicitBool: "bool", ImplicitBuffer: "buffer", ImplicitKeys: "keys", ImplicitIndex: "index", ImplicitName: "name", ImplicitChanged: "changed",
}

func (k ImplicitKind) String() string { return implicitKindNames[k] }

// PersistentID is one id that the stream hands to persistent_load.
type PersistentID struct {
	Offset  int64
	Loaders LoaderSet
	// Text is a bounded rendering of the id, as Python would write it.
	Text string
}

// LeadArgs is how many arguments [Call.Lead] has at most.
const LeadArgs = 3

// Arg is one argument of a call, as far as it decides what the callable does.
type Arg struct {
	Kind ArgValue
	// Global is the index in [Trace.Globals] of a look-up, or -1.
	Global int
	// Call is the index in [Trace.Calls] of the call that returned it, where
	// that is a getattr or the argument of one, else -1.
	Call int
	// Text is a literal str, whole.
	Text string
	// Type is the built-in type of a literal whose attribute getattr takes, else "".
	Type string
}

// ArgValue says what an argument is.
type ArgValue uint8

// What an argument can be.
const (
	OtherArg   ArgValue = iota // anything else, or not known
	GlobalArg                  // what a look-up returned
	StrArg                     // behind a look-up, behind what getattr takes from, or given to one of Options.Named: a literal str of at most Limits.Name bytes
	LiteralArg                 // any other value that the stream spells out
)
