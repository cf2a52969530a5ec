package catalog

import (
	"embed"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"
)

//go:embed *.cat
var files embed.FS

// Catalog answers look-ups. It is safe for concurrent use once built.
type Catalog struct {
	globals       map[string]globalFact
	states        map[string][]string // of globals, see States
	data          map[string]bool     // see Data
	named         map[string]bool     // see Named
	libraries     map[string]string
	pythonSinks   map[string]*PythonSink
	pythonAliases map[string]string
	// pythonLibraries are further names of libraries.
	pythonLibraries map[string][]string
	pythonSettings  map[string]*PythonSetting
	pythonEffects   map[string]Effect
	pythonVerifiers map[string]*PythonVerifier
	pythonSources   map[string]*PythonSource
	goSinks         map[string]*GoSink
	goFlows         map[string][]*GoFlow
	goVerifiers     map[string]*GoVerifier
	goHooks         map[string]*GoHook
	goCalls         map[string]*GoCall // by keyword and name
	goQuiet         map[string]bool
	goSources       map[string]*GoSource
	goDumps         map[string]*GoDump
	goThroughs      map[string][]*GoThrough
	weightsOnly     map[string]weightsFact
	pythonDumps     map[string]*PythonDump
	pythonProtocols map[string]Protocol
	dumpSettings    map[string]*DumpSetting
	channels        map[string]*Channel
	longestStar     int // of the channels that end with one
	throughs        map[string][]*PythonThrough
	schemes         map[string]*ChannelScheme
	verbs           map[string][]Verb
	verbParts       []string // those that end with a star
	// What pickle refuses, what pickles, and what holds what it is given.
	unpicklable map[string]*PythonUnpicklable
	pickles     map[string]*PythonPickles
	keeps       map[string]bool
	travels     map[string]bool
}

type globalFact struct {
	class  Class
	reason string
	use    Use
}

// keywords maps each keyword to what takes its facts.
var keywords = map[string]func(*Catalog, fact) error{
	"allowed":        (*Catalog).addGlobal,
	"suspicious":     (*Catalog).addGlobal,
	"dangerous":      (*Catalog).addGlobal,
	"library":        (*Catalog).addLibrary,
	"weights-only":   (*Catalog).addWeightsOnly,
	"python-sink":    (*Catalog).addPythonSink,
	"python-alias":   (*Catalog).addPythonAlias,
	"python-library": (*Catalog).addPythonLibrary,
	"python-setting": (*Catalog).addPythonSetting,
	"python-effect":  (*Catalog).addPythonEffect,
	"python-source":  (*Catalog).addPythonSource,
	"go-sink":        (*Catalog).addGoSink,
	"go-flow":        (*Catalog).addGoFlow,
	"go-verifier":    (*Catalog).addGoVerifier,
	"go-hook":        (*Catalog).addGoHook,
	GoExec:           (*Catalog).addGoCall,
	GoPlugin:         (*Catalog).addGoCall,
	GoTemplate:       (*Catalog).addGoCall,
	GoPickler:        (*Catalog).addGoCall,
	GoServes:         (*Catalog).addGoCall,
	"go-quiet":       (*Catalog).addGoQuiet,
	"go-source":      (*Catalog).addGoSource,
	"go-dump":        (*Catalog).addGoDump,
	"go-through":     (*Catalog).addGoThrough,

	"channel-scheme":      (*Catalog).addChannelScheme,
	"python-channel":      (*Catalog).addChannel,
	"python-dump":         (*Catalog).addPythonDump,
	"python-dump-setting": (*Catalog).addDumpSetting,
	"python-protocol":     (*Catalog).addPythonProtocol,
	"python-unpicklable":  (*Catalog).addUnpicklable,
	"python-pickles":      (*Catalog).addPickles,
	"python-keeps":        (*Catalog).addKeeps,
	"python-verb":         (*Catalog).addVerb,
	"python-through":      (*Catalog).addPythonThrough,
	"python-travels":      (*Catalog).addTravels,
	"python-verifier":     (*Catalog).addPythonVerifier,
}

func knownKeyword(word string) bool {
	_, ok := keywords[word]
	return ok
}

// New returns an empty catalogue.
func New() *Catalog {
	return &Catalog{
		globals:         make(map[string]globalFact),
		states:          make(map[string][]string),
		data:            make(map[string]bool),
		named:           make(map[string]bool),
		libraries:       make(map[string]string),
		pythonSinks:     make(map[string]*PythonSink),
		pythonAliases:   make(map[string]string),
		pythonLibraries: make(map[string][]string),
		pythonSettings:  make(map[string]*PythonSetting),
		pythonEffects:   make(map[string]Effect),
		pythonVerifiers: make(map[string]*PythonVerifier),
		pythonSources:   make(map[string]*PythonSource),
		goSinks:         make(map[string]*GoSink),
		goFlows:         make(map[string][]*GoFlow),
		goVerifiers:     make(map[string]*GoVerifier),
		goHooks:         make(map[string]*GoHook),
		goCalls:         make(map[string]*GoCall),
		goQuiet:         make(map[string]bool),
		goSources:       make(map[string]*GoSource),
		goDumps:         make(map[string]*GoDump),
		goThroughs:      make(map[string][]*GoThrough),
		weightsOnly:     make(map[string]weightsFact),
		pythonDumps:     make(map[string]*PythonDump),
		pythonProtocols: make(map[string]Protocol),
		dumpSettings:    make(map[string]*DumpSetting),
		channels:        make(map[string]*Channel),
		throughs:        make(map[string][]*PythonThrough),
		schemes:         make(map[string]*ChannelScheme),
		verbs:           make(map[string][]Verb),
		unpicklable:     make(map[string]*PythonUnpicklable),
		pickles:         make(map[string]*PythonPickles),
		keeps:           make(map[string]bool),
		travels:         make(map[string]bool),
	}
}

