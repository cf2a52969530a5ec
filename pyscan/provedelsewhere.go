package pyscan

import (
	"fmt"
	"path"
	"strings"
	"sync"

	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/proof"
)

const (
	// maxProofHops bounds how far a proof goes into other modules: one helper, and the
	// one that it calls.
	maxProofHops = 2
	// maxProofs bounds the questions about other modules that one file asks, and
	// maxProofModules the trees that are kept to answer them.
	maxProofs       = 32
	maxProofModules = 64
	// maxQuestions bounds the answers that are kept; more are worked out again.
	maxQuestions = 10_000
)

// proofs are what the functions of modules prove to their callers. The answers hang on the
// modules alone, not on who asks first.
type proofs struct {
	mu      sync.Mutex
	answers map[string]*proof.Summary
	files   map[string]*file
	// dumb are the modules of which no word can check anything.
	dumb map[string]bool
	// sketches are what the texts of modules show.
	sketches map[string]*sketch
}

func (p *proofs) prepare() {
	if p.answers == nil {
		p.answers, p.files = make(map[string]*proof.Summary), make(map[string]*file)
		p.dumb, p.sketches = make(map[string]bool), make(map[string]*sketch)
	}
}

// farFault is a fault in another module.
type farFault struct {
	text, step string
	at         lint.Location
}

// library reports a module of a library of the catalogue that is not the project itself.
func (f *file) library(module string) bool {
	top, _, _ := strings.Cut(module, ".")
	project, _, _ := strings.Cut(f.module, ".")
	return top != project && f.gate.catalog.Global(module, "*").Library != ""
}

// provesElsewhere tells what a function of another module in reach proves to its caller.
func (f *file) provesElsewhere(q *proof.Question, hops int) *proof.Summary {
	if hops == maxProofHops {
		count := &f.proving.elsewhere
		if q.Swallows || q.Passes || q.IsKey {
			count = &f.proving.aside
		}
		if *count++; *count > maxProofs {
			return nil
		}
	}
	if len(q.Name) > maxFunction || f.library(q.Name) {
		return nil
	}
	m := f.modules
	if hops == maxProofHops {
		m.proofs.mu.Lock()
		defer m.proofs.mu.Unlock()
	}
	p := &m.proofs
	p.prepare()
	key := fmt.Sprint(hops, " ", f.asserts, " ", q.Key())
	s, known := p.answers[key]
	if !known {
		s = f.summary(q, hops-1)
		if len(p.answers) < maxQuestions {
			p.answers[key] = s
		}
	}
	return s
}

// summary works out what a function proves: one of a module, or one that a module passes
// on.
func (f *file) summary(q *proof.Question, hops int) *proof.Summary {
	w := &walk{Modules: f.modules, steps: maxSteps, proving: true}
	name, method := q.Name, ""
	if q.IsMade && !q.IsDecorator {
		at := strings.LastIndexByte(name, '.')
		name, method = name[:at], name[at:]
	}
	in, path, sure, names := w.resolve(name, maxHops)
	if in == nil {
		if len(names) == 1 {
			name = names[0]
		}
		in, path, sure = w.bare(name, q)
	}
	if in == nil || !sure && !q.Swallows {
		return nil // what may swallow does, if in doubt
	}
	if d := in.defs[path]; d == nil && method != "" || d != nil && !callable(d.kind, method, q.IsMade) {
		return nil
	}
	other := f.modules.toProve(f, in.module, hops, q.Swallows || q.Passes || q.IsKey)
	if other == nil || other.proving.file == nil {
		return nil
	}
	s := other.proving.file.Summarise(path+method, q)
	if s != nil && s.Answer.Flaw != proof.Sound {
		at := other.tree.Nodes[s.Answer.Check]
		where := other.location(at.Start, at.End)
		text := other.fault(found{value: max(s.About, 0)}, &s.Answer)
		if inner, ok := s.Answer.Elsewhere.(*farFault); ok {
			text = inner.text
			where = inner.at
		} else {
			text = lint.Printable(fmt.Sprintf("in %s, line %d, %s", where.Path, where.Line, text))
		}
		s.Fault = &farFault{text, lint.Printable("the check there: " + other.excerpt(s.Answer.Check, maxArgument)), where}
	}
	return s
}

// toProve parses a module so that its functions can be asked what they prove. Trees are
// kept, few of them.
func (m *Modules) toProve(from *file, module string, hops int, anyway bool) *file {
	p := &m.proofs
	key := fmt.Sprint(hops, " ", from.asserts, " ", module)
	if anyway {
		key += " whatever its words"
	}
	if p.dumb[key] {
		return nil
	}
	if f := p.files[key]; f != nil {
		return f
	}
	f := (*file)(nil)
	if s := from.sketch(module); s != nil && (anyway || s.able || len(s.makes) > 0 || hops > 0 && (&file{gate: from.gate, modules: m, module: module}).able(s)) {
		f = m.parseToProve(from, module)
	}
	if f == nil {
		p.dumb[key] = true
		return nil
	}
	verifiers := f.verifiers()
	words := proofWordsFor(from.gate.catalog)
	f.proving.asked = true
	f.proving.file = proof.NewFile(f.tree, f.table(words.words), from.gate.catalog, verifiers)
	f.proving.file.Asserts = from.asserts
	if hops > 0 {
		f.proving.file.Elsewhere = func(q *proof.Question) *proof.Summary { return f.provesElsewhere(q, hops) }
		f.proving.file.StarName = f.starName
	}
	if len(p.files) >= maxProofModules {
		clear(p.files)
	}
	p.files[key] = f
	return f
}

// parseToProve returns nil if there is no such module, or if it is not certain which it is.
func (m *Modules) parseToProve(from *file, module string) (f *file) {
	defer func() {
		if recover() != nil {
			f = nil // what is not followed stays an unjustified load
		}
	}()
	name, raw, sure := m.find(module)
	if !sure {
		return nil
	}
	src, _ := moduleSource(m.Show(name), raw)
	tree := src.parse()
	if tree == nil {
		return nil
	}
	return &file{source: src, gate: from.gate, tree: tree, module: module, pkg: path.Base(name) == "__init__.py", inside: from.inside, modules: m, asserts: from.asserts}
}
