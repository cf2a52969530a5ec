package plugin

import (
	"fmt"
	"slices"
	"strings"

	"github.com/golangci/plugin-module-register/register"
	"golang.org/x/tools/go/analysis"

	"github.com/pickle-lint/pickle-lint/analyzers"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/verdict"
	"github.com/pickle-lint/pickle-lint/analyzers/wire"
	"github.com/pickle-lint/pickle-lint/lint/justify"
)

// Name is the name of the linter. It is that of the directives, because golangci-lint's own
// comments name it too.
const Name = "picklelint"

func init() { register.Plugin(Name, New) }

// Settings are the settings of the linter in .golangci.yml. The keys are those of
// .pickle-lint.yml, as far as they are about Go.
type Settings struct {
	// Today is the day YYYY-MM-DD that expiry is compared with, for runs that must not
	// change over time.
	Today string `json:"today"`
	// Catalog lists catalogue files, relative to the directory of the run.
	Catalog    []string                    `json:"catalog"`
	Boundaries map[string]justify.Boundary `json:"boundaries"`
	// Rules are by id or name: off, on, note, warning or error. How loud an issue is
	// golangci-lint decides, so that a severity says no more than on.
	Rules map[string]string `json:"rules"`
	Go    struct {
		Tests     *bool `json:"tests"`
		Generated *bool `json:"generated"`
		// OptionalSinks are off where nothing is said.
		OptionalSinks bool `json:"optional-sinks"`
	} `json:"go"`
}

// New returns the linter with its settings as golangci-lint read them. Whatever is wrong
// with them is one error of one line.
func New(raw any) (register.LinterPlugin, error) {
	set, err := register.DecodeSettings[Settings](raw)
	if err != nil {
		return nil, refuse(err)
	}
	options := analyzers.Options{
		// YAML reads a day without quotes as a time.
		Today:         strings.TrimSuffix(set.Today, "T00:00:00Z"),
		Catalogs:      set.Catalog,
		Boundaries:    set.Boundaries,
		Rules:         set.Rules,
		SkipTests:     isFalse(set.Go.Tests),
		SkipGenerated: isFalse(set.Go.Generated),
		OptionalSinks: set.Go.OptionalSinks,
		// Draft stays off: golangci-lint --fix would write claims that nobody made.
	}
	if err := options.Apply(); err != nil {
		return nil, refuse(err)
	}
	return linter{}, nil
}

func isFalse(b *bool) bool { return b != nil && !*b }

func refuse(err error) error {
	text := strings.ReplaceAll(err.Error(), "\n", "; ")
	return fmt.Errorf("settings of %s: %s", Name, strings.ReplaceAll(strings.TrimPrefix(text, "decoding settings: "), "json: ", ""))
}

type linter struct{}

// BuildAnalyzers returns the suite, without what talks to pickle-lint only.
func (linter) BuildAnalyzers() ([]*analysis.Analyzer, error) {
	verdict.ReportAlone()
	return slices.DeleteFunc(slices.Clone(analyzers.Suite), func(a *analysis.Analyzer) bool { return a == wire.Analyzer }), nil
}

// GetLoadMode asks for types.
func (linter) GetLoadMode() string { return register.LoadModeTypesInfo }
