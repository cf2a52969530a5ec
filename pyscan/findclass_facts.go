package pyscan

import (
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// about tells which of module and name an expression is made of, if whoever knows
// the expression knows them: they themselves, a pair, or both in one string.
func (j *findClassJudge) about(i syntax.Index) known {
	i = j.unwrap(i)
	switch j.tree.Kind(i) {
	case syntax.Identifier:
		return j.exact[string(j.tree.Text(i))]
	case syntax.Tuple, syntax.ExpressionList:
		return j.parts(i)
	case syntax.String, syntax.ConcatenatedString, syntax.BinaryOperator:
		if j.holdsKind(i, syntax.Call) || j.holdsKind(i, syntax.Subscript) {
			return 0 // module.split(".")[0] + "." + name
		}
		return j.within(i)
	case syntax.Call:
		// "{}.{}".format(module, name) and ".".join((module, name)).
		f := j.tree.Child(i, syntax.Function)
		args := j.tree.Child(i, syntax.Arguments)
		if j.tree.Kind(f) == syntax.Attribute && j.tree.Kind(j.tree.Child(f, syntax.Object)) == syntax.String && j.within(i) == pairKnown && args != syntax.None && !j.holdsKind(args, syntax.Call) {
			return pairKnown
		}
		if name := string(j.tree.Text(f)); name == "str" || name == "tuple" {
			return j.within(i)
		}
	}
	return 0
}

// parts tells which of module and name the elements of a tuple are: a part of one,
// as in (module, name.split(".")[0]), is not it.
func (j *findClassJudge) parts(i syntax.Index) (out known) {
	for c := j.tree.First(i); c != syntax.None; c = j.tree.Next(c) {
		if j.tree.Kind(j.unwrap(c)) == syntax.Tuple {
			continue // nobody nests them
		}
		out |= j.about(c)
	}
	return out
}

// within tells which of module and name stand in an expression.
func (j *findClassJudge) within(i syntax.Index) (out known) {
	if i == syntax.None {
		return 0
	}
	for n := i; n < j.tree.Nodes[i].After; n++ {
		if j.tree.Kind(n) != syntax.Identifier || j.tree.Nodes[n].Field == syntax.AttributeName || j.tree.Nodes[n].Field == syntax.Name {
			continue
		}
		out |= j.holds[string(j.tree.Text(n))]
	}
	return out
}

// assignments follows module and name into local names.
func (j *findClassJudge) assignments(i syntax.Index) {
	for n := i; n < j.tree.Nodes[i].After; n++ {
		if j.tree.Kind(n) != syntax.Assignment {
			continue
		}
		left, right := j.tree.Child(n, syntax.Left), j.tree.Child(n, syntax.Right)
		if left == syntax.None || right == syntax.None {
			continue
		}
		if j.tree.Kind(left) != syntax.Identifier {
			// module, name = MOVED.get((module, name), (module, name))
			j.renamed = j.renamed || j.within(left) != 0 && j.within(right) != 0
			continue
		}
		name := string(j.tree.Text(left))
		about := j.about(right)
		if j.exact[name] != 0 && about == 0 && j.within(right) != 0 {
			j.renamed = true
			about = j.exact[name] // what it is called from here on
		}
		j.holds[name], j.exact[name] = j.within(right), about
		if j.lookup(right) == pairKnown {
			j.holds[name] = 0 // what a list of pairs holds is no more what was asked for
		}
	}
}

// lookup tells by which of the two an item is looked up: ALLOWED[module, name].
func (j *findClassJudge) lookup(i syntax.Index) known {
	if i = j.unwrap(i); j.tree.Kind(i) == syntax.ListSplat {
		i = j.unwrap(j.tree.First(i))
	}
	switch j.tree.Kind(i) {
	case syntax.Subscript:
		of := j.tree.First(i)
		if of == syntax.None {
			return 0
		}
		var keys known
		for c := j.tree.Next(of); c != syntax.None; c = j.tree.Next(c) {
			keys |= j.about(c)
		}
		return keys | j.lookup(of)
	case syntax.Call:
		f := j.tree.Child(i, syntax.Function)
		if j.tree.Kind(f) != syntax.Attribute {
			return 0
		}
		name := j.tree.Child(f, syntax.AttributeName)
		args := j.tree.Child(i, syntax.Arguments)
		if name == syntax.None || args == syntax.None {
			return 0
		}
		switch string(j.tree.Text(name)) {
		case "get", "__getitem__":
			first := j.tree.First(args)
			if first == syntax.None || j.tree.Next(first) != syntax.None && j.within(j.tree.Next(first)) != 0 {
				return 0 // MOVED.get(module, module)
			}
			return j.about(first) | j.lookup(j.tree.Child(f, syntax.Object))
		}
	}
	return 0
}

// facts tells what is known where a condition is true, or false.
func (j *findClassJudge) facts(i syntax.Index, truth bool) known {
	if j.depth++; j.depth > maxFindClass {
		j.depth--
		return 0
	}
	defer func() { j.depth-- }()
	i = j.unwrap(i)
	switch j.tree.Kind(i) {
	case syntax.NotOperator:
		return j.facts(j.tree.First(i), !truth)
	case syntax.BooleanOperator:
		left := j.tree.First(i)
		right := j.tree.Next(left)
		if right == syntax.None {
			return 0
		}
		a, b := j.facts(left, truth), j.facts(right, truth)
		if (j.operator(left, right) == "and") == truth {
			return a | b
		}
		return a & b
	case syntax.ComparisonOperator:
		return j.compared(i, truth)
	case syntax.NamedExpression:
		return j.facts(j.tree.Child(i, syntax.Value), truth)
	case syntax.Call:
		return j.asked(i, truth)
	}
	return 0
}

func (j *findClassJudge) operator(left, right syntax.Index) string {
	return strings.Join(strings.Fields(string(j.tree.Source[j.tree.Nodes[left].End:j.tree.Nodes[right].Start])), " ")
}

// compared reads a comparison: with a list, or with something that is one.
func (j *findClassJudge) compared(i syntax.Index, truth bool) known {
	left := j.tree.First(i)
	right := j.tree.Next(left)
	if right == syntax.None || j.tree.Next(right) != syntax.None {
		return 0
	}
	op := strings.Trim(j.operator(left, right), "() ")
	negative := op == "not in" || op == "!=" || op == "is not"
	about := j.about(left)
	list := false
	switch op {
	case "in", "not in":
		// name in ALLOWED[module], or in what was taken from there
		if about == nameKnown {
			about |= j.lookup(right)
			if j.tree.Kind(right) == syntax.Identifier && j.holds[string(j.tree.Text(right))]&moduleKnown != 0 {
				about |= moduleKnown
			}
		}
		if right = j.unwrap(right); j.everything(right) {
			return 0
		}
		list = true
	case "==", "!=", "is", "is not":
		if about == 0 {
			about, right = j.about(right), left
		}
		if j.within(right) != 0 {
			return 0
		}
	default:
		return 0
	}
	if about == 0 {
		if j.within(left) != 0 {
			j.prefixed = true // module.split(".")[0] in …, "numpy" in module
		}
		return 0
	}
	if negative == truth {
		j.denied = j.denied || list && !negative
		return 0
	}
	if !list && about == pairKnown {
		j.pair(right)
	}
	j.note(about, right)
	return about
}

// everything reports what is no list, for it holds whatever is asked for:
// (module, name) in [(module, name)], module in sys.modules, name in dir(…).
func (j *findClassJudge) everything(i syntax.Index) bool {
	switch j.tree.Kind(i) {
	case syntax.Tuple, syntax.List, syntax.Set:
		return j.within(i) != 0
	case syntax.Call:
		f := j.tree.Child(i, syntax.Function)
		return f != syntax.None && openNames[string(j.tree.Text(f))]
	case syntax.Attribute:
		return string(j.tree.Text(i)) == "sys.modules"
	}
	return false
}

// openNames are functions that list whatever there is.
var openNames = map[string]bool{"dir": true, "vars": true, "globals": true}

// pair looks at the one pair that a condition asks for: ("os", "system"), "os.system".
func (j *findClassJudge) pair(i syntax.Index) {
	i = j.unwrap(i)
	if j.tree.Kind(i) == syntax.Tuple {
		if parts := j.strings(i); len(parts) == 2 {
			j.listed(parts[0], parts[1])
		}
		return
	}
	for _, full := range j.file.names.Strings(i) {
		if dot := strings.LastIndexAny(full, ".:"); dot > 0 {
			j.listed(full[:dot], full[dot+1:])
		}
	}
}

// asked reads a call in a condition.
func (j *findClassJudge) asked(i syntax.Index, truth bool) known {
	f := j.tree.Child(i, syntax.Function)
	args := j.tree.Child(i, syntax.Arguments)
	if f == syntax.None || args == syntax.None {
		return 0
	}
	if j.tree.Kind(f) == syntax.Identifier && string(j.tree.Text(f)) == "any" {
		generator := args
		if j.tree.Kind(args) == syntax.ArgumentList {
			generator = j.tree.First(args)
		}
		if j.tree.Kind(generator) == syntax.GeneratorExpression && truth {
			return j.facts(j.tree.First(generator), true)
		}
		j.prefixed = j.prefixed || j.within(args) != 0
		return 0
	}
	if j.lookup(i) == pairKnown && truth {
		if or := j.tree.Next(j.tree.First(args)); or != syntax.None && !emptyText[string(j.tree.Text(or))] {
			return 0 // ALLOWED.get((module, name), True)
		}
		return pairKnown // ALLOWED.get((module, name))
	}
	if j.tree.Kind(f) == syntax.Attribute && j.within(j.tree.Child(f, syntax.Object)) != 0 {
		j.prefixed = true // module.startswith(…)
		return 0
	}
	name := string(j.tree.Text(f))
	if dot := strings.LastIndexByte(name, '.'); dot >= 0 {
		name = name[dot+1:]
	}
	switch {
	case partial[name]:
		j.prefixed = j.prefixed || j.within(args) != 0
	case name == "isinstance" || name == "hasattr" || name == "getattr" || name == "callable":
	case j.within(args) == pairKnown:
		// A check that is made elsewhere is believed.
		return pairKnown
	}
	return 0
}

// emptyText are what stands for nothing, where a list is asked.
var emptyText = map[string]bool{"False": true, "None": true, "0": true, `""`: true, "''": true, "()": true, "[]": true, "{}": true, "set()": true, "frozenset()": true, "tuple()": true, "list()": true, "dict()": true}

// partial are functions that look at a part of a string.
var partial = map[string]bool{"match": true, "fullmatch": true, "search": true, "fnmatch": true, "fnmatchcase": true, "startswith": true, "endswith": true}

// note keeps what a list allows.
func (j *findClassJudge) note(about known, list syntax.Index) {
	switch about {
	case moduleKnown:
		j.modules = append(j.modules, j.strings(list)...)
	case nameKnown:
		j.names = append(j.names, j.strings(list)...)
	case pairKnown:
		j.pairs(list)
	}
	for _, m := range j.modules[:min(len(j.modules), maxListed)] {
		for _, n := range j.names[:min(len(j.names), maxListed)] {
			j.listed(m, n)
		}
	}
}

// maxListed bounds the parts of a list that are looked up in the catalogue.
const maxListed = 64

// strings lists the strings of a display, or the one that an expression is.
func (j *findClassJudge) strings(i syntax.Index) []string {
	out := j.file.names.Strings(i)
	for _, d := range j.file.names.Displays(i) {
		for c := j.tree.First(d); c != syntax.None && len(out) < maxListed; c = j.tree.Next(c) {
			out = append(out, j.file.names.Strings(c)...)
		}
	}
	return out
}

// pairs looks at the pairs that a display lists: as tuples, in one string, or as
// names by their module.
func (j *findClassJudge) pairs(i syntax.Index) {
	i = j.unwrap(i)
	if j.tree.Kind(i) == syntax.Subscript || j.tree.Kind(i) == syntax.Call {
		of := j.tree.First(i)
		if j.tree.Kind(of) == syntax.Attribute {
			of = j.tree.Child(of, syntax.Object)
		}
		if of != syntax.None {
			i = of
		}
	}
	j.extended(i)
	n := 0
	for _, d := range append(j.file.names.Displays(i), i) {
		for c := j.tree.First(d); c != syntax.None && n < maxListed; c = j.tree.Next(c) {
			n++
			at := j.unwrap(c)
			if j.tree.Kind(at) == syntax.Pair {
				key := j.tree.First(at)
				if value := j.tree.Next(key); value != syntax.None {
					for _, module := range j.file.names.Strings(key) {
						for _, name := range j.strings(value) {
							j.listed(module, name)
						}
					}
				}
				at = key
			}
			if j.tree.Kind(at) == syntax.Tuple {
				parts := j.strings(at)
				if len(parts) == 2 {
					j.listed(parts[0], parts[1])
				}
				continue
			}
			for _, full := range j.file.names.Strings(at) {
				if dot := strings.LastIndexAny(full, ".:"); dot > 0 {
					j.listed(full[:dot], full[dot+1:])
				}
			}
		}
	}
}
