package pyscan

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The table of files in doc.go has a place for each file, and no other.
func TestTableOfFiles(t *testing.T) {
	doc, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	var patterns []string
	for _, line := range regexp.MustCompile(`(?m)^//\t(.*)$`).FindAllStringSubmatch(string(doc), -1) {
		left, _, _ := strings.Cut(line[1], "   ")
		for _, name := range strings.Split(strings.TrimRight(left, ", "), ",") {
			patterns = append(patterns, strings.TrimSpace(name))
		}
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	used := make(map[string]bool)
	for _, file := range files {
		name := strings.TrimSuffix(file, ".go")
		if strings.HasSuffix(name, "_test") || strings.HasPrefix(name, "rule") || name == "doc" {
			continue
		}
		i := slices.IndexFunc(patterns, func(p string) bool { ok, _ := filepath.Match(p, name); return ok })
		if i < 0 {
			t.Errorf("doc.go does not say what %s is for", file)
			continue
		}
		used[patterns[i]] = true
	}
	for _, p := range patterns {
		if !used[p] {
			t.Errorf("doc.go has %s, and there is no such file", p)
		}
	}
}
