package blob

import "strings"

// writers are the packages that write pickles with a pickler of their own, by the
// modules to which only their pickles refer. Those that carry code come first: dill
// and cloudpickle write functions and classes, and joblib and torch use them.
var writers = []struct {
	name    string
	modules []string
}{
	{"cloudpickle", []string{"cloudpickle"}},
	{"dill", []string{"dill"}},
	{"joblib", []string{"joblib.numpy_pickle", "joblib.numpy_pickle_compat"}},
}

// Writer is the package whose pickler wrote the stream, or would have: "cloudpickle",
// "dill", "joblib", "torch"; "" if nothing tells it from a plain pickle. It is what
// the stream says of itself, and nobody has to tell the truth.
func (s *Stream) Writer() string {
	for _, w := range writers {
		for i := range s.Trace.Globals {
			g := &s.Trace.Globals[i]
			for _, m := range w.modules {
				if g.Resolved && (g.Module == m || strings.HasPrefix(g.Module, m+".")) {
					return w.name
				}
			}
		}
	}
	for _, id := range s.Trace.Persistent {
		if storageID.MatchString(id.Text) {
			return "torch"
		}
	}
	return ""
}
