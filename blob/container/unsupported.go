package container

import (
	"bytes"
	"iter"
)

// Unsupported recognises formats that carry files and that this package does not
// open: what is in them was not looked at, and that is said.
type Unsupported struct{}

// unsupported are magics long enough to be no accident.
var unsupported = []struct{ name, magic string }{
	{"rar", "Rar!\x1a\x07"},
}

func unsupportedName(head []byte) string {
	for _, u := range unsupported {
		if bytes.HasPrefix(head, []byte(u.magic)) {
			return u.name
		}
	}
	return ""
}

// Name implements [Format].
func (Unsupported) Name() string { return "unsupported" }

// Traits implements [Format].
func (Unsupported) Traits() Traits { return Traits{} }

// Recognise implements [Format].
func (Unsupported) Recognise(head []byte, _ Data) bool { return unsupportedName(head) != "" }

// Members implements [Format].
func (Unsupported) Members(data Data, _ *Budget) iter.Seq2[Member, error] {
	return func(yield func(Member, error) bool) {
		head := make([]byte, 16)
		if err := readAt(data, head, 0); err != nil {
			yield(problem("%w", err))
			return
		}
		yield(problem("%s data is not decompressed, so what is in it was not looked at", unsupportedName(head)))
	}
}
