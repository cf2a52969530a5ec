package blob

import (
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/internal/recipe"
)

// What getattr and copyreg._reconstructor are told is read from the arguments
// themselves: however they look when they are written out, no name of a global
// makes one argument look like two.
func TestArgumentsAreNotReadFromTheirRendering(t *testing.T) {
	long := strings.Repeat("x", 200)
	for name, tt := range map[string]struct {
		code string
		want []string
	}{
		// Written out: _reconstructor(collections.OrderedDict, builtins.object, x, mine.Base, None).
		"base in a name": {"PROTO 4\nGLOBAL builtins object\nPOP\nGLOBAL copyreg _reconstructor\nMARK\nGLOBAL collections 'OrderedDict, builtins.object, x'\nGLOBAL mine Base\nNONE\nTUPLE\nREDUCE\nSTOP\n", []string{"PKL103", "PKL104"}},
		// Written out: getattr(collections.OrderedDict, 'fromkeys').
		"attribute in a name": {"PROTO 4\nGLOBAL collections OrderedDict\nPOP\nGLOBAL builtins getattr\nGLOBAL collections \"OrderedDict, 'fromkeys'\"\nTUPLE1\nREDUCE\nSTOP\n", []string{"PKL101", "PKL105"}},
		"honest":              {"PROTO 3\nGLOBAL builtins getattr\nGLOBAL mine Outer\nBINUNICODE 'Inner'\nTUPLE2\nREDUCE\nSTOP\n", []string{"PKL104"}},
		"honest and long":     {"PROTO 3\nGLOBAL builtins getattr\nGLOBAL mine " + long + "\nBINUNICODE '" + long + "'\nTUPLE2\nREDUCE\nSTOP\n", []string{"PKL104"}},
		"getattr in doubt":    {"PROTO 3\nGLOBAL mine Outer\nBINPUT 0\nBINUNICODE 'a'\nNONE\nSETITEM\nPOP\nGLOBAL builtins getattr\nBINGET 0\nBINUNICODE 'Inner'\nTUPLE2\nREDUCE\nSTOP\n", []string{"PKL101", "PKL104", "PKL112"}},
		"a default":           {"PROTO 3\nGLOBAL builtins getattr\nGLOBAL mine Outer\nBINUNICODE 'Inner'\nNONE\nTUPLE3\nREDUCE\nSTOP\n", []string{"PKL101", "PKL104"}},
		"dots":                {"PROTO 3\nGLOBAL builtins getattr\nGLOBAL mine Outer\nBINUNICODE 'a.b'\nTUPLE2\nREDUCE\nSTOP\n", []string{"PKL101", "PKL104"}},
		"bytes":               {"PROTO 3\nGLOBAL builtins getattr\nGLOBAL mine Outer\nSHORT_BINBYTES 'Inner'\nTUPLE2\nREDUCE\nSTOP\n", []string{"PKL101", "PKL104"}},
		"dangerous":           {"PROTO 3\nGLOBAL builtins getattr\nGLOBAL os path\nBINUNICODE 'os'\nTUPLE2\nREDUCE\nSTOP\n", []string{"PKL101"}},
	} {
		expectRules(t, name, tt.code, tt.want)
	}
}

// An allowed global behind a change of what names mean has a text of its own.
func TestAllowedButUntrusted(t *testing.T) {
	b := recipe.MustAssemble("PROTO 4\nGLOBAL mine table\nSHORT_BINUNICODE 'a'\nNONE\nSETITEM\nPOP\nGLOBAL datetime date\nBININT2 2026\nBININT1 1\nBININT1 2\nTUPLE3\nREDUCE\nSTOP\n")
	_, findings, _ := scanned(b, Default)
	for _, f := range findings {
		if f.Callable != "datetime.date" {
			continue
		}
		if f.Rule != "PKL102" || !strings.Contains(f.Message, "which is allowed, but an earlier op may have changed what names mean") {
			t.Errorf("%s %s", f.Rule, f.Message)
		}
		return
	}
	t.Errorf("rules %v", ids(findings))
}
