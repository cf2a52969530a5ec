package blob

import (
	"testing"

	"github.com/pickle-lint/pickle-lint/internal/recipe"
)

func TestWriter(t *testing.T) {
	for want, code := range map[string]string{
		"cloudpickle": "PROTO 5\nSHORT_BINUNICODE 'cloudpickle.cloudpickle'\nSHORT_BINUNICODE '_make_function'\nSTACK_GLOBAL\nSTOP\n",
		"dill":        "PROTO 4\nSHORT_BINUNICODE 'dill._dill'\nSHORT_BINUNICODE '_create_type'\nSTACK_GLOBAL\nSTOP\n",
		"joblib":      "PROTO 4\nSHORT_BINUNICODE 'joblib.numpy_pickle'\nSHORT_BINUNICODE 'NumpyArrayWrapper'\nSTACK_GLOBAL\nSTOP\n",
		"torch":       "PROTO 2\nMARK\nBINUNICODE 'storage'\nGLOBAL torch FloatStorage\nBINUNICODE '0'\nBINUNICODE 'cpu'\nBININT1 3\nTUPLE\nBINPERSID\nSTOP\n",
		"":            "PROTO 4\nSHORT_BINUNICODE 'dillinger.cloudpickles'\nSHORT_BINUNICODE 'dill'\nSTACK_GLOBAL\nSTOP\n",
	} {
		rep, _, _ := unnamed(recipe.MustAssemble(code))
		if len(rep.Streams) != 1 || rep.Streams[0].Writer() != want {
			t.Errorf("%q: %d streams, written by %q", want, len(rep.Streams), rep.Streams[0].Writer())
		}
	}
}
