package report

import (
	"fmt"
	"strings"

	"github.com/pickle-lint/pickle-lint/lint"
)

// fingerprintKey names our own identity of a finding. The version is part of it
// as SARIF 3.27.17 asks, so that a later way of counting can stand beside it.
const fingerprintKey = "pickleLintSite/v1"

// hashKey is the only fingerprint that GitHub code scanning compares.
const hashKey = "primaryLocationLineHash"

func (s *sarif) result(f *lint.Finding, rules *ruleTable) sarifResult {
	r := sarifResult{
		RuleID:              validText(f.Rule),
		RuleIndex:           rules.index[validText(f.Rule)],
		Level:               f.Severity.String(),
		Message:             sarifText{Text: plainMessage(resultMessage(f))},
		Locations:           []sarifLocation{s.location(f.Location)},
		PartialFingerprints: s.fingerprints(f),
		Fixes:               s.fixes(f),
	}
	p := &sarifResultProperties{Callable: validText(f.Callable)}
	if len(f.Member) > 0 {
		p.Member = readable(f.Location).Member
		p.Line = f.Line
	}
	if f.Line == 0 {
		p.Offset = &f.Offset
		for _, step := range f.Trace {
			p.Trace = append(p.Trace, sarifStep{Offset: step.Offset, Text: validText(step.Text), Mark: step.Mark})
		}
	} else {
		r.CodeFlows = s.codeFlows(f)
		r.Related = s.related(f)
		for _, to := range r.Related {
			// Code scanning shows a related location only where the message links it.
			r.Message.Text = fmt.Sprintf("%s. See [%s](%d).", strings.TrimSuffix(r.Message.Text, "."), unbracketed.Replace(to.Message.Text), to.ID)
		}
	}
	if p.Callable != "" || p.Offset != nil || len(p.Member) > 0 {
		r.Properties = p
	}
	r.BaselineState = f.BaselineState
	if f.Suppressed && s.opt.SarifSuppressed == SarifInclude {
		r.Suppressions = []sarifSuppression{s.suppression(f)}
	}
	return r
}

// resultMessage adds where in a blob it is: code scanning shows the message and
// the file, and nothing else of the place. The first sentence is its title.
func resultMessage(f *lint.Finding) string {
	message := lint.Printable(f.Message)
	if f.Line > 0 && len(f.Member) == 0 && f.Cell == 0 {
		return message
	}
	at := fmt.Sprintf("offset %#x", f.Offset)
	switch {
	case f.Cell > 0:
		at = fmt.Sprintf("line %d of cell %d", f.CellLine, f.Cell)
	case f.Line > 0:
		at = fmt.Sprintf("line %d", f.Line)
	}
	if len(f.Member) > 0 {
		at += " of " + lint.Printable(strings.Join(f.Member, " » "))
	}
	return strings.TrimSuffix(message, ".") + ". At " + at + "."
}

func (s *sarif) fingerprints(f *lint.Finding) map[string]string {
	prints := make(map[string]string)
	if f.Fingerprint != "" {
		prints[fingerprintKey] = string(f.Fingerprint)
	}
	if hash, ok := s.sources.file(f.Location).lineHash(f.Line); ok {
		prints[hashKey] = hash
	} else if (f.Line == 0 || len(f.Member) > 0) && f.Fingerprint != "" {
		// A blob has no lines to hash, and those of a member are in no file. Left empty, the upload action hashes
		// what it takes for line 1, and every finding in the file is the same.
		prints[hashKey] = string(f.Fingerprint) + ":1"
	}
	return prints
}

// location is a place in SARIF's words. Its artifact is always the file that the
// repository holds, since code scanning opens nothing else.
func (s *sarif) location(at lint.Location) sarifLocation {
	l := sarifLocation{Physical: &sarifPhysical{Artifact: s.artifact(at.Path), Region: s.region(at)}}
	if len(at.Member) > 0 {
		l.Logical = []sarifLogical{{
			Name:               lint.Printable(at.Member[len(at.Member)-1]),
			FullyQualifiedName: container(at),
			Kind:               "member",
		}}
	}
	return l
}

