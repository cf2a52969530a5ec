package pickle

import (
	"fmt"
	"strings"
)

// LoaderSet is a set of loaders.
type LoaderSet uint8

// The loaders.
const (
	CMem  LoaderSet = 1 << iota // _pickle over bytes: pickle.loads
	CFile                       // _pickle over a file object without peek: BytesIO, torch zip records
	CPeek                       // _pickle over a file object with peek: open(…, "rb")
	Py                          // pickle._Unpickler: joblib, pandas' second attempt

	AllLoaders = CMem | CFile | CPeek | Py
)

var loaderNames = []struct {
	set  LoaderSet
	name string
}{{CMem, "c-mem"}, {CFile, "c-file"}, {CPeek, "c-peek"}, {Py, "py"}}

// Names lists the loaders in the set, in a fixed order.
func (s LoaderSet) Names() []string {
	var names []string
	for _, l := range loaderNames {
		if s&l.set != 0 {
			names = append(names, l.name)
		}
	}
	return names
}

// ParseLoader reads the name of one loader, or "union" for all of them.
func ParseLoader(word string) (LoaderSet, error) {
	if word == "union" {
		return AllLoaders, nil
	}
	for _, l := range loaderNames {
		if word == l.name {
			return l.set, nil
		}
	}
	return 0, fmt.Errorf("unknown loader %q: want %s or union", word, strings.Join(AllLoaders.Names(), ", "))
}

// String returns the name of a single loader, "union" for all, or the names of
// the loaders in the set.
func (s LoaderSet) String() string {
	if s == AllLoaders {
		return "union"
	}
	return strings.Join(s.Names(), ", ")
}
