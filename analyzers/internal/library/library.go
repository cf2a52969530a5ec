// Package library tells which package of the catalogue a package is, also where it is
// a copy that a project keeps somewhere else: below vendor/, third_party/ or wherever,
// its path ends with that of the original.
package library

import (
	"go/types"
	"path"
	"slices"
	"strings"
)

// Set is a set of libraries.
type Set struct {
	paths map[string]bool
	// byBase are the same by the last element of their path.
	byBase map[string][]string
	// known remembers which library a package is.
	known map[*types.Package]string
}

// New returns the libraries of full names as go/types prints them:
// "(*encoding/gob.Decoder).Decode".
func New(fullNames []string) *Set {
	s := &Set{paths: make(map[string]bool), byBase: make(map[string][]string), known: make(map[*types.Package]string)}
	for _, name := range fullNames {
		if p := Path(name); !s.paths[p] {
			s.paths[p] = true
			s.byBase[path.Base(p)] = append(s.byBase[path.Base(p)], p)
		}
	}
	return s
}

// Of returns the path of the library that a package is, or "".
func (s *Set) Of(pkg *types.Package) string {
	if pkg == nil {
		return ""
	}
	if known, ok := s.known[pkg]; ok {
		return known
	}
	known := ""
	if s.paths[pkg.Path()] {
		known = pkg.Path()
	} else {
		for _, p := range s.byBase[path.Base(pkg.Path())] {
			if strings.HasSuffix(pkg.Path(), "/"+p) && len(p) > len(known) {
				known = p
			}
		}
	}
	s.known[pkg] = known
	return known
}

// ImportedBy reports whether a package imports one of the libraries.
func (s *Set) ImportedBy(pkg *types.Package) bool {
	return slices.ContainsFunc(pkg.Imports(), func(p *types.Package) bool { return s.Of(p) != "" })
}

// Name returns the full name that an object of a package has in the library, or "" if
// the package is none.
func (s *Set) Name(pkg *types.Package, fullName string) string {
	known := s.Of(pkg)
	if known == "" {
		return ""
	}
	return strings.Replace(fullName, pkg.Path(), known, 1)
}

// Path returns the import path in a full name: "(*encoding/gob.Decoder).Decode" and
// "net/rpc.ServeConn".
func Path(fullName string) string {
	name, method := strings.CutPrefix(fullName, "(")
	if method {
		name, _, _ = strings.Cut(strings.TrimPrefix(name, "*"), ")")
	}
	// The last element of a path may have dots of its own, as that of gopkg.in/yaml.v3
	// has, and so may what stands in brackets.
	name, _, _ = strings.Cut(name, "[")
	if dot := strings.LastIndexByte(name, '.'); dot > strings.LastIndexByte(name, '/') {
		return name[:dot]
	}
	return name
}
