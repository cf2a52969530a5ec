package cli

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/pickle-lint/pickle-lint/cmd/internal/relpath"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/pyscan"
)

// loads finds the stored files that sources load by constant paths. It may be used
// by several goroutines at once.
type loads struct {
	set     *settings
	targets []target

	mu    sync.Mutex
	roots map[string]*os.Root // nil: cannot be opened
	found map[string]file     // by their absolute paths
}

func newLoads(set *settings, targets []target) *loads {
	return &loads{set: set, targets: targets, roots: make(map[string]*os.Root), found: make(map[string]file)}
}

// close lets go of the roots.
func (l *loads) close() {
	for _, r := range l.roots {
		if r != nil {
			_ = r.Close() // it was only read
		}
	}
}

// stored is [pyscan.Scanner.Stored]. Symbolic links lead to no file outside of the
// root of the run, because it is the root that is asked.
func (l *loads) stored(source, name string, beside bool) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	dir := filepath.Dir(absPath(l.set.root, source))
	top := l.topOf(dir)
	root := l.rootOf(top)
	if root == nil {
		return ""
	}
	for {
		if at, rel, ok := regularBelow(root, top, filepath.Join(dir, filepath.FromSlash(name))); ok {
			show := relpath.Show(l.set.root, at)
			l.found[at] = file{path: at, show: show, tree: root, rel: rel}
			return show
		}
		switch {
		case beside || dir == top || filepath.Dir(dir) == dir:
			return ""
		case strings.HasPrefix(name, "../"):
			dir = top // a path that leads upwards means the directory of the run
		default:
			dir = filepath.Dir(dir)
		}
	}
}

// regularBelow returns a regular file below top, by the path that leads to it without
// symbolic links, so that one file has one name.
func regularBelow(root *os.Root, top, path string) (at, rel string, ok bool) {
	rel, ok = relpath.Below(top, path)
	if !ok {
		return "", "", false
	}
	if info, err := root.Stat(filepath.FromSlash(rel)); err != nil || !info.Mode().IsRegular() {
		return "", "", false
	}
	at, err := filepath.EvalSymlinks(path)
	if err != nil {
		return "", "", false
	}
	rel, ok = relpath.Below(top, at)
	return at, filepath.FromSlash(rel), ok
}

// topOf is the root that a source in a directory belongs to: that of the run, or the
// directory that was named if it lies elsewhere.
func (l *loads) topOf(dir string) string {
	if _, ok := relpath.Below(l.set.root, dir); ok {
		return l.set.root
	}
	for _, t := range l.targets {
		if _, ok := relpath.Below(t.path, dir); ok && t.isDir {
			return t.path
		}
	}
	return dir
}

func (l *loads) rootOf(top string) *os.Root {
	root, ok := l.roots[top]
	if !ok {
		root, _ = os.OpenRoot(top) // what cannot be opened holds nothing that is found
		l.roots[top] = root
	}
	return root
}

// further lists the files that are loaded and that the run would not see otherwise,
// in the order of their paths. What the configuration leaves out stays out.
func (l *loads) further(files []file) []file {
	known := make(map[string]bool, len(files))
	for _, f := range files {
		known[f.path] = true
	}
	var out []file
	for _, f := range l.found {
		if _, excluded := l.set.excluded(l.set.root, f.path); !excluded && !known[f.path] {
			out = append(out, f)
		}
	}
	slices.SortFunc(out, func(a, b file) int { return strings.Compare(a.path, b.path) })
	return out
}

// loadRules are those of which one has the finding about an unsafe load.
var loadRules = []string{
	pyscan.UnjustifiedLoad.ID, pyscan.TaintedLoad.ID, pyscan.UserControlledPath.ID,
	pyscan.UnverifiedLoad.ID, pyscan.WrapperBypass.ID, pyscan.UnsoundWrapper.ID,
}

// noteLoads adds to the findings about sites what the files do that these load.
func (r *results) noteLoads() {
	loading := make(map[string][]*lint.Site)
	for _, s := range r.sites {
		if s.Loads != "" {
			loading[s.Loads] = append(loading[s.Loads], s)
		}
	}
	if len(loading) == 0 {
		return
	}
	type place struct {
		path   string
		offset int64
	}
	worst, count := make(map[string]*lint.Finding), make(map[string]int)
	about := make(map[place]*lint.Finding)
	for _, f := range r.findings {
		switch {
		case slices.Contains(loadRules, f.Rule):
			about[place{f.Path, f.Offset}] = f
		case len(loading[f.Path]) > 0 && f.Line == 0:
			count[f.Path]++
			if w := worst[f.Path]; w == nil || cmp.Or(cmp.Compare(w.Severity, f.Severity), lint.CompareFindings(f, w)) < 0 {
				worst[f.Path] = f
			}
		}
	}
	for path, w := range worst {
		for _, s := range loading[path] {
			if f := about[place{s.Path, s.Offset}]; f != nil {
				f.Message += " " + told(w, count[path])
			}
		}
	}
}

// told says in a few words what is wrong with a file that is loaded: the worst
// finding, of so many.
func told(w *lint.Finding, of int) string {
	what, _, _ := strings.Cut(w.Message, ": ")
	if of > 1 {
		what += fmt.Sprintf("; %d findings", of)
	}
	return fmt.Sprintf("(%s: %s)", w.Rule, what)
}

// outsideOf leaves out findings about texts that stand in literals ("base64 at 242"):
// those are judged as what a site decodes.
func outsideOf(findings []*lint.Finding, literals []pyscan.Literal) []*lint.Finding {
	if len(literals) == 0 {
		return findings
	}
	return slices.DeleteFunc(slices.Clone(findings), func(f *lint.Finding) bool {
		if len(f.Member) == 0 {
			return false
		}
		_, at, _ := strings.Cut(f.Member[0], " at ")
		off, err := strconv.ParseInt(at, 10, 64)
		return err == nil && slices.ContainsFunc(literals, func(l pyscan.Literal) bool { return l.Start <= off && off < l.End })
	})
}

// lintLoaded lints the files that sources load and that no argument names.
func (j *fileJob) lintLoaded(ctx context.Context, files []file) {
	if j.loads == nil || !j.wings.has(blobWing) {
		return
	}
	further := j.loads.further(files)
	j.each(ctx, further, func(f file, w *reader) { j.one(ctx, f, w) })
}
