package blob

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/pickle"
)

// maxFindings bounds the findings of one file. The worst are kept, and one more
// says how many there would be.
const maxFindings = 100

// Judge is [Settings.Judge] for a catalogue and a policy, of a file by itself.
func Judge(rep *Report, cat *catalog.Catalog, policy Policy) ([]*lint.Finding, []*lint.Skip) {
	return (&Settings{Catalog: cat, Policy: policy}).Judge(rep)
}

func newJudge(rep *Report, s *Settings) *judge {
	j := &judge{rep: rep, Settings: s, cat: s.Catalog, policy: s.Policy, known: make(map[nameKey]opinion)}
	limit := rep.limit
	if limit <= 0 {
		limit = DefaultLimits().Duration
	}
	j.deadline = time.Now().Add(limit)
	return j
}

func (j *judge) judge() ([]*lint.Finding, []*lint.Skip) {
	rep := j.rep
	for _, s := range rep.Streams {
		j.stream(s)
	}
	for _, s := range rep.doubtful {
		j.doubtful(s)
	}
	j.ambiguities()
	skips := rep.Skips()
	if j.skip != nil {
		skips = append(skips, j.skip)
	}
	return j.findings(), skips
}

// doubtful judges look-ups in what is probably text: only a global that has a
// line of its own counts, since text has words that are modules ("ctest").
func (j *judge) doubtful(s *Stream) {
	if slices.Contains(j.rep.Streams, s) {
		return // the next stream made it a pickle
	}
	b := newBench(j, s)
	for i := range s.Trace.Globals {
		g := &s.Trace.Globals[i]
		if !g.Resolved {
			continue
		}
		o := b.opinion(g)
		wild := j.cat.Global(g.Module, "*")
		if o.class == catalog.Dangerous && (wild.Class != o.class || wild.Reason != o.reason) && !b.charged(DangerousGlobal, g.String()) {
			b.charge(DangerousGlobal, g.String(), "", g.Offset, g.Offset, "imports %s%s: %s", g, written(g), o.reason)
		}
	}
}

type judge struct {
	*Settings
	rep    *Report
	cat    *catalog.Catalog
	policy Policy
	known  map[nameKey]opinion
	cases  []*charge

	deadline time.Time
	skip     *lint.Skip // why not all was judged

	cleans map[*nested]bool // see clean
}

// checkEvery is how many facts are judged between looks at the clock.
const checkEvery = 256

// late reports whether the time is up, at the i-th fact of a kind.
func (b *bench) late(i int) bool {
	if b.skip == nil && i%checkEvery == 0 && time.Now().After(b.deadline) {
		b.skip = &lint.Skip{Location: b.rep.location(b.s.Member, b.s.Trace.Offset), Reason: "not fully judged: out of time"}
	}
	return b.skip != nil
}

// charge is a finding before it is written out.
type charge struct {
	rule     *lint.Rule
	severity lint.Severity
	stream   *Stream  // nil: it is about the container member
	member   []string // of stream
	callable string
	args     string
	text     string
	offset   int64
	from     int64 // where the excerpt begins
	more     int   // further places of the same kind
}

// caseKey is what one finding of a stream is about.
type caseKey struct {
	rule     *lint.Rule
	callable string
}

// bench collects the charges of one stream.
type bench struct {
	*judge
	s    *Stream
	seen map[caseKey]*charge
	// roots has the call at the start of each call's chain of callees. A stream
	// can have hundreds of thousands, so nothing searches.
	roots []int32
	// walks has what getattr took, by the index of its call.
	walks map[int32]*pickle.Global
	// made has the classes of which another callable makes instances.
	made map[string]bool
	// loads has the calls that only load bytes that were looked into.
	loads map[int32]bool
	// handed has the look-ups that are arguments, by their index.
	handed map[int]bool
	// planted has those of them that go to a callable of which the catalogue
	// does not say what it does with a callable.
	planted map[int]bool
	// evaluates: some state has a formula, whose names are what the stream
	// puts into its data. Nothing in that stream is harmless.
	evaluates bool
}

func newBench(j *judge, s *Stream) *bench {
	return &bench{judge: j, s: s, seen: make(map[caseKey]*charge), walks: make(map[int32]*pickle.Global), made: make(map[string]bool), handed: make(map[int]bool), planted: make(map[int]bool)}
}

