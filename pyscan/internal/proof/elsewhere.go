package proof

import (
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// Elsewhere answers what a function of another module does for its caller, or nil if that
// is not known.
type Elsewhere func(q *Question) *Summary

// Question is a call of a function of another module.
type Question struct {
	// Name is the dotted name of the function, or of the class and its method.
	Name string
	// Made are the arguments of the call that made the object of the method; IsMade
	// tells that there is such a call.
	Made   []Argument
	IsMade bool
	Args   []Argument
	// Enters: a with statement enters what the call makes.
	Enters bool
	// Decorated are the parameters of the function on which the callee stands as a
	// decorator, in order, if IsDecorator; Args are then those of the call that makes the
	// decorator, if IsMade.
	Decorated   []string
	IsDecorator bool
	// Sets are the attributes that the asker sets of the object, or of the module.
	Sets []string
	// Swallows asks only whether it is a context manager that may suppress exceptions.
	Swallows bool
	// IsKey asks only whether it is a key that stands in the source.
	IsKey bool
	// Passes asks only whether it is a decorator that hands on what it is called with.
	Passes bool
}

// far is a term of a function as its caller can make it: out of arguments.
type far struct {
	kind kind
	text string
	args []*far
	// argument is 1 for the first of the question.
	argument int
}

// farFact says that a term was checked.
type farFact struct {
	term *far
	flaw Flaw
}

// Summary is what a function does for its caller.
type Summary struct {
	// Answer is the fault, if the function has one; its nodes are those of the other
	// tree. About is the node of what is spoken of, or None.
	Answer Answer
	About  syntax.Index
	// Fault is what the asker of [File.Summarise] has to say of it.
	Fault any

	verifier, answers bool
	// coroutine: nothing of it happens until somebody waits for it; swallows: it is a
	// context manager that may let no exception out.
	coroutine, swallows bool
	// passes: it is a decorator that hands on what it is called with.
	passes                bool
	always, ifTrue, ifNot []farFact
	// value is what is returned, or nil; gives tells that it was checked.
	value  *far
	gives  bool
	given  Flaw
	flaw   Flaw
	key    *far
	pin    *far
	public bool
	work   int
	// handed are the numbers of the parameters that a decorator has checked, exposed the
	// attributes by which it makes the bare function known.
	handed  []int
	exposed []string
}

// farName is the dotted name of a function that a call calls and that is imported.
func (f *File) farName(call syntax.Index) string {
	if name, ok := f.farNames[call]; ok {
		return name
	}
	name := f.imported(f.tree.Child(call, syntax.Function))
	if f.farNames == nil {
		f.farNames = make(map[syntax.Index]string)
	}
	f.farNames[call] = name
	return name
}

// maxParts bounds the parts of a dotted name.
const maxParts = 8

func (f *File) imported(i syntax.Index) string {
	rest := ""
	for range maxParts {
		switch f.tree.Kind(i) {
		case syntax.ParenthesizedExpression:
			i = f.tree.First(i)
		case syntax.Attribute:
			id := f.tree.Child(i, syntax.AttributeName)
			if id == syntax.None {
				return ""
			}
			rest = "." + string(f.tree.Text(id)) + rest
			i = f.tree.Child(i, syntax.Object)
		case syntax.Identifier:
			if f.isPoked(f.names.VariableAt(string(f.tree.Text(i)), 0)) {
				return ""
			}
			module, name, ok := f.names.Import(i)
			if !ok && f.StarName != nil && rest == "" && len(f.names.Binders(i)) == 0 {
				return f.StarName(string(f.tree.Text(i)))
			}
			if !ok || module == "" {
				return ""
			}
			if name != "" {
				module += "." + name
			}
			return module + rest
		default:
			return ""
		}
	}
	return ""
}

// maker is the call that made an object of which nothing else is known, or None.
func (p *prover) maker(id termID) syntax.Index {
	t := &p.terms[id]
	switch t.kind {
	case opaque:
		if t.node > 0 && p.tree.Kind(t.node) == syntax.Call {
			return t.node
		}
	case attribute, variable:
		// self.signer, which __init__ has set
		at, ok := p.seenAt[id]
		if !ok {
			break
		}
		if given, all := p.names.Given(at); all && len(given) == 1 && p.tree.Kind(given[0]) == syntax.Call {
			return given[0]
		}
	}
	return syntax.None
}

// question is what is asked about a call, with the terms of the arguments in order.
func (r *run) question(i syntax.Index, c *callee, a *arguments) (*Question, []termID) {
	p := r.p
	if a.open {
		return nil, nil
	}
	q := &Question{Name: p.farName(i)}
	if called := p.tree.Child(i, syntax.Function); p.tree.Kind(called) == syntax.Attribute {
		if last := lastWord(string(p.tree.Text(called))); p.poked.names[last] || p.puts(last, syntax.None) {
			return nil, nil // the file puts something else there
		}
		if of := p.tree.Child(called, syntax.Object); p.tree.Kind(of) == syntax.Identifier {
			q.Sets = p.tampered(p.names.Variable(of))
		}
	}
	var terms []termID
	if q.Name == "" {
		if c.method == "" {
			return nil, nil
		}
		at := p.maker(c.receiver)
		if at == syntax.None || p.farName(at) == "" {
			return nil, nil
		}
		made, known := p.made[c.receiver]
		if !known {
			if p.evaluating[at] {
				return nil, nil
			}
			p.evaluating[at] = true
			made = (&run{p: p, nest: r.nest, outside: true}).arguments(at, &state{})
			delete(p.evaluating, at)
		}
		if made.open {
			return nil, nil
		}
		q.Name, q.IsMade = p.farName(at)+"."+c.method, true
		q.Made, terms = p.list(&made)
	}
	args, more := p.list(a)
	q.Args, q.Enters = args, p.entered(i)
	return q, append(terms, more...)
}

func (p *prover) list(a *arguments) (out []Argument, terms []termID) {
	add := func(name string, id termID) {
		arg := Argument{Name: name}
		if t := &p.terms[id]; t.kind == constant && len(t.text) <= maxLiteral && !strings.HasPrefix(t.text, "b\"") && !strings.HasPrefix(t.text, "b'") {
			arg.Constant = t.text
		}
		out, terms = append(out, arg), append(terms, id)
	}
	for _, id := range a.positional {
		add("", id)
	}
	for _, name := range sortedKeys(a.keywords) {
		add(name, a.keywords[name])
	}
	return out, terms
}

// maxFar bounds the functions of other modules that are asked for one question.
const maxFar = 24

// farAsk returns what the other module says, once for each question.
func (p *prover) farAsk(q *Question) *Summary {
	key, f := q.Key(), p.File
	if !p.fars[key] {
		if len(p.fars) >= maxFar {
			return nil
		}
		if p.fars == nil {
			p.fars = make(map[string]bool)
		}
		p.fars[key] = true
	}
	s, ok := f.asked[key]
	if !ok {
		if f.asked == nil {
			f.asked = make(map[string]*Summary)
		}
		if s = f.Elsewhere(q); s != nil {
			f.spent += s.work // though somebody else may have paid: the answer hangs on nobody
		}
		f.asked[key] = s
	}
	return s
}

// elsewhere follows a call of a function of another module. ok is false if nothing is
// known of that.
func (r *run) elsewhere(i syntax.Index, c *callee, a *arguments, st *state) (id termID, after *state, ok bool) {
	p := r.p
	if p.Elsewhere == nil || c.fact != nil && !strings.Contains(c.name, ".*.") {
		return 0, st, false
	}
	q, args := r.question(i, c, a)
	if q == nil || len(args) == 0 {
		return 0, st, false
	}
	s := p.farAsk(q)
	if s == nil {
		return 0, st, false
	}
	if s.coroutine && !p.awaited(i) {
		return 0, st, false
	}
	if s.verifier {
		id, after, _ = r.claimed(i, s.answers, c, a, st)
		p.checks[p.noted[place{r.context, i}]].Far = true
		return id, after, true
	}
	return r.promised(i, s, c, a, args, st)
}

// promised is what a call gives and proves of which a summary is known.
func (r *run) promised(i syntax.Index, s *Summary, c *callee, a *arguments, args []termID, st *state) (termID, *state, bool) {
	p := r.p
	value := p.near(s.value, args)
	ch := check{Node: i, Context: r.context, Kind: Raising, Call: p.excerpt(p.tree.Child(i, syntax.Function), 60), Flaw: s.flaw, Public: s.public, Far: true}
	facts := func(all []farFact) (out []learned) {
		for _, f := range all {
			if id := p.near(f.term, args); id != 0 && !p.is(id, constant) {
				out = append(out, learned{id, fact{flaw: f.flaw}})
				if f.flaw == s.flaw && !slices.Contains(ch.Data, id) {
					ch.Data = append(ch.Data, id)
				}
			}
		}
		return out
	}
	always, ifTrue, ifNot := facts(s.always), facts(s.ifTrue), facts(s.ifNot)
	if len(always)+len(ifTrue)+len(ifNot) == 0 && !s.gives {
		if value == 0 {
			return 0, st, false
		}
		return value, st, true
	}
	if len(ch.Data) == 0 {
		for _, id := range args {
			if !p.is(id, constant) {
				ch.Data = append(ch.Data, id)
			}
		}
	}
	r.judgeKey(s, &ch, args, st)
	if ch.Flaw == s.flaw && ch.Flaw != Sound {
		ch.Elsewhere = s.Fault
	}
	asks := !s.gives && len(ifTrue)+len(ifNot) > 0
	var id termID
	switch {
	case asks:
		ch.Kind = Telling
		id = p.term(term{kind: told, node: i, context: r.context, text: ch.Call, args: ch.Data})
	case s.gives && value == 0:
		ch.Kind = Opening
		id = p.term(term{kind: opened, node: i, context: r.context, text: ch.Call, args: ch.Data})
	}
	n := r.note(ch, id)
	for k := range always {
		always[k].fact.check = n
		if always[k].fact.flaw == s.flaw {
			always[k].fact.flaw = p.checks[n].Flaw
		}
	}
	switch {
	case asks && len(ifTrue) == 0:
		id = p.term(term{kind: negated, args: []termID{id}})
	case asks:
	case id != 0:
		always = append(always, learned{id, fact{p.checks[n].Flaw, n}})
	case value != 0:
		id = value
		if s.gives {
			always = append(always, learned{id, fact{p.checks[n].Flaw, n}})
		}
	default:
		id = r.thing(i, c, a)
	}
	return id, p.learn(st, always), true
}

// judgeKey tells what is wrong with the key of a check in another module, or with what
// that compares a digest with, where the caller hands it over.
func (r *run) judgeKey(s *Summary, ch *check, args []termID, st *state) {
	p := r.p
	if key := p.near(s.key, args); key != 0 && ch.Flaw == Sound {
		ch.Key = key
		ch.Flaw = r.keyFlaw(key, ch.Data, s.public, st)
	}
	if pin := p.near(s.pin, args); pin != 0 && ch.Flaw == Unkeyed {
		if f, ok := p.holds(st, p.bare(pin), 0); ok && f.check >= 0 {
			ch.Flaw = f.flaw
		} else {
			ch.Flaw = r.pinFlaw(pin, ch.Data)
		}
	}
}

// near makes a term of another module out of the arguments that it was called with, or 0.
func (p *prover) near(f *far, args []termID) termID {
	if f == nil {
		return 0
	}
	if f.argument > 0 {
		if f.argument > len(args) {
			return 0
		}
		return args[f.argument-1]
	}
	t := term{kind: f.kind, text: f.text}
	for _, a := range f.args {
		id := termID(0)
		if a != nil {
			if id = p.near(a, args); id == 0 {
				return 0
			}
		}
		t.args = append(t.args, id)
	}
	switch t.kind {
	case item:
		return p.itemOf(t.args[0], t.args[1])
	case concat:
		if t.text == "+" && len(t.args) == 2 {
			return p.sum(t.args[0], t.args[1])
		}
	}
	return p.term(t)
}
