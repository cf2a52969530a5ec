package pyscan

import (
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/rebuild"
)

// rebuildingRules are the rules about how objects are rebuilt.
var rebuildingRules = map[rebuild.Kind]*lint.Rule{
	rebuild.Unsafe:       UnsafeReduce,
	rebuild.SideEffect:   SetstateSideEffect,
	rebuild.Unimportable: UnimportableReduce,
	rebuild.Unregistered: UnregisteredCopyreg,
}

// rebuilding tells what is wrong with how the objects of the file are rebuilt.
func (f *file) rebuilding(j *judging) {
	if f.shallow || f.unparsed || len(f.tree.Nodes) == 0 || !f.rebuilds && (f.bare || !rebuild.Asks(f.tree)) {
		return
	}
	table := f.names
	if !f.bare {
		table = f.calledNames()
	}
	problems, cut := rebuild.Read(rebuild.Source{Tree: f.tree, Text: f.text, Outline: f.classOutline(), Names: table, Catalog: f.gate.catalog, Own: f.isOwnPackage})
	if cut {
		j.res.skip(lint.Location{Path: f.path}, "there is more to say of how objects are rebuilt than is looked at")
	}
	slices.SortStableFunc(problems, func(a, b rebuild.Problem) int { return int(a.At - b.At) })
	loads := make(map[int]int)
	for at, told := range j.res.Findings {
		if told.Rule == UnjustifiedLoad.ID {
			loads[told.Line] = at
		}
	}
	for _, p := range problems {
		n := &f.tree.Nodes[p.At]
		rule := rebuildingRules[p.Kind]
		finding := rule.Finding(f.location(n.Start, n.End), "%s", p.Text)
		if p.Weak {
			finding.Severity = lint.Note
		}
		statement := f.statementOf(p.At)
		f.unclaimed(j, finding, lint.Printable(p.Callable), statement)
		finding.Fingerprint = j.keys.Of(f.key(p.At, finding.Callable, statement).Of(finding.Rule))
		// A load that a reducer hands out is one defect, of which this says more. What is claimed of
		// the load holds for it, and for nothing else here: a claim is about who wrote what is decoded.
		at, ok := loads[finding.Line]
		if !ok || p.Kind != rebuild.Unsafe || j.res.Findings[at].Callable != finding.Callable {
			j.res.Findings = append(j.res.Findings, finding)
			continue
		}
		delete(loads, finding.Line)
		load := j.res.Findings[at]
		finding.Justification, finding.Suppressed = load.Justification, load.Suppressed
		finding.Otherwise, j.res.Findings[at] = load, finding
	}
}

// isOwnPackage reports a package of which the file is a part, by its name or its path. What the
// catalogue says of a library is said for those who use it.
func (f *file) isOwnPackage(top string) bool {
	if first, _, _ := strings.Cut(f.module, "."); first == top {
		return true
	}
	if f.gate.catalog.Global(top, "*").Library == "stdlib" {
		return false
	}
	return slices.Contains(strings.Split(path.Dir(filepath.ToSlash(f.path)), "/"), top)
}
