//go:build cgo

package pyscan

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/pickle-lint/pickle-lint/lint/justify"
)

// A parse that takes too long leaves the file to its tokens, and is told.
func TestParseTimesOut(t *testing.T) {
	src := strings.Repeat("x = [f(a, {b: c}) for a in b]\n", 20_000) + "import pickle\npickle.loads(x)\n"
	s := &Scanner{Policy: justify.DefaultPolicy(testDay), budget: time.Microsecond}
	res := s.Scan(context.Background(), "x.py", []byte(src))
	if len(res.Skips) != 1 || !strings.Contains(res.Skips[0].Reason, "not parsed: the parser ran out of time") {
		t.Errorf("skips %v", res.Skips)
	}
	if len(res.Sites) != 1 || res.Sites[0].Note != byTokens || res.Sites[0].Line != 20_002 {
		t.Errorf("sites %v", res.Sites)
	}
}

// A source with too many tokens is left to them, too.
func TestTooManyTokens(t *testing.T) {
	res := scan("x.py", "import pickle\nx = "+strings.Repeat("-", 600_000)+"1\npickle.loads(x)\n")
	if len(res.Sites) != 1 || len(res.Skips) != 1 || !strings.Contains(res.Skips[0].Reason, "more than 500000 tokens are not parsed") {
		t.Errorf("sites %d, skips %v", len(res.Sites), res.Skips)
	}
}

// A crash of ours is a skip of the file; what was seen before it is still told.
func TestCrashKeepsWhatWasSeen(t *testing.T) {
	s := &Scanner{Policy: justify.DefaultPolicy(testDay), Stored: func(string, string, bool) string { panic("a test") }}
	res := s.Scan(context.Background(), "x.py", []byte("import pickle\npickle.loads(b)\npickle.load(open('m.pkl', 'rb'))\n"))
	if len(res.Sites) != 1 || len(res.Findings) != 1 || len(res.Skips) != 1 || !strings.Contains(res.Skips[0].Reason, "the scanner crashed: a test") {
		t.Errorf("sites %v, findings %v, skips %v", res.Sites, res.Findings, res.Skips)
	}
}
