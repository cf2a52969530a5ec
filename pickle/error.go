package pickle

import "fmt"

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
