package blob

import (
	"bytes"
	"context"
	"encoding/hex"
	"slices"
	"testing"

	"github.com/pickle-lint/pickle-lint/internal/recipe"
)

// dumped is joblib.dump({'a': numpy.arange(3, dtype='<i4'), 'b': 'x'}) of joblib 1.2, up to
// the ops behind the array.
const dumped = "800495d2000000000000007d94288c0161948c136a6f626c69622e6e756d70795f7069636b6c65948c114e756d7079417272617957726170706572" +
	"9493942981947d94288c08737562636c617373948c056e756d7079948c076e6461727261799493948c057368617065944b0385948c056f72646572948c0143948c05" +
	"6474797065946808680f93948c02693494898887945294284b038c013c944e4e4e4affffffff4affffffff4b007494628c0a616c6c6f775f6d6d617094888c1b6e75" +
	"6d70795f61727261795f616c69676e6d656e745f6279746573944b10756202ffff000000000100000002000000"

func joblibFile(t testing.TB, rest string) []byte {
	t.Helper()
	b, err := hex.DecodeString(dumped)
	if err != nil {
		t.Fatal(err)
	}
	return append(b, recipe.MustAssemble(rest)...)
}

// An honest file is read to its end, and what stands behind the array is judged.
func TestJoblibFile(t *testing.T) {
	honest := joblibFile(t, "FRAME *\nSHORT_BINUNICODE 'b'\nMEMOIZE\nSHORT_BINUNICODE 'x'\nMEMOIZE\nSETITEMS\nSTOP\n")
	rep, findings, skips := scanned(honest, Strict)
	if len(findings) > 0 || len(skips) > 0 || !rep.Streams[0].Trace.Joblib {
		t.Errorf("honest: %v, %v", findings, skips)
	}
	// The payload hangs on the memo of what came before the array.
	evil := joblibFile(t, "FRAME *\nSHORT_BINUNICODE 'b'\nSHORT_BINUNICODE 'os'\nPUT 90\nPOP\nGET 90\nSHORT_BINUNICODE 'system'\nSTACK_GLOBAL\nBINGET 1\nTUPLE1\nREDUCE\nSETITEMS\nSTOP\n")
	if _, findings, _ := scanned(evil, Default); !slices.Equal(ids(findings), []string{"PKL101"}) {
		t.Errorf("behind an array: %v", ids(findings))
	}
	for n := range evil {
		rep := Scan(context.Background(), "f", bytes.NewReader(evil[:n]), int64(n), Options{Named: true})
		if n > 300 && len(rep.Problems) == 0 && rep.Streams[0].Err == nil {
			t.Errorf("cut at %d of %d: no problem", n, len(evil))
		}
	}
}

// objectsDumped is the same of {'a': numpy.array(['b'], dtype=object), 'b': …}, up to
// the STOP of the array, which is a pickle of its own.
const objectsDumped = "800495d1000000000000007d94288c0161948c136a6f626c69622e6e756d70795f7069636b6c65948c114e756d7079417272617957726170706572" +
	"9493942981947d94288c08737562636c617373948c056e756d7079948c076e6461727261799493948c057368617065944b0185948c056f72646572948c0143948c05" +
	"6474797065946808680f93948c024f3894898887945294284b038c017c944e4e4e4affffffff4affffffff4b3f7494628c0a616c6c6f775f6d6d617094898c1b6e75" +
	"6d70795f61727261795f616c69676e6d656e745f6279746573944b107562"

