package settings

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/lint/suggest"
)

// Words say which rules are off and on. They are those of rules: in .pickle-lint.yml. A
// driver of go/analysis has no severities, so that a severity says no more than on.
type Words struct {
	given string
	// off by the lower-case id or name of a rule.
	off map[string]bool
}

// known are the rules that a program has, by lower-case id and name.
var known = make(map[string]*lint.Rule)

// Know tells which rules there are, so that a word about any other is refused and a rule
// that is off by default is silent. Without it (in a program that links analyzers one by
// one, as Bazel's nogo does) a rule speaks unless a word says otherwise.
func Know(rules []*lint.Rule) {
	for _, r := range rules {
		known[strings.ToLower(r.ID)], known[r.Name] = r, r
	}
}

// names are the ids and names of the known rules as they are written.
func names() []string {
	var out []string
	for name, r := range known {
		if name != r.Name {
			name = r.ID
		}
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

// Forget takes [Know] back, for tests.
func Forget() { clear(known) }

// String returns the flag as it was given.
func (w *Words) String() string {
	if w == nil {
		return ""
	}
	return w.given
}

// Set reads the flag.
func (w *Words) Set(s string) error {
	said := make(map[string]string)
	if err := decode(s, &said); err != nil {
		return fmt.Errorf("rules: %w", err)
	}
	off, err := resolve(said)
	if err != nil {
		return err
	}
	w.given, w.off = s, off
	return nil
}

func resolve(said map[string]string) (map[string]bool, error) {
	off := make(map[string]bool)
	twice := make(map[*lint.Rule]string)
	var errs []error
	for _, key := range slices.Sorted(maps.Keys(said)) {
		name, word := strings.ToLower(key), said[key]
		r := known[name]
		switch {
		case len(known) > 0 && r == nil:
			errs = append(errs, fmt.Errorf("rules: no rule %q%s", key, suggest.DidYouMean(key, names())))
			continue
		case r != nil && twice[r] != "":
			errs = append(errs, fmt.Errorf("rules: %s and %s are one rule", twice[r], key))
			continue
		case r != nil:
			twice[r] = key
		}
		switch word {
		case "off":
			off[name] = true
		case "on", "note", "warning", "error":
			off[name] = false
		default:
			words := []string{"off", "on", "note", "warning", "error"}
			errs = append(errs, fmt.Errorf("rules: %s: %q is none of %s%s", key, word, strings.Join(words, ", "), suggest.DidYouMean(word, words)))
		}
	}
	return off, errors.Join(errs...)
}

// Skips reports whether nothing that a rule says would be told, so that what it looks at
// need not be looked at.
func (w *Words) Skips(r *lint.Rule) bool { return w.Off(&lint.Finding{Rule: r.ID, Name: r.Name}) }

// Asks reports whether a rule is on because a word says so, by its id or its name.
func (w *Words) Asks(id, name string) bool {
	for _, key := range []string{strings.ToLower(id), name} {
		if off, said := w.off[key]; said {
			return !off
		}
	}
	return false
}

// Off reports whether the rule of a finding is off.
func (w *Words) Off(f *lint.Finding) bool {
	for _, name := range []string{strings.ToLower(f.Rule), f.Name} {
		if off, said := w.off[name]; said {
			return off
		}
	}
	r := known[f.Name]
	return r != nil && r.Off
}
