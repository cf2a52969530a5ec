package lint

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Rule is one tile: identity, severity and prose of one thing that can be
// wrong. Code, page and runnable examples stand side by side in the wing that
// owns the rule; everything else about it (documentation pages, SARIF metadata,
// `pickle-lint rules` and `explain`) is derived from this value.
type Rule struct {
	// ID is "PKL" and three digits, never reused; the first digit is the
	// [Family].
	ID string
	// Name is kebab-case, names the offence and reads well after "allow".
	Name     string
	Severity Severity
	// CWE is a number of the Common Weakness Enumeration, or 0.
	CWE int
	// SecuritySeverity is the score code scanning shows, in (0, 10], or 0 for
	// a rule about hygiene.
	SecuritySeverity float64
	// Off: the rule is silent unless a project asks for it, because on much honest
	// code it would be wrong, or a matter of taste.
	Off bool
	// Precision is code scanning's word: very-high, high, medium or low.
	Precision string
	// Since is the release that brought the rule.
	Since string
	// Page is the parsed page beside the rule.
	Page *Page
}

var (
	ruleID      = regexp.MustCompile(`^PKL[1-9][0-9]{2}$`)
	ruleName    = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)
	precisions  = []string{"very-high", "high", "medium", "low"}
	releaseForm = regexp.MustCompile(`^[0-9]+\.[0-9]+\.[0-9]+$`)
)

// NewRule completes r with its page. A broken tile is a mistake in this
// repository, so it panics, at start and in every test.
func NewRule(r Rule, page string) *Rule {
	p, err := ParsePage(page)
	if err != nil {
		panic(fmt.Sprintf("page of %s %s: %v", r.ID, r.Name, err))
	}
	r.Page = p
	if err := r.validate(); err != nil {
		panic(fmt.Sprintf("rule %s %s: %v", r.ID, r.Name, err))
	}
	return &r
}

func (r *Rule) validate() error {
	switch {
	case FamilyOf(r.ID) == Family{}:
		return fmt.Errorf("id is not PKL and three digits of a family")
	case !ruleName.MatchString(r.Name):
		return fmt.Errorf("name is not kebab-case")
	case r.Severity < Note || r.Severity > Error:
		return fmt.Errorf("no severity")
	case !slices.Contains(precisions, r.Precision):
		return fmt.Errorf("precision %q is not one of %s", r.Precision, strings.Join(precisions, ", "))
	case r.SecuritySeverity < 0 || r.SecuritySeverity > 10:
		return fmt.Errorf("security severity %v is outside (0, 10]", r.SecuritySeverity)
	case !releaseForm.MatchString(r.Since):
		return fmt.Errorf("since %q is not a release", r.Since)
	case r.Page.Title != r.Name:
		return fmt.Errorf("page is titled %q", r.Page.Title)
	}
	return nil
}

// Default says what the rule does where nothing is said of it: its severity, and
// whether it is off.
func (r *Rule) Default() string {
	if r.Off {
		return r.Severity.String() + ", off by default"
	}
	return r.Severity.String()
}

// Finding returns a finding of this rule, to be completed by the caller.
// The message is made printable.
func (r *Rule) Finding(at Location, format string, args ...any) *Finding {
	return &Finding{
		Rule:     r.ID,
		Name:     r.Name,
		Severity: r.Severity,
		CWE:      r.CWE,
		Message:  Printable(fmt.Sprintf(format, args...)),
		Location: at,
	}
}

// SortRules orders rules by id and panics on an id or a name that is used twice.
func SortRules(rules []*Rule) []*Rule {
	out := slices.Clone(rules)
	slices.SortFunc(out, func(a, b *Rule) int { return strings.Compare(a.ID, b.ID) })
	names := make(map[string]string, len(out))
	for i, r := range out {
		if i > 0 && out[i-1].ID == r.ID {
			panic("two rules have the id " + r.ID)
		}
		if other, ok := names[r.Name]; ok {
			panic("rules " + other + " and " + r.ID + " are both named " + r.Name)
		}
		names[r.Name] = r.ID
	}
	return out
}
