package lint

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
)

// FixKind says what a fix asks of whoever has it applied.
type FixKind string

// The kinds of fixes.
const (
	// SafeFix may be applied without being looked at: it leaves the program as it is or
	// makes a load take less.
	SafeFix FixKind = "safe"
	// JustifyFix writes the beginning of a justification, which is a finding until
	// somebody has given the reason.
	JustifyFix FixKind = "justify"
	// WrapFix leads bytes through the wrapper of the project. The other end of their channel
	// has to follow, and somebody has to name the channel.
	WrapFix FixKind = "wrap"
)

// Fix is a change of one file that answers a finding, or begins to.
type Fix struct {
	// Text says what it does, in the imperative.
	Text string  `json:"text"`
	Kind FixKind `json:"kind"`
	// Path is the file, as in [Location], and Sum the SHA-256 of its bytes, in
	// hexadecimal: the edits are about these and no others.
	Path string `json:"path"`
	Sum  string `json:"sha256"`
	// Edits are those of the file, in its order; none overlaps another.
	Edits []Edit `json:"edits"`
}

// Edit puts a text in the place of the bytes of a file from Offset to End. Where both
// are the same it is put in before that byte.
type Edit struct {
	Offset int64  `json:"offset"`
	End    int64  `json:"end"`
	New    string `json:"new"`
}

// Sum returns what [Fix.Sum] is of a file.
func Sum(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// CompareEdits orders edits by place and then by what they write.
func CompareEdits(a, b Edit) int {
	return cmp.Or(cmp.Compare(a.Offset, b.Offset), cmp.Compare(a.End, b.End), cmp.Compare(a.New, b.New))
}

// Overlaps reports that two edits cannot both be made: they change the same bytes, or put
// different texts in at one place.
func (e Edit) Overlaps(o Edit) bool {
	switch {
	case e == o:
		return false
	case e.Offset == o.Offset:
		return true
	case e.Offset < o.Offset:
		return o.Offset < e.End
	}
	return e.Offset < o.End
}

// Apply makes edits in a text. They are in order, overlap nowhere and lie within it, or
// nothing is made.
func Apply(text []byte, edits []Edit) ([]byte, error) {
	var out []byte
	at := int64(0)
	for i, e := range edits {
		if e.Offset < at || e.End < e.Offset || e.End > int64(len(text)) || i > 0 && e.Overlaps(edits[i-1]) {
			return nil, fmt.Errorf("the edit from %d to %d lies outside of the text or in another", e.Offset, e.End)
		}
		out = append(append(out, text[at:e.Offset]...), e.New...)
		at = e.End
	}
	return append(out, text[at:]...), nil
}

// Same reports fixes that do the same.
func (f Fix) Same(o Fix) bool {
	return f.Path == o.Path && slices.Equal(f.Edits, o.Edits)
}
