package pickle

// Options say whose reading of a stream is followed. The zero value follows
// every loader of every release of Python 3, called in whatever way: the union.
type Options struct {
	Limits Limits
	// Loaders are the loaders to follow; none of them means all.
	Loaders LoaderSet
	// Python is the release whose loaders are followed. The zero value stands
	// for every release of Python 3; see [Release].
	Python Release
	// Plain: the loader is called as pickle.load calls it. Then binary strings
	// are ASCII unless Encoding says otherwise, there are no out-of-band
	// buffers, nobody has overridden find_class, and a memo of 16 GiB does not
	// fit. Persistent ids are followed all the same, except by [CMem], which
	// has no way to load them.
	Plain bool
	// Encoding is what the caller of the loader says about binary strings.
	Encoding Encoding
	// PeekBuffer is the size of the buffer behind [CPeek], in bytes. Zero
	// stands for io.DEFAULT_BUFFER_SIZE of the release.
	PeekBuffer int64
	// States are classes, as module:name, and keys of their states. From the
	// look-up of one on, [Call.Lead] has what the states of the stream hold under
	// its keys.
	States map[string][]string
	// Stored: [Trace.States] lists what the stream gives to objects for their state.
	Stored bool
	// Apart are callables, as module:name, whose results [Call.Results] does not
	// count: they hold what the stream puts into them.
	Apart map[string]bool
	// Named are callables, as module:name, that import what their first two
	// arguments name: a module and what it has. [Call.Lead] has those texts.
	Named map[string]bool
	// Reuse: one Unpickler loads the streams that follow each other, so that
	// its memo survives. They are followed as one, and none of them ends it.
	Reuse bool
	// joblib: the loader is joblib's, which steps over arrays.
	joblib bool
	// chosen: the pass chooses for each frame whose rest an op leaves behind
	// whether that rest is lost; keeps has the places where it is not.
	chosen bool
	keeps  []int
}

// Encoding says what becomes of STRING, BINSTRING and SHORT_BINSTRING.
type Encoding string

// The encodings that are told apart. Others exist and are as uncertain as
// [AnyEncoding].
const (
	AnyEncoding Encoding = ""       // not known: text that is not ASCII is an unknown str
	ASCII       Encoding = "ascii"  // the default of pickle.load
	Latin1      Encoding = "latin1" // pandas' third attempt
	UTF8        Encoding = "utf-8"  // torch.load
	RawBytes    Encoding = "bytes"  // they stay bytes
)

// Encodings are the values that [Options.Encoding] takes, but for AnyEncoding.
func Encodings() []Encoding { return []Encoding{ASCII, Latin1, UTF8, RawBytes} }

// reading is Options made ready for the machine: each field answers "does some
// loader that is followed do so?".
type reading struct {
	python2 bool
	// base0 and base10 are the grammars of INT and LONG up to 3.13 and after.
	base0, base10 bool
	// manyDigits: decimal numbers of more than 4300 digits are converted.
	manyDigits bool
	// unsignedString: _pickle.c takes a negative BINSTRING length as unsigned.
	unsignedString bool
	// laxFrames: _pickle.c does not look where frames end.
	laxFrames bool
	// locals: find_class walks through "<locals>".
	locals bool
	// tix: the module Tix is still mapped.
	tix      bool
	plain    bool
	encoding Encoding
}

func (o *Options) reading() reading {
	rd := readingOf(o.Python)
	rd.plain = o.Plain
	rd.encoding = o.Encoding
	if o.Plain && o.Encoding == AnyEncoding && !rd.python2 {
		rd.encoding = ASCII
	}
	if !o.Plain {
		// Whoever overrides find_class decides about names.
		rd.locals = true
	}
	return rd
}
