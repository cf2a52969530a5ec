package justify

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/pickle-lint/pickle-lint/lint/suggest"
)

// Boundary is a named border that bytes cross before they are decoded.
type Boundary struct {
	// Description says what lies on the other side.
	Description string `json:"description" yaml:"description"`
	// Requires lists the keys that a justification with this boundary must
	// have, besides boundary and reason.
	Requires []string `json:"requires,omitempty" yaml:"requires"`
	// Proof: a claim alone does not suppress; the verification must be
	// proved by the wing.
	Proof bool `json:"proof,omitempty" yaml:"proof"`
}

// BuiltinBoundaries returns the boundaries that need no configuration.
func BuiltinBoundaries() map[string]Boundary {
	outside := []string{"verified-by", "expires"}
	return map[string]Boundary{
		"process":  {Description: "the bytes never leave this process"},
		"host":     {Description: "written on this host by programs of the same owner"},
		"build":    {Description: "made by the build and shipped with the program"},
		"operator": {Description: "handed over by whoever operates the program"},
		"internal": {Description: "written by another service of the same organisation"},
		"cluster":  {Description: "written by a peer over an authenticated channel"},
		"partner":  {Description: "written by a known outside party", Requires: outside},
		"user":     {Description: "written or chosen by a user", Requires: outside, Proof: true},
		"public":   {Description: "anybody may have written it", Requires: outside, Proof: true},
		"caller":   {Description: "whatever the caller passes in: the function itself becomes a sink"},
	}
}

// BoundaryForm is the regular expression of a boundary's name.
const BoundaryForm = `^[a-z][a-z0-9-]*$`

var boundaryName = regexp.MustCompile(BoundaryForm)

// Keys returns the keys of a justification, in the order in which pages list them.
func Keys() []string { return slices.Clone(keys) }

// CheckBoundaries reports everything that is wrong with boundaries that somebody
// declares besides the built-in ones, which keep their meaning.
func CheckBoundaries(declared map[string]Boundary) error {
	builtin := BuiltinBoundaries()
	var errs []error
	for _, name := range slices.Sorted(maps.Keys(declared)) {
		b := declared[name]
		if _, taken := builtin[name]; taken {
			errs = append(errs, fmt.Errorf("boundaries: %s is built in and keeps its meaning", name))
			continue
		}
		if !boundaryName.MatchString(name) {
			errs = append(errs, fmt.Errorf("boundaries: %q is not a lower-case word", name))
		}
		if strings.TrimSpace(b.Description) == "" {
			errs = append(errs, fmt.Errorf("boundaries: %s has no description", name))
		}
		for _, key := range b.Requires {
			if !slices.Contains(keys, key) {
				errs = append(errs, fmt.Errorf("boundaries: %s requires %q, which is none of %s%s", name, key, strings.Join(keys, ", "), suggest.DidYouMean(key, keys)))
			}
		}
	}
	return errors.Join(errs...)
}

// Policy is what a justification is measured against.
type Policy struct {
	Boundaries map[string]Boundary `json:"boundaries"`
	// Today is the day that expiry is compared with, in UTC.
	Today time.Time `json:"today"`
}

// DefaultPolicy returns the built-in boundaries and the given day.
func DefaultPolicy(today time.Time) Policy {
	return Policy{Boundaries: BuiltinBoundaries(), Today: today}
}

// boundaryNames lists the boundaries, sorted.
func (p Policy) boundaryNames() []string { return slices.Sorted(maps.Keys(p.Boundaries)) }

// check adds what is wrong with the fields of a trust directive.
func (p Policy) check(d *directive) {
	boundary := d.fields["boundary"]
	b, known := p.Boundaries[boundary]
	required := []string{"boundary", "reason"}
	switch {
	case boundary == "":
	case !known:
		d.fault(UnknownWord, "unknown boundary %q%s", boundary, suggest.DidYouMean(boundary, p.boundaryNames()))
	default:
		required = append(required, b.Requires...)
	}
	for _, key := range required {
		if _, ok := d.fields[key]; !ok {
			if len(b.Requires) > 0 && slices.Contains(b.Requires, key) {
				d.fault(MissingField, "boundary=%s needs %s", boundary, key)
			} else {
				hint := ""
				if strings.HasPrefix(strings.TrimLeft(d.below, "#/ \t"), key+"=") {
					hint = ": a directive is one line, and the next one has " + key + "="
				}
				d.fault(MissingField, "%s is missing%s", key, hint)
			}
		}
	}
	if reason, ok := d.fields["reason"]; ok {
		p.checkReason(d, reason)
	}
	if expires, ok := d.fields["expires"]; ok {
		p.checkExpiry(d, expires)
	}
	for _, key := range keys {
		value, ok := d.fields[key]
		if ok && key != "reason" && strings.TrimSpace(value) == "" {
			d.fault(MissingField, "%s is empty", key)
		}
	}
	p.checkClosedWords(d)
}

// dateForm is the form of expires: the last valid day, UTC.
const dateForm = time.DateOnly

func (p Policy) checkExpiry(d *directive, expires string) {
	day, err := time.Parse(dateForm, expires)
	if err != nil {
		d.fault(MalformedDirective, "expires=%s is not a date of the form YYYY-MM-DD", expires)
		return
	}
	today := p.Today.UTC().Truncate(24 * time.Hour)
	switch left := int(day.Sub(today).Hours() / 24); {
	case left < 0:
		d.fault(ExpiredJustification, "expired on %s, %s ago", expires, plural(-left, "day"))
	case left == 0:
		d.notice(ExpiringJustification, "expires on %s: today is its last day", expires)
	case left <= noticeDays:
		d.notice(ExpiringJustification, "expires on %s, in %s", expires, plural(left, "day"))
	}
}

// noticeDays is for how long before its last day a claim is told: the time in which
// somebody can be found who knows whether it still holds, and a change be reviewed.
const noticeDays = 30

// Sensitivities returns the words of the key sensitivity, from the least to the most.
func Sensitivities() []string { return slices.Clone(sensitivities) }

var sensitivities = []string{"public", "internal", "confidential", "pii", "secret"}

func (p Policy) checkClosedWords(d *directive) {
	if s, ok := d.fields["sensitivity"]; ok && s != "" && !slices.Contains(sensitivities, s) {
		d.fault(UnknownWord, "unknown sensitivity %q: want one of %s", s, strings.Join(sensitivities, ", "))
	}
	if r, ok := d.fields["retention"]; ok && r != "" {
		if _, err := ParseAge(r); err != nil {
			d.fault(MalformedDirective, "retention=%s is not a number of days, weeks or years (30d, 12w, 1y)", r)
		}
	}
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
