package pyscan

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/lint/justify"
)

// testDay is the day on which every fixture is read.
var testDay = time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)

func scan(path, src string) *Result {
	s := &Scanner{Policy: justify.DefaultPolicy(testDay)}
	return s.Scan(context.Background(), path, []byte(src))
}

// wantComment begins the expectations of a line: regular expressions, each of
// which must match the finding of one rule on that line, written as
// "PKL201 unjustified-load: message". A line without it must be silent.
// Suppressed findings are silent.
var wantComment = regexp.MustCompile(`#\s*want\s+(["` + "`" + `].*)$`)

// expectations reads the want comments, by line.
func expectations(t *testing.T, src string) map[int][]*regexp.Regexp {
	t.Helper()
	want := make(map[int][]*regexp.Regexp)
	for i, line := range strings.Split(src, "\n") {
		m := wantComment.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		for rest := strings.TrimSpace(m[1]); rest != ""; rest = strings.TrimSpace(rest) {
			quoted, err := strconv.QuotedPrefix(rest)
			if err != nil {
				t.Fatalf("line %d: bad want: %q", i+1, rest)
			}
			rest = rest[len(quoted):]
			text, err := strconv.Unquote(quoted)
			if err != nil {
				t.Fatalf("line %d: bad want: %v", i+1, err)
			}
			want[i+1] = append(want[i+1], regexp.MustCompile(text))
		}
	}
	return want
}

func describe(f *lint.Finding) string { return fmt.Sprintf("%s %s: %s", f.Rule, f.Name, f.Message) }

// compareWant compares the findings of a source with its want comments.
func compareWant(t *testing.T, path, src string, res *Result) {
	t.Helper()
	want := expectations(t, src)
	for _, f := range res.Findings {
		if f.Suppressed {
			continue
		}
		text := describe(f)
		i := slices.IndexFunc(want[f.Line], func(re *regexp.Regexp) bool { return re.MatchString(text) })
		if i < 0 {
			t.Errorf("%s:%d:%d: unexpected: %s", path, f.Line, f.Column, text)
			continue
		}
		want[f.Line] = slices.Delete(want[f.Line], i, i+1)
	}
	for line, left := range want {
		for _, re := range left {
			t.Errorf("%s:%d: no finding matches %q", path, line, re)
		}
	}
}
