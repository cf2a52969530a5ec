package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/pickle-lint/pickle-lint/cmd/internal/relpath"
	"github.com/pickle-lint/pickle-lint/cmd/internal/since"
	"github.com/pickle-lint/pickle-lint/inventory"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/pyscan/declared"
)

// inventoryFacts brings together what the inventory is made of. Its paths begin at the top
// of the checkout, wherever the run starts.
type inventoryFacts struct {
	set *settings
	// allBlobs: all blobs are wanted, however many a channel has.
	allBlobs  bool
	roots     []inventory.Root
	inventory *inventory.Inventory
	// told are the findings of the inventory by those of the report.
	told map[*lint.Finding]*inventory.Finding
	// shown are the paths of the run by those of the inventory.
	shown map[string]string
}

// wide adds the checkout to what was named: which channel a blob belongs to is said by sources
// that lie elsewhere. What was named is stored bytes, and git ignores these, as a rule.
func (i *inventoryFacts) wide(targets []target) []target {
	var out []target
	for _, t := range targets {
		t.all = true
		out = append(out, t)
	}
	return append(out, target{arg: i.set.anchor, path: i.set.anchor, isDir: true})
}

// plan notes what the run will look at.
func (i *inventoryFacts) plan(p *plan) {
	for _, f := range append(i.above(p), p.files...) {
		name := path.Base(f.show)
		if !inventory.IsRoot(name) {
			continue
		}
		if (name == "setup.py" || name == "setup.cfg") && exists(filepath.Join(filepath.Dir(f.path), "__init__.py")) {
			continue // numpy.distutils has one in each package, and a package is no service
		}
		root := inventory.Root{Path: i.top(f.show)}
		if name == "go.mod" {
			root.Name = first(goModule(f)...)
		}
		i.roots = append(i.roots, root)
	}
}

// above are the files that make services of the directories above what the run looks at: what
// a service is called does not hang on how much of it was named.
func (i *inventoryFacts) above(p *plan) (files []file) {
	seen := make(map[string]bool)
	climb := func(dir string) {
		for ; !seen[dir]; dir = filepath.Dir(dir) {
			seen[dir] = true
			if _, ok := relpath.Below(i.set.anchor, dir); !ok {
				return
			}
			entries, err := os.ReadDir(dir)
			if err != nil {
				continue // what cannot be read makes no service
			}
			for _, e := range entries {
				if inventory.IsRoot(e.Name()) && e.Type().IsRegular() {
					name := filepath.Join(dir, e.Name())
					files = append(files, file{path: name, show: relpath.Show(i.set.root, name)})
				}
			}
		}
	}
	for _, t := range p.trees {
		climb(filepath.Dir(t.Name()))
	}
	for _, f := range p.files {
		if f.named {
			climb(filepath.Dir(f.path))
		}
	}
	return files
}

// top is a path of the run as one of the checkout.
func (i *inventoryFacts) top(show string) string {
	if i.set.root == i.set.anchor {
		return show
	}
	return relpath.Show(i.set.anchor, absPath(i.set.root, show))
}

// join makes the inventory of what a run found, and leaves of that the findings of the
// inventory: the others are for "pickle-lint".
func (i *inventoryFacts) join(ctx context.Context, repository string, r *results) {
	i.shown, i.told = make(map[string]string), make(map[*lint.Finding]*inventory.Finding)
	f := &inventory.Facts{
		Tool: "pickle-lint", Version: Version(), Repository: repository, Today: i.set.trust.Today,
		Roots: i.roots, Python: i.python(), Settings: i.settings(), AllBlobs: i.allBlobs,
	}
	i.head(ctx, f, r)
	i.owners(f, r)
	for _, s := range r.sites {
		moved := *s
		moved.Path = i.move(s.Path)
		f.Sites = append(f.Sites, &moved)
	}
	for _, d := range r.dumps {
		moved := *d
		moved.Path = i.move(d.Path)
		f.Dumps = append(f.Dumps, &moved)
	}
	f.Blobs = i.blobs(r)
	for _, s := range r.skips {
		if !s.Excluded {
			f.Skips = append(f.Skips, s)
		}
	}
	slices.SortStableFunc(f.Skips, lint.CompareSkips)
	i.inventory = inventory.Build(f)
	r.sites, r.findings = nil, nil
	for _, found := range i.inventory.Findings {
		// The report has the paths of the run, and the inventory its own.
		told := *found.Finding
		told.Path = first(i.shown[told.Path], told.Path)
		i.told[&told] = found
		r.findings = append(r.findings, &told)
	}
}

func (i *inventoryFacts) move(show string) string {
	moved := i.top(show)
	i.shown[moved] = show
	return moved
}

