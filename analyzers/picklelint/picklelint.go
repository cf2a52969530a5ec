// Package picklelint exports the analyzer that carries the settings of all others, for
// drivers that take their analyzers package by package: its flags are those that are
// spelled -picklelint.… elsewhere.
package picklelint

import "github.com/pickle-lint/pickle-lint/analyzers/internal/settings"

// Analyzer reports nothing. The analyzers of pickle-lint read its flags.
var Analyzer = settings.Analyzer
