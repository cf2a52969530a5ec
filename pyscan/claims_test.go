//go:build cgo

package pyscan

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/lint"
)

const hostClaim = `picklelint:trust boundary=host reason="written by this program only"`

// claimed counts the findings of a source: those that stay, and those that a claim
// suppresses.
func claimed(res *Result) (open, suppressed int) {
	for _, f := range res.Findings {
		if f.Suppressed {
			suppressed++
		} else {
			open++
		}
	}
	return open, suppressed
}

// Claims hold in whatever Python is written, and fail in it for the same reasons.
func TestClaimsInAllFiles(t *testing.T) {
	const above = "import pickle\n# " + hostClaim + "\nx = pickle.load(fh)\n"
	const several = "import pickle\nx = pickle.load(\n    fh,\n)  # noqa: S301  # " + hostClaim + "\n"
	const distant = "import pickle\n# " + hostClaim + "\n\nx = pickle.load(fh)\n"
	broken := "def f(:\n    pass\n"
	for _, tt := range []struct {
		name, path, src  string
		open, suppressed int
	}{
		{"plain", "c.py", above, 0, 1},
		{"several lines", "c.py", several, 0, 1},
		{"distant", "c.py", distant, 2, 0},
		{"stub", "c.pyi", above, 0, 1},
		{"CRLF", "c.py", strings.ReplaceAll(several, "\n", "\r\n"), 0, 1},
		{"CR", "c.py", strings.ReplaceAll(several, "\n", "\r"), 0, 1},
		{"CR, distant", "c.py", strings.ReplaceAll(distant, "\n", "\r"), 2, 0},
		{"CRLF, distant", "c.py", strings.ReplaceAll(distant, "\n", "\r\n"), 2, 0},
		{"byte order mark", "c.py", "\ufeff# " + hostClaim + "\nimport pickle; pickle.load(fh)\n", 0, 1},
		{"no newline at the end", "c.py", strings.TrimSuffix(above, "\n"), 0, 1},
		{"form feed", "c.py", "import pickle\n\f\n# " + hostClaim + "\n\fx = pickle.load(fh)\n", 0, 1},
		{"tabs", "c.py", "import pickle\ndef f():\n\t# " + hostClaim + "\n\treturn pickle.load(fh)\n", 0, 1},
		{"a tab and blanks", "c.py", "import pickle\nif x:\n        # " + hostClaim + "\n\tx = pickle.load(fh)\n", 0, 1},
		{"a broken file", "c.py", broken + above, 0, 1},
		{"a broken file, by tokens", "c.py", "import pickle\nx = (\n# " + hostClaim + "\nx = pickle.load(fh)\n", 0, 1},
		{"a broken file, distant", "c.py", broken + distant, 2, 0},
		{"a template", "c.py", "import pickle\n{% if x %}\n# " + hostClaim + "\nx = pickle.load({{ fh }})\n{% endif %}\n", 0, 1},
		{"a template between", "c.py", "import pickle\n# " + hostClaim + "\n{% if x %}\nx = pickle.load({{ fh }})\n{% endif %}\n", 2, 0},
		{
			"a merge", "c.py",
			"import pickle\n<<<<<<< ours\n# " + hostClaim + "\nx = pickle.load(a)\n=======\n# " + hostClaim + "\nx = pickle.load(b)\n>>>>>>> theirs\n", 0, 2,
		},
		{"Python 2", "c.py", "import cPickle\n# " + hostClaim + "\nprint cPickle.load(fh)\n", 0, 1},
		{"a cookie", "c.py", "# coding: latin-1\nimport pickle\n# " + hostClaim + "\nx = pickle.load('\xe9')\n", 0, 1},
		{"no blank behind the sign", "c.py", "import pickle\nx = pickle.load(fh)  #" + hostClaim + "\n", 0, 1},
		{"a blank that is none", "c.py", "import pickle\nx = pickle.load(fh)  #\u00a0" + hostClaim + "\n", 2, 0},
		{"a blank that is none inside", "c.py", "import pickle\nx = pickle.load(fh)  # " + strings.ReplaceAll(hostClaim, "host ", "host\u00a0") + "\n", 2, 0},
		{"a comment about code", "c.py", "import pickle\n# x = pickle.load(fh)  # " + hostClaim + "\nx = pickle.load(fh)\n", 1, 0},
		{"a directive without a site", "c.py", "# nosec # " + hostClaim + "\nx = 1\n", 1, 0},
		{"a misspelled one without a site", "c.py", "# pickle lint trust boundary=host reason=\"written by this program only\"\nx = 1\n", 2, 0},
		{"prose", "c.py", "# pickle-lint: a linter.\n# pickle lint ignores it\n# picklelinter: no\nx = 1\n", 0, 0},
		{"a docstring", "c.py", "import pickle\ndef f():\n    '''# " + hostClaim + "'''\n    return pickle.load(fh)\n", 1, 0},
		{"a line that ends in a backslash", "c.py", "import pickle\n# " + hostClaim + "\nx = 1 + \\\n  pickle.load(fh)\n", 0, 1},
		{"a setting", "settings.py", "# " + hostClaim + "\nCELERY_TASK_SERIALIZER = 'pickle'\n", 0, 1},
	} {
		res := scan(tt.path, tt.src)
		if open, suppressed := claimed(res); open != tt.open || suppressed != tt.suppressed {
			t.Errorf("%s: %d findings stay and %d are suppressed, want %d and %d", tt.name, open, suppressed, tt.open, tt.suppressed)
			for _, f := range res.Findings {
				t.Logf("%d: suppressed %v: %s", f.Line, f.Suppressed, describe(f))
			}
		}
	}
}