// charge adds a finding, or counts it if the stream has an equal one.
func (b *bench) charge(r *lint.Rule, callable, args string, from, offset int64, format string, words ...any) {
	if b.policy == WeightsOnly && (r == UnknownCall || r == UnknownClass) {
		return // the list of torch decides
	}
	key := caseKey{r, callable}
	if c, ok := b.seen[key]; ok {
		c.more++
		return
	}
	c := &charge{
		rule: r, severity: b.severity(r), stream: b.s, member: b.s.Member, callable: callable, args: args,
		text: fmt.Sprintf(format, words...), from: from, offset: offset,
	}
	b.seen[key] = c
	b.cases = append(b.cases, c)
}

// severity is the rule's own, except that strict has errors only where default
// does not know.
func (j *judge) severity(r *lint.Rule) lint.Severity {
	if j.policy == Strict {
		switch r {
		case UnknownCall, UnknownClass, SuspiciousGlobal:
			return lint.Error
		}
	}
	return r.Severity
}

// stream judges one stream: what it calls, what else it looks up, what is odd
// about it, how it ends.
func (j *judge) stream(s *Stream) {
	b := newBench(j, s)
	uses := b.calls()
	b.globals(uses)
	b.implied()
	b.hooked()
	if s.Carved {
		return
	}
	if b.policy == WeightsOnly && !s.Literal {
		b.weightsOnly()
	}
	b.anomalies()
	if _, ok := wrapped(s.Trace); ok && !s.Trace.Complete {
		return // it is told as not fully read
	}
	if e := s.Err; e != nil && e.Kind != pickle.LimitReached && e.Kind != pickle.ReadFailed {
		at := max(s.Trace.Offset, e.Offset)
		b.charge(BrokenStream, "", string(e.Kind), at, at, "the pickle breaks off: %s (%s)", e.Text, e.Kind)
	}
}

// findings writes the charges out, worst first as long as there is room, and
// orders them by place.
func (j *judge) findings() []*lint.Finding {
	cases := j.cases
	slices.SortStableFunc(cases, func(a, b *charge) int { return cmp.Compare(b.severity, a.severity) })
	left := cases[min(len(cases), maxFindings):]
	var prints lint.Fingerprints
	var out []*lint.Finding
	for _, c := range cases[:len(cases)-len(left)] {
		out = append(out, j.finding(c, &prints))
	}
	slices.SortStableFunc(out, lint.CompareFindings)
	if len(left) > 0 {
		c := *left[0]
		c.more = 0
		c.callable, c.args = "", ""
		c.text = fmt.Sprintf("%d more findings in this file are not listed; the first of them: %s", len(left), c.text)
		out = append(out, j.finding(&c, &prints))
	}
	return out
}

func (j *judge) finding(c *charge, prints *lint.Fingerprints) *lint.Finding {
	text := c.text
	if c.more > 0 {
		text += fmt.Sprintf(" (and %d more of this in the stream)", c.more)
	}
	f := c.rule.Finding(j.rep.location(c.member, c.offset), "%s", text)
	f.Severity = c.severity
	f.Callable = lint.Printable(c.callable)
	f.Trace = j.excerpt(c)
	f.Fingerprint = prints.Of(lint.Key{Rule: c.rule.ID, Place: lint.PlaceOf(j.rep.Path, c.member), API: c.callable, Statement: c.args})
	return f
}

// Skips says what was not looked at. [Judge] returns it too.
func (r *Report) Skips() []*lint.Skip {
	var out []*lint.Skip
	add := func(member []string, off int64, reason string) {
		out = append(out, &lint.Skip{Location: r.location(member, off), Reason: lint.Printable(reason)})
	}
	for _, p := range r.Problems {
		add(p.Member, p.Offset, p.Reason)
	}
	if r.MoreProblems > 0 {
		add(nil, 0, fmt.Sprintf("%d more problems in this file are not listed", r.MoreProblems))
	}
	switch {
	case len(out) > 0 || !r.Named || r.Recognised():
	case r.Size == 0:
		add(nil, 0, "the file is empty")
	default:
		add(nil, 0, "nothing was recognised: neither a pickle nor a container of pickles")
	}
	return out
}
