package report

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/lint"
)

// junit writes the XML of JUnit's Ant task, as far as the viewers of CI systems agree
// on it: a suite a rule, a case a finding. A case fails where the finding fails the
// run; a quieter finding passes with its text as output, a justified one is skipped
// with the reason, and what was not looked at is an error.
type junit struct {
	w       io.Writer
	opt     Options
	sources *sources
	failOn  lint.Severity
	suites  []*junitSuite
	byName  map[string]*junitSuite
	notSeen *junitSuite
}

type junitSuites struct {
	XMLName  xml.Name      `xml:"testsuites"`
	Name     string        `xml:"name,attr"`
	Tests    int           `xml:"tests,attr"`
	Failures int           `xml:"failures,attr"`
	Errors   int           `xml:"errors,attr"`
	Skipped  int           `xml:"skipped,attr"`
	Suites   []*junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Errors   int         `xml:"errors,attr"`
	Skipped  int         `xml:"skipped,attr"`
	Cases    []junitCase `xml:"testcase"`
}

type junitCase struct {
	Name    string        `xml:"name,attr"`
	Class   string        `xml:"classname,attr"`
	File    string        `xml:"file,attr,omitempty"`
	Line    int           `xml:"line,attr,omitempty"`
	Time    string        `xml:"time,attr"`
	Failure *junitOutcome `xml:"failure,omitempty"`
	Error   *junitOutcome `xml:"error,omitempty"`
	Skipped *junitOutcome `xml:"skipped,omitempty"`
	Output  *junitOutput  `xml:"system-out,omitempty"`
}

type junitOutcome struct {
	Type    string `xml:"type,attr,omitempty"`
	Message string `xml:"message,attr"`
	Text    string `xml:",cdata"`
}

type junitOutput struct {
	Text string `xml:",cdata"`
}

func newJUnit(w io.Writer, opt Options) lint.Handler {
	return &junit{w: w, opt: opt, sources: newSources(opt.Source), byName: make(map[string]*junitSuite)}
}

func (j *junit) Config(m *lint.Config) error {
	j.failOn = m.FailOn
	return nil
}

func (j *junit) Progress(*lint.Progress) error { return nil }
func (j *junit) Site(*lint.Site) error         { return nil }

func (j *junit) Skip(m *lint.Skip) error {
	if m.Excluded {
		return nil
	}
	if j.notSeen == nil {
		j.notSeen = &junitSuite{Name: "not looked at"}
	}
	c := j.at(m.Location)
	c.Name = skipPlace(m.Location)
	c.Error = &junitOutcome{Type: "skip", Message: lint.Printable(m.Reason)}
	j.notSeen.add(c)
	return nil
}

func (j *junit) Finding(m *lint.Finding) error {
	name := lint.Printable(m.Rule) + " " + lint.Printable(m.Name)
	suite := j.byName[name]
	if suite == nil {
		suite = &junitSuite{Name: name}
		j.byName[name], j.suites = suite, append(j.suites, suite)
	}
	var told bytes.Buffer
	t := &text{w: &told, verbose: true, sources: j.sources}
	if err := t.Finding(m); err != nil {
		return err
	}
	long := "\n" + told.String()
	c := j.at(m.Location)
	c.Name = place(m.Location) + ": " + lint.Printable(m.Message)
	switch {
	case m.Suppressed && m.Justification != nil:
		c.Skipped = &junitOutcome{Message: "justified: " + claim(m.Justification)}
	case m.Suppressed:
		c.Skipped = &junitOutcome{Message: "suppressed"}
	case j.failOn != 0 && m.Severity >= j.failOn:
		c.Failure = &junitOutcome{Type: m.Severity.String(), Message: lint.Printable(m.Message), Text: long}
	default:
		c.Output = &junitOutput{long}
	}
	suite.add(c)
	return nil
}

// at is a case about a place. GitLab and CircleCI read the file.
func (j *junit) at(at lint.Location) junitCase {
	c := junitCase{Class: container(at), File: exactPath(j.opt.fromRepository(at.Path), "\t\r\n"), Time: "0"}
	if len(at.Member) == 0 {
		c.Line = at.Line
	}
	return c
}

func (s *junitSuite) add(c junitCase) {
	s.Cases = append(s.Cases, c)
	s.Tests++
	switch {
	case c.Failure != nil:
		s.Failures++
	case c.Error != nil:
		s.Errors++
	case c.Skipped != nil:
		s.Skipped++
	}
}

// Summary also adds a case that passes where nothing was found: viewers take a
// report without one for a test run that was lost.
func (j *junit) Summary(m *lint.Summary) error {
	slices.SortFunc(j.suites, func(a, b *junitSuite) int { return strings.Compare(a.Name, b.Name) })
	if j.notSeen != nil {
		j.suites = append(j.suites, j.notSeen)
	}
	if len(j.suites) == 0 {
		clean := &junitSuite{Name: "pickle-lint"}
		clean.add(junitCase{Name: summaryLine(m, false), Class: "pickle-lint", Time: "0"})
		j.suites = append(j.suites, clean)
	}
	all := junitSuites{Name: "pickle-lint", Suites: j.suites}
	for _, s := range j.suites {
		all.Tests += s.Tests
		all.Failures += s.Failures
		all.Errors += s.Errors
		all.Skipped += s.Skipped
	}
	text, err := xml.MarshalIndent(all, "", "  ")
	if err == nil {
		_, err = io.WriteString(j.w, xml.Header+string(text)+"\n")
	}
	if err != nil {
		return fmt.Errorf("writing JUnit report: %w", err)
	}
	return nil
}