// The plain loaders end at the STOP of an array of objects, and load what follows
// as a stream of its own: the rest of an honest file is no broken pickle, and a
// payload there is one.
func TestBehindAnArrayOfObjects(t *testing.T) {
	head, err := hex.DecodeString(objectsDumped)
	if err != nil {
		t.Fatal(err)
	}
	array := recipe.MustAssemble("PROTO 2\nGLOBAL numpy.core.multiarray _reconstruct\nGLOBAL numpy ndarray\nBININT1 0\nTUPLE1\nGLOBAL _codecs encode\n" +
		"BINUNICODE 'b'\nBINUNICODE 'latin1'\nTUPLE2\nREDUCE\nTUPLE3\nREDUCE\nSTOP\n")
	rest := "FRAME *\nSHORT_BINUNICODE 'b'\nMEMOIZE\nGLOBAL builtins slice\nMEMOIZE\nBININT1 0\nBININT1 1\nNONE\nTUPLE3\nREDUCE\nSETITEMS\nSTOP\n"
	honest := slices.Concat(head, array, recipe.MustAssemble(rest))
	rep, findings, skips := scanned(honest, Default)
	if len(findings) > 0 || len(skips) > 0 || !rep.Streams[0].Trace.Joblib {
		t.Errorf("honest: %v, %v", findings, skips)
	}
	for name, b := range map[string][]byte{
		"in the array": slices.Concat(head, evil, recipe.MustAssemble(rest)),
		"behind it":    slices.Concat(head, array, recipe.MustAssemble("FRAME *\nSHORT_BINUNICODE 'b'\nGLOBAL posix system\nSHORT_BINUNICODE 'id'\nTUPLE1\nREDUCE\nSETITEMS\nSTOP\n")),
		"at the end":   slices.Concat(honest, evilText),
	} {
		if _, findings, _ := scanned(b, Default); !slices.Contains(ids(findings), "PKL101") {
			t.Errorf("%s: %v", name, ids(findings))
		}
	}
	// What stands behind the stream as joblib reads it ends as any other.
	if _, findings, _ := scanned(append(honest, good[:len(good)-1]...), Default); !slices.Equal(ids(findings), []string{"PKL110"}) {
		t.Errorf("cut behind it: %v", ids(findings))
	}
}

// Where the length of an array is not known, names that are known to be dangerous are
// told behind it all the same, at whatever byte they stand.
func TestBehindAnArrayOfUnknownLength(t *testing.T) {
	head, err := hex.DecodeString(dumped)
	if err != nil {
		t.Fatal(err)
	}
	array := len(head) - len("\x02\xff\xff") - 12
	unknown := bytes.Replace(head[:array], []byte("\x8c\x02i4"), []byte("\x8c\x02?4"), 1)
	noise := bytes.Repeat([]byte("\x00\x3fc\x8c\x02ab\x93"), 20)
	for name, tt := range map[string]struct {
		rest string
		want []string
	}{
		"a global":       {"SHORT_BINUNICODE 'b'\nGLOBAL posix system\nSHORT_BINUNICODE 'id'\nTUPLE1\nREDUCE\nSETITEMS\nSTOP\n", []string{"PKL101"}},
		"a stack global": {"SHORT_BINUNICODE 'b'\nSHORT_BINUNICODE 'posix'\nMEMOIZE\nSHORT_BINUNICODE 'system'\nMEMOIZE\nSTACK_GLOBAL\nEMPTY_TUPLE\nREDUCE\nSETITEMS\nSTOP\n", []string{"PKL101"}},
		"honest":         {"SHORT_BINUNICODE 'b'\nGLOBAL builtins slice\nNONE\nNONE\nNONE\nTUPLE3\nREDUCE\nSETITEMS\nSTOP\n", nil},
	} {
		_, findings, skips := scanned(slices.Concat(unknown, noise, recipe.MustAssemble(tt.rest)), Default)
		got := slices.DeleteFunc(ids(findings), func(id string) bool { return id == "PKL110" })
		if !slices.Equal(got, tt.want) || len(skips) == 0 {
			t.Errorf("%s: %v, skips %v", name, messages(findings), skips)
		}
	}
}

// numpy takes names for type strings, which an author of pickles may write.
func TestNamedDtype(t *testing.T) {
	head, err := hex.DecodeString(dumped)
	if err != nil {
		t.Fatal(err)
	}
	named := bytes.Replace(head, []byte("\x8c\x02i4"), []byte("\x8c\x05int32"), 1)
	named[3] += 3 // the frame
	rest := "FRAME *\nSHORT_BINUNICODE 'b'\nMEMOIZE\nSHORT_BINUNICODE 'x'\nMEMOIZE\nSETITEMS\nSTOP\n"
	rep, findings, skips := scanned(append(named, recipe.MustAssemble(rest)...), Strict)
	if len(findings) > 0 || len(skips) > 0 || !rep.Streams[0].Trace.Joblib {
		t.Errorf("%v, %v", messages(findings), skips)
	}
}
