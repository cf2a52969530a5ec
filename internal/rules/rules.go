// Package rules lists the rules of all wings. It owns nothing else: a rule lives
// in the wing whose facts it judges.
package rules

import (
	"slices"
	"sync"

	"github.com/pickle-lint/pickle-lint/analyzers"
	"github.com/pickle-lint/pickle-lint/blob"
	"github.com/pickle-lint/pickle-lint/inventory"
	"github.com/pickle-lint/pickle-lint/inventory/lock"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/lint/baseline"
	"github.com/pickle-lint/pickle-lint/lint/justify"
	"github.com/pickle-lint/pickle-lint/pyscan"
)

// All returns every rule, sorted by id.
var All = sync.OnceValue(func() []*lint.Rule {
	return lint.SortRules(slices.Concat(blob.Rules, pyscan.Rules, analyzers.Rules, justify.Rules, baseline.Rules, inventory.Rules, lock.Rules))
})
