package goload

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/analyzers/wire"
	"github.com/pickle-lint/pickle-lint/lint"
)

// maxArgs bounds the package arguments of one go vet, in bytes. The tightest
// limit among the systems Go runs on is that of Windows, 32767 characters for a
// command line, and the flags need their part of it.
const maxArgs = 20 << 10

// analyse runs go vet on packages that can be loaded.
func (l *loader) analyse(ctx context.Context, packages []*listedPackage) error {
	seen := newOutcome()
	if err := l.vetSome(ctx, packages, seen); err != nil {
		return err
	}
	// go vet analyses a package together with its tests. Where they are
	// broken the package itself may be sound.
	var again []*listedPackage
	for _, p := range packages {
		if !seen.analysed[p.ImportPath] && !seen.alone[p.ImportPath] && len(p.GoFiles)+len(p.CgoFiles) > 0 && len(p.TestGoFiles)+len(p.XTestGoFiles) > 0 {
			again = append(again, p)
		}
	}
	alone := newOutcome()
	if len(again) > 0 {
		if err := l.withoutTests(ctx, again, alone); err != nil {
			return err
		}
	}
	maps.Copy(alone.alone, seen.alone)
	for _, p := range packages {
		l.account(p, seen, alone)
	}
	return nil
}

// vetSome runs go vet on packages, and again on those of which nothing was heard although
// nothing is wrong with them: for one that it cannot load go vet refuses all, and go list
// does not know of everything that makes it so.
func (l *loader) vetSome(ctx context.Context, packages []*listedPackage, seen *outcome) error {
	for {
		if err := l.vetAll(ctx, packages, "", seen); err != nil {
			return err
		}
		var left []*listedPackage
		for _, p := range packages {
			if _, _, blamed := seen.blame(p); !blamed && !seen.has(p) {
				left = append(left, p)
			}
		}
		if len(left) == 0 || len(left) == len(packages) {
			return nil
		}
		packages = left
	}
}

// account counts a package and records what of it was not analysed.
func (l *loader) account(p *listedPackage, seen, alone *outcome) {
	whole, external := seen.analysed[p.ImportPath], seen.analysed[p.ImportPath+"_test"]
	itself := alone.analysed[p.ImportPath] || alone.alone[p.ImportPath]
	if whole || external || itself {
		l.result.Packages++
	}
	switch hasInner := len(p.GoFiles)+len(p.CgoFiles)+len(p.TestGoFiles) > 0; {
	case whole || !hasInner:
	case itself:
		d, _ := seen.failure(p)
		l.skipTests(p, d)
	case len(alone.failures[p.ImportPath]) > 0:
		d, other := alone.failure(p)
		l.skipPackage(p, d, other)
		return
	default:
		d, other := seen.failure(p)
		l.skipPackage(p, d, other)
		return
	}
	if len(p.XTestGoFiles) > 0 && !external {
		d, _ := seen.failure(p)
		l.skipTests(p, d)
	}
}

func (l *loader) skipTests(p *listedPackage, d diagnostic) {
	at := d.Location
	if at.Path == "" {
		at = lint.Location{Path: p.Dir}
	}
	l.skip(at, false, "tests of package %s were not analysed: %s", p.ImportPath, d.text)
}

// withoutTests analyses packages as if they had no tests, by an overlay that
// deletes the test files.
func (l *loader) withoutTests(ctx context.Context, packages []*listedPackage, o *outcome) (err error) {
	replace := make(map[string]string, len(l.Overlay))
	maps.Copy(replace, l.Overlay)
	for _, p := range packages {
		for _, name := range slices.Concat(p.TestGoFiles, p.XTestGoFiles) {
			replace[filepath.Join(p.Dir, name)] = ""
		}
	}
	name, err := writeOverlay(replace)
	if err != nil {
		return err
	}
	defer func() {
		if rerr := os.Remove(name); rerr != nil && err == nil {
			err = fmt.Errorf("removing an overlay: %w", rerr)
		}
	}()
	return l.vetAll(ctx, packages, name, o)
}

// vetAll runs go vet on the packages, in as few runs as the command line allows.
func (l *loader) vetAll(ctx context.Context, packages []*listedPackage, overlay string, o *outcome) error {
	for len(packages) > 0 {
		n, size := 0, 0
		for n < len(packages) && (n == 0 || size+len(packages[n].ImportPath) < maxArgs) {
			size += len(packages[n].ImportPath) + 1
			n++
		}
		if err := l.vet(ctx, packages[:n], overlay, o); err != nil {
			return err
		}
		packages = packages[n:]
	}
	return nil
}

func (l *loader) vet(ctx context.Context, packages []*listedPackage, overlay string, o *outcome) error {
	// Without paths in the build (-trimpath) one cached result would serve two
	// checkouts of a module, with the paths of the first.
	args := []string{"-trimpath=false", "-json", "-vettool=" + l.Vettool}
	if overlay != "" {
		args = append(args, overlayFlag+overlay)
	}
	args = append(args, "-"+wire.Name, "-"+wire.Name+"."+wire.EmitFlag)
	if l.Inventory {
		args = append(args, "-"+wire.Name+"."+wire.InventoryFlag)
	}
	args = append(args, l.flags...)
	for _, p := range packages {
		args = append(args, p.ImportPath)
	}
	stdout, stderr, err := l.run(ctx, l.command(ctx, "vet", args...))
	if err != nil {
		return err
	}
	// Go 1.26 prints the tool's JSON to standard output; older go commands
	// mix it with their own words on standard error.
	for _, text := range [][]byte{stdout, stderr} {
		trees, err := o.read(l.Dir, text)
		if err != nil {
			return err
		}
		for _, tree := range trees {
			if err := l.take(tree, o); err != nil {
				return err
			}
		}
	}
	return nil
}

