package pyscan

import (
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// imports judges the calls in an expression or a statement that import by name.
func (j *findClassJudge) imports(i syntax.Index, k known) {
	if j.depth++; j.depth > maxFindClass {
		j.bare = true // nobody nests that deep to be understood
		j.depth--
		return
	}
	defer func() { j.depth-- }()
	switch j.tree.Kind(i) {
	case syntax.Lambda:
		return
	case syntax.ConditionalExpression:
		value := j.tree.First(i)
		cond := j.tree.Next(value)
		if cond != syntax.None && j.tree.Next(cond) != syntax.None {
			j.imports(value, k|j.facts(cond, true))
			j.imports(j.tree.Next(cond), k|j.facts(cond, false))
			return
		}
	case syntax.Call:
		j.imported(i, k)
	}
	for c := j.tree.First(i); c != syntax.None; c = j.tree.Next(c) {
		j.imports(c, k)
	}
}

// imported judges one call.
func (j *findClassJudge) imported(i syntax.Index, k known) {
	f := j.tree.Child(i, syntax.Function)
	args := j.tree.Child(i, syntax.Arguments)
	if f == syntax.None || args == syntax.None {
		return
	}
	name := string(j.tree.Text(f))
	name = name[strings.LastIndexByte(name, '.')+1:]
	var asked known
	for c := j.tree.First(args); c != syntax.None; c = j.tree.Next(c) {
		if j.lookup(c) != pairKnown { // *MOVED[module, name]
			asked |= j.within(c)
		}
	}
	switch {
	case name == findClass || name == "getattr" || name == "find_global":
		if asked&nameKnown == 0 {
			return
		}
	case asked == pairKnown && j.uses(i):
		if j.about(i) != 0 || j.lookup(i) != 0 || name == "get" {
			return // a string of both, an item by both
		}
		if k != pairKnown {
			j.elsewhere = true
		}
	default:
		return
	}
	// Where the module is written out, the name alone is asked for.
	if asked&moduleKnown == 0 {
		k |= moduleKnown
		for _, m := range j.dotted(args) {
			j.modules = append(j.modules, m)
			for _, n := range j.names[:min(len(j.names), maxListed)] {
				j.listed(m, n)
			}
		}
	}
	switch k {
	case pairKnown:
		j.guarded = true
		return
	case moduleKnown:
		j.onlyModule = j.onlyModule || asked&moduleKnown != 0
	case nameKnown:
		j.onlyName = true
	}
	if j.comparedLater(i) {
		j.guarded = true
		return
	}
	j.bare = true
}

// dotted is the module that getattr is given by its name.
func (j *findClassJudge) dotted(args syntax.Index) []string {
	if first := j.tree.First(args); first != syntax.None && j.tree.Kind(first) == syntax.Identifier {
		return []string{string(j.tree.Text(first))}
	}
	return nil
}

// uses reports whether something is done with what a call returns.
func (j *findClassJudge) uses(i syntax.Index) bool {
	switch p := j.tree.Parent(i); j.tree.Kind(p) {
	case syntax.ReturnStatement, syntax.Assignment:
		return true
	}
	return false
}

// comparedLater reports whether what a call returns is bound to a name, and that
// looked for in a list before it is returned.
func (j *findClassJudge) comparedLater(i syntax.Index) bool {
	p := j.tree.Parent(i)
	if j.tree.Kind(p) != syntax.Assignment || j.tree.Kind(j.tree.Child(p, syntax.Left)) != syntax.Identifier {
		return false
	}
	name := string(j.tree.Text(j.tree.Child(p, syntax.Left)))
	block := j.blockAround(p)
	if block == syntax.None {
		return false
	}
	for n := j.tree.Nodes[p].After; n < min(j.tree.Nodes[block].After, j.tree.Nodes[p].After+maxLater); n++ {
		if j.tree.Kind(n) != syntax.ComparisonOperator {
			continue
		}
		left := j.tree.First(n)
		if right := j.tree.Next(left); right != syntax.None && string(j.tree.Text(left)) == name && slices.Contains([]string{"in", "not in"}, j.operator(left, right)) {
			return true
		}
	}
	return false
}

// maxLater bounds the nodes behind an assignment that are looked at.
const maxLater = 1_000

// blockAround is the block in which a node stands.
func (j *findClassJudge) blockAround(i syntax.Index) syntax.Index {
	for range maxFindClass {
		if i = j.tree.Parent(i); i == syntax.None || j.tree.Kind(i) == syntax.Block {
			return i
		}
	}
	return syntax.None
}
