package goload

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"github.com/pickle-lint/pickle-lint/lint"
)

// vetTree is one JSON value of go vet -json.
type vetTree map[string]map[string]json.RawMessage

// outcome is what one or more runs of go vet came to.
type outcome struct {
	// analysed packages, by import path; external tests by that of the
	// package and "_test".
	analysed map[string]bool
	// alone are packages with tests that were analysed without these, as others
	// import them.
	alone map[string]bool
	// failures are what the go command said of a package, under its "# path"
	// heading; those under "" are of nobody in particular.
	failures map[string][]diagnostic
}

func newOutcome() *outcome {
	return &outcome{analysed: make(map[string]bool), alone: make(map[string]bool), failures: make(map[string][]diagnostic)}
}

// has reports whether the package or its external tests were analysed.
func (o *outcome) has(p *listedPackage) bool {
	return o.analysed[p.ImportPath] || o.analysed[p.ImportPath+"_test"]
}

func (o *outcome) fail(pkg string, d diagnostic) {
	o.failures[pkg] = append(o.failures[pkg], d)
}

// failure returns why a package was not analysed: its own error, that of its
// tests, that of a package it imports (which it names), or whatever was said.
func (o *outcome) failure(p *listedPackage) (d diagnostic, other string) {
	if d, other, ok := o.blame(p); ok {
		return d, other
	}
	if ds := o.failures[""]; len(ds) > 0 {
		return ds[0], ""
	}
	return diagnostic{text: "go vet gave no result and no reason"}, ""
}

// blame returns a failure that is the package's, or that of one that it imports.
func (o *outcome) blame(p *listedPackage) (d diagnostic, other string, ok bool) {
	for _, pkg := range []string{p.ImportPath, p.ImportPath + "_test"} {
		if ds := o.failures[pkg]; len(ds) > 0 {
			return ds[0], "", true
		}
	}
	// Errors under no heading are about whole packages and name a file, which
	// tells whose they are.
	for _, d := range o.failures[""] {
		if d.Path != "" && filepath.Dir(d.Path) == filepath.Clean(p.Dir) {
			return d, "", true
		}
	}
	for _, dep := range p.Deps {
		if ds := o.failures[dep]; len(ds) > 0 {
			return ds[0], dep, true
		}
	}
	return diagnostic{}, "", false
}

// read splits output of go vet into JSON values, which it returns, and
// everything else, which it files under the package it is about. The values
// are indented, so that only their first and last line are a bare brace.
func (o *outcome) read(dir string, text []byte) ([]vetTree, error) {
	var trees []vetTree
	var value []byte
	pkg, stack := "", ""
	for line := range bytes.Lines(text) {
		bare := strings.TrimRight(string(line), "\r\n")
		switch {
		case value == nil && bare == "{":
			value = append(value, line...)
		case value == nil && bare == "{}":
		case value != nil:
			value = append(value, line...)
			if bare != "}" {
				continue
			}
			var tree vetTree
			if err := json.Unmarshal(value, &tree); err != nil {
				return nil, fmt.Errorf("reading the answer of go vet: %w", err)
			}
			trees = append(trees, tree)
			value = nil
		case strings.HasPrefix(bare, "# "):
			// "# path" and, for what is built for a test only, "# path [path.test]".
			pkg, _, _ = strings.Cut(strings.TrimPrefix(bare, "# "), " ")
			// A second heading for the same unit, in brackets, follows.
			pkg = strings.Trim(pkg, "[]")
		case importStack.MatchString(bare):
			m := importStack.FindStringSubmatch(bare)
			if m[1] != "" {
				stack = m[1]
			}
			// Only the last line of a stack says what is wrong.
			if _, _, wrong := strings.Cut(m[2], ": "); wrong {
				o.fail(stack, parseDiagnostic(dir, "", strings.TrimSpace(bare)))
			}
		case strings.TrimSpace(bare) == "", strings.HasPrefix(bare, "go: downloading "):
		default:
			o.fail(pkg, parseDiagnostic(dir, "", bare))
		}
	}
	if value != nil {
		return nil, fmt.Errorf("reading the answer of go vet: the last value is cut off")
	}
	return trees, nil
}

// diagnostic is one line of the go command about a place.
type diagnostic struct {
	lint.Location
	text string
}

// importStack is a line of "package path", followed by what it imports in turn.
var importStack = regexp.MustCompile(`^(?:package (\S+)|\timports (.*))$`)

var placed = regexp.MustCompile(`^(?:vet: )?(.+?\.[A-Za-z]+):(\d+)(?::(\d+))?(?:: (.*))?$`)

// parseDiagnostic reads "file:line:column: text", with the place in front of
// the text or given apart. A relative file is relative to dir.
func parseDiagnostic(dir, pos, text string) diagnostic {
	text, _, _ = strings.Cut(strings.TrimSpace(text), "\n")
	// The advice behind a colon stood on the next line.
	text = strings.TrimSuffix(strings.TrimSuffix(text, "; to add it:"), "; to add:")
	d := diagnostic{text: strings.TrimPrefix(text, "vet: ")}
	m := placed.FindStringSubmatch(pos)
	if m == nil {
		if m = placed.FindStringSubmatch(text); m == nil || m[4] == "" {
			return d
		}
		d.text = m[4]
	}
	d.Path = m[1]
	if !filepath.IsAbs(d.Path) {
		d.Path = filepath.Join(dir, d.Path)
	}
	var err error
	if d.Line, err = strconv.Atoi(m[2]); err != nil {
		d.Line = 0
	}
	if d.Column, err = strconv.Atoi(m[3]); err != nil {
		d.Column = 0
	}
	return d
}
