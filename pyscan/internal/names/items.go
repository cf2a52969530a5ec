package names

import (
	"strconv"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// part says what of a value a name is bound to: all of it, an element, or an item
// of either, counted from 1.
type part struct {
	element bool
	item    int32
	// entered: what a with statement gets of it.
	entered bool
	// annotated: the value is the type of what is bound.
	annotated bool
	// passed: the value is what a function is called with.
	passed bool
	// own: the value is the class of which the name is an object, or which it is.
	own own
}

// own says what the first parameter of a method is.
type own uint8

const (
	noOwn own = iota
	ownObject
	ownClass
)

// display is what a list, a dictionary or the like holds.
type display struct {
	byKey map[string]syntax.Index
	nodes []syntax.Index
	all   Result
	known bool
}

// maxItems bounds the items of a display that are looked at where it is not known
// which is meant.
const maxItems = 1_000

// displayOf reads a display, once in a round. Keys of dictionaries are strings and
// numbers, those of sequences places.
func (t *Table) displayOf(i syntax.Index) *display {
	if d, ok := t.displays[i]; ok {
		return d
	}
	d := &display{byKey: make(map[string]syntax.Index)}
	t.displays[i] = d
	put := func(key string, value syntax.Index) {
		d.byKey[key] = value
		d.nodes = append(d.nodes, value)
	}
	switch t.tree.Kind(i) {
	case syntax.Dictionary:
		for c := t.tree.First(i); c != syntax.None; c = t.tree.Next(c) {
			if t.tree.Kind(c) != syntax.Pair {
				continue
			}
			key := t.tree.First(c)
			if key == syntax.None || t.tree.Next(key) == syntax.None {
				continue
			}
			text, _ := t.keyText(key)
			put(text, t.tree.Next(key))
		}
	case syntax.Call: // dict(load=pickle.loads), type("Codec", (), {"load": pickle.loads})
		if of := t.unwrap(t.argument(i, 2)); of != syntax.None && t.tree.Kind(of) == syntax.Dictionary {
			inner := t.displayOf(of)
			d.byKey, d.nodes = inner.byKey, inner.nodes
			break
		}
		if args := t.tree.Child(i, syntax.Arguments); args != syntax.None {
			for c := t.tree.First(args); c != syntax.None; c = t.tree.Next(c) {
				if name, value := t.tree.Child(c, syntax.Name), t.tree.Child(c, syntax.Value); t.tree.Kind(c) == syntax.KeywordArgument && name != syntax.None && value != syntax.None {
					put(t.text(name), value)
				}
			}
		}
	case syntax.List, syntax.Tuple, syntax.Set, syntax.ExpressionList:
		n := 0
		for c := t.tree.First(i); c != syntax.None; c = t.tree.Next(c) {
			put(strconv.Itoa(n), c)
			n++
		}
	}
	return d
}

// keyText writes a constant key.
func (t *Table) keyText(key syntax.Index) (string, bool) {
	if t.tree.Kind(key) == syntax.Integer {
		return t.text(key), true
	}
	return t.constant(key)
}

// each adds all that a display holds.
func (t *Table) each(i syntax.Index, out *Result) {
	d := t.displayOf(i)
	if !d.known {
		d.known = true // before, so that one that holds itself ends
		for _, value := range d.nodes[:min(len(d.nodes), maxItems)] {
			t.pass(&d.all, value)
		}
	}
	out.add(&d.all)
}

// subscript tells what an item of something is.
func (t *Table) subscript(r *Result, node, key syntax.Index) Result {
	if t.tree.Next(key) == syntax.None && t.text(key) == "::-1" {
		out := Result{}
		for _, object := range r.objects {
			switch t.tree.Kind(object) {
			case syntax.String, syntax.ConcatenatedString, syntax.BinaryOperator:
				out.hold(node) // a string read backwards
			}
		}
		return out
	}
	if r.empty() {
		return Result{}
	}
	return t.item(r, key)
}

// item tells what the items of something are that a key may name.
func (t *Table) item(r *Result, key syntax.Index) Result {
	out := Result{}
	keys, complete := t.constants(key)
	if t.tree.Kind(key) == syntax.Integer {
		keys, complete = []string{t.text(key)}, true
	}
	for _, object := range r.objects {
		switch t.tree.Kind(object) {
		case syntax.Dictionary, syntax.List, syntax.Tuple, syntax.ExpressionList, syntax.Call:
		case syntax.ClassDefinition:
			for _, k := range keys { // an enumeration, or vars(C)
				t.fromClass(object, "."+k, &out)
			}
			continue
		case syntax.ListComprehension:
			t.pass(&out, t.tree.First(object))
			continue
		default:
			continue
		}
		if !complete {
			t.each(object, &out)
			continue
		}
		d := t.displayOf(object)
		for _, k := range keys {
			if value, ok := d.byKey[k]; ok && k != "" {
				t.pass(&out, value)
			}
		}
	}
	for _, k := range keys {
		spaces := t.Attribute(Result{Targets: r.spaces}, k)
		out.add(&spaces)
		for _, target := range r.Targets {
			switch target.Name {
			case "sys.modules":
				t.moduleNamed(&out, k)
			case "builtins":
				// __builtins__ is a dictionary in all modules but the first.
				named := t.Attribute(Result{Targets: []Target{target}}, k)
				out.add(&named)
			case builtins + "globals":
				if target.Called {
					named := t.globalNamed(k, target.at)
					out.add(&named)
				}
			}
		}
	}
	return out
}

// globalNamed tells what a name of the module is, whenever.
func (t *Table) globalNamed(name string, at syntax.Index) Result {
	r, _ := t.inScope(0, name, place{node: 0, pos: t.tree.Nodes[at].Start, later: true})
	return r
}

// Global tells what a name of the module is for those who import it, whenever.
func (t *Table) Global(name string) Result {
	if len(t.tree.Nodes) == 0 {
		return Result{}
	}
	r, _ := t.inScope(0, name, place{node: 0, pos: t.tree.Nodes[0].End, later: true})
	return r
}

// moduleNamed adds the module of a name.
func (t *Table) moduleNamed(out *Result, name string) {
	if canonical, ok := t.words.Canonical(name); ok {
		out.merge(Target{Name: canonical, Via: syntax.None})
	}
}

// part tells what a part of something is.
func (t *Table) part(r Result, p part) Result {
	if p.passed {
		return passed(r)
	}
	if p.entered {
		r = t.entered(r)
	}
	if p.element {
		r = t.elements(r)
	}
	if p.item > 0 {
		out := Result{}
		for _, object := range r.objects {
			switch t.tree.Kind(object) {
			case syntax.List, syntax.Tuple, syntax.ExpressionList:
				if value, ok := t.displayOf(object).byKey[strconv.Itoa(int(p.item)-1)]; ok {
					t.pass(&out, value)
				}
			case syntax.Pair:
				value := t.tree.First(object)
				if p.item == 2 && value != syntax.None {
					value = t.tree.Next(value)
				}
				if value != syntax.None && p.item <= 2 {
					t.pass(&out, value)
				}
			}
		}
		return out
	}
	return r
}

// elements tells what a loop over something runs over.
func (t *Table) elements(r Result) Result {
	out := Result{}
	for _, object := range r.objects {
		switch t.tree.Kind(object) {
		case syntax.List, syntax.Tuple, syntax.Set, syntax.ExpressionList:
			t.each(object, &out)
		case syntax.Dictionary:
			n := 0
			for c := t.tree.First(object); c != syntax.None && n < maxTargets; c = t.tree.Next(c) {
				n++
				if key := t.tree.First(c); t.tree.Kind(c) == syntax.Pair && key != syntax.None {
					t.pass(&out, key)
				}
			}
		case syntax.ListComprehension, syntax.SetComprehension, syntax.GeneratorExpression:
			t.pass(&out, t.tree.First(object))
		case syntax.Call:
			t.viewed(object, &out)
		}
	}
	return out
}

// viewed adds the elements of table.values() and table.items().
func (t *Table) viewed(call syntax.Index, out *Result) {
	f := t.Expression(t.tree.Child(call, syntax.Function))
	t.yielded(&f, out)
	if f.self == nil {
		return
	}
	for _, object := range f.self.objects {
		switch {
		case t.tree.Kind(object) != syntax.Dictionary:
		case f.method == "values":
			t.each(object, out)
		case f.method == "items":
			n := 0
			for c := t.tree.First(object); c != syntax.None && n < maxTargets; c = t.tree.Next(c) {
				n++
				if t.tree.Kind(c) == syntax.Pair {
					out.hold(c)
				}
			}
		}
	}
}

// Displays returns the lists, sets and dictionaries that an expression may stand for,
// through calls that make one of another.
func (t *Table) Displays(i syntax.Index) []syntax.Index {
	var out []syntax.Index
	r := t.Expression(i)
	for _, object := range r.objects {
		switch t.tree.Kind(object) {
		case syntax.Dictionary, syntax.List, syntax.Tuple, syntax.Set:
			out = append(out, object)
		}
	}
	return out
}

// Strings returns the strings that an expression may be.
func (t *Table) Strings(i syntax.Index) []string {
	out, _ := t.constants(i)
	return out
}

// Objects returns the displays, strings and classes that an expression may be.
func (t *Table) Objects(i syntax.Index) []syntax.Index { return t.Expression(i).objects }
