package container

import (
	"bytes"
	"iter"
)

// Unsupported recognises formats that loaders open and this package does not:
// what is in them was not looked at, and that is said.
type Unsupported struct{}

// unsupported are magics long enough to be no accident.
var unsupported = []struct{ name, magic string }{
	{"xz", "\xfd7zXZ\x00"},
	{"lz4", "\x04\x22\x4d\x18"},
	{"zstd", "\x28\xb5\x2f\xfd"},
	{"7z", "7z\xbc\xaf\x27\x1c"},
	// The properties byte and dictionary size that xz's and Python's encoders
	// write, and the unknown length behind them.
	{"lzma", "\x5d\x00\x00\x80\x00\xff\xff\xff\xff\xff\xff\xff\xff"},
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

// Traits implements [Format]. It has no members, so it is not single; names like
// x.pkl.xz promise what x.pkl does.
func (Unsupported) Traits() Traits {
	return Traits{Suffixes: []string{".xz", ".lzma", ".lz4", ".zst"}}
}

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