// region is the range within a source, with columns in UTF-16 code units.
//
// A blob has an offset, counted from the start of the innermost member as in all
// our formats; the logical location says which. Code scanning refuses a region
// without a line, so there it is on line 1.
func (s *sarif) region(at lint.Location) *sarifRegion {
	if at.Line <= 0 {
		return &sarifRegion{StartLine: 1, ByteOffset: &at.Offset}
	}
	if len(at.Member) > 0 {
		return &sarifRegion{StartLine: 1}
	}
	r := &sarifRegion{StartLine: at.Line}
	if at.EndLine > at.Line {
		r.EndLine = at.EndLine
	}
	f := s.sources.file(at)
	start, ok := f.utf16Column(at.Line, at.Column)
	if !ok {
		// A column in bytes would be wrong after the first character outside
		// ASCII; a line without columns is right.
		return r
	}
	r.StartColumn = start
	if end, ok := f.utf16Column(max(at.Line, at.EndLine), at.EndColumn); ok {
		r.EndLine, r.EndColumn = max(at.Line, at.EndLine), end
		if r.EndLine == r.StartLine && end < start {
			r.EndLine, r.EndColumn = 0, 0
		}
	}
	return r
}

// codeFlows is the way of the bytes to a site in source.
func (s *sarif) codeFlows(f *lint.Finding) []sarifCodeFlow {
	steps := f.Trace
	if len(steps) == 0 {
		return nil
	}
	// What is nearest to the site explains most.
	steps = steps[max(0, len(steps)-mostFlowSteps):]
	flow := sarifThreadFlow{Locations: make([]sarifFlowLocation, 0, len(steps))}
	for _, step := range steps {
		at := step.Location
		if at.Path == "" {
			at = f.Location
		}
		l := sarifFlowLocation{Location: s.location(at)}
		l.Location.Message = &sarifText{Text: plainMessage(step.Text)}
		if step.Mark {
			l.Importance = "essential"
		}
		flow.Locations = append(flow.Locations, l)
	}
	return []sarifCodeFlow{{ThreadFlows: []sarifThreadFlow{flow}}}
}

// unbracketed keeps a text of ours from ending the link that it is in.
var unbracketed = strings.NewReplacer("[", "(", "]", ")")

// related is where the way of the bytes begins, if that is another line than the
// finding's.
func (s *sarif) related(f *lint.Finding) []sarifLocation {
	if len(f.Trace) == 0 || len(f.Member) > 0 {
		return nil
	}
	from := f.Trace[0]
	if from.Path == "" || from.Line == 0 || from.Path == f.Path && from.Line == f.Line {
		return nil
	}
	l := s.location(from.Location)
	l.ID, l.Message = 1, &sarifText{Text: plainMessage(from.Text)}
	return []sarifLocation{l}
}

// knownBefore says why a finding does not count that was there before.
var knownBefore = map[string]string{
	lint.ByBaseline: "the baseline of the project accepts it",
	lint.BySince:    "it was there before the change",
}

// suppression says who accepted a finding and why. A finding that was suppressed
// without a claim was accepted outside of the source, by a baseline.
func (s *sarif) suppression(f *lint.Finding) sarifSuppression {
	j := f.Justification
	switch {
	case f.Known():
		return sarifSuppression{Kind: "external", Status: "accepted", Justification: knownBefore[f.SuppressedBy]}
	case j == nil:
		return sarifSuppression{Kind: "external", Status: "accepted"}
	}
	out := sarifSuppression{
		Kind:          "inSource",
		Status:        "accepted",
		Justification: validText(j.Reason),
		Properties: &sarifSuppressionProperties{
			Boundary: j.Boundary, VerifiedBy: j.VerifiedBy, Owner: j.Owner, Expires: j.Expires,
			Retention: j.Retention, Sensitivity: j.Sensitivity, Compat: j.Compat, Ticket: j.Ticket,
		},
	}
	if j.Line > 0 {
		at := s.location(lint.Location{Path: f.Path, Member: f.Member, Line: j.Line})
		out.Location = &at
	}
	return out
}
