package justify

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/pickle-lint/pickle-lint/lint"
)

// Comment is one comment of a source file, with its sign (// or #).
type Comment struct {
	lint.Location
	Text string
	// Alone: nothing but the comment stands on its line.
	Alone bool
	// Indent is how far the comment is indented, as in [Statement].
	Indent int
	// OnFunction: the comment belongs to the doc comment of a function, or
	// stands directly above its def.
	OnFunction bool
	// Unfit says why the function cannot verify anything, or is "".
	Unfit string
}

// File holds the directives of one source file.
type File struct {
	policy     Policy
	directives []*directive
	// byLine: trailing and own-line directives by the line they stand on.
	byLine map[int][]*directive
	// alone lists the lines that hold nothing but a comment.
	alone map[int]bool
	// foreign holds other tools' suppressions by line.
	foreign map[int]Comment
	// bare are the foreign suppressions that stand at a site with no claim.
	bare []Comment
	// uncovered are the statements with a site and without a claim, sorted when the
	// findings are asked for.
	uncovered []Statement
	// pointless: why directives that nothing else uses excuse nothing.
	pointless map[*directive]string
	keys      lint.Fingerprints
}

// NewFile parses the comments of one file, in any order.
func NewFile(policy Policy, comments []Comment) *File {
	f := &File{
		policy:  policy,
		byLine:  make(map[int][]*directive),
		alone:   make(map[int]bool),
		foreign: make(map[int]Comment), pointless: make(map[*directive]string),
	}
	comments = slices.Clone(comments)
	slices.SortFunc(comments, func(a, b Comment) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	for i, c := range comments {
		if c.Alone {
			for line := c.Line; line <= max(c.Line, c.EndLine); line++ {
				f.alone[line] = true
			}
		}
		d := parse(c)
		if d == nil {
			if foreignMark(c.Text) != "" {
				f.foreign[c.Line] = c
			}
			continue
		}
		if i+1 < len(comments) && comments[i+1].Alone && comments[i+1].Line == c.Line+1 {
			d.below = comments[i+1].Text
		}
		if d.verb == Trust && len(d.problems) == 0 {
			policy.check(d)
		}
		if d.verb == Verifier && !c.OnFunction {
			d.fault(MisplacedDirective, "%s%s stands on a function declaration", prefix, Verifier)
		} else if len(d.problems) > 0 {
			d.blanks = policy.respaced(c)
		}
		if d.verb == Verifier && c.Unfit != "" {
			d.fault(MisplacedDirective, "%s%s stands on a function that %s", prefix, Verifier, c.Unfit)
		}
		f.directives = append(f.directives, d)
		f.byLine[c.Line] = append(f.byLine[c.Line], d)
	}
	return f
}

// Claim is the answer to what covers a statement.
type Claim struct {
	// Justification is the claim as written, or nil if there is none.
	Justification *lint.Justification
	// Suppresses: the claim is in order and needs no further proof.
	Suppresses bool
	// Boundary is the boundary's definition, when Justification is set and
	// its boundary is known.
	Boundary Boundary
}

// Standing says, as a part of a sentence about a site, how it stands: "without a
// justification", or with one that holds or does not and why.
func (c Claim) Standing() string {
	switch {
	case c.Justification == nil:
		return "without a justification"
	case c.Suppresses:
		return "with a justification (boundary=" + c.Justification.Boundary + ")"
	case c.Boundary.Proof:
		return "behind boundary=" + c.Justification.Boundary + ", which needs a proved verification"
	}
	return fmt.Sprintf("with a justification on line %d that is not in order", c.Justification.Line)
}

// Statement is what a claim covers, as a wing sees it: a simple statement, or
// the header of a compound one.
type Statement struct {
	// ID tells the statements of a file apart: the offset of the first byte.
	ID int64
	// First and Last are its lines.
	First, Last int
	// Leads: what stands above its first line may be about the statement, because
	// the line begins with it, or with others of the same logical line.
	Leads bool
	// Top is the line at which what belongs to the statement begins, if that is not
	// First: that of its decorators.
	Top int
	// Indent is one more than how far the first line is indented in a language whose
	// blocks are made by indentation, or 0: a comment indented otherwise belongs to
	// another block.
	Indent int
	// DocFirst and DocLast are the lines of the doc comment of the function around the
	// statement, or 0. What a claim of boundary=caller says there, it says of all that
	// the function decodes.
	DocFirst, DocLast int
	// Harmless: nothing is decoded there, so that other tools' suppressions say nothing.
	Harmless bool
}

// mostAbove bounds the lines of comments above a statement that are looked at: thousands of
// statements may stand on one line. A directive further up is a dead one.
const mostAbove = 200

// at returns the directives that may cover a statement.
func (f *File) at(s Statement) []*directive {
	var out []*directive
	take := func(d *directive) {
		if d.verb != Verifier && (!d.used || d.statement == s.ID) {
			out = append(out, d)
		}
	}
	for line := s.First; line <= s.Last; line++ {
		for _, d := range f.byLine[line] {
			take(d)
		}
	}
	above := func(line int) {
		for last := line - mostAbove; s.Leads && line > last && f.alone[line]; line-- {
			for _, d := range f.byLine[line] {
				if d.comment.Alone && (s.Indent == 0 || d.comment.Indent == s.Indent) {
					take(d)
				}
			}
		}
	}
	above(s.First - 1)
	if s.Top > 0 && s.Top < s.First {
		above(s.Top - 1)
	}
	return out
}

// CallerBoundary is the boundary that hands the question on to whoever calls the
// function around a statement.
const CallerBoundary = "caller"

// onFunction returns the directives in the doc comment of the function around a
// statement that are about the function: those of boundary=caller.
func (f *File) onFunction(s Statement) []*directive {
	var out []*directive
	for line := s.DocFirst; line > 0 && line <= s.DocLast; line++ {
		for _, d := range f.byLine[line] {
			if d.verb == Trust && d.comment.OnFunction && d.fields["boundary"] == CallerBoundary {
				out = append(out, d)
			}
		}
	}
	return out
}

// Cover returns the claim that covers a statement, and notes that it is not
// dead. A directive covers the statement if it stands on one of its lines, or
// alone on a line directly above it; other comments may stand between, a blank
// line may not. A directive covers one statement, the first that asks: the wings
// ask in the order of the source, so line breaks never widen a claim. Where there is
// none, one of boundary=caller in the doc comment of the function around it does.
func (f *File) Cover(s Statement) Claim {
	found := f.at(s)
	if len(found) == 0 {
		found = f.onFunction(s)
	}
	if len(found) == 0 {
		f.uncovered = append(f.uncovered, s)
		if !s.Harmless {
			f.noteForeign(s.First, s.Last)
		}
	}
	var claim Claim
	for i, d := range found {
		again := d.used
		d.used, d.statement = true, s.ID
		if i > 0 {
			if !again {
				d.fault(DuplicateJustification, "a statement has one justification, and this one has another on line %d", found[0].comment.Line)
			}
			continue
		}
		if d.fields["boundary"] != "" || d.fields["reason"] != "" {
			claim.Justification = d.justification()
		}
		claim.Boundary = f.policy.Boundaries[d.fields["boundary"]]
		claim.Suppresses = len(d.problems) == 0 && !claim.Boundary.Proof
	}
	if len(found) > 1 {
		claim.Suppresses = false
	}
	return claim
}

// noteForeign remembers another tool's suppression at a site without a claim:
// on a line of the statement or alone on the line above, where those tools
// look for it.
func (f *File) noteForeign(first, last int) {
	for line := first - 1; line <= last; line++ {
		c, ok := f.foreign[line]
		if !ok || line < first && !c.Alone {
			continue
		}
		delete(f.foreign, line)
		f.bare = append(f.bare, c)
	}
}

func (d *directive) justification() *lint.Justification {
	return &lint.Justification{
		Boundary:    d.fields["boundary"],
		Reason:      d.fields["reason"],
		VerifiedBy:  d.fields["verified-by"],
		Owner:       d.fields["owner"],
		Expires:     d.fields["expires"],
		Retention:   d.fields["retention"],
		Sensitivity: d.fields["sensitivity"],
		Compat:      d.fields["compat"],
		Ticket:      d.fields["ticket"],
		Line:        d.comment.Line,
	}
}

// Findings returns what is wrong with the directives of the file. It must be
// called after [File.Cover] was asked for every site, because a directive that
// covered none is dead.
func (f *File) Findings() []*lint.Finding {
	var out []*lint.Finding
	for _, p := range f.Problems() {
		out = append(out, p.Finding)
	}
	return out
}

// Problems returns the same with what mends them.
func (f *File) Problems() []Problem {
	slices.SortStableFunc(f.uncovered, func(a, b Statement) int { return cmp.Compare(a.First, b.First) })
	var out []Problem
	for _, d := range f.directives {
		problems := slices.Clone(d.problems)
		if len(d.blanks) > 0 {
			for i := range problems {
				problems[i].remedy = Respace
			}
		}
		switch dead := d.verb == Trust && !d.used; {
		case dead:
			problems = append(problems, f.dead(d))
		case len(problems) == 0:
			problems = d.notices
		}
		for _, p := range problems {
			rule := p.rule
			found := rule.Finding(d.comment.Location, "%s", p.message)
			found.Fingerprint = f.keys.Of(lint.Key{Rule: rule.ID, Place: d.comment.Path, Statement: d.comment.Text})
			out = append(out, Problem{found, p.remedy, d.blanks})
		}
	}
	for _, c := range slices.Concat(f.bare, f.namedMarks()) {
		found := ForeignSuppression.Finding(c.Location, "%q is another tool's suppression and no justification", foreignMark(c.Text))
		found.Fingerprint = f.keys.Of(lint.Key{Rule: ForeignSuppression.ID, Place: c.Path, Statement: c.Text})
		out = append(out, Problem{found, ByHand, nil})
	}
	return out
}
