package inventory

import (
	"cmp"
	"path"
	"slices"
	"strings"
)

// services knows which service a path belongs to.
type services struct {
	all []*Service
	// dirs are the directories of the services, the longest first.
	dirs []serviceDir
	// rest is the service of what belongs to no other.
	rest *Service
	used map[*Service]bool
}

type serviceDir struct {
	dir     string
	service *Service
}

// rootFiles are the names that make a directory a service, of two in one directory the
// first.
var rootFiles = []string{"go.mod", "pyproject.toml", "setup.cfg", "setup.py", "Dockerfile", "Containerfile"}

// IsRoot reports whether a file of that name makes its directory a service.
func IsRoot(name string) bool { return slices.Contains(rootFiles, name) }

// newServices settles the services: what the configuration says wins over the files.
func newServices(f *Facts) *services {
	s := &services{used: make(map[*Service]bool)}
	names := make(map[string]*Service)
	taken := make(map[string]bool)
	for _, set := range f.Settings.Services {
		service := &Service{Name: set.Name, From: "configuration", Python: set.Python, Boundary: set.Boundary, Owners: slices.Clone(set.Owners)}
		names[set.Name] = service
		for _, dir := range set.Paths {
			dir = cleanDir(dir)
			service.Paths = append(service.Paths, cmp.Or(dir, "."))
			taken[dir] = true
			s.dirs = append(s.dirs, serviceDir{dir, service})
		}
		s.all = append(s.all, service)
	}
	roots := slices.Clone(f.Roots)
	slices.SortFunc(roots, func(a, b Root) int {
		return cmp.Or(cmp.Compare(path.Dir(a.Path), path.Dir(b.Path)), cmp.Compare(rank(a.Path), rank(b.Path)))
	})
	for _, root := range roots {
		dir := cleanDir(path.Dir(root.Path))
		if taken[dir] {
			continue
		}
		taken[dir] = true
		service := &Service{Name: nameOf(root, dir, f.Repository, names), From: root.Path, Paths: []string{cmp.Or(dir, ".")}}
		names[service.Name] = service
		s.all = append(s.all, service)
		s.dirs = append(s.dirs, serviceDir{dir, service})
	}
	slices.SortStableFunc(s.dirs, func(a, b serviceDir) int { return cmp.Compare(len(b.dir), len(a.dir)) })
	if !taken[""] {
		s.rest = &Service{Name: free(cmp.Or(f.Repository, "repository"), names), From: "repository", Paths: []string{"."}}
		s.all = append(s.all, s.rest)
		s.dirs = append(s.dirs, serviceDir{"", s.rest})
	}
	for _, service := range s.all {
		if len(service.Owners) == 0 {
			service.Owners = f.ownersOf(service.Paths)
		}
	}
	return s
}

// ownersOf asks the CODEOWNERS file for the owners of directories.
func (f *Facts) ownersOf(dirs []string) []string {
	var owners []string
	for _, dir := range dirs {
		owners = append(owners, f.Owners.Of(strings.TrimPrefix(path.Join(dir, "x"), "./"))...)
	}
	slices.Sort(owners)
	return slices.Compact(owners)
}

func cleanDir(dir string) string {
	dir = strings.TrimPrefix(path.Clean("/"+dir), "/")
	return dir
}

func rank(file string) int { return slices.Index(rootFiles, path.Base(file)) }

// nameOf calls a service as its file does, or like its directory.
func nameOf(root Root, dir, repository string, names map[string]*Service) string {
	name := root.Name
	if i := strings.LastIndexByte(name, '/'); i >= 0 {
		name = name[i+1:]
	}
	if name == "" {
		name = path.Base(dir)
		if dir == "" {
			name = cmp.Or(repository, "repository")
		}
	}
	if _, ok := names[name]; ok && dir != "" {
		name = dir
	}
	return free(name, names)
}

// free makes a name that no other service has.
func free(name string, names map[string]*Service) string {
	for names[name] != nil {
		name += "'"
	}
	return name
}

// of returns the service that a path belongs to, and notes that it has something to do
// with channels.
func (s *services) of(file string) *Service {
	for _, d := range s.dirs {
		if d.dir == "" || file == d.dir || strings.HasPrefix(file, d.dir+"/") {
			s.used[d.service] = true
			return d.service
		}
	}
	return s.rest // files outside of the repository
}

// told are the services that the record lists, by name: those that have to do with
// channels, and those that somebody declared.
func (s *services) told() []*Service {
	out := []*Service{}
	for _, service := range s.all {
		if s.used[service] || service.From == "configuration" {
			out = append(out, service)
		}
	}
	slices.SortFunc(out, func(a, b *Service) int { return cmp.Compare(a.Name, b.Name) })
	return out
}
