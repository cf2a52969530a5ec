package pyscan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
	"github.com/pickle-lint/pickle-lint/pyscan/pep440"
)

// offence is what is wrong with a protocol.
type offence struct {
	rule    *lint.Rule
	message string
	// weak: nothing says that several versions of Python are in use.
	weak bool
}

// judge adds what is to be said of a dump.
func (p *protocolJudge) judge(j *judging, d *dumped) {
	if p.inTest(d.node) {
		return
	}
	p.steps = 0
	o := p.offenceOf(d)
	if o == nil {
		return
	}
	n := &p.tree.Nodes[d.node]
	statement := p.statementOf(d.node)
	finding := o.rule.Finding(p.location(n.Start, n.End), "%s", o.message)
	p.unclaimed(j, finding, d.what, statement)
	if o.weak {
		finding.Severity = lint.Note
	}
	finding.Fingerprint = j.keys.Of(p.key(d.node, d.what, statement).Of(finding.Rule))
	// What is wrong with a wrapper, or goes past one, was said.
	i := slices.IndexFunc(j.res.Findings, func(f *lint.Finding) bool {
		return f.Offset == finding.Offset && (f.Rule == WrapperBypass.ID || f.Rule == UnsoundWrapper.ID)
	})
	if i < 0 {
		j.res.Findings = append(j.res.Findings, finding)
	} else if told := j.res.Findings[i]; told.Otherwise == nil {
		told.Otherwise = finding
	}
}

// offenceOf judges a dump: at most one thing is said of it.
func (p *protocolJudge) offenceOf(d *dumped) *offence {
	all := []catalog.Protocol{protocolNone}
	if d.value != syntax.None {
		var ok bool
		if all, ok = p.protocolsOf(d.value); !ok || p.versioned(d.node) {
			return nil
		}
	}
	var out *offence
	for _, protocol := range all {
		o := p.offenceWith(d, protocol)
		// What is fine in some of the cases was chosen by somebody.
		if o == nil || out != nil && out.rule != o.rule {
			return nil
		}
		if out == nil {
			out = o
		}
	}
	return out
}

func (p *protocolJudge) offenceWith(d *dumped, protocol catalog.Protocol) *offence {
	if n, ok := protocol.Number(); ok && n != -1 {
		if d.bound && !p.binds(d) {
			return nil // told where it was bound
		}
		return p.numbered(d, n)
	}
	if _, ok := protocol.Number(); ok {
		protocol = catalog.ProtocolHighest
	}
	if d.fact != nil && d.fact.Marshal {
		return nil
	}
	switch protocol {
	case protocolNone:
		if d.fact != nil {
			return p.missing(d)
		}
	case catalog.ProtocolDefault, catalog.ProtocolHighest:
		return p.unpinned(d, protocol)
	}
	return nil
}

// numbered judges a number.
func (p *protocolJudge) numbered(d *dumped, n int) *offence {
	table, kind, current := highestProtocols, "protocol", 3
	if d.fact != nil && d.fact.Marshal {
		table, kind, current = marshalVersions, "version", 4
	}
	writes := fmt.Sprintf("%s writes %s %d", d.what, kind, n)
	switch {
	case n < 0:
		return &offence{rule: UnsupportedProtocol, message: writes + ", which no Python has: a negative number stands for the newest that the running Python can write"}
	case n > newest(table):
		return &offence{rule: UnsupportedProtocol, message: writes + fmt.Sprintf(", which no Python has: the newest is %d", newest(table))}
	}
	if kind == "protocol" {
		if low, high := p.policy.Min, p.policy.Max; low != nil && n < *low {
			return &offence{rule: ObsoleteProtocol, message: writes + fmt.Sprintf(", and the project has settled on %d or newer", *low)}
		} else if high != nil && n > *high {
			return &offence{rule: UnsupportedProtocol, message: writes + fmt.Sprintf(", and the project has settled on %d or older", *high)}
		} else if p.policy.pins() {
			current = n
		}
	}
	if d.fact != nil {
		if own, ok := d.fact.Default.Number(); ok && n >= own {
			current = n // what the library itself writes
		}
	}
	if from := sinceOf(table, n); from != "" {
		if low, v, ok := p.python(); ok && low.Compare(pep440.MustParse(from)) < 0 && at(table, low) < n && (n != 5 || !p.spells("pickle5")) {
			return &offence{rule: UnsupportedProtocol, message: writes + fmt.Sprintf(", which Python before %s cannot read (%s)", from, declaredIn(v))}
		}
	}
	if n >= current || p.wayOf(d) == staying && d.fact != nil && d.fact.To != catalog.ToProcess {
		return nil
	}
	switch {
	case kind == "version":
		if n == 2 && p.readByPython2() {
			return nil
		}
		return &offence{rule: ObsoleteProtocol, message: writes + ", which is what Python before 3.4 has: later ones write 4"}
	case n == 2:
		if p.readByPython2() {
			return nil
		}
		return &offence{rule: ObsoleteProtocol, message: writes + ", which is for readers in Python 2: bytes are written as text in Latin-1, which takes twice the room and a call to read"}
	}
	return &offence{rule: ObsoleteProtocol, message: writes + ", which is for Python before 2.3: it is large and slow, and needs a call of copyreg._reconstructor for each object"}
}

