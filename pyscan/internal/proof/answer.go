package proof

import "github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"

// Flaw is why a check does not hold. The greater of two is told.
type Flaw uint8

// The flaws. 0 is none.
const (
	Sound Flaw = iota
	// Assertion: the check is in an assert statement, which Python leaves out under -O.
	Assertion
	// Timing: a MAC is compared with ==.
	Timing
	// Truncated: only a few bytes of the digest are compared; Prefix: as many as what it is
	// compared with has.
	Truncated
	Prefix
	// DefaultKey: the key is a literal unless something else is configured.
	DefaultKey
	// LiteralKey: the key stands in the source.
	LiteralKey
	// EmptyKey: the key is empty or None.
	EmptyKey
	// NoKey: the call checks nothing without a key.
	NoKey
	// MessageKey: the key comes out of the message.
	MessageKey
	// Unkeyed: a digest without a key, compared with one that comes with the bytes.
	Unkeyed
	// Checksum: anybody can make a checksum fit.
	Checksum
	// Itself: a value is compared with itself.
	Itself
	// Off: the call is told not to check.
	Off
	// OtherBytes: what is compared is not made of the bytes.
	OtherBytes

	// The rest is about ways: a check that would hold does not lie on all.

	// Race: the file was checked, and is opened again.
	Race
	// Rebound: the name has another value by then.
	Rebound
	// Unused: nothing is done with the answer.
	Unused
	// Polarity: the bytes are decoded where the check failed.
	Polarity
	// Continues: they are decoded whether or not it failed.
	Continues
	// Swallowed: the exception is caught, and the code goes on.
	Swallowed
	// Optional: a condition leaves the check out; Branch: some other way does.
	Optional
	Branch
	// After: the check comes after the load.
	After
)

// Kind is what a check does.
type Kind uint8

// The kinds.
const (
	Comparing Kind = iota
	Raising
	Telling
	Opening
)

// check is a place where something is checked.
type check struct {
	Node    syntax.Index
	Context int32
	Kind    Kind
	Flaw    Flaw
	// Data are the terms that are checked, Key the key, Other what a digest is compared
	// with.
	Data       []termID
	Key, Other termID
	// Call is the name of what is called, or of the digest.
	Call string
	// step is the step of the function that is followed in which the check is.
	step int32
	// asked: something depends on the answer. passing and failing are the tests of the
	// followed function that ask it.
	asked bool
	// Public: the key is a public one.
	Public bool
	// Far: what is called is a function of another module; Elsewhere is what is to be said
	// of a flaw that lies there.
	Far       bool
	Elsewhere any
}

// Answer is what is known of the bytes of a call.
type Answer struct {
	// Verified: they were checked on every way.
	Verified bool
	// Unfollowed: nothing is known, because a bound was hit or the function has syntax errors.
	Unfollowed bool
	// Unnamed: the function by which somebody says that the bytes are verified is in
	// reach, and is not called on every way.
	Unnamed bool
	// Flaw is why a check that is there does not hold, or Sound.
	Flaw Flaw
	// Check is the node of the check that is spoken of, and Call the name of what it
	// calls.
	Check syntax.Index
	Call  string
	// At is the node where the fault lies, if it is not that of the check: the condition
	// that leaves it out, the clause that swallows its exception; or syntax.None.
	At syntax.Index
	// Checked is the source of what was checked instead, or "".
	Checked string
	// Key is the source of the key, or "".
	Key string
	// Far: the check is a call of a function of another module; Elsewhere is what the asker
	// said of a fault there (see [Summary]), or nil.
	Far       bool
	Elsewhere any
}
