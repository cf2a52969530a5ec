package pyscan

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/lint/justify"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/names"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/proof"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// proofWords is what proofs of one catalogue need besides.
type proofWords struct {
	catalog *catalog.Catalog
	words   *names.Vocabulary
	// pairs are words of which a file with a check spells both, the first by the last.
	pairs map[string][]string
	// known are all of them, and marks spare most words the look-up.
	known map[string]bool
	marks marks
	// makers are the methods that check something, by the class of their objects.
	makers map[string][]string
}

// equal is the method by which a class compares its objects.
const equal = "__eq__"

var lastProofWords atomic.Pointer[proofWords]

func proofWordsFor(c *catalog.Catalog) *proofWords {
	if w := lastProofWords.Load(); w != nil && w.catalog == c {
		return w
	}
	w := &proofWords{catalog: c, words: names.NewVocabulary(c, proof.Names(c)...), pairs: make(map[string][]string), known: make(map[string]bool), makers: make(map[string][]string)}
	for _, v := range c.PythonVerifiers() {
		if v.Does == catalog.Carries || v.Does == catalog.Exits {
			continue
		}
		all := catalog.Words(strings.Replace(v.Name, ".*.", ".", 1))
		last := all[len(all)-1]
		first := all[0]
		if !slices.Contains(w.pairs[last], first) {
			w.pairs[last] = append(w.pairs[last], first)
		}
		if of, _, ok := strings.Cut(v.Name, "()"); ok {
			class := of[strings.LastIndexByte(of, '.')+1:]
			if !slices.Contains(w.makers[class], last) {
				w.makers[class] = append(w.makers[class], last)
			}
			w.known[class] = true
			w.marks.add(class)
		}
		for _, word := range []string{first, last, equal} {
			w.known[word] = true
			w.marks.add(word)
		}
	}
	lastProofWords.Store(w)
	return w
}

// prover returns what proves things of a node of the file, or nil if no word can check
// anything: none of the file, and none of a module in reach that helps it there. Nobody helps
// with own bytes.
func (f *file) prover(claimed, own bool, node syntax.Index) *proof.File {
	p := &f.proving
	w := proofWordsFor(f.gate.catalog)
	if !p.asked {
		p.asked, p.verifiers = true, f.verifiers()
		p.own = len(p.verifiers) > 0 || f.mayCheck(w)
	}
	p.own = p.own || claimed
	if !p.own && (own || !f.helped(node)) {
		return nil
	}
	if p.file == nil {
		p.file = proof.NewFile(f.tree, f.table(w.words), f.gate.catalog, p.verifiers)
		p.file.Asserts = f.asserts
		if f.modules != nil && f.module != "" {
			p.file.Elsewhere = func(q *proof.Question) *proof.Summary { return f.provesElsewhere(q, maxProofHops) }
			p.file.StarName = f.starName
		}
	}
	p.file.Frugal = !p.own
	return p.file
}

// proving is the prover of a file, once somebody asks.
type proving struct {
	asked bool
	file  *proof.File
	// own: something of the file itself may check something.
	own       bool
	verifiers map[syntax.Index]bool
	outline   *outline
	// elsewhere counts the questions about other modules, aside those about what stands
	// beside a check.
	elsewhere, aside int
}

// optimised reports a script that asks on its first line for Python without assert
// statements.
func optimised(text []byte) bool {
	line, ok := bytes.CutPrefix(text, []byte("#!"))
	if !ok {
		return false
	}
	line, _, _ = bytes.Cut(line, []byte("\n"))
	for _, word := range strings.Fields(string(line)) {
		if level, ok := strings.CutPrefix(word, "PYTHONOPTIMIZE="); ok && strings.Trim(level, `0"'`) != "" {
			return true
		}
		if flags, ok := strings.CutPrefix(word, "-"); ok && !strings.HasPrefix(flags, "-") && strings.Contains(flags, "O") {
			return true
		}
	}
	return false
}

func (f *file) mayCheck(w *proofWords) bool {
	spelled := make(map[string]bool)
	for i := range f.tree.Nodes {
		if f.tree.Nodes[i].Kind != syntax.Identifier {
			continue
		}
		if word := f.tree.Text(syntax.Index(i)); w.marks.has(word) && w.known[string(word)] {
			spelled[string(word)] = true
		}
	}
	if spelled[equal] {
		spelled["builtins"] = true // what hash gives is compared by a class of the file
	}
	return w.anyPair(spelled)
}

