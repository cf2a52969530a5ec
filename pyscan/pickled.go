package pyscan

import (
	"maps"
	"slices"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/classes"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/names"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/rebuild"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// pickled judges how the objects of the classes of a file are taken apart and put
// together again: the rules about state.
type pickled struct {
	f   *file
	m   *classes.Model
	res *Result

	keys lint.Fingerprints
	told map[toldState]bool
	// handed are the lines of which it was said that what a reducer hands out is wrong:
	// that pickle cannot write it either says no more.
	handed map[int]bool
	// ways say how objects of a class are pickled in the file.
	ways map[*classes.Class]*way
	// imported are the modules that import statements bind.
	imported map[string]bool
	// passes are the functions that pickle what they are given, by their definition.
	passes map[syntax.Index][]passed
	uses   map[*classes.Class]*uses
	kept   keptWords
	// revisions are the classes that say how their state is made, by the name without
	// what tells revisions apart; nil until somebody asks.
	revisions map[string][]*classes.Class
	// asked: it is known whether the source sends objects to processes, and whether it does.
	asked struct{ travels, does bool }
	// ancestors hold what classes stand on in other modules, as far as somebody has asked;
	// opens counts the modules that were asked for, and locked says that what is known of
	// them is held.
	ancestors map[*classes.Class]*ancestry
	opens     int
	locked    bool
	// worked counts the expressions that were looked at for one value.
	worked int
}

type toldState struct {
	rule string
	node syntax.Index
}

// passed is a parameter that a function pickles.
type passed struct {
	arg      catalog.Argument
	fact     *catalog.PythonPickles
	protocol int
}

// way is how objects are pickled, as the file shows it.
type way struct {
	// at is the call that pickles one, or None if the class says that they are.
	at   syntax.Index
	name string
	fact *catalog.PythonPickles
	// others: there are calls that pickle in other ways.
	others []*catalog.PythonPickles
	// protocol is the one that the call asks for, or -1.
	protocol int
}

// states judges the classes of a file. It is to be called for files that customise
// pickling or write pickles.
func (f *file) states(res *Result) {
	if f.unparsed {
		return
	}
	table := f.names
	if !f.bare || f.rebuilds {
		table = f.moduleNames()
	}
	j := newPickled(f, table, res)
	defer j.release()
	for _, told := range res.Findings {
		if told.Rule == UnsafeReduce.ID || told.Rule == UnimportableReduce.ID {
			j.handed[told.Line] = true
		}
	}
	j.imports()
	j.dumps()
	j.fromOutside()
	for _, c := range j.m.Classes {
		if j.ways[c] == nil && (customises(c) || j.kinCustomise(c)) {
			j.ways[c] = &way{at: syntax.None, protocol: -1}
		}
	}
	for _, c := range j.m.Classes {
		if w := j.ways[c]; w != nil {
			j.unpicklable(c, w)
		}
		j.pair(c)
		j.versions(c)
		j.stored(c)
		j.migration(c)
	}
	slices.SortStableFunc(res.Findings, lint.CompareFindings)
}

func newPickled(f *file, table *names.Table, res *Result) *pickled {
	return &pickled{
		f: f, m: classes.Build(f.tree, table, f.classOutline()), res: res, told: make(map[toldState]bool), ways: make(map[*classes.Class]*way),
		passes: make(map[syntax.Index][]passed), uses: make(map[*classes.Class]*uses), handed: make(map[int]bool), ancestors: make(map[*classes.Class]*ancestry),
	}
}

// classOutline is what the nodes of the file stand in. The rules about state and about rebuilding
// both ask for it.
func (f *file) classOutline() *classes.Outline {
	if f.outlined == nil {
		f.outlined = classes.OutlineOf(f.tree)
	}
	return f.outlined
}

// customises reports whether the class, or one of the file that it stands on, says how
// its objects are pickled.
func customises(c *classes.Class) bool {
	all, _ := c.Linear()
	for _, at := range all {
		for _, name := range rebuild.Hooks {
			if at.Methods[name] != nil {
				return true
			}
		}
	}
	return false
}

// tell adds a finding at a node, once for a rule. It returns nil if it is told already.
func (j *pickled) tell(rule *lint.Rule, c *classes.Class, node syntax.Index, format string, args ...any) *lint.Finding {
	key := toldState{rule.ID, node}
	if j.told[key] {
		return nil
	}
	j.told[key] = true
	f := j.f
	n := f.tree.Nodes[node]
	if rule == UnpicklableState && j.handed[f.location(n.Start, n.Start).Line] {
		return nil
	}
	end := n.End
	switch n.Kind {
	case syntax.FunctionDefinition, syntax.ClassDefinition:
		end = f.headerEnd(node)
	}
	finding := rule.Finding(f.location(n.Start, end), format, args...)
	finding.Message = lint.Printable(finding.Message)
	name := ""
	if c != nil {
		name = c.Name
		finding.Callable = lint.Printable(name)
	}
	finding.Fingerprint = j.keys.Of(lint.Key{Rule: finding.Rule, Place: f.path, API: name, Statement: f.excerpt(node, longKey)})
	j.res.Findings = append(j.res.Findings, finding)
	return finding
}

// imports notes which names stand for modules.
func (j *pickled) imports() {
	j.imported = make(map[string]bool)
	t := j.f.tree
	for i := range t.Nodes {
		i := syntax.Index(i)
		if t.Kind(i) != syntax.ImportStatement {
			continue
		}
		for c := t.First(i); c != syntax.None; c = t.Next(c) {
			name := c
			if t.Kind(c) == syntax.AliasedImport {
				name = t.Child(c, syntax.Name)
			}
			if name == syntax.None {
				continue
			}
			if n := t.Nodes[name]; n.End-n.Start > maxFunction {
				continue
			}
			full := string(t.Text(name))
			for more := true; more; full, more = catalog.Shorter(full) {
				j.imported[full] = true
			}
		}
	}
}

// sortedKeys lists the keys of a map in order.
func sortedKeys[T any](m map[string]T) []string { return slices.Sorted(maps.Keys(m)) }
