//go:build cgo

package pyscan

import (
	"context"
	"encoding/base64"
	"fmt"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/blob"
	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/internal/recipe"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/lint/justify"
)

// assemble makes a literal of a recipe.
func assemble(t *testing.T, text string) (data []byte, literal string) {
	t.Helper()
	data, err := recipe.Assemble(text)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, c := range data {
		fmt.Fprintf(&b, `\x%02x`, c)
	}
	return data, `b"` + b.String() + `"`
}

const callsExit = "PROTO 2\nGLOBAL os _exit\nBININT1 3\nTUPLE1\nREDUCE\nSTOP\n"

// inlineFindings are those about stored bytes, as "line:column rule message".
func inlineFindings(res *Result) (out []string) {
	for _, f := range res.Findings {
		if strings.HasPrefix(f.Rule, "PKL1") {
			out = append(out, fmt.Sprintf("%d:%d %s %s", f.Line, f.Column, f.Rule, f.Message))
		}
	}
	return out
}

// What a site decodes is judged where it is spelled, once, however it is wrapped; what
// no site decodes is data.
func TestInlinePickles(t *testing.T) {
	data, evil := assemble(t, callsExit)
	text := base64.StdEncoding.EncodeToString(data)
	_, honest := assemble(t, "PROTO 2\nEMPTY_LIST\nSTOP\n")
	for src, want := range map[string]string{
		"pickle.loads(" + evil + ")":                                                           "2:14 PKL101 the argument of pickle.loads: calls os._exit(3)",
		"DATA = " + evil + "\ndef f():\n    return pickle.loads(DATA)":                         "2:8 PKL101",
		"DATA = " + evil + "\npickle.loads(DATA)\npickle.loads(DATA)":                          "2:8 PKL101",
		"import io\npickle.load(io.BytesIO(" + evil + "))":                                     "3:24 PKL101 the argument of pickle.load: ",
		"import io\npickle.Unpickler(io.BytesIO(" + evil + ")).load()":                         "3:29 PKL101 the argument of pickle.Unpickler: ",
		"import base64\npickle.loads(base64.b64decode('" + text + "'))":                        "3:31 PKL101",
		"import io, torch\ntorch.load(io.BytesIO(" + evil + "))":                               "3:23 PKL101",
		"pickle.loads(" + strings.TrimPrefix(evil, "b") + ")":                                  "2:14 PKL101",
		"import functools\nfunctools.partial(pickle.loads, " + evil + ")()":                    "3:33 PKL101",
		"import io, torch\ntorch.load(io.BytesIO(" + evil + "), weights_only=True)":            "",
		"import yaml\nyaml.unsafe_load(" + evil + ")":                                          "",
		"EVIL = " + evil + "\npickle.loads(data)":                                              "",
		"import pickletools\npickletools.dis(" + evil + ")":                                    "",
		"pickle.loads(" + honest + ")":                                                         "",
		"pickle.loads(b'no pickle')\npickle.loads(b'')\npickle.loads('')\npickle.loads('日本語')": "",
	} {
		res := scan("x.py", "import pickle\n"+src+"\n")
		got := inlineFindings(res)
		if want == "" && len(got) > 0 || want != "" && (len(got) != 1 || !strings.HasPrefix(got[0], want)) || len(res.Skips) > 0 {
			t.Errorf("%s\n\tgot %q, want %q, skips %v", src, got, want, res.Skips)
		}
	}
}

// The ops of a literal are the trace, at offsets in it; a member of it is named.
func TestInlineTrace(t *testing.T) {
	data, evil := assemble(t, callsExit)
	res := scan("x.py", "import pickle\npickle.loads("+evil+")\n")
	for _, f := range res.Findings {
		if f.Rule != "PKL101" {
			continue
		}
		if last := f.Trace[len(f.Trace)-1]; last.Text != "REDUCE" || last.Offset != int64(len(data)-2) || last.Path != "" || last.Line != 0 {
			t.Errorf("the last step is %+v", last)
		}
		if f.EndColumn-f.Column != len(evil) || f.Fingerprint == "" {
			t.Errorf("%+v", f)
		}
	}
	inner := base64.StdEncoding.EncodeToString(data)
	_, outer := assemble(t, "PROTO 2\nBINUNICODE '"+inner+"'\nSTOP\n")
	got := inlineFindings(scan("x.py", "import pickle\npickle.loads("+outer+")\n"))
	if len(got) != 1 || !strings.Contains(got[0], "str at 0x7 in the argument of pickle.loads: calls os._exit(3)") {
		t.Errorf("a pickle in a literal of the literal: %q", got)
	}
	if res := scan("x.py", "import pickle\npickle.loads("+evil+")\n"); len(res.Literals) != 1 || res.Literals[0].End-res.Literals[0].Start != int64(len(evil)) {
		t.Errorf("literals %v", res.Literals)
	}
}

