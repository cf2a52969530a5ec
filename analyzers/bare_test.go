package analyzers_test

import (
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/pickle-lint/pickle-lint/analyzers"
)

// Bazel's nogo gives a pass no more than what was loaded: it reads no file, knows no module,
// and tells of no other files and no versions of Go. The analyzers find the same there.
func TestBareDriver(t *testing.T) {
	configure(t, analyzers.Options{Rules: map[string]string{"PKL311": "on"}})
	analysistest.Run(t, together(t), bare(everything, make(map[*analysis.Analyzer]*analysis.Analyzer)), "together")
}

// bare returns an analyzer that does what another does, and so do all that it needs, with
// what nogo leaves out of a pass.
func bare(a *analysis.Analyzer, done map[*analysis.Analyzer]*analysis.Analyzer) *analysis.Analyzer {
	if b := done[a]; b != nil {
		return b
	}
	b := *a
	done[a] = &b
	b.Requires = make([]*analysis.Analyzer, len(a.Requires))
	for i, needed := range a.Requires {
		b.Requires[i] = bare(needed, done)
	}
	b.Run = func(pass *analysis.Pass) (any, error) {
		p := *pass
		p.Analyzer = a
		p.ReadFile, p.Module, p.OtherFiles, p.IgnoredFiles, p.TypeErrors = nil, nil, nil, nil, nil
		info := *pass.TypesInfo
		info.FileVersions = nil
		p.TypesInfo = &info
		p.ResultOf = make(map[*analysis.Analyzer]any)
		for _, needed := range a.Requires {
			p.ResultOf[needed] = pass.ResultOf[done[needed]]
		}
		return a.Run(&p)
	}
	return &b
}