// settle leaves in the inventory those findings that the configuration lets be, as loud as it
// wants them.
func (i *inventoryFacts) settle(r *results) {
	i.inventory.Findings = i.inventory.Findings[:0]
	for _, f := range r.findings {
		found := i.told[f]
		found.Severity, found.Suppressed, found.SuppressedBy, found.BaselineState = f.Severity, f.Suppressed, f.SuppressedBy, f.BaselineState
		i.inventory.Findings = append(i.inventory.Findings, found)
	}
}

// head says which commit this is, and what the repository is called.
func (i *inventoryFacts) head(ctx context.Context, f *inventory.Facts, r *results) {
	h, err := since.HeadOf(ctx, i.set.root)
	switch {
	case err == nil:
		f.Commit, f.Dirty = h.Commit, h.Dirty
		f.Repository = first(f.Repository, h.Remote)
	case !errors.Is(err, since.ErrNoGit) && exists(filepath.Join(i.set.anchor, ".git")):
		r.add(nil, nil, []*lint.Skip{{Location: lint.Location{Path: "."}, Reason: "the commit is not known: " + lint.Printable(err.Error())}}, nil)
	}
	f.Repository = first(f.Repository, filepath.Base(i.set.anchor))
}

// owners reads the CODEOWNERS file, the first of those that forges look for.
func (i *inventoryFacts) owners(f *inventory.Facts, r *results) {
	for _, name := range inventory.CodeOwnersPaths {
		text, err := readOwners(filepath.Join(i.set.anchor, filepath.FromSlash(name)))
		if err == nil {
			f.Owners = inventory.ParseOwners(name, text)
			return
		}
		if !errors.Is(err, os.ErrNotExist) {
			r.add(nil, nil, []*lint.Skip{{Location: lint.Location{Path: name}, Reason: reasonOf(err)}}, nil)
		}
	}
}

// mostOwners is how much of a CODEOWNERS file is read, in bytes: forges take no more.
const mostOwners = 3 << 20

// readOwners reads a file of the tree, which may as well be a link to an endless one.
func readOwners(name string) (text []byte, err error) {
	if info, err := os.Lstat(name); err == nil && info.Mode()&os.ModeSymlink != 0 {
		return nil, errors.New("a symbolic link, which is not followed")
	}
	r, _, err := openRegular(name)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	if text, err = io.ReadAll(io.LimitReader(r, mostOwners+1)); err == nil && len(text) > mostOwners {
		err = fmt.Errorf("more than %d MiB, which no forge reads", mostOwners>>20)
	}
	return text, err
}

// python tells the oldest Python at a path of the checkout.
func (i *inventoryFacts) python() func(string) string {
	known := make(map[string]string)
	return func(file string) string {
		dir := path.Dir(file)
		if v, ok := known[dir]; ok {
			return v
		}
		show, ok := i.shown[file]
		if !ok {
			show = file
		}
		out := ""
		if v, ok := i.set.versions.Of(show, declared.Python); ok && v.Range.Lowest != nil {
			out = v.Range.Lowest.String()
		}
		known[dir] = out
		return out
	}
}

// blobs are the files of stored bytes that hold pickles.
func (i *inventoryFacts) blobs(r *results) []*inventory.Blob {
	for _, b := range r.resting {
		b.Path = i.move(b.Path)
	}
	return r.resting
}

// settings is what the configuration says. Its paths begin at its directory.
func (i *inventoryFacts) settings() inventory.Settings {
	c := i.set.config
	place := func(rel string) string {
		if c.Dir == "" {
			return rel
		}
		dir := c.Dir
		if resolved, err := filepath.EvalSymlinks(dir); err == nil {
			dir = resolved
		}
		below, ok := relpath.Below(i.set.anchor, dir)
		if !ok || below == "." || below == "" {
			return rel
		}
		return path.Join(filepath.ToSlash(below), rel)
	}
	all := func(rels []string) (out []string) {
		for _, rel := range rels {
			out = append(out, place(rel))
		}
		return out
	}
	var s inventory.Settings
	for _, name := range slices.Sorted(maps.Keys(c.Services)) {
		v := c.Services[name]
		s.Services = append(s.Services, inventory.ServiceSetting{Name: name, Paths: all(v.Paths), Python: v.Python, Boundary: v.Boundary, Owners: v.Owners})
	}
	for _, title := range slices.Sorted(maps.Keys(c.Channels)) {
		v := c.Channels[title]
		s.Channels = append(s.Channels, inventory.ChannelSetting{
			Title: title, Kind: lint.ChannelKind(v.Kind), Match: v.Match, Sites: all(v.Sites), Producers: v.Producers, Consumers: v.Consumers,
			Boundary: v.Boundary, Owner: v.Owner, Retention: v.Retention, Sensitivity: v.Sensitivity, Compat: v.Compat, Ticket: v.Ticket, Expires: v.Expires,
		})
	}
	s.Sensitive = c.Sensitive
	return s
}
