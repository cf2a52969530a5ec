//go:build cgo

package pyscan

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/pickle-lint/pickle-lint/catalog"
)

// Where the source does not parse, plain assignments, arguments and keys are found by
// their tokens.
func TestBrokenSettings(t *testing.T) {
	for src, want := range map[string]int{
		"app.conf.task_serializer = 'pickle'":                              1,
		"app.conf.update(task_serializer='pickle', x=1)":                   1,
		"os.environ['TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD'] = '1'":             1,
		"x = {'accept_content': ['json', 'pickle'], 'task_serializer': 1}": 1,
		"donot_pickle = False":                                             1,
		"app.conf.task_serializer = 'json'":                                0,
		"app.conf.task_serializer == 'pickle'":                             0,
		"f(task_serializer='json', x='pickle')":                            0,
		"os.environ['TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD'] == '1'":            0,
		"donot_pickle = True":                                              0,
		"CACHE_TYPE = 'redis'":                                             0,
	} {
		for _, broken := range []string{
			"<<<<<<< HEAD\n" + src + "\n=======\n>>>>>>> other\n",
			"def f(a, b\n    " + src + "\n    g(\n",
			"{% if x %}\n" + src + "\n{% endif %}\n",
		} {
			if res := scan("broken.py", broken); len(res.Findings) != want {
				t.Errorf("%q: %d findings, want %d", broken, len(res.Findings), want)
			}
		}
	}
}

// A setting on an honest line beside a load says nothing of that.
func TestSettingsAndLoads(t *testing.T) {
	src := "import pickle\na.accept_content = ['pickle', pickle.loads(b)]\n"
	res := scan("both.py", src)
	if len(res.Findings) != 2 || res.Findings[0].Rule == res.Findings[1].Rule {
		t.Errorf("findings %+v", res.Findings)
	}
	if len(res.Sites) != 2 || res.Sites[0].API != "celery.accept_content" || res.Sites[0].Format != "pickle" || res.Sites[0].Function != "" {
		t.Errorf("sites %+v", res.Sites)
	}
}

// An overlay brings settings of its own, short ones as well.
func TestOverlaySettings(t *testing.T) {
	c, err := catalog.Builtin().With("my.cat", strings.NewReader(`python-setting examplepkg.fmt values='pickle' near=ex format=pickle danger="it unpickles" # documentation`))
	if err != nil {
		t.Fatal(err)
	}
	g := newGate(c, nil)
	for src, want := range map[string]bool{"import ex\nex.fmt = 'pickle'\n": true, "import ex\nex.fmt = 'json'\n": false, "x.fmt = 'pickle'\n": false} {
		if got := gateOpens(g, src); got != want {
			t.Errorf("%q: opens %v, want %v", src, got, want)
		}
	}
}

// Sources that are made to be looked at again and again are not.
func TestHostileSettings(t *testing.T) {
	const n = 20_000
	repeat := func(format string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	for name, src := range map[string]string{
		"names of lists": "a0 = ['x']\n" + func() string {
			var b strings.Builder
			for i := range 12 {
				fmt.Fprintf(&b, "a%d = [%s]\n", i+1, strings.Repeat(fmt.Sprintf("a%d, ", i), 200))
			}
			return b.String()
		}() + "conf.accept_content = a12\n",
		"long list":        "conf.accept_content = [" + repeat("'x%d', ") + "]\n",
		"nested display":   strings.Repeat("{'SESSION_TYPE': 'redis', 'a': ", 5_000) + "1" + strings.Repeat("}", 5_000) + "\n",
		"flat display":     "x = {" + repeat("'SESSION_TYPE': 'redis%[1]d' or 'redis', ") + "}\n",
		"many settings":    repeat("SESSION_TYPE = 'redis'; x%d = 1\n"),
		"many receivers":   "import dogpile\n" + repeat("r%d.configure('dogpile.cache.redis')\n"),
		"many patches":     "import numpy as np\ndef f():\n" + repeat("    x(%d)\n") + repeat("np.load = f; x%d = 1\n"),
		"nested patches":   "import numpy as np\n" + strings.Repeat("setattr(np, 'load', lambda: ", 4_000) + "1" + strings.Repeat(")", 4_000) + "\n",
		"many safe lists":  "from torch.serialization import add_safe_globals\n" + repeat("add_safe_globals([list, x%d])\n"),
		"broken":           "(\n" + repeat("task_serializer = ['json', %d\n"),
		"long conditions":  "conf.task_serializer = " + repeat("x%d or ") + "'json'\n",
		"long sum":         "conf.task_serializer = " + repeat("x%d + ") + "'json'\n",
		"nested lists":     "conf.accept_content = " + strings.Repeat("[", 5_000) + strings.Repeat("]", 5_000) + "\n",
		"many unsafe ones": repeat("conf.accept_content = ['pickle', x%d]\n"),
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			scan("hostile.py", src)
			if took := time.Since(start); took > 15*time.Second {
				t.Errorf("took %v for %d bytes", took, len(src))
			} else {
				t.Logf("took %v for %d bytes", took, len(src))
			}
		})
	}
}

func TestTooLargeSettingIsTold(t *testing.T) {
	res := scan("large.py", "conf.accept_content = ["+strings.Repeat("'x', ", 2*maxValueSteps)+"]\n")
	if len(res.Skips) != 1 || !strings.Contains(res.Skips[0].Reason, "too large") {
		t.Errorf("skips %+v", res.Skips)
	}
}
