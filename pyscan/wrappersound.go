package pyscan

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/lint/justify"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// unsoundLoad returns the finding of a load in a wrapper, which is neither proved nor
// restricted, or nil if somebody has to prove more than is looked at here.
func (f *file) unsoundLoad(site *lint.Site, s found, claim justify.Claim) *lint.Finding {
	why := f.unsoundBy(site, s)
	if why == "" {
		return nil
	}
	return withClaim(UnsoundWrapper.Finding(site.Location, "%s in the wrapper %s, which %s", use(site, s), f.wrapping.own[0].name, why), site.API, claim)
}

func (f *file) unsoundBy(site *lint.Site, s found) string {
	if s.node == syntax.None {
		return "" // known by its tokens only
	}
	if i := strings.Index(site.Note, "find_class of"); i >= 0 {
		return "does not restrict it: " + site.Note[i:]
	}
	if site.Function == "" {
		set := f.tree.Parent(s.node)
		if f.tree.Kind(set) != syntax.Assignment {
			return ""
		}
		name := f.exposedLoad(set)
		if name == "" {
			return ""
		}
		if f.exposed == nil {
			f.exposed = make(map[syntax.Index]bool)
		}
		f.exposed[set] = true
		return "gives it on as `" + lint.Printable(name) + "`: who imports it from there checks nothing"
	}
	if f.inHandler(s.node) {
		return "falls back to a plain load where the check fails"
	}
	switch {
	case f.checksBefore(s.node):
		return "" // whether that holds is for whoever follows the bytes
	case strings.HasPrefix(site.Function[strings.LastIndexByte(site.Function, '.')+1:], "_") && f.wrapping.own[0].protects:
		return "" // its callers may have checked
	}
	return "does not check the bytes before, and has no find_class that restricts what they import"
}

// inHandler reports a node in an except clause of the function around it.
func (f *file) inHandler(i syntax.Index) bool {
	for p := f.statement[i]; p != syntax.None; p = f.tree.Parent(p) {
		switch f.tree.Kind(p) {
		case syntax.ExceptClause, syntax.ExceptGroupClause:
			return true
		case syntax.FunctionDefinition:
			return false
		}
	}
	return false
}

// checksBefore reports what looks like a check in the function around a load: a call or
// comparison that stands before it or makes its argument, or a decorator.
func (f *file) checksBefore(load syntax.Index) bool {
	def := f.functionAround(load)
	all, known := f.checksIn[def]
	if !known {
		if f.checksIn == nil {
			f.checksIn = make(map[syntax.Index][]syntax.Index)
		}
		all = f.findChecks(def)
		f.checksIn[def] = all
	}
	return len(all) > 0 && (all[0] < f.tree.Nodes[load].After || f.tree.Kind(all[len(all)-1]) == syntax.Attribute)
}

// findChecks lists the checks in a function and among its decorators, in order.
func (f *file) findChecks(def syntax.Index) (out []syntax.Index) {
	first := def
	if p := f.tree.Parent(def); f.tree.Kind(p) == syntax.DecoratedDefinition {
		first = p
	}
	for n := first; n < f.tree.Nodes[first].After; n++ {
		is := false
		switch f.tree.Kind(n) {
		case syntax.Call:
			is = checks.MatchString(f.calledName(n))
		case syntax.ComparisonOperator:
			is = f.comparesTags(n)
		case syntax.Attribute:
			// Python 2 takes a restriction as an attribute of its unpickler.
			name := f.tree.Child(n, syntax.AttributeName)
			is = f.tree.Nodes[n].Field == syntax.Left && name != syntax.None && string(f.tree.Text(name)) == "find_global"
		case syntax.Decorator:
			is = checks.MatchString(strings.TrimLeft(string(f.tree.Text(n)), "@ "))
		}
		if is {
			out = append(out, n)
		}
	}
	return out
}