// anyPair reports words of which both of a pair are spelled.
func (w *proofWords) anyPair(spelled map[string]bool) bool {
	for last := range spelled {
		if slices.ContainsFunc(w.pairs[last], func(first string) bool { return spelled[first] }) {
			return true
		}
	}
	return false
}

// verifiers are the functions above which a directive stands that says that they verify.
func (f *file) verifiers() map[syntax.Index]bool {
	lines := make(map[int]bool)
	for _, c := range f.comments {
		text := bytes.TrimLeft(f.text[c.Start:c.End], "# \t")
		if rest, ok := bytes.CutPrefix(text, []byte("picklelint:"+justify.Verifier)); ok && (len(rest) == 0 || rest[0] == ' ' || rest[0] == '\t') {
			lines[f.line(c.Start)] = true
		}
	}
	if len(lines) == 0 {
		return nil
	}
	alone := make(map[int]bool)
	for _, c := range f.comments {
		if first, _ := f.indentation(c.Start); first == c.Start {
			alone[f.line(c.Start)] = true
		}
	}
	out := make(map[syntax.Index]bool)
	for i := range f.tree.Nodes {
		i := syntax.Index(i)
		if f.tree.Kind(i) != syntax.FunctionDefinition {
			continue
		}
		starts := []int{f.line(f.tree.Nodes[i].Start)}
		if p := f.tree.Parent(i); f.tree.Kind(p) == syntax.DecoratedDefinition {
			starts = append(starts, f.line(f.tree.Nodes[p].Start))
		}
		for _, at := range starts {
			for line := at - 1; alone[line]; line-- {
				if lines[line] {
					out[i] = true
				}
			}
		}
	}
	return out
}

// proofOf tells by what the bytes of a site were verified, or which check does not hold.
func (f *file) proofOf(s *found, claim justify.Claim, known *evidence) {
	if !s.called || s.value <= 0 && !s.sink.Receiver || f.tree.Kind(s.node) != syntax.Call {
		return
	}
	named := ""
	if claim.Justification != nil {
		named = claim.Justification.VerifiedBy
	}
	p := f.prover(named != "", f.isDumped(s.value), s.node)
	if p == nil {
		return
	}
	value := s.value
	if value <= 0 {
		if at := f.unwrap(s.reference); f.tree.Kind(at) == syntax.Attribute {
			value = f.tree.Child(at, syntax.Object)
		}
		if value <= 0 {
			return
		}
	}
	a := p.Prove(s.node, value, named)
	switch {
	case a.Verified:
		if p := f.replacedBy(s.node); p != nil {
			known.note = fmt.Sprintf("the proof that its bytes are verified does not count: %s, line %d, gets at `%s`", p.show, p.line, lint.Printable(p.full))
			return
		}
		by := a.Call
		if by == "" {
			by = f.excerpt(a.Check, maxArgument)
		}
		known.verified = fmt.Sprintf("%s on line %d", spelled(by), f.line(f.tree.Nodes[a.Check].Start))
	case !f.proving.own && !a.Far && !a.Unfollowed:
		// What looks like a check is none that anybody meant.
	case a.Flaw != proof.Sound || a.Unnamed:
		known.unverified = &a
	case a.Unfollowed && f.proving.own:
		// Who checks nothing in the file need not know that more was looked for.
		known.note = "the function around it is too large or broken for its bytes to be followed"
	}
}

// isDumped reports what the file itself has pickled, loads(dumps(x)), and did nothing else with
// before: it comes from nowhere else, and nothing checks it for whom another module has to be asked.
func (f *file) isDumped(value syntax.Index) bool {
	if value <= 0 {
		return false
	}
	made := f.unwrap(value)
	if f.tree.Kind(made) == syntax.Identifier {
		name := made
		if made = f.unwrap(f.names.OnlyValue(name)); made == syntax.None || made > name {
			return false
		}
		for i := made; i < name; i++ {
			if f.tree.Kind(i) == syntax.Identifier && bytes.Equal(f.tree.Text(i), f.tree.Text(name)) {
				return false
			}
		}
	}
	if f.tree.Kind(made) != syntax.Call {
		return false
	}
	callee := f.tree.Child(made, syntax.Function)
	if f.tree.Kind(callee) == syntax.Attribute {
		callee = f.tree.Child(callee, syntax.AttributeName)
	}
	return callee != syntax.None && string(f.tree.Text(callee)) == "dumps"
}

// spelled is how messages write the name of a verifier.
func spelled(name string) string {
	return strings.Replace(strings.ReplaceAll(name, "()", ""), ".*.", ".", 1)
}
