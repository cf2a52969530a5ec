package pyscan

import (
	_ "embed"
	"fmt"

	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/lint/justify"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/proof"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

//go:embed rule_unverified_load.md
var pageUnverifiedLoad string

// UnverifiedLoad is PKL205; its page says what and why.
//
// It is an error: somebody thought that a check was needed, and believes that it is there.
var UnverifiedLoad = lint.NewRule(lint.Rule{
	ID:               "PKL205",
	Name:             "unverified-load",
	Severity:         lint.Error,
	CWE:              345,
	SecuritySeverity: 8.8,
	Precision:        "high",
	Since:            "0.1.0",
}, pageUnverifiedLoad)

// unverifiedLoad returns the finding of a site that a check does not guard.
func (f *file) unverifiedLoad(site *lint.Site, s found, claim justify.Claim, a *proof.Answer) *lint.Finding {
	var finding *lint.Finding
	if a.Flaw == proof.Sound { // only the claim names a check
		finding = UnverifiedLoad.Finding(site.Location, "%s, and %q, by which the justification says that it is verified, is not called on every way to here", use(site, s), claim.Justification.VerifiedBy)
	} else {
		at := f.tree.Nodes[a.Check]
		far, _ := a.Elsewhere.(*farFault)
		told := f.fault(s, a)
		if far != nil {
			told = far.text
		}
		finding = UnverifiedLoad.Finding(site.Location, "%s, and the check on line %d does not hold: %s", use(site, s), f.line(at.Start), told)
		if far != nil {
			finding.Trace = append(finding.Trace, lint.Step{Location: far.at, Text: far.step})
		}
		finding.Trace = append(finding.Trace, lint.Step{Location: f.location(at.Start, at.End), Text: lint.Printable("the check: " + f.excerpt(a.Check, maxArgument))})
		if a.At > 0 && a.At != a.Check {
			n := f.tree.Nodes[a.At]
			end := min(n.End, f.lineEnd(n.Start))
			finding.Trace = append(finding.Trace, lint.Step{Location: f.location(n.Start, max(end, n.Start)), Text: lint.Printable("what leads around it: " + f.excerpt(a.At, maxArgument))})
		}
		finding.Trace = append(finding.Trace, lint.Step{Location: site.Location, Text: "the load", Mark: true})
	}
	withClaim(finding, site.API, claim)
	finding.Suppressed = finding.Suppressed && !a.Unnamed
	return finding
}

// fault says what is wrong with a check.
func (f *file) fault(s found, a *proof.Answer) string {
	bytes := f.excerpt(s.value, 40)
	quoted := func(text, otherwise string) string {
		if text == "" {
			return otherwise
		}
		return "`" + lint.Shorten(text, 40) + "`"
	}
	key := quoted(a.Key, "it uses")
	switch a.Flaw {
	case proof.Assertion:
		return "it is an assert statement, which goes away under `python -O`"
	case proof.Timing:
		return "the MAC is compared with ==, and the time that takes tells how much of a guess is right: use hmac.compare_digest"
	case proof.Truncated:
		return "only a few bytes of the digest are compared"
	case proof.Prefix:
		return "only the beginning of the digest is compared, as much of it as is asked for: a few characters are guessed, and none fit everything"
	case proof.DefaultKey:
		return "the key " + key + " is a literal of the source unless something else is configured"
	case proof.LiteralKey:
		return "the key " + key + " stands in the source, where everybody can read it"
	case proof.EmptyKey:
		return "the key is empty, or may be"
	case proof.NoKey:
		return "it is given no key"
	case proof.MessageKey:
		return "the key " + key + " comes out of the message that it is to vouch for"
	case proof.Unkeyed:
		return "it compares a digest without a key with one that comes along with the bytes: who changes the one changes both"
	case proof.Checksum:
		return "a checksum is no signature: anybody can make it fit"
	case proof.Itself:
		return "it compares a value with itself"
	case proof.Off:
		return "the call is told not to verify anything"
	case proof.OtherBytes:
		if a.Checked != "" && a.Checked != bytes {
			return "it is about " + quoted(a.Checked, "") + ", and not about `" + bytes + "`"
		}
		return "it is about other bytes than `" + bytes + "`"
	case proof.Race:
		return "the file is checked and then opened again, when it may be another: read it once, and check what was read"
	case proof.Rebound:
		return "`" + bytes + "` has got another value since"
	case proof.Unused:
		return "nothing is done with what it returns"
	case proof.Polarity:
		return "the bytes are decoded where it fails, not where it is passed"
	case proof.Continues:
		return "the bytes are decoded whether or not it is passed"
	case proof.Swallowed:
		return "its exception is caught" + f.onLine(a.At) + ", and the bytes are decoded all the same"
	case proof.Optional:
		if a.At != syntax.None {
			return fmt.Sprintf("it is optional, `%s`%s decides on it, and the bytes are decoded either way", f.excerpt(a.At, 40), f.onLine(a.At))
		}
		return "it is left out on some ways, and the bytes are decoded all the same"
	case proof.Branch:
		return "another way to the load does not pass it" + f.onLine(a.At)
	case proof.After:
		return "it comes after the load, which has run the program in the bytes by then"
	}
	return "it does not guard the load"
}

func (f *file) onLine(i syntax.Index) string {
	if i == syntax.None {
		return ""
	}
	return fmt.Sprintf(" on line %d", f.line(f.tree.Nodes[i].Start))
}
