package goload

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/analyzers/wire"
	"github.com/pickle-lint/pickle-lint/lint"
)

// listedPackage is what we ask go list for.
type listedPackage struct {
	ImportPath     string
	Dir            string
	Deps           []string
	GoFiles        []string
	CgoFiles       []string
	TestGoFiles    []string
	XTestGoFiles   []string
	IgnoredGoFiles []string
	// The patterns of //go:embed, and what tests import.
	EmbedPatterns, TestEmbedPatterns, XTestEmbedPatterns []string
	TestImports, XTestImports                            []string
	Module                                               *struct{ Path, Dir string }
	Error                                                *listError
	DepsErrors                                           []*listError
}

type listError struct {
	ImportStack []string
	Pos         string
	Err         string
}

// listFields has EmbedFiles because only who asks for them is told of a pattern that matches
// nothing, which is an error to go vet.
const listFields = "ImportPath,Dir,Deps,GoFiles,CgoFiles,TestGoFiles,XTestGoFiles,IgnoredGoFiles,EmbedFiles,EmbedPatterns,TestEmbedPatterns,XTestEmbedPatterns,TestImports,XTestImports,Module,Error,DepsErrors"

// command returns the go command with what both runs have in common. VCS
// stamps are of no use here, and asking for them runs the repository's VCS.
func (l *loader) command(ctx context.Context, verb string, args ...string) *exec.Cmd {
	args = slices.Concat([]string{verb, "-buildvcs=false"}, l.BuildFlags, args)
	if l.overlayFile != "" && !slices.ContainsFunc(args, func(arg string) bool { return strings.HasPrefix(arg, overlayFlag) }) {
		args = slices.Insert(args, 1, overlayFlag+l.overlayFile)
	}
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir = l.Dir
	cmd.Env = append(os.Environ(), l.Env...)
	if l.overlayFile != "" {
		cmd.Env = append(cmd.Env, wire.OverlayVariable+"="+l.overlayFile)
	}
	return cmd
}

// run runs a go command and returns its output. That it fails is not an error:
// what it could not do is in what it printed.
func (l *loader) run(ctx context.Context, cmd *exec.Cmd) (stdout, stderr []byte, err error) {
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err = cmd.Run()
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return nil, nil, fmt.Errorf("running go %s: %w", cmd.Args[1], ctx.Err())
	case err != nil && !errors.As(err, &exit):
		return nil, nil, fmt.Errorf("running go %s: %w", cmd.Args[1], err)
	}
	if err != nil && errs.Len() == 0 && out.Len() == 0 {
		fmt.Fprintf(&errs, "go: %v, without a word\n", err)
	}
	return out.Bytes(), errs.Bytes(), nil
}

// list returns the packages that match the patterns, in go list's order, which
// is sorted within a pattern. What go list says besides becomes a skip.
func (l *loader) list(ctx context.Context) ([]*listedPackage, error) {
	args := append([]string{"-e", "-json=" + listFields, "--"}, l.Patterns...)
	stdout, stderr, err := l.run(ctx, l.command(ctx, "list", args...))
	if err != nil {
		return nil, err
	}
	var packages []*listedPackage
	listed := make(map[string]bool)
	for dec := json.NewDecoder(bytes.NewReader(stdout)); ; {
		p := new(listedPackage)
		if err := dec.Decode(p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, fmt.Errorf("reading the answer of go list: %w", err)
		}
		if !listed[p.ImportPath] {
			listed[p.ImportPath] = true
			packages = append(packages, p)
		}
	}
	l.skipComplaints(string(stderr), len(packages) == 0)
	return packages, nil
}

// skipComplaints records what go list said on standard error. If it listed
// nothing, the run failed as a whole: then the first line is the reason, and the
// others are advice.
func (l *loader) skipComplaints(text string, failed bool) {
	lead := ""
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' || strings.HasPrefix(line, "go: downloading ") || strings.HasPrefix(line, "go: finding ") {
			continue
		}
		if strings.HasSuffix(line, ":") {
			lead = line + " "
			continue
		}
		warning, isWarning := strings.CutPrefix(line, "go: warning: ")
		if isWarning {
			line = warning
		}
		l.skip(lint.Location{Path: l.Dir}, false, "go list: %s", strings.TrimPrefix(lead+line, "go: "))
		lead = ""
		if failed && !isWarning {
			l.listFailed = true
			return
		}
	}
	if lead != "" {
		l.skip(lint.Location{Path: l.Dir}, false, "go list: %s", lead)
	}
}

// loadable reports whether go vet can be asked for the package: it refuses the
// whole run for a single package that cannot be loaded. The others are skips.
func (l *loader) loadable(p *listedPackage) bool {
	switch {
	case p.Error != nil && p.nothingBuilt():
		// Each of its files is a skip already.
	case p.Error != nil:
		l.skipPackage(p, parseDiagnostic(l.Dir, p.Error.Pos, p.Error.Err), "")
	case len(p.DepsErrors) > 0:
		e := p.DepsErrors[0]
		l.skipPackage(p, parseDiagnostic(l.Dir, e.Pos, e.Err), culprit(e))
	default:
		return len(p.GoFiles)+len(p.CgoFiles)+len(p.TestGoFiles)+len(p.XTestGoFiles) > 0
	}
	return false
}

// nothingBuilt reports a directory in which build constraints leave out every
// file.
func (p *listedPackage) nothingBuilt() bool {
	return len(p.IgnoredGoFiles) > 0 && len(p.GoFiles)+len(p.CgoFiles)+len(p.TestGoFiles)+len(p.XTestGoFiles) == 0 &&
		strings.Contains(p.Error.Err, "build constraints exclude all Go files")
}

// culprit names the package that an error of a dependency is about.
func culprit(e *listError) string {
	if n := len(e.ImportStack); n > 0 {
		return e.ImportStack[n-1]
	}
	return ""
}

// skipPackage records a package that was not analysed because of an error,
// which may be another package's.
func (l *loader) skipPackage(p *listedPackage, d diagnostic, other string) {
	at, dir := d.Location, cmp.Or(p.Dir, l.Dir)
	if at.Path == "" {
		at = lint.Location{Path: dir}
	}
	if other != "" && other != p.ImportPath {
		// The place is in the other package, which may be out of sight.
		l.skip(lint.Location{Path: dir}, false, "package %s was not analysed, because it imports %s: %s", p.ImportPath, other, d.text)
		return
	}
	l.skip(at, false, "package %s was not analysed: %s", p.ImportPath, d.text)
}
