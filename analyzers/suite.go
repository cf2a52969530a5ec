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

func init() { settings.Know(slices.Concat(Rules, justify.Rules)) }
