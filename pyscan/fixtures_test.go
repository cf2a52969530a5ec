//go:build cgo

package pyscan

import (
	"os"
	"path/filepath"
	"testing"
)

func TestFixtures(t *testing.T) {
	names, err := filepath.Glob("testdata/*.py")
	if err != nil || len(names) < 10 {
		t.Fatalf("%d fixtures, %v", len(names), err)
	}
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) {
			src, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			res := checkWant(t, filepath.Base(name), string(src))
			for _, skip := range res.Skips {
				t.Errorf("skip: %s", skip.Reason)
			}
		})
	}
}
