package evidence

import (
	"fmt"
	"reflect"
	"strconv"

	"golang.org/x/tools/go/analysis"

	"github.com/pickle-lint/pickle-lint/analyzers/decodesite"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/flow"
	"github.com/pickle-lint/pickle-lint/lint"
)

// Analyzer reports nothing; its result is a []*[Site].
var Analyzer = &analysis.Analyzer{
	Name: "evidence",
	Doc: "find out where the bytes at decode sites come from and whether they are checked\n\n" +
		"It reports nothing. Other analyzers of pickle-lint judge what it finds.",
	URL:        lint.Homepage,
	Run:        run,
	Requires:   []*analysis.Analyzer{decodesite.Analyzer},
	ResultType: reflect.TypeFor[[]*Site](),
}

// Verdict is what a site is, for the rules.
type Verdict int

// The verdicts. Of the bytes at a Silent site it is known that they are fine.
const (
	Silent Verdict = iota
	Unjustified
	Serves
	Tainted
	Unverified
	// Unbounded: nothing is known against the bytes but how many they are.
	Unbounded
)

// Site is a site with what is known of its bytes.
type Site struct {
	*decodesite.Site
	// Shown is the part that leaves the run, with what was found out.
	Shown   lint.Site
	Taint   flow.Taint
	Proof   flow.Proof
	Verdict Verdict
	// Suppressed: a claim covers the site, is in order, and is not contradicted by
	// what is known.
	Suppressed bool
}

func run(pass *analysis.Pass) (any, error) {
	result, ok := pass.ResultOf[decodesite.Analyzer].(*decodesite.Result)
	if !ok {
		return nil, fmt.Errorf("analyzer %s gave no sites", decodesite.Analyzer.Name)
	}
	out := make([]*Site, 0, len(result.Sites))
	var keys lint.Fingerprints
	for _, s := range result.Sites {
		e := judge(pass, result.Flow, s)
		// Of what is only worth a word where the bytes come from outside nothing is
		// listed elsewhere, unless somebody makes a claim about it.
		if e.Verdict == Silent && (s.SizeOnly || s.Sink.Untainted == "silent") && s.Justification == nil {
			continue
		}
		e.Shown.Fingerprint = keys.Of(s.Key)
		out = append(out, e)
	}
	return out, nil
}

func judge(pass *analysis.Pass, pkg *flow.Package, s *decodesite.Site) *Site {
	e := &Site{Site: s, Verdict: Unjustified, Suppressed: s.Claim.Suppresses}
	if at, bytes := pkg.Place(s.Node, s.Name, s.Sink.Arg); bytes != nil {
		e.Taint, e.Proof = s.Taint(pkg, bytes), pkg.Proof(at, bytes, verifiedBy(s))
	}
	switch {
	case s.SizeOnly:
		e.Verdict = Silent
		if e.Unlimited() && e.Proof.Standing != flow.Verified {
			e.Verdict = Unbounded
		}
	case e.Proof.Standing == flow.Verified, e.Taint.Origin == flow.Own:
		e.Verdict = Silent
	case s.Within != "" && !e.Taint.Network:
		e.Verdict = Silent // it is justified in the function that is called
	case e.Proof.Standing == flow.Failed:
		e.Verdict = Unverified
	case s.Sink.Serves:
		e.Verdict = Serves
	case e.Taint.Origin == flow.Tainted:
		e.Verdict = Tainted
	case s.Sink.Untainted == "silent":
		e.Verdict = Silent
	}
	e.Shown = s.Site
	if e.Proof.Standing == flow.Verified {
		e.Shown.Verified = e.Proof.By + " on line " + strconv.Itoa(pass.Fset.PositionFor(e.Proof.Pos, false).Line)
	}
	if e.Proof.Cut {
		e.Shown.Note = "the functions around it are too large for its bytes to be followed"
	}
	if e.contradicted() || e.Proof.Unnamed {
		e.Suppressed = false
	}
	return e
}

// verifiedBy is the function by which the claim of a site says that its bytes are verified,
// or "".
func verifiedBy(s *decodesite.Site) string {
	if s.Claim.Justification == nil {
		return ""
	}
	return s.Claim.Justification.VerifiedBy
}

// contradicted reports whether the claim says that the bytes never leave the process,
// the host or the build, while they come straight from the network.
func (e *Site) contradicted() bool {
	return e.Verdict != Silent && e.Taint.Network && decodesite.Close(e.Justification)
}

// maxElement is how large an element may be for which gob is told only how many there
// are, in bytes: a message makes some thousand times its size of larger ones, and a bound
// on it says little (measured with Go 1.26: 100 kB make 2.2 GB of elements of 4 kB).
const maxElement = 256

// Helps reports whether limiting how many bytes are read limits what they can do.
func (e *Site) Helps() bool {
	if e.Format == "gob" && !e.Sink.Serves && e.Sink.Dest != "" {
		return e.Element >= 0 && e.Element <= maxElement
	}
	return e.Sink.Bound
}

// Unlimited reports a site whose bytes strangers write, as many as they like, though a
// limit would help.
func (e *Site) Unlimited() bool { return e.Taint.Unbounded && e.Helps() }