// take keeps the messages of one unit of go vet's output: package, or package
// with its tests, to analyzer to diagnostics.
func (l *loader) take(tree vetTree, o *outcome) error {
	for _, id := range slices.Sorted(maps.Keys(tree)) {
		pkg, _, _ := strings.Cut(id, " ")
		raw, ok := tree[id][wire.Name]
		if !ok || !l.asked(pkg) {
			continue
		}
		var failed struct {
			Error string `json:"error"`
		}
		if err := json.Unmarshal(raw, &failed); err == nil && failed.Error != "" {
			o.fail(pkg, diagnostic{text: failed.Error})
			continue
		}
		var diagnostics []struct{ Category, Message string }
		if err := json.Unmarshal(raw, &diagnostics); err != nil {
			return fmt.Errorf("reading what go vet said of %s: %w", id, err)
		}
		tests := false
		var messages []*wire.Message
		for _, d := range diagnostics {
			if d.Category != wire.Category {
				continue
			}
			m, err := wire.Decode(d.Message)
			if err != nil {
				return fmt.Errorf("reading what go vet said of %s: %w", id, err)
			}
			tests = tests || m.Progress != nil && strings.HasSuffix(m.Progress.Message, wire.WithTests)
			l.home(pkg, m)
			messages = append(messages, m)
		}
		l.units++
		for _, m := range messages {
			l.keep(m, tests)
		}
		if p := l.packages[pkg]; p != nil && len(p.TestGoFiles) > 0 && !tests {
			o.alone[pkg] = true
		} else {
			o.analysed[pkg] = true
		}
	}
	return nil
}

// asked reports whether a unit is a package of the run, or its tests. The others are what
// these import, see analyseDependency.
func (l *loader) asked(pkg string) bool {
	return l.packages[pkg] != nil || l.packages[strings.TrimSuffix(pkg, "_test")] != nil
}

// home brings a message that claims to lie outside its package back into it. Only
// a //line directive in a file of cgo can say so, and it must not be able to hide
// a finding in a file that nobody asked for.
func (l *loader) home(pkg string, m *wire.Message) {
	p := l.packages[strings.TrimSuffix(pkg, "_test")]
	if p == nil || len(p.CgoFiles) == 0 {
		return
	}
	files := slices.Concat(p.GoFiles, p.CgoFiles, p.TestGoFiles, p.XTestGoFiles)
	bring := func(at *lint.Location) {
		if filepath.Dir(at.Path) != filepath.Clean(p.Dir) || !slices.Contains(files, filepath.Base(at.Path)) {
			*at = lint.Location{Path: filepath.Join(p.Dir, p.CgoFiles[0]), Line: 1, Column: 1, EndLine: 1, EndColumn: 1}
		}
	}
	if m.Site != nil {
		bring(&m.Site.Location)
	}
	if m.Dump != nil {
		bring(&m.Dump.Location)
	}
	for f := m.Finding; f != nil; f = f.Otherwise {
		bring(&f.Location)
	}
	if s := m.Script; s != nil {
		bring(&s.Call.Location)
		for i := range s.Runs {
			bring(&s.Runs[i].Location)
		}
		for _, f := range s.Words {
			bring(&f.Location)
		}
	}
	if e := m.Embedded; e != nil && e.Finding != nil {
		bring(&e.Finding.Location)
	} else if e != nil {
		bring(&e.Skip.Location)
	}
}

// keep adds a message of a unit to the result unless another variant of the package has
// brought it already; findings it leaves to the end, see [findings].
func (l *loader) keep(m *wire.Message, tests bool) {
	type key struct {
		api, path    string
		line, column int
	}
	if s := m.Site; s != nil {
		s.Path = l.relative(s.Path)
		if k := (key{s.API, s.Path, s.Line, s.Column}); l.first(k) {
			l.result.Sites = append(l.result.Sites, s)
			l.ends[k] = end{&s.Channel, tests}
		} else if l.ends[k].better(tests) {
			*l.ends[k].channel = s.Channel
		}
	}
	if d := m.Dump; d != nil {
		d.Path = l.relative(d.Path)
		if k := (key{"dump " + d.API, d.Path, d.Line, d.Column}); l.first(k) {
			l.result.Dumps = append(l.result.Dumps, d)
			l.ends[k] = end{&d.Channel, tests}
		} else if l.ends[k].better(tests) {
			*l.ends[k].channel = d.Channel
		}
	}
	if f := m.Finding; f != nil {
		for told := f; told != nil; told = told.Otherwise {
			l.settle(told)
		}
		l.told = append(l.told, told{f, l.units, tests})
	}
	if s := m.Script; s != nil {
		l.script(s)
	}
	if e := m.Embedded; e != nil {
		l.embedded(e)
	}
	if s := m.Skip; s != nil {
		l.skip(s.Location, s.Excluded, "%s", s.Reason)
	}
}
