package pickle_test

import (
	"bytes"
	"testing"

	"github.com/pickle-lint/pickle-lint/internal/recipe"
	"github.com/pickle-lint/pickle-lint/pickle"
)

// What only one reading of a file object does is in the union as that reading has
// it: as resolved, with its arguments, and on its object.
func TestUnionKeepsReadingsApart(t *testing.T) {
	// A frame ends behind the first length byte of a str. Over a plain file the
	// str is empty, and its content is ops.
	hidden := func(ops string) string {
		payload := recipe.MustAssemble("HEX 00\n" + ops)
		return "FRAME 2\nHEX 58" + hexOf(byte(len(payload))) + "000000\nHEX " + hexOf(payload...) + "\nPOP\n"
	}
	for name, tt := range map[string]struct {
		code string
		is   func(c *pickle.Call, t *pickle.Trace) bool
	}{
		"a mapped name": {
			"PROTO 4\n" + hidden("POP\nPROTO 2\nNONE") + "GLOBAL __builtin__ eval\nSHORT_BINSTRING '1'\nTUPLE1\nREDUCE\nSTOP",
			func(c *pickle.Call, t *pickle.Trace) bool {
				return c.Target == "builtins.eval" && t.Globals[c.Global].String() == "builtins.eval"
			},
		},
		"a dotted walk": {
			"PROTO 2\n" + hidden("POP\nPROTO 4\nNONE") + "GLOBAL collections _sys.exit\nEMPTY_TUPLE\nREDUCE\nSTOP",
			func(c *pickle.Call, t *pickle.Trace) bool { return len(t.Globals[c.Global].Path) == 2 },
		},
		"an argument": {
			"PROTO 4\nNONE\nPUT 9\n" + hidden("POP\nGLOBAL os system\nPUT 9") + "GLOBAL foo bar\nSHORT_BINUNICODE '" + string(bytes.Repeat([]byte("a"), 200)) + "'\nGET 9\nTUPLE2\nREDUCE\nSTOP",
			func(c *pickle.Call, t *pickle.Trace) bool {
				return len(c.Lead) == 2 && c.Lead[1].Kind == pickle.GlobalArg && t.Globals[c.Lead[1].Global].String() == "os.system"
			},
		},
		"a second state": {
			"PROTO 4\nGLOBAL m C\nEMPTY_TUPLE\nNEWOBJ\n" + hidden("POP\nEMPTY_DICT\nBUILD\nNONE") + "EMPTY_DICT\nBUILD\nSTOP",
			func(c *pickle.Call, _ *pickle.Trace) bool { return c.Again },
		},
	} {
		b, err := recipe.Assemble(tt.code)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, set := range []pickle.LoaderSet{pickle.CFile, pickle.AllLoaders} {
			trace, _ := pickle.Run(bytes.NewReader(b), int64(len(b)), 0, pickle.Options{Loaders: set})
			found := false
			for i := range trace.Calls {
				c := &trace.Calls[i]
				found = found || c.Loaders&pickle.CFile != 0 && tt.is(c, trace)
			}
			if !found {
				t.Errorf("%s, %v: %+v of %+v", name, set, trace.Calls, trace.Globals)
			}
		}
	}
}

func hexOf(b ...byte) string {
	const digits = "0123456789abcdef"
	var out []byte
	for _, c := range b {
		out = append(out, digits[c>>4], digits[c&15])
	}
	return string(out)
}
