package pickle

import "time"

// Limits bounds what one Run may use. Each number is argued in RATIONALE.md
// ("Why these limits?"); a limit that is hit is an [Error] of kind LimitReached,
// unless its comment says otherwise. A field that is zero or less means the
// number of [DefaultLimits].
type Limits struct {
	Ops      int64         // opcodes of one stream
	Stack    int           // items on the stack, marks included
	Memo     int           // filled memo entries
	Line     int64         // bytes of one text argument
	Name     int           // bytes of a module or name that are kept
	Text     int           // bytes of a rendering of arguments
	Nodes    int           // nodes visited for one rendering
	Duration time.Duration // wall clock of one stream

	// Values bounds the values that are remembered. Past it literals lose
	// their content: a name made of one is an unresolved global, an argument
	// is rendered as "…". Look-ups and results are remembered up to twice
	// this number.
	Values int
	// Facts bounds each of Trace.Globals and Trace.Calls. Past it an entry
	// that repeats an earlier one is counted in Trace.Repeated; a new one is
	// still listed, up to twice this number. It also bounds Trace.Persistent
	// and Trace.Implicit, whose rest is counted.
	Facts int
	// Repeats is how many look-ups or calls are listed before those that
	// repeat an earlier one are only counted. It is at most Facts.
	Repeats int
	// FactBytes bounds the text kept in Trace in the same way.
	FactBytes int
}

// DefaultLimits returns the limits that the command uses.
func DefaultLimits() Limits {
	return Limits{
		Ops:       2e9,
		Stack:     16 << 20,
		Memo:      32 << 20,
		Line:      16 << 20,
		Name:      4096,
		Text:      160,
		Nodes:     10_000,
		Duration:  60 * time.Second,
		Values:    8 << 20,
		Facts:     1 << 17,
		Repeats:   1 << 17,
		FactBytes: 64 << 20,
	}
}

// orDefault returns l with every field that is not positive replaced.
func (l Limits) orDefault() Limits {
	d := DefaultLimits()
	set(&l.Ops, d.Ops)
	set(&l.Stack, d.Stack)
	set(&l.Memo, d.Memo)
	set(&l.Line, d.Line)
	set(&l.Name, d.Name)
	set(&l.Text, d.Text)
	set(&l.Nodes, d.Nodes)
	set(&l.Duration, d.Duration)
	set(&l.Values, d.Values)
	set(&l.Facts, d.Facts)
	set(&l.Repeats, d.Repeats)
	l.Repeats = min(l.Repeats, l.Facts)
	set(&l.FactBytes, d.FactBytes)
	// Node references have 31 bits; look-ups may use twice the number.
	l.Values = min(l.Values, 1<<29)
	l.Stack = min(l.Stack, 1<<30)
	return l
}

func set[T int | int64 | time.Duration](field *T, value T) {
	if *field <= 0 {
		*field = value
	}
}
