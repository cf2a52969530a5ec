//go:build !cgo

package pyscan

import (
	"strings"
	"testing"
)

// Without cgo nothing is parsed: that is said, and calls are found by their tokens.
func TestWithoutCgo(t *testing.T) {
	res := scan("n.py", "import pickle\npickle.loads(b)\n")
	if len(res.Sites) != 1 || res.Sites[0].Note == "" || len(res.Skips) != 1 || !strings.Contains(res.Skips[0].Reason, "without cgo") {
		t.Errorf("%+v", res)
	}
	if res := scan("n.py", "x = 1\n"); len(res.Skips) != 0 {
		t.Errorf("%+v", res.Skips[0])
	}
}
