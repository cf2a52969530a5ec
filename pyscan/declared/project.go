package declared

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/pickle-lint/pickle-lint/internal/cause"
)

// Tree is a directory below which declarations are looked for.
type Tree struct {
	// Prefix is how messages name the directory: "" for the one of the run.
	Prefix string
	// FS is what is in it. It must not lead out of the directory.
	FS fs.FS
}

// Project finds the declarations that hold for a file. It reads a directory when it is
// first asked about a file in it or below. It may be used by several goroutines.
type Project struct {
	// Trees are searched; a file belongs to the first in which it lies.
	Trees []Tree
	// Libraries are those that are ever asked for, to keep no more; nil for all.
	Libraries []string
	// Otherwise is what holds for a library that is declared nowhere, by its name.
	Otherwise map[string]Version

	mu       sync.Mutex
	dirs     map[string]*directory
	troubles []Trouble
}

// Trouble is a declaration that could not be read, or not fully.
type Trouble struct{ Path, Reason string }

// directory holds the declarations of one directory: locks, which count first, and the
// rest.
type directory struct{ locks, ranges []mention }

const (
	// maxFile bounds a declaration, in bytes: the largest lock files have a few
	// million.
	maxFile = 16 << 20
	// maxYAML bounds those of which a tree of nodes is made.
	maxYAML = 1 << 20
	// maxEntries bounds the declarations of one directory, maxMentions what is kept
	// of each.
	maxEntries  = 64
	maxMentions = 50_000
	// maxLevels bounds the directories above a file.
	maxLevels = 256
	// maxReason bounds what is quoted of a mistake, in bytes.
	maxReason = 300
)