// Builtin returns the embedded catalogue. A mistake in it is a mistake in this
// repository and panics, at the first use.
var Builtin = sync.OnceValue(func() *Catalog { return builtin(func(string) bool { return true }) })

// BuiltinGo returns what the embedded catalogue says of Go code, and nothing else of it. As
// a vet tool the Go wing is started once a package, and to read all of the catalogue takes
// longer than to analyse most packages.
var BuiltinGo = sync.OnceValue(func() *Catalog {
	return builtin(func(file string) bool { return strings.HasPrefix(file, "go") })
})

// BuiltinGoEnds returns what it says of dumps and channels of Go, and nothing else, for who
// makes an inventory: no rule needs it, and so BuiltinGo leaves it out.
var BuiltinGoEnds = sync.OnceValue(func() *Catalog {
	return builtin(func(file string) bool { return strings.HasSuffix(file, "-go.cat") })
})

// builtin reads some of the embedded files.
func builtin(of func(file string) bool) *Catalog {
	c := New()
	names, err := files.ReadDir(".")
	if err != nil {
		panic(fmt.Sprintf("catalog: %v", err))
	}
	for _, entry := range names {
		if !of(entry.Name()) {
			continue
		}
		f, err := files.Open(entry.Name())
		if err != nil {
			panic(fmt.Sprintf("catalog: %v", err))
		}
		if err := c.add(entry.Name(), f, true); err != nil {
			panic(fmt.Sprintf("catalog: %v", err))
		}
		if err := f.Close(); err != nil {
			panic(fmt.Sprintf("catalog: %v", err))
		}
	}
	return c
}

// With returns a copy of c in which the facts of an overlay win. The overlay
// may not contradict itself: its own duplicates are errors.
func (c *Catalog) With(file string, r io.Reader) (*Catalog, error) {
	out := &Catalog{
		globals:         maps.Clone(c.globals),
		states:          maps.Clone(c.states),
		data:            maps.Clone(c.data),
		named:           maps.Clone(c.named),
		libraries:       maps.Clone(c.libraries),
		pythonSinks:     maps.Clone(c.pythonSinks),
		pythonAliases:   maps.Clone(c.pythonAliases),
		pythonLibraries: maps.Clone(c.pythonLibraries),
		pythonSettings:  maps.Clone(c.pythonSettings),
		pythonEffects:   maps.Clone(c.pythonEffects),
		pythonVerifiers: maps.Clone(c.pythonVerifiers),
		pythonSources:   maps.Clone(c.pythonSources),
		goSinks:         maps.Clone(c.goSinks),
		goFlows:         maps.Clone(c.goFlows),
		goVerifiers:     maps.Clone(c.goVerifiers),
		goHooks:         maps.Clone(c.goHooks),
		goCalls:         maps.Clone(c.goCalls),
		goQuiet:         maps.Clone(c.goQuiet),
		goSources:       maps.Clone(c.goSources),
		goDumps:         maps.Clone(c.goDumps),
		goThroughs:      maps.Clone(c.goThroughs),
		weightsOnly:     maps.Clone(c.weightsOnly),
		pythonDumps:     maps.Clone(c.pythonDumps),
		pythonProtocols: maps.Clone(c.pythonProtocols),
		dumpSettings:    maps.Clone(c.dumpSettings),
		channels:        maps.Clone(c.channels),
		longestStar:     c.longestStar,
		throughs:        maps.Clone(c.throughs),
		schemes:         maps.Clone(c.schemes),
		verbs:           maps.Clone(c.verbs),
		verbParts:       c.verbParts,
		unpicklable:     maps.Clone(c.unpicklable),
		pickles:         maps.Clone(c.pickles),
		keeps:           maps.Clone(c.keeps),
		travels:         maps.Clone(c.travels),
	}
	if err := out.add(file, r, false); err != nil {
		return nil, err
	}
	return out, nil
}

func (c *Catalog) add(file string, r io.Reader, sorted bool) error {
	facts, err := parse(file, r, sorted)
	errs := []error{err}
	for _, f := range facts {
		if err := keywords[f.keyword](c, f); err != nil {
			errs = append(errs, &Error{file, f.line, err.Error()})
		}
	}
	return errors.Join(errs...)
}

// only reports an attribute that the keyword does not know.
func (f *fact) only(keys ...string) error {
	for _, key := range slices.Sorted(maps.Keys(f.attrs)) {
		if !slices.Contains(keys, key) {
			return fmt.Errorf("%s %s: unknown attribute %q: %s takes %s", f.keyword, f.subject, key, f.keyword, strings.Join(keys, ", "))
		}
	}
	return nil
}

func sortedValues[T any](m map[string]*T) []*T {
	out := make([]*T, 0, len(m))
	for _, name := range slices.SortedFunc(maps.Keys(m), strings.Compare) {
		out = append(out, m[name])
	}
	return out
}
