package pyscan

import (
	"bytes"
	"context"
	"path"
	"strings"
	"time"

	"github.com/pickle-lint/pickle-lint/blob"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/lint/justify"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/value"
)

const (
	// maxInline bounds the literals of a file that are looked at as pickles: those of
	// a test suite are a few hundred.
	maxInline = 1000
	// inlineTime is the wall clock for one of them. A literal is no checkpoint.
	inlineTime = 10 * time.Second
)

// inlineFormats are the formats of sinks whose bytes may hold a pickle.
var inlineFormats = map[string]bool{"pickle": true, "torch": true, "npy": true}

// inlineBlobs looks at what the sites of one file decode, where that is a constant.
type inlineBlobs struct {
	ctx     context.Context
	scanner *Scanner
	reader  *value.Reader
	hit     map[string]bool // limits of constants that were told
	told    bool            // that there are too many
}

// Literal is a range of bytes of a source file, which the site decodes that begins at
// Site.
type Literal struct{ Start, End, Site int64 }

// inlineBlob is bytes that a source spells.
type inlineBlob struct {
	data []byte
	node syntax.Index
}

// valueReader works out the constants of a file.
func valueReader(f *file) *value.Reader { return value.NewReader(f.tree, f.names, f.text) }

// loaded works out what a site decodes. It notes the file that a constant path leads
// to, and returns the bytes that the source spells, or nil.
func (f *file) loaded(j *judging, s *found, site *lint.Site) *inlineBlob {
	if s.value <= 0 {
		return nil
	}
	v, limit, ok := f.blobs.reader.Of(s.value)
	if limit != "" && !f.blobs.hit[limit] {
		// Once a file: ten thousand sites that load one large constant say no more.
		f.blobs.hit[limit] = true
		j.res.skip(site.Location, "the argument of %s was not worked out: %s; told once a file", site.API, limit)
	}
	if !ok {
		return nil
	}
	switch {
	case v.HasPath() || v.Kind == value.Text && !takesData(s):
		site.Loads = lint.Printable(f.stored(&v))
	case !inlineFormats[s.sink.Format]:
	case v.Kind == value.Text:
		// In Python 2 a str is bytes.
		if data, ok := value.Latin1(v.Data); ok {
			return &inlineBlob{data, v.Node}
		}
	default:
		return &inlineBlob{v.Data, v.Node}
	}
	return nil
}

// takesData reports a sink that takes the bytes themselves, so that a str is no path.
func takesData(s *found) bool {
	return strings.HasSuffix(s.sink.Name, "loads") || s.sink.Arg.Name == "data"
}

// stored finds the file that a path leads to, or "".
func (f *file) stored(v *value.Value) string {
	name := v.Name()
	if f.blobs.scanner.Stored == nil || name == "" {
		return ""
	}
	return f.blobs.scanner.Stored(f.path, name, v.Anchor == value.Beside)
}

// Loading says of a site that names a stored file which one it is.
func Loading(site *lint.Site) string { return "it loads " + site.Loads }

// inline judges the bytes that a site decodes as those of a stored file, and reports
// what is wrong with them at the literal. A claim says who may have written bytes;
// what these are is known, so it suppresses no error.
func (f *file) inline(j *judging, b *inlineBlob, site *lint.Site, claim justify.Claim, statement span) {
	if j.inline == nil {
		j.inline = make(map[syntax.Index]bool)
	}
	if j.inline[b.node] {
		return
	}
	at := f.location(f.tree.Nodes[b.node].Start, f.tree.Nodes[b.node].End)
	if len(j.inline) == maxInline {
		if !f.blobs.told {
			f.blobs.told = true
			j.res.skip(at, "more than %d literals of a file are not looked at as pickles", maxInline)
		}
		return
	}
	j.inline[b.node] = true
	end := f.decoded.FileOffset(f.tree.Nodes[b.node].End)
	j.res.Literals = append(j.res.Literals, Literal{Start: at.Offset, End: end, Site: site.Offset})
	found, skips := f.blobs.judge(f, b.data)
	for _, s := range skips {
		j.res.skip(at, "%s: %s", inlinePlace(site, s.Member), s.Reason)
	}
	for _, in := range found {
		out := *in
		out.Location = at
		out.Message = lint.Printable(inlinePlace(site, in.Member)) + ": " + in.Message
		out.Trace = make([]lint.Step, len(in.Trace))
		for k, step := range in.Trace {
			// Offsets count in the literal, which has no path.
			step.Path = ""
			out.Trace[k] = step
		}
		out.Justification = claim.Justification
		out.Suppressed = claim.Suppresses && in.Severity < lint.Error
		out.Fingerprint = j.keys.Of(siteKey(site, statement).Of(out.Rule, out.Callable, "inline"))
		j.res.Findings = append(j.res.Findings, &out)
	}
}

// inlinePlace names the bytes that a site decodes, or a member of them.
func inlinePlace(site *lint.Site, member []string) string {
	where := "the argument of " + site.API
	if len(member) > 0 {
		where = strings.Join(member, " » ") + " in " + where
	}
	return where
}

// judge looks at the bytes of a literal. Where nothing is recognised there is nothing
// to skip: the loader refuses them, and that is what most such tests want to see.
func (b *inlineBlobs) judge(f *file, data []byte) ([]*lint.Finding, []*lint.Skip) {
	verdicts := b.scanner.Verdicts
	if verdicts == nil {
		verdicts = &blob.Settings{Catalog: f.gate.catalog}
	}
	limits := blob.DefaultLimits()
	limits.Duration = inlineTime
	rep := blob.Scan(b.ctx, path.Base(f.path), bytes.NewReader(data), int64(len(data)), blob.Options{
		Limits: limits, Named: true, Catalog: verdicts.Catalog,
	})
	if !rep.Recognised() {
		return nil, nil
	}
	return verdicts.Judge(rep)
}
