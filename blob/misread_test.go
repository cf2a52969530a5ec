package blob

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/internal/recipe"
)

// wrapperOf is the ops of joblib.dump for an array of two items of a dtype, without
// the memo ops.
func wrapperOf(dtype string) string {
	return `GLOBAL joblib.numpy_pickle NumpyArrayWrapper
EMPTY_TUPLE
NEWOBJ
EMPTY_DICT
MARK
SHORT_BINUNICODE 'subclass'
GLOBAL numpy ndarray
SHORT_BINUNICODE 'shape'
BININT1 2
TUPLE1
SHORT_BINUNICODE 'dtype'
` + dtype + `
SHORT_BINUNICODE 'numpy_array_alignment_bytes'
BININT1 16
SETITEMS
BUILD
`
}

const (
	objectDtype = "GLOBAL numpy dtype\nSHORT_BINUNICODE 'O8'\nNEWFALSE\nNEWTRUE\nTUPLE3\nREDUCE"
	// arrayOf is the pickle of an array of objects, of protocol 2.
	arrayOf = "PROTO 2\nGLOBAL numpy.core.multiarray _reconstruct\nGLOBAL numpy ndarray\nBININT1 0\nTUPLE1\nGLOBAL _codecs encode\n" +
		"BINUNICODE 'b'\nBINUNICODE 'latin1'\nTUPLE2\nREDUCE\nTUPLE3\nREDUCE\nSTOP\n"
)

// A plain loader reads the pickle of an array of objects with the memo of the stream
// around it. The names that it makes up are nobody's; those that do harm are.
func TestPlainLoadersMisreadAnArrayOfObjects(t *testing.T) {
	for _, tt := range []struct {
		module, name string
		want         []string
	}{
		{"Index", "dtype", nil},
		{"pandas.core.indexes.base", "dtype", nil},
		{"posix", "system", []string{"PKL101"}},
		{"mine", "run", []string{"PKL103"}},
	} {
		// The memo of the array's own pickle has numpy and dtype at 0 and 1.
		b := recipe.MustAssemble("PROTO 4\nSHORT_BINUNICODE '" + tt.module + "'\nMEMOIZE\nPOP\nSHORT_BINUNICODE '" + tt.name + "'\nMEMOIZE\nPOP\n" + wrapperOf(objectDtype) +
			"PROTO 4\nSHORT_BINUNICODE 'numpy'\nMEMOIZE\nPOP\nSHORT_BINUNICODE 'dtype'\nMEMOIZE\nPOP\nBINGET 0\nBINGET 1\nSTACK_GLOBAL\nSHORT_BINUNICODE 'O8'\nNEWFALSE\nNEWTRUE\nTUPLE3\nREDUCE\nSTOP\n" +
			"STOP\n")
		rep, findings, skips := scanned(b, Default)
		if !rep.Streams[0].Trace.Joblib || !slices.Equal(ids(findings), tt.want) || len(skips) > 0 {
			t.Errorf("%s.%s: %v, %v", tt.module, tt.name, ids(findings), skips)
		}
	}
}

// What plain loaders find where joblib's reading has nothing is no misreading.
func TestArrayBytesMayHoldAnything(t *testing.T) {
	hidden := "POP\nGLOBAL mine run\nSHORT_BINUNICODE 'id'\nTUPLE1\nREDUCE\nSTOP\n"
	for name, array := range map[string]string{
		"before the pickle of an array ends": "PROTO 4\n" + strings.TrimSuffix(hidden, "STOP\n") + "STOP\n",
		"behind it":                          arrayOf + hidden,
	} {
		b := recipe.MustAssemble("PROTO 4\n" + wrapperOf(objectDtype) + array + "STOP\n")
		if _, findings, _ := scanned(b, Default); !slices.Contains(ids(findings), "PKL103") {
			t.Errorf("%s: %v", name, ids(findings))
		}
	}
}

// StringDType of numpy 2 is pickled as objects are.
func TestArrayOfStrings(t *testing.T) {
	b := recipe.MustAssemble("PROTO 4\n" + wrapperOf("GLOBAL numpy._core._internal _convert_to_stringdtype_kwargs\nBININT1 1\nTUPLE1\nREDUCE") + arrayOf +
		"POP\nGLOBAL posix system\nSHORT_BINUNICODE 'id'\nTUPLE1\nREDUCE\nSTOP\n")
	rep, findings, skips := scanned(b, Default)
	if !rep.Streams[0].Trace.Joblib || !slices.Equal(ids(findings), []string{"PKL101"}) || len(skips) > 0 {
		t.Errorf("%v, %v", ids(findings), skips)
	}
}

// The blocks of dbm.dumb are searched behind a file of joblib, and not inside it.
func TestNoBlocksInsideAFileOfJoblib(t *testing.T) {
	head := recipe.MustAssemble("PROTO 4\n" + wrapperOf(objectDtype) + arrayOf + "POP\n")
	array := recipe.MustAssemble(wrapperOf(objectDtype) + arrayOf)
	// A block begins within the module's name, which then is a GLOBAL.
	core := len(head) + 5 + bytes.Index(array, []byte("core.multiarray"))
	pad := (2*dumbBlock - core%dumbBlock) % dumbBlock
	b := slices.Concat(head, []byte{'X', byte(pad), byte(pad >> 8), 0, 0}, bytes.Repeat([]byte{'x'}, pad), array, []byte("."))
	if at := core + pad; at%dumbBlock != 0 || !bytes.HasPrefix(b[at:], []byte("core")) {
		t.Fatalf("no block begins at %d", at)
	}
	if rep, findings, skips := scanned(b, Strict); len(findings) > 0 || len(skips) > 0 || rep.Streams[0].Trace.JoblibEnd != int64(len(b)) {
		t.Errorf("%v, %v", findings, skips)
	}
	behind := slices.Concat(b, make([]byte, blockBehind(int64(len(b)))-int64(len(b))), evil)
	if _, findings, _ := scanned(behind, Default); !slices.Equal(ids(findings), []string{"PKL101"}) {
		t.Errorf("behind it: %v", ids(findings))
	}
}

// A wrapper that was pickled without joblib has no array behind it.
func TestWrapperWithoutItsArray(t *testing.T) {
	b := recipe.MustAssemble("PROTO 4\n" + wrapperOf("GLOBAL numpy dtype\nSHORT_BINUNICODE 'f8'\nNEWFALSE\nNEWTRUE\nTUPLE3\nREDUCE") + "STOP\n")
	if _, findings, skips := scanned(b, Default); len(findings) > 0 || len(skips) > 0 {
		t.Errorf("%v, %v", ids(findings), skips)
	}
	// There is more, so that it may be an array of which some is missing.
	if _, _, skips := scanned(append(b, "abc"...), Default); len(skips) != 1 {
		t.Errorf("cut: %v", skips)
	}
}
