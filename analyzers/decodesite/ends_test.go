package decodesite

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/pickle-lint/pickle-lint/analyzers/internal/settings"
	"github.com/pickle-lint/pickle-lint/lint"
)

// ends reports both ends of channels.
func ends(optional bool) *analysis.Analyzer {
	return &analysis.Analyzer{
		Name:     "ends",
		Doc:      "reports dumps and the channels of sites",
		Requires: []*analysis.Analyzer{settings.Analyzer, Analyzer},
		Run: func(pass *analysis.Pass) (any, error) {
			set, result, err := Asked(pass)
			if err != nil {
				return nil, err
			}
			set.Optional = optional
			e := result.Ends(set)
			for _, s := range result.Sites {
				pass.Reportf(s.Node.Pos(), "site %s %s", s.Format, told(e.Channel(s)))
			}
			dumps, err := e.Dumps()
			for _, d := range dumps {
				text := []string{"dump", d.Format, strings.Join(d.Classes, ","), d.Protocol, told(d.Channel)}
				pass.Reportf(d.Node.Pos(), "%s", strings.Join(strings.Fields(strings.Join(text, " ")), " "))
				if d.Function == "" || d.Argument == "" || d.Wing != "go" || len(d.Fingerprint) != 40 {
					pass.Reportf(d.Node.Pos(), "misses something: %+v", d.Dump)
				}
			}
			return nil, err
		},
	}
}

func told(c *lint.Channel) string {
	if c == nil {
		return "nowhere"
	}
	via, from := "", ""
	if c.From != "" {
		from = " " + c.From
	}
	if c.Via != "" {
		via = " via " + c.Via
	}
	return fmt.Sprintf("%s %q%s%s", c.Kind, c.Name, from, via)
}

func TestEnds(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), ends(false), "ends")
}
