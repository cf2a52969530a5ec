package proof

import (
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/flow"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// Summarise says what a function of the file, or a method of a class, does for a caller
// in another: it is followed as if it stood there, with its arguments unknown but for
// literals. It returns nil if there is nothing to say. What it costs does not hang on what
// was asked before, so that the answer does not.
func (f *File) Summarise(path string, q *Question) *Summary {
	class, def := f.topLevel(path)
	if q.Swallows {
		if f.swallowsAs(path, def, q.IsDecorator) {
			return &Summary{swallows: true, About: syntax.None}
		}
		return nil
	}
	if q.IsKey {
		return f.keyOf(path)
	}
	if q.Passes {
		if def <= 0 || !f.passesOn(def, q.IsMade) {
			return nil
		}
		exposed, _ := f.exposes(def)
		return &Summary{passes: true, exposed: exposed, About: syntax.None}
	}
	s := f.summarise(path, q, class, def)
	if s != nil {
		s.coroutine = s.coroutine || def > 0 && !q.IsDecorator && f.waits(def)
	}
	return s
}

func (f *File) summarise(path string, q *Question, class, def syntax.Index) *Summary {
	if f.matters(q.Sets) {
		return nil
	}
	if def <= 0 {
		return f.byMade(path, q)
	}
	if q.IsDecorator {
		return f.decorates(def, q)
	}
	if f.tree.Kind(def) == syntax.ClassDefinition {
		return f.constructs(def, q)
	}
	if f.verifiers[def] {
		return &Summary{verifier: true, answers: (&prover{File: f}).givesValue(def)}
	}
	g := f.graph(def)
	manager := q.Enters && (&prover{File: f}).decorated(def, "contextmanager", "asynccontextmanager")
	if !g.Trusted || hasYield(g) && !manager {
		return nil
	}
	h := f.handed()
	p := h.prover
	p.entering = manager
	outside := &run{p: p, graph: p.graph(0)}
	c := callee{method: lastWord(path)}
	st := &state{}
	if class > 0 {
		switch {
		case p.decorated(def, "staticmethod"):
		case p.decorated(def, "classmethod"):
			c.receiver = p.defined(class)
		case !q.IsMade:
			return nil
		default:
			made := h.arguments(p.method(class, "__init__"), true, q.Made)
			var falls bool
			if c.receiver, st, falls = outside.instance(0, class, class, &made, st); !falls {
				return nil
			}
		}
	} else if q.IsMade {
		return nil
	}
	h.made = len(q.Made)
	a := h.arguments(def, class > 0 && !p.decorated(def, "staticmethod"), q.Args)
	before := len(p.checks)
	value, after, falls := outside.inline(0, def, def, &c, &a, st)
	s := &Summary{answers: p.givesValue(def) || manager, About: syntax.None}
	if falls {
		h.read(outside, s, value, after)
	}
	if falls && !s.proves() && len(p.checks) > before {
		h.diagnose(s, def, g, &c, &a, st)
	}
	return h.told(s, falls)
}

// told is a summary, or nil if it says nothing.
func (h *handed) told(s *Summary, falls bool) *Summary {
	s.work = h.work + len(h.terms)
	if h.over || !falls || !s.proves() && s.value == nil && len(s.handed) == 0 {
		return nil
	}
	return s
}

// proves reports that something is known of what was checked.
func (s *Summary) proves() bool {
	return s.gives || len(s.always)+len(s.ifTrue)+len(s.ifNot) > 0
}

// topLevel returns the function of a module by its name, or a class and its method.
func (f *File) topLevel(path string) (class, def syntax.Index) {
	first, method, isMethod := strings.Cut(path, ".")
	node := syntax.None
	for v, i := range f.definitions {
		if v.Name == first && v.Scope == 0 {
			node = i
		}
	}
	switch {
	case node <= 0:
		return syntax.None, syntax.None
	case !isMethod:
		return syntax.None, node
	case isMethod && f.tree.Kind(node) == syntax.ClassDefinition && !strings.Contains(method, "."):
		return node, f.method(node, method)
	}
	return syntax.None, syntax.None
}

// handed follows a function with the arguments of a caller that is not seen.
type handed struct {
	*prover
	// numbers are those of the arguments, and nodes the parameters that they are.
	numbers map[termID]int
	nodes   map[termID]syntax.Index
	// made is how many of them made the object of the method.
	made int
}

func (f *File) handed() *handed {
	return &handed{prover: f.prover(syntax.None, syntax.None, ""), numbers: make(map[termID]int), nodes: make(map[termID]syntax.Index)}
}

// arguments are those of a question, as terms of the function that gets them.
func (h *handed) arguments(def syntax.Index, bound bool, list []Argument) arguments {
	params := h.parameters(def)
	if bound && len(params) > 0 {
		params = params[1:]
	}
	a := arguments{keywords: make(map[string]termID)}
	for k, arg := range list {
		name, node := arg.Name, def
		for n, param := range params {
			if text := string(h.tree.Text(param)); name == text || name == "" && n == len(a.positional) {
				name, node = text, param
				break
			}
		}
		id := h.constantTerm(arg.Constant)
		if arg.Constant == "" {
			// No scope has a number below 0: what the file gives to a parameter of that
			// name is another matter.
			id = h.term(term{kind: parameter, text: name, context: int32(-1 - h.made - k)})
			h.numbers[id], h.nodes[id] = h.made+k+1, node
		}
		if arg.Name == "" {
			a.positional = append(a.positional, id)
		} else {
			a.keywords[arg.Name] = id
		}
	}
	return a
}

// parameters are the names of the parameters, in order.
func (h *handed) parameters(def syntax.Index) (out []syntax.Index) {
	if def <= 0 {
		return nil
	}
	list := h.tree.Child(def, syntax.ParametersField)
	if list == syntax.None {
		return nil
	}
	for param := h.tree.First(list); param != syntax.None; param = h.tree.Next(param) {
		id := param
		switch h.tree.Kind(param) {
		case syntax.Identifier:
		case syntax.DefaultParameter, syntax.TypedDefaultParameter:
			id = h.tree.Child(param, syntax.Name)
		case syntax.TypedParameter:
			id = h.tree.First(param)
		default:
			continue
		}
		if h.tree.Kind(id) != syntax.Identifier {
			break
		}
		out = append(out, id)
	}
	return out
}

// read takes down what is known behind the function.
func (h *handed) read(outside *run, s *Summary, value termID, after *state) {
	p := h.prover
	lead := fact{check: -1}
	keep := func(f fact) {
		if f.check >= 0 && (lead.check < 0 || f.flaw < lead.flaw) {
			lead = f
		}
	}
	known := make(map[termID]bool)
	list := func(all []learned) (out []farFact) {
		for _, l := range all {
			if l.fact.check < 0 || known[l.term] {
				continue
			}
			if t := h.translate(l.term, 0); t != nil && t.kind != constant {
				out = append(out, farFact{t, l.fact.flaw})
				keep(l.fact)
			}
		}
		return out
	}
	facts := p.factsOf(after)
	s.always = list(facts)
	for _, l := range facts {
		known[l.term] = true
	}
	if f, ok := p.holds(after, value, 0); ok && f.check >= 0 {
		s.gives, s.given = true, f.flaw
		keep(f)
	}
	s.value = h.translate(value, 0)
	yes, mayYes := outside.truth(value, true, after, 0)
	no, mayNo := outside.truth(value, false, after, 0)
	if mayYes && mayNo {
		s.ifTrue, s.ifNot = list(yes), list(no)
	}
	if lead.check >= 0 {
		h.blame(s, lead.flaw, lead.check, p.answer(lead.flaw, lead.check, syntax.None))
	}
}

// blame notes which check is spoken of.
func (h *handed) blame(s *Summary, flaw Flaw, n int32, a Answer) {
	c := &h.checks[n]
	s.flaw, s.Answer, s.public = flaw, a, c.Public
	s.key, s.pin = h.translate(c.Key, 0), h.translate(c.Other, 0)
	for _, d := range c.Data {
		for id := range h.roots(d) {
			if at, ok := h.nodes[id]; ok && (s.About == syntax.None || at < s.About) {
				s.About = at
			}
		}
	}
}

// maxFarNest bounds how deep terms that are told to a caller stand in each other.
const maxFarNest = 12

// translate is a term as a caller can make it, or nil.
func (h *handed) translate(id termID, depth int) *far {
	if id == 0 || depth > maxFarNest || !h.spend(1) {
		return nil
	}
	if n := h.numbers[id]; n > 0 {
		return &far{argument: n}
	}
	t := h.terms[id]
	switch t.kind {
	case constant, symbol:
		return &far{kind: t.kind, text: t.text}
	case carried, slice, item, concat, attribute:
	default:
		return nil
	}
	if t.node != 0 || len(t.args) > maxParts {
		return nil
	}
	out := &far{kind: t.kind, text: t.text}
	for k, a := range t.args {
		inner := h.translate(a, depth+1)
		if inner == nil && (a != 0 || k == 0) {
			return nil
		}
		out.args = append(out.args, inner)
	}
	return out
}

// diagnose tells why the checks of a function prove nothing to its caller.
func (h *handed) diagnose(s *Summary, def syntax.Index, g *flow.Graph, c *callee, a *arguments, st *state) {
	p := h.File.prover(def, def, "")
	again := &handed{prover: p, numbers: h.numbers, nodes: h.nodes, made: h.made}
	// The terms of the arguments have the numbers that they had.
	p.terms, p.ids, p.inputs, p.outcomes, p.made, p.classes, p.selves, p.seenAt = h.terms, h.ids, h.inputs, h.outcomes, h.prover.made, h.classes, h.selves, h.seenAt
	entry := (&run{p: p, graph: p.graph(0)}).bound(def, &run{}, c, a, st)
	r, sol := p.follow(def, g, &state{slots: entry.slots})
	defer func() { h.work += p.work; h.over = h.over || p.over }()
	var sites []int32
	var values []termID
	payload, gives := false, flow.Return
	if h.entering {
		gives = flow.Yield
	}
	for k := range g.Steps {
		step := &g.Steps[k]
		if step.Op != gives || !sol.Reached[k] {
			continue
		}
		v := r.eval(step.Value, sol.Before[k])
		if s.answers && p.is(v, constant) && falsy(p.terms[v].text) {
			continue
		}
		sites = append(sites, int32(k))
		values = append(values, v)
		payload = payload || !p.is(v, constant) && !p.is(v, compared)
	}
	for id := range h.numbers {
		values = append(values, id)
	}
	if len(sites) == 0 || p.over {
		return
	}
	at := 1
	for n := range p.checks {
		closeness := p.closeness(int32(n), values)
		if closeness <= at {
			continue
		}
		answer, ok := p.why(g, int32(n), sites, values, closeness)
		if !ok || answer.Flaw == Sound {
			continue
		}
		var facts []farFact
		for _, d := range p.checks[n].Data {
			if t := again.translate(d, 0); t != nil && t.kind != constant {
				facts = append(facts, farFact{t, answer.Flaw})
			}
		}
		if len(facts) == 0 {
			continue
		}
		at = closeness
		s.always, s.ifTrue = nil, nil
		if s.answers && !payload {
			s.ifTrue = facts
		} else {
			s.always = facts
		}
		again.blame(s, answer.Flaw, int32(n), answer)
	}
}
