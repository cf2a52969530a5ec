package facts

import (
	"context"

	"github.com/pickle-lint/pickle-lint/blob"
	"github.com/pickle-lint/pickle-lint/pickle"
)

// TraceJSON writes one object a stream.
func (r *Run) TraceJSON(ctx context.Context, rep *blob.Report) error {
	return r.each(ctx, rep, func(s *blob.Stream) {
		j := &jsonWriter{output: r.out}
		j.open('{')
		where(j, rep, s)
		r.summary(j, s)
		t := s.Trace
		j.key("globals").open('[')
		for i := range t.Globals {
			writeGlobal(j, &t.Globals[i])
		}
		j.close(']')
		j.key("calls").open('[')
		for i := range t.Calls {
			writeCall(j, &t.Calls[i])
		}
		j.close(']')
		writePersistent(j, t.Persistent)
		writeImplicit(j, t, t.Implicit)
		j.close('}')
		j.end()
		r.listed(rep, s)
	})
}

func writePersistent(j *jsonWriter, ids []pickle.PersistentID) {
	j.key("persistent").open('[')
	for i := range ids {
		p := &ids[i]
		j.open('{')
		j.key("id").str(p.Text)
		j.key("offset").number(p.Offset)
		j.key("loaders").strs(p.Loaders.Names())
		j.close('}')
	}
	j.close(']')
}

// writeImplicit writes implicit calls of t, on objects that t names.
func writeImplicit(j *jsonWriter, t *pickle.Trace, calls []pickle.Implicit) {
	j.key("implicit").open('[')
	for i := range calls {
		c := &calls[i]
		j.open('{')
		j.key("kind").str(c.Kind.String())
		j.key("target").str(objectOf(t, c))
		j.key("offset").number(c.Offset)
		j.key("loaders").strs(c.Loaders.Names())
		j.key("op").str(opName(c.Op))
		j.close('}')
	}
	j.close(']')
}

// where writes which stream an object is about.
func where(j *jsonWriter, rep *blob.Report, s *blob.Stream) {
	j.key("path").file(rep.Path)
	j.key("member").files(s.Member)
}

// summary writes the pairs about a stream as a whole.
func (r *Run) summary(j *jsonWriter, s *blob.Stream) {
	t := s.Trace
	j.key("offset").number(t.Offset)
	j.key("end").number(t.End)
	j.key("protocol").number(int64(t.Protocol))
	j.key("loader").str(r.followed().String())
	j.key("loaders").strs(t.Loaders.Names())
	j.key("ops").number(t.Ops)
	j.key("error")
	if s.Err == nil {
		j.null()
	} else {
		writeError(j, s.Err)
	}
	j.key("trailing").number(s.Trailing)
	j.key("next").open('[')
	for _, n := range t.Next {
		j.open('{')
		j.key("offset").number(n.Offset)
		j.key("loaders").strs(n.Loaders.Names())
		j.close('}')
	}
	j.close(']')
	j.key("anomalies").open('[')
	for _, a := range t.Anomalies {
		j.open('{')
		j.key("kind").str(anomalyWords[a.Kind])
		j.key("offset").number(a.Offset)
		j.key("text").str(a.Text)
		j.close('}')
	}
	j.close(']')
	j.key("persistent_ids").number(int64(t.PersistentIDs))
	j.key("arrays").open('[')
	for _, a := range t.Arrays {
		j.open('{')
		j.key("offset").number(a.Offset)
		j.key("length").number(a.Length)
		j.key("pickled").boolean(a.Pickled)
		j.close('}')
	}
	j.close(']')
	j.key("buffers").number(int64(t.Buffers))
	j.key("repeated").number(t.Repeated)
	j.key("more_implicit").number(t.MoreImplicit)
	j.key("more_persistent").number(t.MorePersistent)
	j.key("more_arrays").number(t.MoreArrays)
	j.key("more_anomalies").number(t.MoreAnomalies)
	j.key("carved").boolean(s.Carved)
	j.key("written_by").str(s.Writer())
}

func writeError(j *jsonWriter, err *pickle.Error) {
	j.open('{')
	j.key("kind").str(string(err.Kind))
	j.key("offset").number(err.Offset)
	j.key("text").str(err.Text)
	j.close('}')
}

func writeGlobal(j *jsonWriter, g *pickle.Global) {
	j.open('{')
	j.key("raw").strs([]string{g.RawModule, g.RawName})
	module := g.Module
	path := g.Path
	if !g.Resolved {
		module, path = "", nil
	}
	j.key("module").str(module)
	j.key("path").strs(path)
	j.key("offset").number(g.Offset)
	j.key("resolved").boolean(g.Resolved)
	j.key("untrusted").boolean(g.Untrusted)
	j.key("loaders").strs(g.Loaders.Names())
	j.key("op").str(opName(g.Op))
	if g.Extension {
		j.key("extension").number(int64(g.Code))
	}
	j.close('}')
}

// writeCall writes a dispatch point. Without __setstate__ a state with items goes
// to __dict__: that is a dispatch point of its own here.
func writeCall(j *jsonWriter, c *pickle.Call) {
	writeOneCall(j, c)
	if c.Kind == pickle.KindSetState && c.Stores {
		stored := *c
		stored.Kind, stored.If = pickle.KindDictSet, pickle.IfMissing
		writeOneCall(j, &stored)
	}
}

func writeOneCall(j *jsonWriter, c *pickle.Call) {
	j.open('{')
	j.key("kind").str(c.Kind.String())
	j.key("target").str(c.Target)
	j.key("offset").number(c.Offset)
	j.key("loaders").strs(c.Loaders.Names())
	j.key("op").str(opName(c.Op))
	j.key("args").str(c.Args)
	j.key("nargs")
	if c.NArgs < 0 {
		j.null()
	} else {
		j.number(int64(c.NArgs))
	}
	if c.If != pickle.Always {
		j.key("if").str(conditionWords[c.If])
	}
	j.key("again").boolean(c.Again)
	j.key("discarded").boolean(c.Discarded)
	j.close('}')
}
