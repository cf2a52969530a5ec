package facts

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/blob"
	"github.com/pickle-lint/pickle-lint/internal/recipe"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/pickle"
)

// traceJSON returns the objects of a recipe.
func traceJSON(t *testing.T, code string, o pickle.Options) []map[string]any {
	t.Helper()
	text, _ := shown(t, recipe.MustAssemble(code), o, func(r *Run, rep *blob.Report) error { return r.TraceJSON(t.Context(), rep) })
	var all []map[string]any
	for line := range strings.Lines(text) {
		var v map[string]any
		if err := json.Unmarshal([]byte(line), &v); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		all = append(all, v)
	}
	return all
}

func expect(t *testing.T, got map[string]any, key, want string) {
	t.Helper()
	var v any
	if err := json.Unmarshal([]byte(want), &v); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got[key], v) {
		text, _ := json.Marshal(got[key])
		t.Errorf("%s is %s, want %s", key, text, want)
	}
}

const allNames = `["c-mem","c-file","c-peek","py"]`

func TestTraceContract(t *testing.T) {
	all := traceJSON(t, "PROTO 2\nGLOBAL __builtin__ eval\nBINUNICODE '1'\nTUPLE1\nREDUCE\nSTOP\nHEX 00 00", pickle.Options{})
	if len(all) != 1 {
		t.Fatalf("%d objects", len(all))
	}
	got := all[0]
	for key, want := range map[string]string{
		"path": `"f.pkl"`, "member": `[]`, "offset": `0`, "end": `29`, "protocol": `2`, "loader": `"union"`, "loaders": allNames,
		"globals": `[{"raw":["__builtin__","eval"],"module":"builtins","path":["eval"],"offset":2,"resolved":true,"untrusted":false,"loaders":` + allNames + `,"op":"GLOBAL"}]`,
		"calls":   `[{"kind":"call","target":"builtins.eval","offset":27,"loaders":` + allNames + `,"op":"REDUCE","args":"'1'","nargs":1,"again":false,"discarded":false}]`,
		"error":   `null`, "trailing": `2`, "persistent_ids": `0`, "ops": `6`, "persistent": `[]`, "implicit": `[]`, "anomalies": `[]`,
		"next": `[{"offset":29,"loaders":["c-file","c-peek","py"]}]`, "buffers": `0`, "repeated": `0`,
	} {
		expect(t, got, key, want)
	}
}

// What has no items is an empty list, never null, also of a file that is no pickle.
func TestTraceOfNothing(t *testing.T) {
	for _, code := range []string{"", "HEX ff"} {
		all := traceJSON(t, code, pickle.Options{})
		if len(all) != 1 {
			t.Fatalf("%q: %d objects", code, len(all))
		}
		for _, key := range []string{"member", "globals", "calls", "loaders", "next", "persistent", "implicit", "anomalies"} {
			expect(t, all[0], key, `[]`)
		}
	}
}

func TestTraceOfAComputedName(t *testing.T) {
	got := traceJSON(t, "PROTO 4\nGLOBAL a b\nEMPTY_TUPLE\nREDUCE\nSHORT_BINUNICODE 'x'\nSTACK_GLOBAL\nSTOP", pickle.Options{})[0]
	g := got["globals"].([]any)[1].(map[string]any)
	expect(t, g, "module", `""`)
	expect(t, g, "path", `[]`)
	expect(t, g, "resolved", `false`)
	expect(t, g, "op", `"STACK_GLOBAL"`)
}

// Without __setstate__ the state goes to __dict__.
func TestTraceOfState(t *testing.T) {
	got := traceJSON(t, "PROTO 2\nGLOBAL a B\nEMPTY_TUPLE\nNEWOBJ\nEMPTY_DICT\nBINUNICODE 'k'\nNONE\nSETITEM\nBUILD\nSTOP", pickle.Options{})[0]
	var kinds []string
	for _, c := range got["calls"].([]any) {
		call := c.(map[string]any)
		how, _ := call["if"].(string)
		kinds = append(kinds, call["kind"].(string)+" "+how)
	}
	if want := []string{"new ", "setstate defined", "dictset missing"}; !reflect.DeepEqual(kinds, want) {
		t.Errorf("calls %q, want %q", kinds, want)
	}
}

// frames-041: the loader of a plain file drops the rest of the frame and reads
// the payload of the string as ops.
func TestTraceOfOneLoader(t *testing.T) {
	const code = "PROTO 4\nFRAME 2\nBINUNICODE \"\\x000cos\\nsystem\\n(S'id'\\ntR.\"\nNONE\nSTOP"
	for loader, want := range map[pickle.LoaderSet]string{
		pickle.CMem: `[]`, pickle.CPeek: `[]`, pickle.Py: `[]`, pickle.CFile: `["system"]`,
	} {
		got := traceJSON(t, code, pickle.Options{Loaders: loader, Plain: true})[0]
		expect(t, got, "loader", `"`+loader.String()+`"`)
		if want == `[]` {
			expect(t, got, "globals", want)
			continue
		}
		expect(t, got["globals"].([]any)[0].(map[string]any), "path", want)
	}
}

// A surrogate in a name is what Python has.
func TestTraceOfASurrogate(t *testing.T) {
	text, _ := shown(t, recipe.MustAssemble("PROTO 4\nSHORT_BINUNICODE 'a\\ud800'\nSHORT_BINUNICODE 'b\\x1b'\nSTACK_GLOBAL\nSTOP"), pickle.Options{},
		func(r *Run, rep *blob.Report) error { return r.TraceJSON(t.Context(), rep) })
	if want := `"raw":["a\ud800","b\u001b"]`; !strings.Contains(text, want) {
		t.Errorf("no %s in %s", want, text)
	}
}

// What is not listed is told, in the output and beside it.
func TestTraceTellsWhatIsNotListed(t *testing.T) {
	var out bytes.Buffer
	var skips []*lint.Skip
	b := recipe.MustAssemble("GLOBAL os system\nSTOP")
	rep := blob.Scan(t.Context(), "f.pkl", bytes.NewReader(b), int64(len(b)), blob.Options{Forced: true})
	rep.Streams[0].Trace.Repeated = 7
	r := NewRun(&out, pickle.Options{}, 80, func(s *lint.Skip) { skips = append(skips, s) })
	if err := r.TraceText(t.Context(), rep); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "repeated    7 look-ups and calls") || len(skips) != 1 {
		t.Errorf("%d skips\n%s", len(skips), out.String())
	}
}
