package cli

import (
	"context"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/pickle-lint/pickle-lint/cmd/internal/relpath"
	"github.com/pickle-lint/pickle-lint/pyscan"
)

// surroundings are the sources of a workspace, among which the text of an editor is looked
// at as the command looks at the file: names, checks and wrappers of other modules count. The
// other files are as they are on disk.
//
// Which files there are is asked again as often as that takes little of the time.
type surroundings struct {
	mu    sync.Mutex
	set   *settings // for which the rest holds
	at    time.Time
	took  time.Duration
	tops  []string
	files []string     // absolute, with slashes, sorted
	graph *importGraph // without imports
}

const (
	// mostWalked and longestWalk bound the walk of a workspace: a home directory that was
	// opened in an editor is none. What lies in a larger one is looked at file by file.
	mostWalked  = 100_000
	longestWalk = 5 * time.Second
	// mostReach bounds the modules that are read because a file imports them, one through
	// the other, and mostReachText their text, in bytes: somebody is typing.
	mostReach     = 2_000
	mostReachText = 16 << 20
	// walkShare is how many times longer than a walk its result holds, and leastWalk how long
	// at least.
	walkShare = 50
	leastWalk = 2 * time.Second
)

// around returns the sources of the workspace, or nil if it is too large.
func (s *surroundings) around(ctx context.Context, set *settings) *surroundings {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.set != set || time.Since(s.at) > max(leastWalk, walkShare*s.took) {
		start := time.Now()
		tops, files, ok := set.pythonFiles(ctx, mostWalked)
		if !ok && ctx.Err() != nil {
			return nil // nobody waits for it any more, and it is not known how large it is
		}
		s.set, s.at, s.took, s.tops, s.files, s.graph = set, time.Now(), time.Since(start), tops, files, nil
		if ok {
			s.graph = newImportGraph(files)
		}
	}
	if s.graph == nil {
		return nil
	}
	return &surroundings{set: set, tops: s.tops, files: s.files, graph: s.graph}
}

// pythonFiles walks the directory of the run and those of --source. It is not ok if there are
// too many files, or it takes too long.
func (s *settings) pythonFiles(ctx context.Context, most int) (tops, files []string, ok bool) {
	ctx, cancel := context.WithTimeout(ctx, longestWalk)
	defer cancel()
	found := func(n int) {
		if n > most {
			cancel()
		}
	}
	for _, t := range slices.Concat([]target{{path: s.root, isDir: true}}, s.sources) {
		p := makePlan(ctx, s, []target{t}, found)
		p.close()
		tops = append(tops, topOf(t.path))
		for _, f := range p.files {
			if mayImport(f.show) || filepath.Ext(f.path) == ".so" || filepath.Ext(f.path) == ".pyd" {
				files = append(files, filepath.ToSlash(f.path))
			}
		}
	}
	slices.Sort(files)
	return tops, slices.Compact(files), ctx.Err() == nil
}

// modules are the sources in reach of a file that holds a text.
func (s *surroundings) modules(file string, text []byte) *pyscan.Modules {
	m := s.set.newModules()
	read, there := m.Read, m.Exists
	m.Read = func(path string) ([]byte, error) {
		if path == file {
			return text[:min(len(text), pyscan.MaxModule+1)], nil
		}
		return read(path)
	}
	m.Exists = func(path string) bool { return path == file || there(path) }
	m.Tops = s.tops
	m.Add(s.files...)
	if _, known := slices.BinarySearch(s.files, file); !known {
		m.Add(file) // it is new
	}
	return m
}

// imported calls met for the files that a file may import, the nearest first, with their
// texts.
func (s *surroundings) imported(ctx context.Context, file string, text []byte, met func(path string, text []byte)) {
	g := &importGraph{ends: s.graph.ends, imports: make(map[string][]string), importers: make(map[string][]string)}
	g.add(file, pyscan.Imports(text))
	seen := map[string]bool{file: true}
	left := mostReachText
	for todo := slices.Sorted(slices.Values(g.imports[file])); len(todo) > 0 && ctx.Err() == nil && len(seen) <= mostReach; todo = todo[1:] {
		path := todo[0]
		if seen[path] || filepath.Ext(path) != ".py" {
			continue
		}
		seen[path] = true
		text, err := s.set.view.readSource(path)
		if left -= len(text); err != nil || left < 0 {
			continue // who lints that file says why it cannot be read
		}
		met(path, text)
		g.add(path, pyscan.Imports(text))
		todo = append(todo, slices.Sorted(slices.Values(g.imports[path]))...)
	}
}

// resolvedPath is a path without symbolic links, also where the file is not there yet.
func resolvedPath(path string) string {
	if actual, err := filepath.EvalSymlinks(path); err == nil {
		return actual
	}
	if dir, err := filepath.EvalSymlinks(filepath.Dir(path)); err == nil {
		return filepath.Join(dir, filepath.Base(path))
	}
	return path
}

// python looks at a text among the sources around it, or by itself where there are none.
func (s *surroundings) python(ctx context.Context, set *settings, path string, text []byte, stored func(source, name string, beside bool) string) *pyscan.Result {
	own := *set
	near := (*surroundings)(nil)
	if below(set.root, path) {
		near = s.around(ctx, set)
	}
	file := filepath.ToSlash(path)
	if near != nil {
		own.modules = near.modules(file, text)
		verdicts := *set.verdicts
		verdicts.Source, own.verdicts = own.modules, &verdicts
	}
	scanner := (&fileJob{set: &own, wings: pythonWing, results: new(results)}).scanner()
	scanner.Stored = stored
	scanner.UTF8 = true
	show := relpath.Show(set.root, path)
	res := scanner.Scan(ctx, show, text)
	if near == nil {
		return res
	}
	// What others give is asked of them, and what they hold is theirs.
	others := *scanner
	others.UTF8 = false
	near.imported(ctx, file, text, func(path string, text []byte) {
		others.Meet(ctx, relpath.Show(set.root, filepath.FromSlash(path)), text)
	})
	if again := scanner.Again(); slices.Contains(again.Paths(), show) {
		more := again.Scan(ctx, show, text)
		res.Sites, res.Findings = append(res.Sites, more.Sites...), append(res.Findings, more.Findings...)
	}
	return res
}