// soundness looks at what else a wrapper must do, and must not.
func (f *file) soundness(j *judging) {
	w := f.wrapping.own[0]
	f.eachDump(func(call syntax.Index, api string) {
		if why := f.driftingProtocol(call, api); why != "" && f.wrapping.holds(f.names.Function(call)) {
			f.tell(j, UnsoundWrapper, call, api, "%s in the wrapper %s writes %s: what one release of Python writes another may not read", api, w.name, why)
		}
	})
	for i := range f.tree.Nodes {
		i := syntax.Index(i)
		switch f.tree.Kind(i) {
		case syntax.Call:
			if payload := f.loggedPayload(i); payload != "" && f.wrapping.holds(f.names.Function(i)) {
				f.tell(j, UnsoundWrapper, i, "", "the wrapper %s writes the payload `%s` to a log: whoever reads logs reads what was stored", w.name, lint.Printable(payload))
			}
		case syntax.ImportFromStatement, syntax.Assignment:
			if name := f.exposedLoad(i); name != "" && w.function == "" && !f.exposed[i] {
				f.tell(j, UnsoundWrapper, i, "", "the wrapper %s gives the plain load on as `%s`: who imports it from there checks nothing", w.name, lint.Printable(name))
			}
		}
	}
}

// driftingProtocol says which protocol a dump writes, if that hangs on the release of
// Python, or "".
func (f *file) driftingProtocol(call syntax.Index, api string) string {
	if !strings.HasPrefix(api, "pickle.") {
		return "" // dill and cloudpickle are bound to one release anyway
	}
	dump, ok := f.gate.catalog.PythonDump(api)
	if !ok {
		return ""
	}
	args := f.arguments(call, 0)
	value, hidden := syntax.None, false
	for _, protocol := range dump.Protocol {
		got, maybe := args.find(protocol)
		if hidden = hidden || maybe; got != syntax.None {
			value = got
			break
		}
	}
	switch {
	case value == syntax.None && hidden:
		return ""
	case value == syntax.None:
		return "with no fixed protocol"
	}
	for range maxHops {
		if f.tree.Kind(value) != syntax.Identifier {
			break
		}
		only := f.names.OnlyValue(value)
		if only == syntax.None {
			break
		}
		value = only
	}
	text := strings.Join(strings.Fields(string(f.tree.Text(value))), "")
	switch last := text[strings.LastIndexByte(text, '.')+1:]; {
	case last == "HIGHEST_PROTOCOL", last == "DEFAULT_PROTOCOL":
		return "with the protocol " + last
	case strings.HasPrefix(text, "-"), text == "None":
		return "with the protocol " + text
	}
	return ""
}

var (
	logMethods = map[string]bool{
		"debug": true, "info": true, "warning": true, "warn": true, "error": true, "exception": true, "critical": true, "fatal": true, "log": true, "msg": true, "trace": true,
	}
	logObject = regexp.MustCompile(`(?i)log|^(?:warnings|structlog|syslog)$`)
)

// loggedPayload returns the variable with a payload that a call writes to a log or to the
// terminal, or "".
func (f *file) loggedPayload(call syntax.Index) string {
	name := f.calledName(call)
	callee := f.tree.Child(call, syntax.Function)
	args := f.tree.Child(call, syntax.Arguments)
	if name == "" || args == syntax.None {
		return ""
	}
	if f.tree.Kind(callee) == syntax.Attribute {
		of := f.tree.Child(callee, syntax.Object)
		text := string(f.tree.Text(of))
		streams := name == "write" && (strings.HasSuffix(text, "stderr") || strings.HasSuffix(text, "stdout"))
		if !streams && (!logMethods[name] && name != "syslog" || !logObject.MatchString(text)) {
			return ""
		}
	} else if name != "print" && name != "pprint" && name != "warn" {
		return ""
	}
	payloads := f.payloads(call)
	for n := args; n < min(f.tree.Nodes[args].After, args+mostLooked); n++ {
		switch f.tree.Kind(n) {
		case syntax.Call:
			if ch, ok := f.gate.catalog.Channel(f.calledName(n)); ok && ch.Is(catalog.Measures) {
				n = f.tree.Nodes[n].After - 1 // len(data) tells nothing of what it is
			}
		case syntax.Identifier:
			text := string(f.tree.Text(n))
			// An attribute says something about an object, and a slice may be a name.
			if p := f.tree.Parent(n); payloads[text] && f.tree.Kind(p) != syntax.Attribute && f.tree.Nodes[n].Field != syntax.Name {
				return text
			}
		}
	}
	return ""
}

