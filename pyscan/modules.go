package pyscan

import (
	"bytes"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/names"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// Modules answers what the Python sources in reach define. Files are found by the
// names of modules and read when somebody asks: most runs ask for none, and the
// others for a handful out of thousands. It may be used by several goroutines at
// once.
type Modules struct {
	// Catalog knows the other names of modules; nil means the built-in one.
	Catalog *catalog.Catalog
	// Tops are the directories on which programs have their module path.
	Tops []string
	// Read returns the bytes of a file, Exists says whether there is one, and Show
	// how messages name it.
	Read   func(path string) ([]byte, error)
	Exists func(path string) bool
	Show   func(path string) string

	files  map[string][]string // by the last part of the name of their module
	stems  marks               // of those parts
	shared shared

	wrapped     sync.Once
	wrapperList []*wrapper
	// wrapperNames holds the wrappers that are named, as *wrapper.
	wrapperNames sync.Map

	proofs  proofs
	kinship kinship

	// callers guards what is near, and sorted, the files in order.
	callers sync.Mutex
	near    near
	sorted  []string

	mu      sync.Mutex
	known   map[string]*moduleFacts
	stands  map[string]bool // by what was asked about a name; see elsewhere
	origins map[string]answer
	// texts are constants of modules, by their full names.
	texts map[string]phrase
	// holders are modules that were asked for constants, by their names.
	holders map[string]*ways
	// followed are modules in which bytes were followed, by their names.
	followed map[string]*file
	reading  int
	words    *names.Vocabulary
}

// notebooks stands for the name of a module where a file is none: notebooks import,
// and nobody imports them.
const notebooks = "\x00"

// maxModules bounds the modules of a run that are read: a blob chooses the names.
const maxModules = 2_000

// maxAsked bounds the names of modules that are looked for.
const maxAsked = 100_000

// MaxModule is the longest source that is looked at for what it defines, in bytes.
const MaxModule = syntax.MaxSource

// maxCandidates bounds the files that may be one module.
const maxCandidates = 8

// Add puts files in reach. Paths are absolute and have slashes. All files of the
// directories are to be added: extension modules hide sources.
func (m *Modules) Add(files ...string) {
	if m.files == nil {
		m.files = make(map[string][]string)
	}
	for _, f := range files {
		dir, base := path.Split(f)
		stem, ext, _ := strings.Cut(base, ".")
		switch {
		case ext == "py" && stem == "__init__":
			stem = path.Base(strings.TrimSuffix(dir, "/"))
		case path.Ext(base) == ".ipynb":
			stem = notebooks
		case ext == "py" || strings.HasSuffix(ext, "so") || strings.HasSuffix(ext, "pyd"):
		default:
			continue
		}
		m.files[stem] = append(m.files[stem], f)
		m.stems.add(stem)
	}
}

// find returns the file of a module. It is sure if the module can be no other file
// in reach, and lies where a program finds it by that name.
func (m *Modules) find(module string) (file string, raw []byte, sure bool) {
	parts := strings.Split(module, ".")
	suffix := "/" + strings.Join(parts, "/")
	matched := 0
	for _, f := range m.files[parts[len(parts)-1]] {
		stem, source := strings.CutSuffix(f, ".py")
		stem = strings.TrimSuffix(stem, "/__init__")
		if !source {
			stem = path.Join(path.Dir(f), parts[len(parts)-1])
		}
		if !strings.HasSuffix(stem, suffix) {
			continue
		}
		if matched++; !source || matched > maxCandidates {
			return "", nil, false // an extension module hides a source
		}
		text, err := m.Read(f)
		if err != nil || len(text) > MaxModule {
			return "", nil, false
		}
		if file != "" && !bytes.Equal(text, raw) {
			return "", nil, false
		}
		file, raw = f, text
		sure = sure || m.placed(strings.TrimSuffix(stem, suffix), parts[:len(parts)-1])
	}
	return file, raw, sure
}

// placed reports whether a program that has base on its path, or any, finds a
// module in these packages below it by that name. Packages without __init__.py,
// and modules in none, only count at the top of what is in reach.
func (m *Modules) placed(base string, packages []string) bool {
	top := slices.ContainsFunc(m.Tops, func(t string) bool { return base == t || base == path.Join(t, "src") || base == path.Join(t, "lib") })
	if m.Exists(path.Join(base, "__init__.py")) {
		return false // it has a longer name
	}
	dir := base
	for _, p := range packages {
		if m.Exists(path.Join(dir, p+".py")) {
			return false // which of the two comes first depends on much
		}
		if dir = path.Join(dir, p); !top && !m.Exists(path.Join(dir, "__init__.py")) {
			return false
		}
	}
	return top || len(packages) > 0
}

// prepare is to be called before modules are read.
func (m *Modules) prepare() {
	if m.words != nil {
		return
	}
	m.known, m.stands, m.origins = make(map[string]*moduleFacts), make(map[string]bool), make(map[string]answer)
	if m.Catalog == nil {
		m.Catalog = catalog.Builtin()
	}
	m.words = names.Everything(m.Catalog)
}

// load returns the facts of a module, or nil.
func (m *Modules) load(module string) *moduleFacts {
	if module == "" || len(module) > maxFunction || strings.ContainsAny(module, "/\\\x00") {
		return nil
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	facts, ok := m.known[module]
	if ok || m.reading >= maxModules || len(m.known) >= maxAsked {
		return facts
	}
	m.prepare()
	// A file called subprocess.py in some directory is not the module that
	// everybody means.
	if m.Catalog.Global(module, "*").Library != "" {
		return nil
	}
	if file, raw, sure := m.find(module); file != "" {
		m.reading++
		facts = readModule(m.words, m.Show(file), module, path.Base(file) == "__init__.py", raw)
		if facts != nil {
			facts.sure, facts.understood = facts.sure && sure, facts.understood && sure
		}
	}
	m.known[module] = facts
	return facts
}
