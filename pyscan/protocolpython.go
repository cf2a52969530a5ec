package pyscan

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/pyscan/declared"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
	"github.com/pickle-lint/pickle-lint/pyscan/pep440"
)

// since is the release of Python from which on a number holds.
type since struct {
	python string
	number int
}

// What each Python has: Lib/pickle.py and Python/marshal.c of the releases named there, and
// docs.python.org/3/library/pickle.html#data-stream-format.
var (
	highestProtocols = []since{{"2.3", 2}, {"3.0", 3}, {"3.4", 4}, {"3.8", 5}}
	defaultProtocols = []since{{"2.3", 0}, {"3.0", 3}, {"3.8", 4}, {"3.14", 5}}
	marshalVersions  = []since{{"2.5", 2}, {"3.4", 4}, {"3.14", 5}}
)

// newest is the highest number of all.
func newest(table []since) int { return table[len(table)-1].number }

// sinceOf returns from which Python on a number is known; "" for one that every Python knows.
func sinceOf(table []since, number int) string {
	for _, s := range table[1:] {
		if s.number >= number {
			return s.python
		}
	}
	return ""
}

// at returns the number that a version of Python has.
func at(table []since, version pep440.Version) int {
	out := table[0].number
	for _, s := range table {
		if version.Compare(pep440.MustParse(s.python)) >= 0 {
			out = s.number
		}
	}
	return out
}

// python returns the oldest Python that is declared for the file.
func (p *protocolJudge) python() (low pep440.Version, v declared.Version, ok bool) {
	v, ok = p.declared(declared.Python)
	if !ok || v.Range.Lowest == nil {
		return pep440.Version{}, v, false
	}
	return *v.Range.Lowest, v, true
}

// several reports that something says which versions of Python are in use.
func (p *protocolJudge) several() bool {
	_, _, ok := p.python()
	return ok || p.readByPython2()
}

// agreed reports that each Python that is declared reads what any of them writes with a
// protocol that hangs on which one runs. The default has always been one that several older
// releases read, and every Python since 3.8 reads the newest that there is.
func (p *protocolJudge) agreed(protocol catalog.Protocol) bool {
	low, v, ok := p.python()
	if !ok {
		return false
	}
	table := defaultProtocols
	if protocol == catalog.ProtocolHighest {
		table = highestProtocols
	}
	written := at(table, low)
	for _, s := range table {
		if !v.Range.Before(pep440.MustParse(s.python)) {
			written = max(written, s.number)
		}
	}
	return at(highestProtocols, low) >= written
}

// varying says which numbers there are, by the Python that runs: of those that are declared,
// or of all.
func (p *protocolJudge) varying(protocol catalog.Protocol) string {
	table := defaultProtocols
	if protocol == catalog.ProtocolHighest {
		table = highestProtocols
	}
	low, v, ok := p.python()
	var out []string
	for k, s := range table {
		from := pep440.MustParse(s.python)
		if ok && k > 0 && v.Range.Before(from) {
			break
		}
		text := fmt.Sprintf("%d from Python %s on", s.number, s.python)
		if ok && low.Compare(from) >= 0 || !ok && k == 0 {
			out = out[:0]
			text = strconv.Itoa(s.number)
			if !ok {
				text += " in Python 2"
			}
		}
		out = append(out, text)
	}
	text := strings.Join(out, ", ")
	if ok {
		text += "; " + declaredIn(v)
	}
	return text
}

// declaredIn says what is declared, and where.
func declaredIn(v declared.Version) string {
	return lint.Shorten(v.Text, maxDeclared) + " is declared in " + v.Where
}

// python2Words are names that only code has which runs under Python 2 as well.
var python2Words = []string{"cPickle", "copy_reg", "PY2", "six", "__future__", "unicode", "basestring", "xrange", "raw_input", "unichr", "izip", "cStringIO"}

// python2Text is how sources speak of it.
var python2Text = regexp.MustCompile(`(?i)\bpython[ -]?2(\.[0-7x])?\b|\bpy2[0-7x]?\b|\bpython ?< ?3|version_info\s*(\[0\]|\.major)?\s*(<|<=|==|>=)\s*\(?[23]\b`)

// readByPython2 reports that something says that Python 2 reads what the file writes, or
// runs it.
func (p *protocolJudge) readByPython2() bool {
	if p.python2 != nil {
		return *p.python2
	}
	said := false
	low, _, ok := p.python()
	switch {
	case ok:
		said = low.Compare(pep440.MustParse("3")) < 0
	default:
		said = slices.ContainsFunc(python2Words, p.spells) || p.hasStatementOfPython2()
	}
	said = said || python2Text.Match(p.text)
	p.python2 = &said
	return said
}

// hasStatementOfPython2 reports a print or an exec that is no call.
func (p *protocolJudge) hasStatementOfPython2() bool {
	return slices.ContainsFunc(p.tree.Nodes, func(n syntax.Node) bool { return n.Kind == syntax.PrintStatement || n.Kind == syntax.ExecStatement })
}