// payloads are the variables of the function around a node that hold what is stored, or
// the object that was made of it: what is loaded from and dumped, and what comes out.
func (f *file) payloads(i syntax.Index) map[string]bool {
	def := f.functionAround(i)
	out, known := f.payloadsIn[def]
	if known {
		return out
	}
	if f.payloadsIn == nil {
		f.payloadsIn = make(map[syntax.Index]map[string]bool)
	}
	out = make(map[string]bool)
	f.payloadsIn[def] = out
	if f.tree.Kind(def) != syntax.FunctionDefinition {
		return out
	}
	for n := def; n < f.tree.Nodes[def].After; n++ {
		if f.tree.Kind(n) != syntax.Call {
			continue
		}
		name := f.calledName(n)
		whole, file := f.gate.plain.lastLoads[name] || f.gate.plain.lastDumps[name], name == "load" || name == "Unpickler"
		if !whole && !checks.MatchString(name) && !signing.MatchString(name) {
			continue
		}
		args := f.arguments(n, 0)
		for k, arg := range args.positional {
			// A file is told by its name; of a check, the key is no payload, nor the tag.
			if f.tree.Kind(arg) == syntax.Identifier && (k == 0 && !file || !whole) && !isKeyOrTag(string(f.tree.Text(arg))) {
				out[string(f.tree.Text(arg))] = true
			}
		}
		if p := f.tree.Parent(n); whole && f.tree.Kind(p) == syntax.Assignment {
			if left := f.tree.Child(p, syntax.Left); left != syntax.None && f.tree.Kind(left) == syntax.Identifier {
				out[string(f.tree.Text(left))] = true
			}
		}
	}
	f.cutFrom(def, out)
	return out
}

// cutFrom adds to payloads what they were cut or decoded from in a function:
// tag, body = data[:32], data[32:].
func (f *file) cutFrom(def syntax.Index, payloads map[string]bool) {
	for n := def; n < f.tree.Nodes[def].After; n++ {
		if f.tree.Kind(n) != syntax.Assignment {
			continue
		}
		left, right := f.tree.Child(n, syntax.Left), f.tree.Child(n, syntax.Right)
		if left == syntax.None || right == syntax.None {
			continue
		}
		holds := false
		for k := left; k < f.tree.Nodes[left].After; k++ {
			holds = holds || f.tree.Kind(k) == syntax.Identifier && payloads[string(f.tree.Text(k))]
		}
		for k := right; holds && k < min(f.tree.Nodes[right].After, right+mostLooked); k++ {
			if f.tree.Kind(k) != syntax.Identifier {
				continue
			}
			p := f.tree.Parent(k)
			method := f.tree.Kind(p) == syntax.Attribute && f.tree.Nodes[k].Field == syntax.Object && cuts[f.lastWord(p)]
			if method || f.tree.Kind(p) == syntax.Subscript && f.tree.First(p) == k {
				payloads[string(f.tree.Text(k))] = true
			}
		}
	}
}

// cuts are methods that take bytes apart.
var cuts = map[string]bool{"partition": true, "rpartition": true, "split": true, "rsplit": true}

var keyName = regexp.MustCompile(`(?i)key|secret|salt|max_age|ttl|expected|actual|algorithm|digestmod|^(?:good|ok|got|want)$`)

func isKeyOrTag(name string) bool { return keyName.MatchString(name) || tags.MatchString(name) }

