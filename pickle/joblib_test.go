package pickle_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/internal/recipe"
	"github.com/pickle-lint/pickle-lint/pickle"
)

// wrapper is the ops of joblib.dump for one array, as joblib 1.2 writes them.
func wrapper(shape, kind string, itemsize, flags int, aligned bool) string {
	align := "NONE"
	if aligned {
		align = "BININT1 16"
	}
	return fmt.Sprintf(`GLOBAL joblib.numpy_pickle NumpyArrayWrapper
EMPTY_TUPLE
NEWOBJ
EMPTY_DICT
MARK
SHORT_BINUNICODE 'subclass'
GLOBAL numpy ndarray
SHORT_BINUNICODE 'shape'
%s
SHORT_BINUNICODE 'order'
SHORT_BINUNICODE 'C'
SHORT_BINUNICODE 'dtype'
GLOBAL numpy dtype
SHORT_BINUNICODE '%s'
NEWFALSE
NEWTRUE
TUPLE3
REDUCE
MARK
BININT1 3
SHORT_BINUNICODE '<'
NONE
NONE
NONE
BININT %d
BININT -1
BININT1 %d
TUPLE
BUILD
SHORT_BINUNICODE 'allow_mmap'
NEWTRUE
SHORT_BINUNICODE 'numpy_array_alignment_bytes'
%s
SETITEMS
BUILD
`, shape, kind, itemsize, flags, align)
}

const (
	shape3 = "BININT1 3\nTUPLE1"
	evil   = "POP\nGLOBAL os system\nSHORT_BINUNICODE 'id'\nTUPLE1\nREDUCE\n"
)

// framedOps is ops in a frame of their own.
func framedOps(t *testing.T, ops string) string {
	t.Helper()
	return fmt.Sprintf("FRAME %d\n", len(recipe.MustAssemble(ops))) + ops
}

func TestJoblibStepsOverArrays(t *testing.T) {
	noise := strings.Repeat("ff", 12)
	for name, tt := range map[string]struct {
		code   string
		calls  bool // joblib runs os.system
		arrays []pickle.Array
		stop   bool
	}{
		"as joblib writes it": {
			"PROTO 4\n" + framedOps(t, wrapper(shape3, "i4", -1, 0, true)) + "HEX 02ffff" + noise + "\n" + framedOps(t, evil+"STOP\n"),
			true, []pickle.Array{{Length: 12}}, true,
		},
		"without padding": {
			"PROTO 4\n" + framedOps(t, wrapper(shape3, "i4", -1, 0, false)) + "HEX " + noise + "\n" + framedOps(t, evil+"STOP\n"),
			true, []pickle.Array{{Length: 12}}, true,
		},
		"without frames": {
			"PROTO 2\n" + wrapper(shape3, "<i4", -1, 0, true) + "HEX 02ffff" + noise + "\n" + evil + "STOP\n",
			true, []pickle.Array{{Length: 12}}, true,
		},
		"ops behind the BUILD in its frame come before the array": {
			"PROTO 4\n" + framedOps(t, wrapper(shape3, "i4", -1, 0, true)+"NONE\nPOP\n") + "HEX 02ffff" + noise + "\n" + framedOps(t, evil+"STOP\n"),
			true, []pickle.Array{{Length: 12}}, true,
		},
		"two arrays of one frame": {
			"PROTO 4\n" + framedOps(t, wrapper(shape3, "i4", -1, 0, false)+"POP\n"+wrapper(shape3, "u1", -1, 0, false)) + "HEX " + noise + "ffffff\n" + framedOps(t, evil+"STOP\n"),
			true, []pickle.Array{{Length: 12}, {Length: 3}}, true,
		},
		"the size of the state counts": {
			"PROTO 4\n" + framedOps(t, wrapper(shape3, "V7", 4, 0, false)) + "HEX " + noise + "\n" + framedOps(t, evil+"STOP\n"),
			true, []pickle.Array{{Length: 12}}, true,
		},
		"nothing of it": {
			"PROTO 4\n" + framedOps(t, wrapper("BININT1 0\nBININT1 3\nTUPLE2", "f8", -1, 0, true)) + "HEX 02ffff\n" + framedOps(t, evil+"STOP\n"),
			true, []pickle.Array{{}}, true,
		},
		"objects": {
			"PROTO 4\n" + framedOps(t, wrapper(shape3, "O8", -1, 63, true)) + "PROTO 2\nEMPTY_LIST\nSTOP\n" + framedOps(t, evil+"STOP\n"),
			true, []pickle.Array{{Length: 4, Pickled: true}}, true,
		},
		"a shape that is computed": {
			"PROTO 4\n" + framedOps(t, wrapper("GLOBAL mine shape\nEMPTY_TUPLE\nREDUCE", "i4", -1, 0, true)) + "HEX 02ffff" + noise + "\n" + framedOps(t, evil+"STOP\n"),
			false, nil, false,
		},
		"more than there is": {
			"PROTO 4\n" + framedOps(t, wrapper("LONG1 "+strings.Repeat("9", 18)+"\nTUPLE1", "f8", -1, 0, true)) + "HEX 02ffff" + noise + "\nSTOP\n",
			false, nil, false,
		},
	} {
		b, err := recipe.Assemble(tt.code)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		trace, _ := pickle.Run(bytes.NewReader(b), int64(len(b)), 0, pickle.Options{})
		called := false
		for i := range trace.Calls {
			called = called || trace.Calls[i].Target == "os.system"
		}
		if called != tt.calls || trace.Joblib != tt.stop || len(trace.Arrays) != len(tt.arrays) {
			t.Errorf("%s: called %v, joblib %v, arrays %+v", name, called, trace.Joblib, trace.Arrays)
			continue
		}
		for i, a := range trace.Arrays {
			if a.Length != tt.arrays[i].Length || a.Pickled != tt.arrays[i].Pickled {
				t.Errorf("%s: array %+v, want %+v", name, a, tt.arrays[i])
			}
		}
	}
}

// A plain loader takes the bytes of an array for ops, and both are followed.
func TestArrayBytesAreOpsToo(t *testing.T) {
	hidden := recipe.MustAssemble(evil + "STOP\n")
	shape := fmt.Sprintf("BININT1 %d\nTUPLE1", len(hidden))
	b := recipe.MustAssemble("PROTO 2\n" + wrapper(shape, "u1", -1, 0, false))
	b = append(append(b, hidden...), "N."...)
	trace, err := pickle.Run(bytes.NewReader(b), int64(len(b)), 0, pickle.Options{})
	last := trace.Calls[len(trace.Calls)-1]
	if err != nil || !trace.Joblib || last.Target != "os.system" || last.Loaders != pickle.AllLoaders {
		t.Errorf("%+v, %v", last, err)
	}
}
