//go:build cgo

package pyscan

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/pickle-lint/pickle-lint/lint/justify"
)

// The pages are tests: every Python block runs, and only what it wants fires.
func TestPages(t *testing.T) {
	ran := 0
	for _, rule := range slices.Concat(Rules, justify.Rules) {
		for _, section := range rule.Page.Sections {
			for _, example := range section.Examples {
				if example.Lang != "python" {
					continue
				}
				ran++
				t.Run(fmt.Sprintf("%s line %d", rule.Name, example.Line), func(t *testing.T) {
					path, s := rule.Name+".py", &Scanner{Policy: justify.DefaultPolicy(testDay)}
					switch rule {
					case WrapperBypass:
						s.Wrappers = []string{"app.safe_pickle"}
					case UnsoundWrapper:
						path, s.Wrappers = "app/safe_pickle.py", []string{"app.safe_pickle"}
					}
					res := s.Scan(context.Background(), path, []byte(example.Code))
					compareWant(t, path, example.Code, res)
					for _, skip := range res.Skips {
						t.Errorf("skip: %s", skip.Reason)
					}
				})
			}
		}
	}
	if ran < len(Rules)+len(justify.Rules) {
		t.Errorf("only %d blocks ran", ran)
	}
}
