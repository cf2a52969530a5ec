package blob

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/catalog"
)

// What some loader runs is found in a file that nobody named and whose name
// promises nothing, whatever stands before it.
func TestNothingEndsTheReadingEarly(t *testing.T) {
	const system = "cos\nsystem\n\x8c\x02id\x85R"
	// So many containers that not all items are remembered.
	filler := "\x80\x04" + strings.Repeat("("+strings.Repeat("N", 55)+"t0", 160_000)
	for name, tt := range map[string]struct {
		stream string
		want   []string
	}{
		"keywords that are no str":          {"cbuiltins\ndict\n)}K\x01Ns\x920" + system + ".", []string{"PKL101"}},
		"a str that stayed bytes":           {"U\x02ab\x980" + system + ".", []string{"PKL101"}},
		"the memo of the stream before":     {"\x80\x04\x8c\x02os\x94\x8c\x06system\x94\x86.\x80\x04h\x00h\x01\x93)R.", []string{"PKL101"}},
		"a list that an object has changed": {"\x80\x04ccollections\nUserList\n)\x81}(\x8c\x04data]\x94ubK\x01a0h\x00K\x00K\x02s0" + system + ".", []string{"PKL101", "PKL102"}},
		"a dict that a call has cleared":    {"\x80\x04]}\x94K\x01Ns0cbuiltins\ndict.clear\nh\x00\x85R0]h\x00b0" + system + ".", []string{"PKL101", "PKL102", "PKL110"}},
		"behind an array of joblib":         {"\x80\x02cjoblib.numpy_pickle\nNumpyArrayWrapper\n)\x81}b." + system + ".", []string{"PKL101"}},
		"arguments that are not remembered": {filler + "cbuiltins\nbool\ncm\nC\n)\x81\x85R.", []string{"PKL102", "PKL104"}},
		"a pair that is not remembered":     {filler + "]N}\x86b0" + system + ".", []string{"PKL101"}},
		"an item put who knows where": {
			"\x80\x04cbuiltins\ngetattr\n](cbuiltins\ndict\n\x8c\x08fromkeyse\x8b\x01\x10\x00\x00\x01" + strings.Repeat("\x00", 4096) + "\x8c\x07popitemsR.",
			[]string{"PKL101", "PKL110"},
		},
	} {
		rep := Scan(context.Background(), "f", bytes.NewReader([]byte(tt.stream)), int64(len(tt.stream)), Options{})
		findings, _ := Judge(rep, catalog.Builtin(), Default)
		got := ids(findings)
		slices.Sort(got)
		if got = slices.Compact(got); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", name, got, tt.want)
		}
	}
}
