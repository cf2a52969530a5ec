package blob

import (
	"regexp"
	"strings"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/pickle"
)

// Settings are what verdicts hang on besides the report.
type Settings struct {
	Catalog *catalog.Catalog
	Policy  Policy
	// Own are the project's own packages: what they define may be rebuilt and
	// called. A name stands for the module and all below it.
	Own []string
	// Source, if any, is asked about what the catalogue does not know.
	Source Source
}

// Judge says what is wrong with what a report holds, and what was not looked at.
// An error in a stream lowers no verdict: everything before it has been done by
// then.
func (s *Settings) Judge(rep *Report) ([]*lint.Finding, []*lint.Skip) {
	return newJudge(rep, s).judge()
}

// ownPackage reports whether a module is one of the project's own.
func (s *Settings) ownPackage(module string) bool {
	for _, p := range s.Own {
		if rest, ok := strings.CutPrefix(module, p); ok && (rest == "" || rest[0] == '.') {
			return true
		}
	}
	return false
}

// className is how classes are written, and modules are not (PEP 8).
var className = regexp.MustCompile(`^_*\p{Lu}[\pL\pN_]*$`)

// ownWalk reports whether a walk of attributes goes through classes only, by the
// look of it. With any other step mine.tools:sp.run would be whatever module is
// called sp there.
func ownWalk(walk []string) bool {
	for _, attr := range walk[:len(walk)-1] {
		if !className.MatchString(attr) {
			return false
		}
	}
	return true
}

// informed adds to an opinion what the project says of a global that the catalogue
// does not know: the source what it is, the configuration that it is the project's
// own. torch's list knows neither.
func (j *judge) informed(g *pickle.Global, o opinion) opinion {
	if o.class != catalog.Unknown || o.library != "" || j.policy == WeightsOnly || !g.Resolved ||
		len(g.Path) == 0 || g.RawModule != g.Module || g.RawName != g.Name() {
		return o
	}
	if j.Source != nil {
		if def := j.Source.Define(g.Module, g.Path); def != nil {
			o = j.sourced(def, o)
		}
	}
	if o.class == catalog.Unknown && o.library == "" && !o.foreign && j.ownPackage(g.Module) && ownWalk(g.Path) {
		o.class, o.reason = catalog.Allowed, "the configuration allows it"
		o.use.Items = catalog.ListItems | catalog.SetItems | catalog.DictItems
	}
	return o
}