// Of returns what is declared of a library for a file, by the path that messages have
// for it. The library may be known by several names.
func (p *Project) Of(file string, libraries ...string) (Version, bool) {
	if p == nil {
		return Version{}, false
	}
	names := normalised(libraries)
	p.mu.Lock()
	defer p.mu.Unlock()
	if tree, dir, ok := p.place(file); ok {
		for range maxLevels {
			d := p.directory(tree, dir)
			for _, mentions := range [][]mention{d.locks, d.ranges} {
				if v, known, _ := merge(mentions, names); known {
					return v, true
				}
			}
			if dir == "." {
				break
			}
			dir = path.Dir(dir)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(p.Otherwise)) {
		if slices.Contains(names, Normalise(name)) {
			return p.Otherwise[name], true
		}
	}
	return Version{}, false
}

// Troubles returns what could not be read so far, in the order of paths.
func (p *Project) Troubles() []Trouble {
	if p == nil {
		return nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	out := slices.Clone(p.troubles)
	slices.SortFunc(out, func(a, b Trouble) int { return strings.Compare(a.Path+"\x00"+a.Reason, b.Path+"\x00"+b.Reason) })
	// A file may be included from several directories.
	return slices.Compact(out)
}

func normalised(libraries []string) []string {
	out := make([]string, len(libraries))
	for i, name := range libraries {
		out[i] = Normalise(name)
	}
	return out
}

// place finds the tree of a file, and its directory in there.
func (p *Project) place(file string) (tree *Tree, dir string, ok bool) {
	for i := range p.Trees {
		t := &p.Trees[i]
		rest := file
		if t.Prefix != "" {
			if rest, ok = strings.CutPrefix(file, strings.TrimSuffix(t.Prefix, "/")+"/"); !ok {
				continue
			}
		}
		if dir := path.Dir(rest); fs.ValidPath(dir) {
			return t, dir, true
		}
	}
	return nil, "", false
}

func (p *Project) directory(t *Tree, dir string) *directory {
	key := t.Prefix + "\x00" + dir
	if d, ok := p.dirs[key]; ok {
		return d
	}
	if p.dirs == nil {
		p.dirs = make(map[string]*directory)
	}
	d := new(directory)
	p.dirs[key] = d
	// A member of an archive has a directory that is none here.
	entries, err := fs.ReadDir(t.FS, dir)
	if err != nil {
		return d
	}
	included := &requirementsReader{seen: make(map[string]bool), read: func(name string) ([]byte, error) { return readFile(t.FS, name, maxFile) }}
	count := 0
	for _, e := range entries {
		if e.IsDir() && e.Name() == "requirements" {
			below, err := fs.ReadDir(t.FS, path.Join(dir, e.Name()))
			if err != nil {
				continue
			}
			for _, b := range below {
				if ext := path.Ext(b.Name()); !b.IsDir() && (ext == ".txt" || ext == ".in") && count < maxEntries {
					count++
					p.requirements(t, d, included, path.Join(dir, e.Name(), b.Name()))
				}
			}
			continue
		}
		kind := kindOf(e.Name())
		if e.IsDir() || kind == nil && !isRequirements(e.Name()) {
			continue
		}
		name := path.Join(dir, e.Name())
		if count++; count > maxEntries {
			p.trouble(t, name, fmt.Errorf("more than %d declarations of one directory are not read", maxEntries))
			break
		}
		if kind == nil {
			p.requirements(t, d, included, name)
			continue
		}
		text, err := readFile(t.FS, name, kind.max)
		if err != nil {
			p.trouble(t, name, err)
			continue
		}
		c, err := kind.read(text)
		p.keep(t, kind.of(d), name, c, err)
		for _, other := range c.files {
			if next, ok := beside(name, other); ok {
				p.requirements(t, d, included, next)
			}
		}
	}
	return d
}

// isBeside reports requirements that are not those of the program itself: it may run
// where only the others are installed.
func isBeside(name string) bool {
	words := strings.FieldsFunc(strings.ToLower(strings.TrimSuffix(path.Base(name), path.Ext(name))), func(r rune) bool { return r < 'a' || r > 'z' })
	return slices.ContainsFunc(words, func(w string) bool {
		return slices.Contains([]string{"dev", "develop", "development", "doc", "docs", "test", "tests", "testing", "lint", "ci", "build", "typing", "tools", "example", "examples", "optional", "extra", "extras"}, w)
	})
}

// lockSuffix is that of the requirements files that Rye writes, requirements.lock.
const lockSuffix = ".lock"

func (p *Project) requirements(t *Tree, d *directory, r *requirementsReader, name string) {
	to := &d.ranges
	if path.Ext(name) == lockSuffix {
		to = &d.locks
	}
	beside := isBeside(name)
	r.file(name, func(name string, c collected, err error) {
		for i := range c.mentions {
			c.mentions[i].conditional = c.mentions[i].conditional || beside
		}
		p.keep(t, to, name, c, err)
	})
}

// keep adds what a file says to what is known.
func (p *Project) keep(t *Tree, to *[]mention, name string, c collected, err error) {
	if err == nil {
		err = c.err(p.Libraries)
	}
	if len(c.mentions) > maxMentions {
		c.mentions = c.mentions[:maxMentions]
		err = errors.Join(err, fmt.Errorf("more than %d libraries are not read", maxMentions))
	}
	if err != nil {
		p.trouble(t, name, err)
	}
	for _, m := range c.mentions {
		if p.Libraries != nil && !slices.Contains(p.Libraries, m.library) {
			continue
		}
		// The text of the file is not to be held by a part of it.
		m.library, m.text = strings.Clone(m.library), strings.Clone(m.text)
		m.where = shown(t, name)
		*to = append(*to, m)
	}
}

func shown(t *Tree, name string) string {
	if t.Prefix == "" {
		return name
	}
	return strings.TrimSuffix(t.Prefix, "/") + "/" + name
}

func (p *Project) trouble(t *Tree, name string, err error) {
	reason := strings.ReplaceAll(cause.Of(err).Error(), "\n", "; ")
	if len(reason) > maxReason {
		reason = strings.ToValidUTF8(reason[:maxReason], "") + "…"
	}
	p.troubles = append(p.troubles, Trouble{Path: shown(t, name), Reason: "read as a declaration of versions: " + reason})
}

func readFile(tree fs.FS, name string, most int64) (text []byte, err error) {
	f, err := tree.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = errors.New("not a regular file")
	}
	if err != nil {
		return nil, err
	}
	if text, err = io.ReadAll(io.LimitReader(f, most+1)); err == nil && int64(len(text)) > most {
		err = fmt.Errorf("more than %d bytes are not read", most)
	}
	return text, err
}

// kind is one kind of declaration.
type kind struct {
	lock bool
	max  int64
	read func(text []byte) (collected, error)
}

func (k *kind) of(d *directory) *[]mention {
	if k.lock {
		return &d.locks
	}
	return &d.ranges
}

var (
	lockTOML     = &kind{true, maxFile, tomlLock}
	lockPipfile  = &kind{true, maxFile, pipfileLock}
	lockConda    = &kind{true, maxFile, condaLock}
	kindProject  = &kind{false, maxFile, pyproject}
	kindPipfile  = &kind{false, maxFile, pipfile}
	kindSetupCfg = &kind{false, maxFile, setupCfg}
	kindSetupPy  = &kind{false, maxFile, setupPy}
	kindConda    = &kind{false, maxYAML, condaEnvironment}
)

var kinds = map[string]*kind{
	"poetry.lock": lockTOML, "uv.lock": lockTOML, "pdm.lock": lockTOML, "pylock.toml": lockTOML, "Pipfile.lock": lockPipfile,
	"pyproject.toml": kindProject, "Pipfile": kindPipfile, "setup.cfg": kindSetupCfg, "setup.py": kindSetupPy,
}

// kindOf tells the kind of a declaration from its name; nil for none.
func kindOf(name string) *kind {
	if k := kinds[name]; k != nil {
		return k
	}
	yaml := strings.HasSuffix(name, ".yml") || strings.HasSuffix(name, ".yaml")
	switch {
	case strings.HasPrefix(name, "pylock.") && strings.HasSuffix(name, ".toml"):
		return lockTOML
	case yaml && strings.Contains(name, "conda-lock"):
		return lockConda
	case yaml && (strings.HasPrefix(name, "environment") || strings.HasPrefix(name, "conda")):
		return kindConda
	}
	return nil
}

// isRequirements reports a requirements or constraints file by its name.
func isRequirements(name string) bool {
	ext := path.Ext(name)
	return (ext == ".txt" || ext == ".in" || ext == lockSuffix) && (strings.Contains(name, "requirements") || strings.Contains(name, "constraints"))
}

// Declares reports the name of a file that may declare versions.
func Declares(name string) bool { return kindOf(name) != nil || isRequirements(name) }
