//go:build cgo

package pyscan

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/lint"
)

// FuzzScan checks what holds of any bytes: no crash, no site outside the file,
// no message that could steer a terminal, and nothing found twice.
func FuzzScan(f *testing.F) {
	fixtures, err := filepath.Glob("testdata/*.py")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range fixtures {
		src, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(src)
	}
	for _, s := range []string{
		"\xef\xbb\xbfimport pickle\rpickle.loads(b)\r", "# coding: latin-1\nimport pickle\npickle.loads('\xe9')\n", "import pickle\x00\npickle.loads(",
		"# coding: utf-7\n", "import pickle\nf'''{f'{pickle.loads(b)}\n", "import pickle\n<<<<\npickle.loads(b)\n",
		"# coding: utf-7\n+AGk-mport pickle\npickle.loads(b)\n", "\xff\xfe", "import pickle\nclass A(pickle.Unpickler):\n def find_class(s): raise\nA(b)\n", "# picklelint:trust",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		res := scan("fuzz.py", string(src))
		for _, skip := range res.Skips {
			if strings.Contains(skip.Reason, "crashed") {
				t.Fatal(skip.Reason)
			}
		}
		keys := make(map[lint.Fingerprint]bool)
		for _, found := range res.Findings {
			if keys[found.Fingerprint] {
				t.Errorf("fingerprint %s twice", found.Fingerprint)
			}
			keys[found.Fingerprint] = true
			if found.Message != lint.Printable(found.Message) {
				t.Errorf("message %q", found.Message)
			}
		}
		seen := make(map[[3]int64]bool)
		for _, site := range res.Sites {
			if site.Offset < 0 || site.Offset >= int64(len(src)) || site.Line < 1 || site.Column < 1 {
				t.Errorf("site at %+v of %d bytes", site.Location, len(src))
			}
			key := [3]int64{site.Offset, int64(site.EndLine), int64(site.EndColumn)}
			if seen[key] {
				t.Errorf("two sites at %+v", site.Location)
			}
			seen[key] = true
		}
	})
}
