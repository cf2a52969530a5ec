package analyzers

import (
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/pickle-lint/pickle-lint/analyzers/decodesite"
	"github.com/pickle-lint/pickle-lint/analyzers/directives"
	"github.com/pickle-lint/pickle-lint/analyzers/evidence"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/judges"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/settings"
	"github.com/pickle-lint/pickle-lint/analyzers/wire"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/lint/justify"
)

// Suite holds every analyzer, in the order in which drivers list them. The ones
// that report nothing belong to it, because a driver offers the flags of listed
// analyzers only.
var Suite = slices.Concat(
	[]*analysis.Analyzer{settings.Analyzer, decodesite.Analyzer, evidence.Analyzer},
	judges.Analyzers(),
	[]*analysis.Analyzer{directives.Analyzer, wire.Analyzer},
)

// Rules are the rules whose tiles live among the analyzers. The suite reports
// those of lint/justify as well, which it shares with the Python wing.
var Rules = lint.SortRules(judges.Rules())

// GCPercent is what [runtime/debug.SetGCPercent] is to be for a process that analyses one
// package and ends. The heap of most packages is a few megabytes, and to collect it takes a
// good part of their time; the largest package of the standard library, runtime, takes
// 120 MB.
const GCPercent = 300

func init() { settings.Know(slices.Concat(Rules, justify.Rules)) }
