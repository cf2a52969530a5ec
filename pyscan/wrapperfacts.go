package pyscan

import (
	"bytes"
	"regexp"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// wrapperFacts is what a module does about pickles.
type wrapperFacts struct {
	// loads and dumps: functions of it load and dump pickles; byName: some of them are
	// named for it.
	loads, dumps, loadsByName, dumpsByName bool
	// protects: it checks something, or restricts what is loaded. signs: what it dumps
	// has to be signed or encrypted for that check.
	protects, signs bool
	// ours: "pickle-lint wrapper init" has written it.
	ours bool
}

// qualifies reports whether a module with these facts is a wrapper: one that is named
// for it loads pickles in a function, any other has to show all that one has.
func (w *wrapperFacts) qualifies(plain bool) bool {
	if plain {
		return w.loads
	}
	return w.protects && w.loadsByName && w.dumpsByName
}

var (
	loadName = regexp.MustCompile(`(?i)load|unpickle|deserial|decode|from_bytes|restore|unseal|unwrap`)
	dumpName = regexp.MustCompile(`(?i)dump|(?:^|_)pickle|(?:^|_)seriali|encode|to_bytes|save|seal|(?:^|_)wrap`)
	// checks are calls that fail, or say no, for bytes that nobody signed.
	checks = regexp.MustCompile(`(?i)^(?:compare_digest|unsign|decrypt|(?:_|__)?(?:verify|verif(?:y|ied)_?\w*|check_?(?:sig|mac|hmac|digest|hash|tag|sum)\w*|validate_?(?:sig|mac|hmac|digest)\w*|authenticate\w*))$`)
	// signing are calls that make what the checks look at.
	signing = regexp.MustCompile(`(?i)^(?:sign|encrypt|seal|(?:_|__)?(?:sign|mac|hmac|digest|seal)_?\w*|hexdigest)$`)
	// tags are names of what a digest is compared with.
	tags = regexp.MustCompile(`(?i)(?:^|_)(?:sig|signature|mac|hmac|digest|tag|checksum)(?:$|_)`)
)

// mayProtect is a quick look for what protects has to find.
func mayProtect(raw []byte) bool {
	for _, word := range []string{"compare_digest", "verif", "unsign", "decrypt", "find_class", "check_", "validate_", "authenticate"} {
		if bytes.Contains(raw, []byte(word)) {
			return true
		}
	}
	return false
}

// readWrapper reads what a module does about pickles.
func readWrapper(g *gate, show string, raw []byte, module string, pkg bool) (facts wrapperFacts, ok bool) {
	defer func() {
		if recover() != nil {
			ok = false // the scan of the file itself tells
		}
	}()
	src, _ := moduleSource(show, raw)
	tree := src.parse()
	if tree == nil {
		return facts, false
	}
	facts = newFile(src, tree, g, module, pkg, false).wrapperFacts()
	facts.ours = bytes.Contains(raw, wrapperMark)
	return facts, true
}

// wrapperFacts looks at all of the file.
func (f *file) wrapperFacts() (out wrapperFacts) {
	for _, s := range f.find() {
		function := f.names.Function(s.node)
		if s.sink == nil || !f.gate.plain.loads[s.sink.Name] || function == "" {
			continue
		}
		out.loads = true
		out.loadsByName = out.loadsByName || loadName.MatchString(function)
		out.protects = out.protects || s.safe != ""
	}
	checked := false
	for i := range f.tree.Nodes {
		i := syntax.Index(i)
		switch f.tree.Kind(i) {
		case syntax.Call:
			checked = checked || checks.MatchString(f.calledName(i))
		case syntax.ComparisonOperator:
			checked = checked || f.comparesTags(i)
		}
	}
	out.protects = out.protects || checked
	f.eachDump(func(call syntax.Index, _ string) {
		function := f.names.Function(call)
		if function == "" {
			return
		}
		out.dumps = true
		out.dumpsByName = out.dumpsByName || dumpName.MatchString(function)
		out.signs = checked
	})
	return out
}

// calledName returns the last word of what a call calls.
func (f *file) calledName(call syntax.Index) string {
	callee := f.tree.Child(call, syntax.Function)
	if callee == syntax.None {
		return ""
	}
	if f.tree.Kind(callee) == syntax.Attribute {
		if callee = f.tree.Child(callee, syntax.AttributeName); callee == syntax.None {
			return ""
		}
	}
	if f.tree.Kind(callee) != syntax.Identifier {
		return ""
	}
	return string(f.tree.Text(callee))
}

// mostLooked bounds the nodes of an expression that are looked at for a name.
const mostLooked = 512

// comparesTags reports a comparison of something that is named for a digest.
func (f *file) comparesTags(i syntax.Index) bool {
	for n := i; n < min(f.tree.Nodes[i].After, i+mostLooked); n++ {
		if f.tree.Kind(n) == syntax.Identifier && tags.MatchString(string(f.tree.Text(n))) {
			return true
		}
	}
	return false
}

// functionAround returns the definition around a node, or the statement.
func (f *file) functionAround(i syntax.Index) syntax.Index {
	at := f.statement[i]
	if at == syntax.None {
		return i
	}
	for p := at; p != syntax.None; p = f.tree.Parent(p) {
		if f.tree.Kind(p) == syntax.FunctionDefinition {
			return p
		}
	}
	return at
}

// eachDump hands on the calls that write plain pickles, with what they call.
func (f *file) eachDump(do func(call syntax.Index, api string)) {
	for i := range f.tree.Nodes {
		i := syntax.Index(i)
		if f.tree.Kind(i) != syntax.Call {
			continue
		}
		// A name may stand for anything, an attribute has the name of the function.
		callee := f.tree.Child(i, syntax.Function)
		if callee == syntax.None || f.tree.Kind(callee) != syntax.Identifier && !f.gate.plain.lastDumps[f.calledName(i)] {
			continue
		}
		for _, t := range f.table(f.gate.dumps.words).Expression(callee).Targets {
			if f.gate.plain.dumps[t.Name] && !t.Called && len(t.Partials) == 0 {
				do(i, t.Name)
				break
			}
		}
	}
}