// A claim is one of its cell.
func TestClaimsInNotebooks(t *testing.T) {
	claim := "# " + hostClaim
	for _, tt := range []struct {
		name             string
		cells            []string
		open, suppressed int
	}{
		{"above", []string{"import pickle", claim + "\nx = pickle.load(fh)"}, 0, 1},
		{"behind a magic", []string{"import pickle", "%%time\n" + claim + "\nx = pickle.load(fh)"}, 0, 1},
		{"above a magic line", []string{"import pickle", claim + "\n%time x = pickle.load(fh)"}, 0, 1},
		{"on the last line of a cell", []string{"import pickle\n" + claim, "x = pickle.load(fh)"}, 2, 0},
		{"in a cell of its own", []string{"import pickle", claim, "x = pickle.load(fh)"}, 2, 0},
		{"trailing", []string{"import pickle", "x = pickle.load(fh)  # noqa # " + hostClaim}, 0, 1},
		{"one of two cells", []string{"import pickle", claim + "\nx = pickle.load(fh)", "x = pickle.load(fh)"}, 1, 1},
	} {
		type cell struct {
			Type     string   `json:"cell_type"`
			Metadata struct{} `json:"metadata"`
			Source   []string `json:"source"`
		}
		var book struct {
			Cells  []cell `json:"cells"`
			Format int    `json:"nbformat"`
		}
		book.Format = 4
		for _, text := range tt.cells {
			book.Cells = append(book.Cells, cell{Type: "code", Source: strings.SplitAfter(text, "\n")})
		}
		raw, err := json.MarshalIndent(book, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		res := scan("n.ipynb", string(raw))
		if open, suppressed := claimed(res); open != tt.open || suppressed != tt.suppressed {
			t.Errorf("%s: %d findings stay and %d are suppressed, want %d and %d", tt.name, open, suppressed, tt.open, tt.suppressed)
			for _, f := range res.Findings {
				t.Logf("%d: suppressed %v: %s", f.Line, f.Suppressed, describe(f))
			}
		}
		for _, f := range res.Findings {
			if j := f.Justification; j != nil && !strings.Contains(strings.Split(string(raw), "\n")[j.Line-1], "picklelint") {
				t.Errorf("%s: the claim is said to be on line %d", tt.name, j.Line)
			}
		}
	}
}

// Every slip of the directive is told where it stands.
func TestDirectivesInEveryPlaceOfAComment(t *testing.T) {
	for _, text := range []string{
		"# picklelint trust", "#picklelint:", "# PickleLint : Trust boundary=host", "# picklelint: ignore", "# pickle-lint disable=PKL201",
		"# pickle_lint:trust", "#! picklelint:trust", "# nosec # picklelint:trst", "# type: ignore picklelint:trust",
	} {
		res := scan("d.py", "x = 1\n"+text+"\n")
		rules := make(map[string]bool)
		for _, f := range res.Findings {
			rules[f.Rule] = f.Line == 2 && f.Message == lint.Printable(f.Message)
		}
		delete(rules, "PKL908")
		if len(rules) == 0 {
			t.Errorf("%s: nothing is said", text)
		}
	}
}
