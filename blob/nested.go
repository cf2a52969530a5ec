package blob

import (
	"slices"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/pickle"
)

// A storage of PyTorch that is pickled without torch.save becomes a call of
// torch.storage._load_from_bytes with what torch.save made of it, and that is
// torch.load(io.BytesIO(b), weights_only=False): a full unpickler. What it does
// stands in the bytes. Where they were looked into from end to end, and nothing
// is wrong with them, the call is what its catalogue line says and no more.
//
// Only the format of five pickles is taken: no release writes another there
// (UntypedStorage.__reduce__ in torch/storage.py asks for it since there is a
// choice), and of a zip there are as many readings as readers.

// nested is what came of looking into a literal: streams of the report.
type nested struct{ from, to int }

// progress is how much was found so far, to see what a look adds.
type progress struct{ streams, containers, ambiguities, problems int }

func (s *scanner) progress() progress {
	r := s.rep
	return progress{len(r.Streams), len(r.Containers), len(r.Ambiguities), len(r.Problems) + r.MoreProblems}
}

// noteNested notes what looking into a literal of st has found since before, if
// that is one file of torch.save in its old format, the whole of it, and nothing
// of it was passed over.
func (s *scanner) noteNested(st *Stream, e *pickle.Embedded, before progress) {
	now := s.progress()
	n := nested{before.streams, now.streams}
	before.streams += legacyStreams
	if now != before || s.full {
		return
	}
	streams := s.rep.Streams[n.from:n.to]
	first, last := streams[0], streams[legacyStreams-1]
	if first.Trace.Offset != 0 || !last.tensors || len(first.Member) != len(st.Member)+1 {
		return
	}
	for _, in := range streams {
		if in.Err != nil || !in.Trace.Complete || in.Carved || in.Unlikely || !slices.Equal(in.Member, first.Member) {
			return
		}
	}
	if st.nested == nil {
		st.nested = make(map[int64]*nested)
	}
	st.nested[e.At] = &n
}

// loadsClean reports whether call i of g does nothing but load bytes in which
// nothing is wrong. Where loaders read the stream differently, the bytes may be
// others; and behind a change of what names mean, so may the callable be.
func (b *bench) loadsClean(i int32, g *pickle.Global, o opinion) bool {
	c := &b.s.Trace.Calls[i]
	n := b.s.nested[c.Payload]
	if n == nil || o.use.Loads == "" || o.class != catalog.Dangerous || g.Untrusted || g.RawModule != g.Module || g.RawName != g.Name() {
		return false
	}
	if b.policy == WeightsOnly || c.Kind != pickle.KindCall || c.NArgs != 1 || b.s.Carved || len(b.s.Trace.Anomalies) > 0 || b.s.Trace.MoreAnomalies > 0 {
		return false
	}
	if !b.clean(n) {
		return false
	}
	if b.loads == nil {
		b.loads = make(map[int32]bool)
	}
	b.loads[i] = true
	return true
}

// clean reports whether the strictest policy has nothing to say about n.
func (j *judge) clean(n *nested) bool {
	is, ok := j.cleans[n]
	if !ok {
		sub := newJudge(j.rep, &Settings{Catalog: j.cat, Policy: Strict})
		sub.deadline = j.deadline
		for _, s := range j.rep.Streams[n.from:n.to] {
			sub.stream(s)
		}
		is = len(sub.cases) == 0 && sub.skip == nil
		if j.cleans == nil {
			j.cleans = make(map[*nested]bool)
		}
		j.cleans[n] = is
	}
	return is
}