// exposedLoad returns the public name under which a statement at the top of a wrapper gives
// a plain load on, or "".
func (f *file) exposedLoad(i syntax.Index) string {
	top := i
	if f.tree.Kind(i) == syntax.Assignment {
		top = f.tree.Parent(i)
	}
	for p := f.tree.Parent(top); p != 0; p = f.tree.Parent(p) {
		switch f.tree.Kind(p) {
		case syntax.Block, syntax.TryStatement, syntax.ExceptClause, syntax.IfStatement, syntax.ElseClause:
		default:
			return ""
		}
	}
	if !f.listed.known {
		f.listed.text, f.listed.is = f.publicNames()
		f.listed.known = true
	}
	all, listed := f.listed.text, f.listed.is
	public := func(name string) bool {
		if listed {
			return bytes.Contains(all, []byte(`"`+name+`"`)) || bytes.Contains(all, []byte("'"+name+"'"))
		}
		return !strings.HasPrefix(name, "_")
	}
	if f.tree.Kind(i) == syntax.Assignment {
		left, right := f.tree.Child(i, syntax.Left), f.tree.Child(i, syntax.Right)
		if left == syntax.None || right == syntax.None || f.tree.Kind(left) != syntax.Identifier || f.tree.Kind(right) == syntax.Call {
			return ""
		}
		for _, t := range f.names.Expression(right).Targets {
			if name := string(f.tree.Text(left)); f.gate.plain.loads[t.Name] && len(t.Classes) == 0 && public(name) {
				return name
			}
		}
		return ""
	}
	from := f.tree.First(i)
	if from == syntax.None {
		return ""
	}
	module, _ := f.gate.words.Canonical(string(f.tree.Text(from)))
	if !f.gate.plain.modules[module] {
		return ""
	}
	for c := f.tree.Next(from); c != syntax.None; c = f.tree.Next(c) {
		name := string(f.tree.Text(c))
		as := name
		switch f.tree.Kind(c) {
		case syntax.WildcardImport:
			name, as = "loads", "loads"
		case syntax.AliasedImport:
			inner, alias := f.tree.Child(c, syntax.Name), f.tree.Child(c, syntax.Alias)
			if inner == syntax.None || alias == syntax.None {
				continue
			}
			name, as = string(f.tree.Text(inner)), string(f.tree.Text(alias))
		}
		// A class is imported to be derived from.
		if f.gate.plain.lastLoads[name] && (listed || !strings.HasSuffix(name, "Unpickler")) && public(as) && !f.redefines(as) {
			return as
		}
	}
	return ""
}

// redefines reports that the module defines a function or class of a name itself.
func (f *file) redefines(name string) bool {
	for c := f.tree.First(0); c != syntax.None; c = f.tree.Next(c) {
		def := c
		if f.tree.Kind(c) == syntax.DecoratedDefinition {
			for def = f.tree.First(c); def != syntax.None && f.tree.Kind(def) == syntax.Decorator; {
				def = f.tree.Next(def)
			}
		}
		switch f.tree.Kind(def) {
		case syntax.FunctionDefinition, syntax.ClassDefinition:
			if id := f.tree.Child(def, syntax.Name); id != syntax.None && string(f.tree.Text(id)) == name {
				return true
			}
		}
	}
	return false
}

// publicNames returns the source of __all__, if the module has one.
func (f *file) publicNames() (all []byte, listed bool) {
	for c := f.tree.First(0); c != syntax.None; c = f.tree.Next(c) {
		set := f.tree.First(c)
		if f.tree.Kind(c) != syntax.ExpressionStatement || f.tree.Kind(set) != syntax.Assignment && f.tree.Kind(set) != syntax.AugmentedAssignment {
			continue
		}
		if left := f.tree.Child(set, syntax.Left); left != syntax.None && string(f.tree.Text(left)) == "__all__" {
			all, listed = append(all, f.tree.Text(set)...), true
		}
	}
	return all, listed
}
