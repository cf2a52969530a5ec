package cli

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/cmd/internal/relpath"
	"github.com/pickle-lint/pickle-lint/internal/config"
	"github.com/pickle-lint/pickle-lint/internal/rules"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/lint/suggest"
)

// level is whether a rule is on, and how loud.
type level struct {
	off bool
	// severity is 0 where that of the finding stays: a policy may have raised it.
	severity lint.Severity
	// by says who switched the rule off.
	by string
}

// said is a word about a rule, and where it stands.
type said struct {
	rule *lint.Rule
	word string
	by   string
}

// apply is what a word makes of a level.
func (s said) apply(l level) level {
	switch s.word {
	case config.Off:
		return level{true, l.severity, s.by}
	case config.On:
		return level{false, l.severity, ""}
	}
	severity, err := lint.ParseSeverity(s.word)
	if err != nil {
		panic(err) // the words were checked when they were read
	}
	return level{false, severity, ""}
}

// levels are those of all rules: their own, then what the configuration says, then
// its overrides for some paths, then the flags; the last word counts.
type levels struct {
	dir       string
	base      map[string]level
	overrides []override
	flags     map[string]said
}

type override struct {
	paths []string
	said  []said
}

func ruleNamed(word string) *lint.Rule {
	all := rules.All()
	i := slices.IndexFunc(all, func(r *lint.Rule) bool { return strings.EqualFold(r.ID, word) || r.Name == word })
	if i < 0 {
		return nil
	}
	return all[i]
}

// noRule is what is said of a word that names no rule.
func noRule(word string) error {
	hint := suggest.DidYouMean(word, ruleNames())
	if hint == "" {
		hint = `: "pickle-lint rules" lists them`
	}
	return fmt.Errorf("no rule %q%s", word, hint)
}

// newLevels resolves the names of rules.
func newLevels(c *config.Config, enable, disable []string) (*levels, error) {
	l := &levels{dir: c.Dir, base: make(map[string]level), flags: make(map[string]said)}
	for _, r := range rules.All() {
		l.base[r.ID] = level{off: r.Off, by: "by default"}
	}
	words, err := resolveRules(c.File, "rules", c.Rules)
	if err != nil {
		return nil, err
	}
	for _, s := range words {
		l.base[s.rule.ID] = s.apply(l.base[s.rule.ID])
	}
	for _, o := range c.Overrides {
		words, err := resolveRules(c.File, "overrides", o.Rules)
		if err != nil {
			return nil, err
		}
		l.overrides = append(l.overrides, override{o.Paths, words})
	}
	for _, flag := range []struct {
		name, word string
		rules      []string
	}{{"enable", config.On, enable}, {"disable", config.Off, disable}} {
		for _, name := range flag.rules {
			r := ruleNamed(name)
			if r == nil {
				return nil, fmt.Errorf("--%s: %w", flag.name, noRule(name))
			}
			if other, ok := l.flags[r.ID]; ok && other.word != flag.word {
				return nil, fmt.Errorf("--enable and --disable both name %s", r.Name)
			}
			l.flags[r.ID] = said{r, flag.word, "by --" + flag.name}
		}
	}
	return l, nil
}

// resolveRules finds the rules that words of the file are about.
func resolveRules(file, key string, words config.RuleWords) ([]said, error) {
	var out []said
	lines := make(map[*lint.Rule]int)
	for _, w := range words {
		r := ruleNamed(w.Rule)
		switch {
		case r == nil:
			return nil, &config.Error{File: file, Line: w.Line, Err: fmt.Errorf("%s: %w", key, noRule(w.Rule))}
		case lines[r] > 0:
			return nil, &config.Error{File: file, Line: w.Line, Err: fmt.Errorf("%s: %s is on line %d already", key, r.Name, lines[r])}
		}
		lines[r] = w.Line
		out = append(out, said{r, w.Word, fmt.Sprintf("on line %d of %s", w.Line, filepath.Base(file))})
	}
	return out, nil
}

// at returns the level of a rule for what was found in the file of an absolute path.
// Globs start at the directory of the configuration and say nothing of what lies
// outside of it.
func (l *levels) at(rule, path string) (level, bool) {
	at, ok := l.base[rule]
	if !ok {
		return level{}, false
	}
	if rel, below := relpath.Below(l.dir, path); below {
		for _, o := range l.overrides {
			if !slices.ContainsFunc(o.paths, func(glob string) bool { return config.Match(glob, rel, 0) }) {
				continue
			}
			for _, s := range o.said {
				if s.rule.ID == rule {
					at = s.apply(at)
				}
			}
		}
	}
	if s, ok := l.flags[rule]; ok {
		at = s.apply(at)
	}
	return at, true
}

// wanted are the rules for Go that are off by default and that something switches on, for
// some path at least: nobody looks for what the others find.
func (l *levels) wanted() map[string]string {
	out := make(map[string]string)
	for _, r := range rules.All() {
		if !strings.HasPrefix(r.ID, "PKL3") {
			continue
		}
		on := !l.base[r.ID].off
		for _, o := range l.overrides {
			on = on || slices.ContainsFunc(o.said, func(s said) bool { return s.rule == r && s.word != config.Off })
		}
		if s, ok := l.flags[r.ID]; ok {
			on = s.word != config.Off
		}
		if r.Off && on {
			out[r.ID] = config.On
		}
	}
	return out
}

// silenced counts what a rule that is off has found.
type silenced struct {
	findings int
	first    lint.Location
}

// level gives the findings the severities that the project wants, and takes out those
// of rules that are off. How many these are is told as what is left out on purpose.
func (r *results) level(l *levels, root string) {
	type cause struct{ rule, name, by string }
	out := make(map[cause]*silenced)
	var causes []cause
	slices.SortStableFunc(r.findings, lint.CompareFindings)
	var kept []*lint.Finding
	for _, f := range r.findings {
		for ; f != nil; f = f.Otherwise {
			at, ok := l.at(f.Rule, absPath(root, f.Path))
			if at.severity != 0 {
				f.Severity = at.severity
			}
			if !ok || !at.off {
				kept = append(kept, f)
				break
			}
			if f.Suppressed {
				continue // a claim has answered it
			}
			c := cause{f.Rule, f.Name, at.by}
			if out[c] == nil {
				out[c] = &silenced{first: f.Location}
				causes = append(causes, c)
			}
			out[c].findings++
		}
	}
	r.findings = kept
	for _, c := range causes {
		s := out[c]
		findings := "1 finding"
		if s.findings > 1 {
			findings = fmt.Sprintf("%d findings", s.findings)
		}
		place := s.first.Path
		if s.first.Line > 0 {
			place = fmt.Sprintf("%s:%d", place, s.first.Line)
		}
		r.skips = append(r.skips, &lint.Skip{
			Location: lint.Location{Path: "."}, Excluded: true,
			Reason: lint.Printable(fmt.Sprintf("%s of %s %s, which is off %s; the first is in %s", findings, c.rule, c.name, c.by, place)),
		})
	}
}
