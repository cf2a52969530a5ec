package proof

import (
	"strings"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/flow"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/names"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// File answers questions about the calls of one file.
type File struct {
	tree    *syntax.Tree
	names   *names.Table
	catalog *catalog.Catalog
	// verifiers are the functions of which the file says that they verify.
	verifiers map[syntax.Index]bool

	graphs      map[syntax.Index]*flow.Graph
	definitions map[names.Variable]syntax.Index
	methods     map[syntax.Index]map[string]syntax.Index
	// hollows are names that are bound to a function which decides nothing, assigned those
	// that are bound to some other value, patched the functions of libraries in the place of
	// which the file puts another.
	hollows  map[names.Variable]bool
	assigned map[names.Variable]bool
	patched  map[string]bool
	// empties are the classes of which a method of a name decides nothing.
	empties map[string][]syntax.Index
	// lastStar is the last import of everything at the top of the file, or 0; otherwise tells
	// of uses of names whether something else than a def binds them, too.
	lastStar  syntax.Index
	otherwise map[syntax.Index]bool
	// poked are names that are bound by strings.
	poked poking
	// strings are the short literals of the file, uses the identifiers by their text;
	// reflects is set where getattr is asked for a name that is no literal.
	strings  map[string]bool
	uses     map[string][]syntax.Index
	reflects bool
	// lasts are the last words of the names of the catalogue.
	lasts map[string]bool
	// alterations tells of functions that a decorator may make something else of.
	alterations map[syntax.Index]bool
	// replaces tells of methods that objects call something else by their names.
	replaces map[syntax.Index]bool
	// words are the identifiers of the file.
	words map[string]bool
	stars map[string][]*catalog.PythonVerifier
	// last is the function that was followed last.
	last *followed
	// Frugal: hardly anything is to be found, and a small part of the work has to do.
	Frugal bool
	// Asserts: an assert statement counts as any other check.
	Asserts bool
	// Elsewhere, if not nil, tells what functions of other modules do; asked are its
	// answers, and farNames what calls call.
	Elsewhere Elsewhere
	// StarName, if not nil, is the dotted name of what the file has from a module of which
	// it imports everything, or "".
	StarName func(name string) string
	asked    map[string]*Summary
	farNames map[syntax.Index]string
	// spent is the work of all questions so far.
	spent int
}

// maxSpent bounds the work that all questions about a file take together.
const maxSpent = 6_000_000

// Names are what a vocabulary must hold for [NewFile] besides what is in the catalogue.
func Names(c *catalog.Catalog) (out []string) {
	for _, v := range c.PythonVerifiers() {
		if !strings.Contains(v.Name, "*") {
			out = append(out, v.Name)
		}
	}
	return append(out, "contextlib.suppress", "builtins.all", "builtins.any", "builtins.bool", "builtins.super", "os.environ.get", "os.getenv", "flask.request", "hashlib.pbkdf2_hmac")
}

// NewFile prepares a file. The table follows the names of [Names].
func NewFile(tree *syntax.Tree, table *names.Table, c *catalog.Catalog, verifiers map[syntax.Index]bool) *File {
	f := &File{
		tree: tree, names: table, catalog: c, verifiers: verifiers, graphs: make(map[syntax.Index]*flow.Graph),
		definitions: make(map[names.Variable]syntax.Index), methods: make(map[syntax.Index]map[string]syntax.Index),
		hollows: make(map[names.Variable]bool), assigned: make(map[names.Variable]bool), patched: make(map[string]bool),
		empties: make(map[string][]syntax.Index), strings: make(map[string]bool), uses: make(map[string][]syntax.Index), lasts: make(map[string]bool), alterations: make(map[syntax.Index]bool),
		words: make(map[string]bool), poked: poking{names: make(map[string]bool), objects: make(map[string]bool)}, stars: make(map[string][]*catalog.PythonVerifier),
	}
	for _, v := range c.PythonVerifiers() {
		f.lasts[lastWord(v.Name)] = true
	}
	for i := range tree.Nodes {
		i := syntax.Index(i)
		switch tree.Kind(i) {
		case syntax.Identifier:
			text := string(tree.Text(i))
			f.words[text] = true
			f.uses[text] = append(f.uses[text], i)
		case syntax.String:
			if text := tree.Text(i); len(text) < maxText {
				f.strings[unquoted(text)] = true
			}
		case syntax.WildcardImport:
			f.lastStar = i
		case syntax.FunctionDefinition, syntax.ClassDefinition:
			f.define(i)
		case syntax.Assignment:
			f.rebound(i)
		case syntax.Call:
			f.patching(i)
		}
	}
	for _, v := range c.PythonVerifiers() {
		if library, method, ok := strings.Cut(v.Name, ".*."); ok && f.words[library] && f.words[method] {
			f.stars[method] = append(f.stars[method], v)
		}
	}
	return f
}

func (f *File) define(i syntax.Index) {
	id := f.tree.Child(i, syntax.Name)
	if id == syntax.None {
		return
	}
	name := string(f.tree.Text(id))
	if in := f.names.ClassAt(i); in != syntax.None {
		if f.methods[in] == nil {
			f.methods[in] = make(map[string]syntax.Index)
		}
		f.methods[in][name] = i
		if f.hollow(i) {
			f.empties[name] = append(f.empties[name], in)
		}
		return
	}
	v := f.names.VariableAt(name, i)
	if f.hollow(i) {
		f.hollows[v] = true
	}
	if _, twice := f.definitions[v]; twice {
		f.definitions[v] = syntax.None // which of the two is not known
		return
	}
	f.definitions[v] = i
}

func (f *File) graph(def syntax.Index) *flow.Graph {
	if g, ok := f.graphs[def]; ok {
		return g
	}
	g := flow.Build(f.tree, def, flow.Options{Swallows: f.swallows, Asserts: f.Asserts})
	f.graphs[def] = g
	return g
}

func (f *File) has(i syntax.Index, k syntax.Kind) bool {
	for c := i; c < f.tree.Nodes[i].After; c++ {
		if f.tree.Kind(c) == k {
			return true
		}
	}
	return false
}

// fact looks up a dotted name, with the methods of a class for its objects.
func (f *File) fact(name string) *catalog.PythonVerifier {
	if f.patched[name] || f.poked.names[lastWord(name)] {
		return nil
	}
	if v, ok := f.catalog.PythonVerifier(name); ok {
		return v
	}
	if class, method, ok := strings.Cut(name, "()."); ok && !strings.Contains(method, ".") {
		if v, ok := f.catalog.PythonVerifier(class + "." + method); ok && !f.patched[v.Name] {
			return v
		}
	}
	return nil
}

// starred looks up a method of whatever is not known.
func (f *File) starred(method string) *catalog.PythonVerifier {
	if all := f.stars[method]; len(all) > 0 {
		return all[0]
	}
	return nil
}

func (f *File) canonical(name string) string { return f.catalog.PythonAlias(name) }

// prover answers one question.
type prover struct {
	*File
	terms      []term
	ids        map[termKey]termID
	inputs     map[termID][]termID
	outcomes   map[termID]*outcome
	phis       map[phiKey]termID
	phiSlots   map[termID]slot
	made       map[termID]arguments
	classes    map[termID]syntax.Index
	selves     map[termID]bool
	seenAt     map[termID]syntax.Index
	evaluating map[syntax.Index]bool
	holding    map[termID]bool
	contexts   map[place]int32
	parents    []int32
	checks     []check
	noted      map[place]int32
	checkOf    map[termID]int32
	asks       map[int32]ask
	hits       map[place]hit
	followed   int
	work       int
	over       bool
	fars       map[string]bool
	holders    map[termID]bool
	// keptItems are the values that were put into a list.
	keptItems map[termID][]termID
	// entering: what is summarised is entered by a with statement.
	entering bool
	// bareTerm is the function that a decorator gets of which nothing is known, or 0; handings are
	// the calls of it.
	bareTerm termID
	handings map[place]handing

	site, bytes syntax.Index
	named       string
}

type phiKey struct {
	context int32
	step    int32
	slot    slot
}

// ask is a test that asks for the answer of a check, and the way of those that passed.
type ask struct {
	step  int32
	taken bool
}

// hit is the call that is asked about, as it is reached.
type hit struct {
	st    *state
	value termID
}

func (f *File) prover(call, bytes syntax.Index, named string) *prover {
	return &prover{
		File: f, terms: make([]term, 1), ids: make(map[termKey]termID), inputs: make(map[termID][]termID), outcomes: make(map[termID]*outcome),
		phis: make(map[phiKey]termID), phiSlots: make(map[termID]slot), made: make(map[termID]arguments), classes: make(map[termID]syntax.Index),
		selves: make(map[termID]bool), seenAt: make(map[termID]syntax.Index), evaluating: make(map[syntax.Index]bool), holding: make(map[termID]bool),
		contexts: make(map[place]int32), noted: make(map[place]int32), checkOf: make(map[termID]int32), asks: make(map[int32]ask), hits: make(map[place]hit),
		site: call, bytes: bytes, named: named,
	}
}

// classOf returns the class of the file of which a term is an object, or which it is.
func (p *prover) classOf(id termID) syntax.Index {
	if node, ok := p.classes[id]; ok {
		return node
	}
	if p.is(id, class) {
		return p.terms[id].node
	}
	return syntax.None
}

// Prove answers what is known of the bytes that a call decodes. bytes is the expression
// that they are; named is the source of a function of which somebody says that it verifies
// them, or "".
func (f *File) Prove(call, bytes syntax.Index, named string) Answer {
	unfollowed := Answer{Unfollowed: true, Check: syntax.None, At: syntax.None}
	root := f.names.CodeAt(call)
	g := f.graph(root)
	if !g.Trusted || f.spent > maxSpent {
		return unfollowed
	}
	if f.last == nil || f.last.root != root || f.last.p.named != named {
		p := f.prover(syntax.None, syntax.None, named)
		r, sol := p.follow(root, g, &state{})
		f.spent += p.work + len(p.terms)
		f.last = &followed{root, p, r, sol}
	}
	p := f.last.p
	if p.over {
		return unfollowed
	}
	f.last.at(g, call, bytes)
	if a, ok := p.verified(); ok {
		return a
	}
	if a, ok := f.fromCallers(root, call, bytes, named); ok {
		return a
	}
	a := p.diagnose(g)
	a.Unnamed = p.unnamed(root, g)
	return a
}

// follow runs through a function from its beginning.
func (p *prover) follow(root syntax.Index, g *flow.Graph, entry *state) (*run, *flow.Solution[*state]) {
	r := &run{p: p, graph: g, entry: p.selfOf(root, entry), calling: []syntax.Index{root}}
	sol := flow.Solve(g, r)
	if !sol.Complete {
		p.over = true
	}
	return r, sol
}

// followed is a function that was followed: many questions may be about one.
type followed struct {
	root syntax.Index
	p    *prover
	r    *run
	sol  *flow.Solution[*state]
}

// at notes how a call of the function is reached.
func (f *followed) at(g *flow.Graph, call, bytes syntax.Index) {
	p := f.p
	p.site, p.bytes = call, bytes
	clear(p.hits)
	for _, step := range g.CallSteps(call) {
		if f.sol.Reached[step] {
			st := f.sol.Before[step]
			p.hits[place{0, step}] = hit{st, f.r.eval(bytes, st)}
		}
	}
}

// selfOf binds the object of a method.
func (p *prover) selfOf(root syntax.Index, entry *state) *state {
	class := p.names.ClassAt(root)
	if p.tree.Kind(root) != syntax.FunctionDefinition || class == syntax.None || p.decorated(root, "staticmethod") {
		return entry
	}
	list := p.tree.Child(root, syntax.ParametersField)
	if list == syntax.None {
		return entry
	}
	self := p.tree.First(list)
	if p.tree.Kind(self) != syntax.Identifier {
		return entry
	}
	v := p.names.Variable(self)
	if entry.slots[slot{variable: v}] != 0 {
		return entry
	}
	id := p.term(term{kind: parameter, text: v.Name, context: v.Scope})
	p.selves[id], p.classes[id], p.seenAt[id] = true, class, self
	return p.with(entry, slot{variable: v}, id)
}

// verified is the answer where every way to the call has a check that holds.
func (p *prover) verified() (Answer, bool) {
	best := fact{check: -1}
	if len(p.hits) == 0 {
		return Answer{}, false
	}
	for _, h := range p.hits {
		f, ok := p.holds(h.st, h.value, 0)
		if !ok || f.check < 0 || f.flaw != Sound {
			return Answer{}, false
		}
		if best.check < 0 || f.check < best.check {
			best = f
		}
	}
	c := &p.checks[best.check]
	return Answer{Verified: true, Check: c.Node, Call: c.Call, At: syntax.None}, true
}
