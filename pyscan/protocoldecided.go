package pyscan

import (
	"strings"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// settled is what a file says of protocols besides at the dump in question.
type settled struct {
	// libraries are those of which a setting holds a protocol: dill.settings["protocol"] = 4.
	libraries map[string]bool
	// words are the constants that the file itself gives a value: pickle.HIGHEST_PROTOCOL = 4.
	words map[string]bool
	// functions are those in the place of which the file puts another.
	functions map[string]bool
	// line is that of the first dump that names a number, and number what it names.
	line, number int
}

// settle looks once for what the file has settled. all are its dumps, and settings what is
// said by settings.
func (p *protocolJudge) settle(all, settings []dumped) {
	s := &p.settled
	s.libraries, s.words, s.functions = make(map[string]bool), make(map[string]bool), make(map[string]bool)
	for _, setting := range settings {
		library, _, _ := strings.Cut(setting.what, ".")
		s.libraries[library] = true
	}
	known := p.gate.catalog.PythonProtocols()
	for i := range p.tree.Nodes {
		i := syntax.Index(i)
		if p.tree.Kind(i) != syntax.Assignment {
			continue
		}
		left := p.tree.Child(i, syntax.Left)
		if left == syntax.None || p.tree.Kind(left) != syntax.Attribute || p.tree.Child(i, syntax.Right) == syntax.None {
			continue
		}
		word, of := p.lastWord(left), p.tree.Child(left, syntax.Object)
		if of == syntax.None {
			continue
		}
		for _, target := range p.table.Expression(of).Targets {
			name := target.Name + "." + word
			_, constant := known[name]
			_, function := p.gate.catalog.PythonDump(name)
			s.words[word] = s.words[word] || constant
			s.functions[name] = s.functions[name] || function
		}
	}
	for k := range all[:min(len(all), maxDumps)] {
		d := &all[k]
		if d.value == syntax.None || d.fact.Marshal {
			continue
		}
		p.steps = 0
		protocols, ok := p.protocolsOf(d.value)
		if !ok || len(protocols) != 1 {
			continue
		}
		if n, number := protocols[0].Number(); number && n >= 2 && n <= newest(highestProtocols) {
			s.number, s.line = n, p.line(p.tree.Nodes[d.node].Start)
			break
		}
	}
}

// decided reports that what a dump writes without a protocol is decided at another place of
// the file.
func (p *protocolJudge) decided(d *dumped) bool {
	library, _, _ := strings.Cut(d.fact.Name, ".")
	return p.settled.libraries[library] || p.settled.functions[d.fact.Name] ||
		// pandas takes the newest for its default when it is imported.
		d.fact.Default == catalog.ProtocolHighest && p.settled.words["HIGHEST_PROTOCOL"]
}
