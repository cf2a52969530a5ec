package lint

import (
	"path"
	"strings"
)

// IsTest reports a file of tests, by its name as pytest, unittest and Go have it.
func IsTest(file string) bool {
	base := path.Base(strings.ReplaceAll(file, "\\", "/"))
	if strings.HasSuffix(base, "_test.go") {
		return true
	}
	base = strings.TrimSuffix(base, ".py")
	return strings.HasPrefix(base, "test_") || strings.HasSuffix(base, "_test") || base == "conftest" || base == "tests"
}
