package blob

import (
	"slices"
	"strings"
	"testing"

	"bytes"
	"context"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/internal/recipe"
)

// Each case is what torch 2.6 says of the same bytes, by its source.
func TestWeightsOnly(t *testing.T) {
	const tensor = "GLOBAL torch._utils _rebuild_tensor_v2\nMARK\n" +
		"MARK\nBINUNICODE 'storage'\nGLOBAL torch FloatStorage\nBINUNICODE '0'\nBINUNICODE 'cpu'\nBININT1 4\nTUPLE\nBINPERSID\n" +
		"BININT1 0\nBININT1 4\nTUPLE1\nBININT1 1\nTUPLE1\nNEWFALSE\n" + "GLOBAL collections OrderedDict\nEMPTY_TUPLE\nREDUCE\nTUPLE\nREDUCE\n"
	for name, tt := range map[string]struct {
		code string
		want string // a part of the message; "" if it is taken
	}{
		"tensor":                  {tensor, ""},
		"state dict":              {"GLOBAL collections OrderedDict\nEMPTY_TUPLE\nREDUCE\nBINUNICODE 'w'\n" + tensor + "SETITEM\nEMPTY_DICT\nBUILD\n", ""},
		"bytes":                   {"GLOBAL _codecs encode\nBINUNICODE 'x'\nBINUNICODE 'latin1'\nTUPLE2\nREDUCE\n", ""},
		"Python 2 name":           {"GLOBAL __builtin__ set\nEMPTY_LIST\nTUPLE1\nREDUCE\n", ""},
		"Python 2 name, proto 4":  {"PROTO 4\nGLOBAL __builtin__ set\nEMPTY_LIST\nTUPLE1\nREDUCE\n", ""},
		"joined differently":      {"GLOBAL torch nn.parameter.Parameter\nPOP\nNONE\n", "POP"},
		"protocol 5":              {"PROTO 5\nNONE\n", ""},
		"newobj":                  {"GLOBAL collections Counter\nEMPTY_TUPLE\nNEWOBJ\n", ""},
		"setitem of an object":    {"GLOBAL collections Counter\nEMPTY_TUPLE\nREDUCE\nBINUNICODE 'a'\nBININT1 1\nSETITEM\n", ""},
		"frame":                   {"PROTO 4\nFRAME *\nNONE\n", "FRAME"},
		"short string":            {"SHORT_BINUNICODE 'a'\n", "SHORT_BINUNICODE"},
		"memoize":                 {"EMPTY_LIST\nMEMOIZE\n", "MEMOIZE"},
		"text":                    {"INT 1\n", "INT"},
		"inst":                    {"MARK\nINST collections OrderedDict\n", "INST"},
		"class":                   {"GLOBAL argparse Namespace\nEMPTY_TUPLE\nNEWOBJ\n", "argparse.Namespace"},
		"complex":                 {"GLOBAL builtins complex\nBINFLOAT 1\nTUPLE1\nREDUCE\n", "builtins.complex"},
		"os":                      {"GLOBAL posix system\nBINUNICODE 'id'\nTUPLE1\nREDUCE\n", "posix.system"},
		"call of a result":        {"GLOBAL collections OrderedDict\nEMPTY_TUPLE\nREDUCE\nEMPTY_TUPLE\nREDUCE\n", "no global"},
		"append to a counter":     {"GLOBAL collections Counter\nEMPTY_TUPLE\nREDUCE\nNONE\nAPPEND\n", "no list"},
		"state of bytes":          {"GLOBAL _codecs encode\nBINUNICODE 'x'\nBINUNICODE 'latin1'\nTUPLE2\nREDUCE\nEMPTY_DICT\nBUILD\n", "no type on the list"},
		"state of a class":        {"GLOBAL collections OrderedDict\nEMPTY_DICT\nBUILD\n", "no type on the list"},
		"persistent id":           {"BINUNICODE 'x'\nBINPERSID\n", "no storage"},
		"persistent id, no store": {"BINUNICODE 'module'\nNONE\nTUPLE2\nBINPERSID\n", "no storage"},
	} {
		code := tt.code
		if !strings.HasPrefix(code, "PROTO") {
			code = "PROTO 2\n" + code
		}
		b, err := recipe.Assemble(code + "STOP\n")
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		_, findings, _ := scanned(b, WeightsOnly)
		var said []string
		for _, f := range findings {
			if f.Rule == NotWeightsOnly.ID {
				said = append(said, f.Message)
			}
		}
		switch {
		case tt.want == "" && len(said) > 0:
			t.Errorf("%s: refused: %q", name, said)
		case tt.want != "" && !strings.Contains(strings.Join(said, "\n"), tt.want):
			t.Errorf("%s: %q does not say %q", name, said, tt.want)
		}
		if _, findings, _ := scanned(b, Default); slices.Contains(ids(findings), NotWeightsOnly.ID) {
			t.Errorf("%s: reported under the default policy", name)
		}
	}
}

// A catalogue adds to the list; a pickle in a literal is not loaded.
func TestWeightsOnlyAdded(t *testing.T) {
	cat, err := catalog.Builtin().With("own.cat", strings.NewReader("weights-only argparse:Namespace # add_safe_globals\n"))
	if err != nil {
		t.Fatal(err)
	}
	for name, code := range map[string]string{
		"added":   "GLOBAL argparse Namespace\nEMPTY_TUPLE\nNEWOBJ\nEMPTY_DICT\nBUILD\n",
		"literal": `SHORT_BINSTRING '\x80\x04\x95\x00\x00\x00\x00\x00\x00\x00\x00NNNNNN0000.'` + "\n",
	} {
		b := recipe.MustAssemble("PROTO 2\n" + code + "STOP\n")
		rep := Scan(context.Background(), "f.pkl", bytes.NewReader(b), int64(len(b)), Options{Named: true})
		if findings, _ := Judge(rep, cat, WeightsOnly); slices.Contains(ids(findings), NotWeightsOnly.ID) || slices.Contains(ids(findings), UnknownClass.ID) {
			t.Errorf("%s: %v", name, ids(findings))
		}
	}
	zipped := zipped(t, 0, "a/data.pkl", "\x80\x02N.", "a/constants.pkl", "\x80\x02).")
	if _, findings, _ := scanned(zipped, WeightsOnly); len(findings) != 1 || !strings.Contains(findings[0].Message, "TorchScript") {
		t.Errorf("TorchScript: %v", ids(findings))
	}
}
