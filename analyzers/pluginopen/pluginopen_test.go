package pluginopen

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/pickle-lint/pickle-lint/analyzers/internal/verdict"
	"github.com/pickle-lint/pickle-lint/lint"
)

// A path from a stranger is an error, with the way that it takes.
func TestPaths(t *testing.T) {
	var ways []string
	for _, r := range analysistest.Run(t, analysistest.TestData(), Analyzer, "plugins") {
		for _, f := range r.Action.Result.([]verdict.Finding) {
			if tainted := strings.Contains(f.Message, "comes from"); tainted != (f.Severity == lint.Error) || tainted != (len(f.Trace) > 0) {
				t.Errorf("line %d is %s, with %d steps", f.Line, f.Severity, len(f.Trace))
			}
			if strings.Contains(f.Message, "`path`, a path that comes") {
				for _, s := range f.Trace {
					ways = append(ways, fmt.Sprintf("%s %v", s.Text, s.Mark))
				}
			}
		}
	}
	want := `the bytes come from a header of an HTTP request false
it goes through Header.Get false
it is passed to stranger false
it goes through filepath.Join false
it is opened by plugin.Open true`
	if got := strings.Join(ways, "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
