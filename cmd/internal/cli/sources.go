package cli

import (
	"context"
	"errors"
	"io"

	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/pyscan"
)

func (j *fileJob) scanner() *pyscan.Scanner {
	s := &pyscan.Scanner{
		Catalog: j.set.catalog, Policy: j.set.trust, Modules: j.set.modules, Versions: j.set.versions, Verdicts: j.set.verdicts,
		SitesOnly: j.set.quick,
		Inventory: j.set.inventory,
		Fixes:     true, Drafts: j.set.drafts(), Wraps: j.set.wraps(),
		Sources:   j.set.config.Sources,
		Wrappers:  j.set.config.Wrapper,
		Asserts:   j.set.config.Proof.Assert,
		Protocols: pyscan.ProtocolPolicy(j.set.config.Protocol),
	}
	if j.loads != nil {
		s.Stored = j.loads.stored
	}
	if j.states != nil {
		s.States = j.states.of
	}
	return s
}

// again gives a Python source its second look, when it is known what the sources
// give to each other.
func (j *fileJob) again(ctx context.Context, again *pyscan.Again, f file, w *reader) {
	if err := j.lookAgain(ctx, again, f, w); err != nil {
		j.skip(f.show, reasonOf(err))
	}
}

func (j *fileJob) lookAgain(ctx context.Context, again *pyscan.Again, f file, w *reader) (err error) {
	defer caught(&err)
	r, info, err := w.open(&f)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	src, err := w.source(r, info.Size())
	if err != nil {
		return err
	}
	res := again.Scan(ctx, f.show, src)
	j.results.add(res.Sites, res.Findings, res.Skips, nil)
	j.results.dumped(res.Dumps)
	return unchanged(r, info)
}

// kindOf tells how Python is written down in a file, as far as it is to be linted.
func (j *fileJob) kindOf(show string, head []byte) pyscan.Kind {
	if j.wings == blobWing {
		return pyscan.NoPython
	}
	kind := pyscan.KindOf(show, head)
	if kind == pyscan.Commands && !j.set.commands {
		return pyscan.NoPython
	}
	return kind
}

// python lints a source, and also returns which of its literals were judged as
// pickles.
func (j *fileJob) python(ctx context.Context, f file, kind pyscan.Kind, src []byte) (findings int, literals []pyscan.Literal) {
	res := j.scanner().Scan(ctx, f.show, src)
	j.results.dumped(res.Dumps)
	j.results.add(res.Sites, res.Findings, res.Skips, func(sum *lint.Summary) {
		if kind != pyscan.Commands {
			sum.Python++
		}
	})
	return len(res.Findings), res.Literals
}

// members lints the Python that is in a container, and nothing else of it. It reports
// whether there is any.
func (j *fileJob) members(ctx context.Context, show string, r io.ReaderAt, size int64) bool {
	in := j.input(ctx, show, r, size, nil)
	look(ctx, j.set, in, false)
	return *in.python
}

// pythonMember lints a member of a container, if it is Python.
func (j *fileJob) pythonMember(ctx context.Context, in *input, way []string, head []byte, read func(int64) ([]byte, error)) (findings int) {
	if !pyscan.IsPython(way[len(way)-1], head) {
		return 0
	}
	*in.python = true
	src, err := read(pyscan.MaxFile)
	if err != nil {
		j.results.add(nil, nil, []*lint.Skip{{Location: lint.Location{Path: in.show, Member: way}, Reason: "not fully read as Python: " + err.Error()}}, nil)
	}
	res := j.scanner().ScanMember(ctx, in.show, way, src)
	j.results.dumped(res.Dumps)
	j.results.add(res.Sites, res.Findings, res.Skips, func(sum *lint.Summary) { sum.Python++ })
	return len(res.Findings)
}