// missing judges a call without a protocol.
func (p *protocolJudge) missing(d *dumped) *offence {
	protocol := d.fact.Default
	if protocol != catalog.ProtocolDefault && protocol != catalog.ProtocolHighest {
		return nil
	}
	way := p.wayOf(d)
	also := ""
	switch {
	case way == staying || p.decided(d):
		return nil
	case p.policy.Require:
	case !p.policy.pins() && (p.agreed(protocol) || !p.several() && p.rereads(d)):
		return nil
	case way == made && p.settled.number > 0:
		// Who calls the function is not seen, and that protocols matter here is.
		also = fmt.Sprintf(", and line %d names %d", p.settled.line, p.settled.number)
	case way < likely:
		return nil
	}
	name := "the default"
	if protocol == catalog.ProtocolHighest {
		name = "the newest"
	}
	return &offence{rule: MissingProtocol, message: fmt.Sprintf("%s writes %s without a protocol%s: %s is %s", d.what, p.where(d, way), also, name, p.varying(protocol))}
}

// unpinned judges a protocol that hangs on the Python that runs.
func (p *protocolJudge) unpinned(d *dumped, protocol catalog.Protocol) *offence {
	need, name := made, "newest"
	if protocol == catalog.ProtocolDefault {
		need, name = leaving, "default"
	}
	way := p.wayOf(d)
	switch {
	case way == staying || d.bound && p.binds(d):
		return nil
	case !p.policy.pins() && (way < need || p.agreed(protocol) || !p.several() && p.rereads(d)):
		return nil
	}
	weak := !p.several() && !p.policy.pins()
	return &offence{rule: UnpinnedProtocol, weak: weak, message: fmt.Sprintf("%s writes %s with %s, the %s protocol of whichever Python runs: %s", d.what, p.where(d, way), p.excerpt(p.unwrap(d.value), maxProtocolText), name, p.varying(protocol))}
}

// maxProtocolText bounds the source text of a protocol in messages, in bytes.
const maxProtocolText = 40

// binds reports that a call only binds arguments ahead: where the bytes go is told elsewhere.
func (p *protocolJudge) binds(d *dumped) bool { return p.table.Binds(d.node) }

// where says what is written, or where to.
func (p *protocolJudge) where(d *dumped, way channel) string {
	if d.fact == nil {
		return "pickles"
	}
	switch d.fact.To {
	case catalog.ToFile, catalog.ToPath:
		if value, _ := d.arguments.find(d.fact.Arg); value != syntax.None {
			return "to `" + p.excerpt(value, maxArgument) + "`"
		}
	case catalog.ToBytes:
		if way > unseen {
			return "what leaves the process"
		}
	}
	return "pickles"
}

// maxClimb bounds the nodes around one that are searched for a function.
const maxClimb = 1 << 10

// inTest reports a place in a test: what it writes is read by itself, with each protocol
// that there is.
func (p *protocolJudge) inTest(i syntax.Index) bool {
	for n := 0; i != syntax.None && n < maxClimb; i, n = p.tree.Parent(i), n+1 {
		kind := p.tree.Kind(i)
		if kind != syntax.FunctionDefinition && kind != syntax.ClassDefinition {
			continue
		}
		id := p.tree.Child(i, syntax.Name)
		if id == syntax.None {
			continue
		}
		name := string(p.tree.Text(id))
		if kind == syntax.FunctionDefinition && (strings.HasPrefix(name, "test_") || name == "test") || kind == syntax.ClassDefinition && (isTestClass(name) || p.standsOnTest(i)) {
			return true
		}
	}
	return false
}

func isTestClass(name string) bool {
	return strings.HasPrefix(name, "Test") || strings.HasSuffix(name, "Test") || strings.HasSuffix(name, "Tests") || strings.HasSuffix(name, "TestCase")
}

// maxBases bounds the classes that one stands on of which a name is looked at.
const maxBases = 64

// standsOnTest reports a class that stands on one of tests, such as unittest.TestCase.
func (p *protocolJudge) standsOnTest(class syntax.Index) bool {
	list := p.tree.Child(class, syntax.Superclasses)
	if list == syntax.None {
		return false
	}
	for base, n := p.tree.First(list), 0; base != syntax.None && n < maxBases; base, n = p.tree.Next(base), n+1 {
		if strings.HasSuffix(p.lastWord(base), "TestCase") {
			return true
		}
	}
	return false
}
