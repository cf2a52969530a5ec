package pyscan

import (
	"bytes"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// known is what the conditions before a place of find_class say of the module and
// the name that it was asked for.
type known uint8

const (
	// module and name: it is one of a list, each by itself.
	moduleKnown known = 1 << iota
	nameKnown
	// both: the pair is one of a list.
	pairKnown = moduleKnown | nameKnown
)

// findClassJudge reads one find_class.
type findClassJudge struct {
	*file
	// holds says of each local name which of the two are in it; exact those that
	// are one of them, unchanged.
	holds, exact map[string]known
	// modules and names are what the conditions list.
	modules, names []string

	// What was met: imports that nothing guards, those that a list guards, and
	// conditions that are no list.
	bare, guarded, denied, prefixed, onlyModule, onlyName, asserted, renamed, elsewhere bool
	dangerous                                                                           string
	depth                                                                               int
}

// maxFindClass bounds how deep statements and conditions are followed.
const maxFindClass = 32

// judgeFindClass returns why a find_class does not refuse what is not in a list of
// modules and names, or "". pickle's documentation shows one that does.
func (f *file) judgeFindClass(method syntax.Index) string {
	j := &findClassJudge{file: f, holds: make(map[string]known), exact: make(map[string]known)}
	params := f.tree.Child(method, syntax.ParametersField)
	body := f.tree.Child(method, syntax.Body)
	if params == syntax.None || body == syntax.None {
		return "it cannot be read"
	}
	var order []string
	for c := f.tree.First(params); c != syntax.None; c = f.tree.Next(c) {
		switch f.tree.Kind(c) {
		case syntax.Identifier:
			order = append(order, string(f.tree.Text(c)))
		case syntax.TypedParameter:
			if id := f.tree.First(c); id != syntax.None {
				order = append(order, string(f.tree.Text(id)))
			}
		case syntax.DefaultParameter, syntax.TypedDefaultParameter:
			if id := f.tree.Child(c, syntax.Name); id != syntax.None {
				order = append(order, string(f.tree.Text(id)))
			}
		}
	}
	if bytes.HasPrefix(f.tree.Text(f.tree.Parent(method)), []byte("@staticmethod")) {
		order = append([]string{""}, order...)
	}
	if len(order) >= 2 {
		j.holds[order[1]], j.exact[order[1]] = moduleKnown, moduleKnown
	}
	if len(order) >= 3 {
		j.holds[order[2]], j.exact[order[2]] = nameKnown, nameKnown
	}
	if len(order) < 3 {
		return "it passes on whatever it is asked for"
	}
	j.block(body, 0)
	return j.reason()
}

// reason says why the worst that was met is no restriction.
func (j *findClassJudge) reason() string {
	switch {
	case j.dangerous != "" && !j.bare:
		return "its list holds " + j.dangerous
	case !j.bare:
		return ""
	case j.denied && !j.guarded:
		return "it refuses a list, and imports the rest"
	case j.guarded:
		return "what is not in its list is imported all the same"
	case j.prefixed:
		return "it looks at a part of the names only"
	case j.onlyModule:
		return "it looks at the module only, and every name in it may be called"
	case j.onlyName:
		return "it looks at the name only, whatever the module"
	case j.asserted:
		return "an assert is left out by python -O"
	case j.renamed:
		return "it renames modules and imports what comes out"
	case j.elsewhere:
		return "it hands the names on to a function that is not looked into"
	}
	return "it imports whatever it is asked for"
}

// block reads statements in order, knowing something. It returns what is known
// behind them, and whether nothing runs there.
func (j *findClassJudge) block(i syntax.Index, k known) (out known, ends bool) {
	if j.depth++; j.depth > maxFindClass {
		j.bare = true // nobody nests that deep to be understood
		j.depth--
		return k, false
	}
	defer func() { j.depth-- }()
	for c := j.tree.First(i); c != syntax.None; c = j.tree.Next(c) {
		if k, ends = j.statement(c, k); ends {
			return k, true
		}
	}
	return k, false
}

func (j *findClassJudge) statement(i syntax.Index, k known) (out known, ends bool) {
	switch j.tree.Kind(i) {
	case syntax.IfStatement:
		return j.branch(i, k)
	case syntax.RaiseStatement:
		return k, true
	case syntax.ReturnStatement:
		j.imports(i, k)
		return k, true
	case syntax.AssertStatement:
		if cond := j.tree.First(i); cond != syntax.None && j.facts(cond, true) != 0 {
			j.asserted = true
		}
		return k, false
	case syntax.FunctionDefinition, syntax.ClassDefinition, syntax.DecoratedDefinition:
		return k, false
	case syntax.MatchStatement:
		return j.match(i, k)
	case syntax.TryStatement:
		return j.try(i, k)
	case syntax.ForStatement, syntax.WhileStatement, syntax.WithStatement:
		for c := j.tree.First(i); c != syntax.None; c = j.tree.Next(c) {
			if j.tree.Kind(c) != syntax.Block {
				continue
			}
			inside, over := j.block(c, k)
			if j.tree.Kind(i) == syntax.WithStatement {
				return inside, over
			}
		}
		return k, false
	}
	j.assignments(i)
	j.imports(i, k)
	return k, false
}

// branch reads an if statement.
func (j *findClassJudge) branch(i syntax.Index, k known) (out known, ends bool) {
	behind, ended := known(0), true
	leave := func(k known, ends bool) {
		if ends {
			return
		}
		if ended {
			behind = k
		}
		behind &= k
		ended = false
	}
	open := k
	for c := j.tree.First(i); c != syntax.None; c = j.tree.Next(c) {
		if j.tree.Kind(c) == syntax.Block || j.tree.Kind(c) == syntax.ElseClause {
			continue
		}
		cond, block := c, j.tree.Next(c)
		if j.tree.Kind(c) == syntax.ElifClause {
			if cond = j.tree.First(c); cond == syntax.None {
				continue
			}
			block = j.tree.Next(cond)
		}
		j.imports(cond, open)
		if j.tree.Kind(block) == syntax.Block {
			leave(j.block(block, open|j.facts(cond, true)))
		}
		open |= j.facts(cond, false)
	}
	for c := j.tree.First(i); c != syntax.None; c = j.tree.Next(c) {
		if j.tree.Kind(c) == syntax.ElseClause {
			if block := j.tree.First(c); block != syntax.None {
				leave(j.block(block, open))
				return behind, ended
			}
		}
	}
	leave(open, false)
	return behind, ended
}

// match reads a match statement: a case of strings is a list of one.
func (j *findClassJudge) match(i syntax.Index, k known) (out known, ends bool) {
	subject := j.tree.First(i)
	if subject == syntax.None {
		return k, false
	}
	var about known
	for c := subject; c != syntax.None && j.tree.Kind(c) != syntax.Block && j.tree.Kind(c) != syntax.CaseClause; c = j.tree.Next(c) {
		about |= j.about(c) // match module, name:
	}
	for c := subject; c < j.tree.Nodes[i].After; c++ {
		if j.tree.Kind(c) != syntax.CaseClause {
			continue
		}
		inside := k
		for p := j.tree.First(c); p != syntax.None; p = j.tree.Next(p) {
			switch j.tree.Kind(p) {
			case syntax.CasePattern:
				if j.constantPattern(p) {
					inside |= about
					if about == pairKnown {
						j.patternPair(p)
					}
				}
			case syntax.Block:
				j.block(p, inside)
			}
		}
		c = j.tree.Nodes[c].After - 1
	}
	return k, false
}

// constantPattern reports a pattern of strings that captures nothing.
func (j *findClassJudge) constantPattern(i syntax.Index) bool {
	return j.holdsKind(i, syntax.String) && !j.holdsKind(i, syntax.Identifier) && !bytes.Contains(j.tree.Text(i), []byte("_,")) && !bytes.HasSuffix(bytes.TrimRight(j.tree.Text(i), ") "), []byte("_"))
}

// patternPair looks at the pair of strings that a pattern is.
func (j *findClassJudge) patternPair(i syntax.Index) {
	var parts []string
	for n := i; n < j.tree.Nodes[i].After && len(parts) < 3; n++ {
		if j.tree.Kind(n) == syntax.String {
			parts = append(parts, strings.Trim(string(j.tree.Text(n)), `"'`))
		}
	}
	if len(parts) == 2 {
		j.listed(parts[0], parts[1])
	}
}

func (j *findClassJudge) holdsKind(i syntax.Index, kind syntax.Kind) bool {
	return slices.ContainsFunc(j.tree.Nodes[i:j.tree.Nodes[i].After], func(n syntax.Node) bool { return n.Kind == kind })
}

// try reads a try statement: a look-up in a list that fails raises.
func (j *findClassJudge) try(i syntax.Index, k known) (out known, ends bool) {
	first := true
	out, ends = k, true
	for c := j.tree.First(i); c != syntax.None; c = j.tree.Next(c) {
		block := c
		if j.tree.Kind(c) != syntax.Block {
			for block = j.tree.First(c); block != syntax.None && j.tree.Kind(block) != syntax.Block; {
				block = j.tree.Next(block)
			}
			if block == syntax.None {
				continue
			}
		}
		got, over := j.block(block, k)
		switch {
		case over:
		case first || ends:
			out, ends = got, false
		default:
			out &= got
		}
		first = false
	}
	return out, ends
}

// listed notes what a list allows, and whether the catalogue knows better.
func (j *findClassJudge) listed(module, name string) {
	if j.dangerous == "" && module != "" && name != "" && j.gate.catalog.Global(module, name).Class == catalog.Dangerous {
		j.dangerous = module + "." + name
	}
}
