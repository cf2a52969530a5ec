package proof

import "strings"

// Argument is an argument of a call, as far as it matters to what is called.
type Argument struct {
	// Name is the keyword, or "".
	Name string
	// Constant is a short literal, or "".
	Constant string
}

// maxLiteral bounds the literals that are told to what is called, in bytes: switches and
// modes. Literal keys and digests are judged where they stand.
const maxLiteral = 12

// Key tells the questions apart that have answers of their own.
func (q *Question) Key() string {
	var b strings.Builder
	b.WriteString(q.Name)
	for _, list := range [][]Argument{q.Made, q.Args} {
		b.WriteByte('(')
		for _, a := range list {
			b.WriteString(a.Name + "=" + a.Constant + "\x00")
		}
	}
	if q.IsMade {
		b.WriteByte(')')
	}
	if q.Enters {
		b.WriteString("with")
	}
	if q.IsDecorator {
		b.WriteString("@" + strings.Join(q.Decorated, ","))
	}
	if len(q.Sets) > 0 {
		b.WriteString("set " + strings.Join(q.Sets, ","))
	}
	if q.IsKey {
		b.WriteString("key")
	}
	if q.Passes {
		b.WriteString("=")
	}
	if q.Swallows {
		b.WriteString("!")
	}
	return b.String()
}