// A claim excuses what is not known of bytes, and not what they do.
func TestInlineUnderAClaim(t *testing.T) {
	_, evil := assemble(t, callsExit)
	_, unknown := assemble(t, "PROTO 2\nGLOBAL app.models make\nBININT1 3\nTUPLE1\nREDUCE\nSTOP\n")
	const claim = "# picklelint:trust boundary=build reason=\"test vector of this suite\"\n"
	for literal, suppressed := range map[string]bool{evil: false, unknown: true} {
		seen := false
		for _, f := range scan("x.py", "import pickle\n"+claim+"pickle.loads("+literal+")\n").Findings {
			if strings.HasPrefix(f.Rule, "PKL1") {
				seen = true
				if f.Suppressed != suppressed || f.Justification == nil {
					t.Errorf("%s %s: suppressed %t", f.Rule, f.Message, f.Suppressed)
				}
			}
		}
		if !seen {
			t.Errorf("nothing said of %s", literal)
		}
	}
}

// Literals are judged by the settings of the run.
func TestInlineVerdicts(t *testing.T) {
	_, unknown := assemble(t, "PROTO 2\nGLOBAL app.models Thing\nEMPTY_TUPLE\nNEWOBJ\nSTOP\n")
	src := "import pickle\npickle.loads(" + unknown + ")\n"
	s := &Scanner{Policy: justify.DefaultPolicy(testDay), Verdicts: &blob.Settings{Catalog: catalog.Builtin(), Policy: blob.Strict}}
	strict := s.Scan(context.Background(), "x.py", []byte(src))
	severity := func(res *Result) (out lint.Severity) {
		for _, f := range res.Findings {
			if strings.HasPrefix(f.Rule, "PKL1") {
				out = f.Severity
			}
		}
		return out
	}
	if a, b := severity(scan("x.py", src)), severity(strict); a != lint.Note || b != lint.Error {
		t.Errorf("%v, and strictly %v", a, b)
	}
}

// Bounds are told, and end nothing.
func TestInlineBounds(t *testing.T) {
	res := scan("x.py", "import pickle\npickle.loads(b'a' * 900000000)\npickle.loads(x)\n")
	if len(res.Sites) != 2 || len(res.Skips) != 1 || !strings.Contains(res.Skips[0].Reason, "the argument of pickle.loads was not worked out: more than 4194304 bytes") || res.Skips[0].Line != 2 {
		t.Errorf("sites %d, skips %v", len(res.Sites), res.Skips)
	}
	_, honest := assemble(t, "PROTO 2\nEMPTY_LIST\nSTOP\n")
	res = scan("x.py", "import pickle\n"+strings.Repeat("pickle.loads("+honest+")\n", maxInline+5))
	if len(res.Sites) != maxInline+5 || len(res.Skips) != 1 || !strings.Contains(res.Skips[0].Reason, "more than 1000 literals") || res.Skips[0].Line != maxInline+2 {
		t.Errorf("sites %d, skips %v", len(res.Sites), res.Skips)
	}
}

// A constant path is looked for from the source, and the site names what is found.
func TestStoredPaths(t *testing.T) {
	var asked []string
	s := &Scanner{Policy: justify.DefaultPolicy(testDay), Stored: func(source, name string, beside bool) string {
		asked = append(asked, fmt.Sprintf("%s %s %t", source, name, beside))
		if strings.HasPrefix(name, "no") {
			return ""
		}
		return "found/" + name
	}}
	src := `import joblib, os, pickle, numpy
pickle.load(open("m.pkl", "rb"))
joblib.load("m.joblib")
pickle.load(open(os.path.join(os.path.dirname(__file__), "m.pkl"), "rb"))
pickle.load(open("no.pkl", "rb"))
numpy.load("a.npy")
pickle.loads("m.pkl")
pickle.load(open("/etc/passwd", "rb"))
pickle.load(fh)
`
	res := s.Scan(context.Background(), "dir/x.py", []byte(src))
	var loads []string
	for _, site := range res.Sites {
		loads = append(loads, site.Loads)
	}
	if got, want := strings.Join(loads, "|"), "found/m.pkl|found/m.joblib|found/m.pkl||found/a.npy|||"; got != want {
		t.Errorf("loads %s, want %s", got, want)
	}
	if got, want := strings.Join(asked, ", "), "dir/x.py m.pkl false, dir/x.py m.joblib false, dir/x.py m.pkl true, dir/x.py no.pkl false, dir/x.py a.npy false"; got != want {
		t.Errorf("asked %s, want %s", got, want)
	}
	if !strings.HasSuffix(res.Findings[0].Message, "; it loads found/m.pkl") {
		t.Errorf("message %q", res.Findings[0].Message)
	}
}
