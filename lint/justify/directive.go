package justify

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/pickle-lint/pickle-lint/lint"
)

// The verbs.
const (
	// Trust claims that the site of one statement is safe.
	Trust = "trust"
	// Verifier says of a function that it returns true or nil only for
	// verified bytes.
	Verifier = "verifier"
)

// Keys in the order in which pages list them.
var keys = []string{
	"boundary", "reason", "verified-by", "owner", "expires",
	"retention", "sensitivity", "compat", "ticket",
}

// directive is one parsed comment, right or wrong.
type directive struct {
	comment  Comment
	verb     string
	fields   map[string]string
	problems []problem
	used     bool
	// statement is the one statement that it covers, once used.
	statement int64
}

// problem is one thing that is wrong with a directive: the rule it breaks and
// the message without the rule's name.
type problem struct {
	rule    *lint.Rule
	message string
}

func (d *directive) fault(rule *lint.Rule, format string, args ...any) {
	d.problems = append(d.problems, problem{rule, fmt.Sprintf(format, args...)})
}

// prefix is what makes a comment ours. Go's own directive syntax allows no
// hyphen, so the word is spelled without one in both languages.
const prefix = "picklelint:"

// parse reads a comment. It returns nil for a comment that is not ours.
//
// The grammar, after the comment sign:
//
//	prefix verb *( WS key "=" value ) [ WS ( "//" | "#" ) anything ]
//
// In Go nothing may stand between // and the prefix, as for every Go directive;
// gofmt and ast.ParseDirective see it otherwise as prose. That near miss is
// reported rather than ignored.
func parse(c Comment) *directive {
	body, isGo := strings.CutPrefix(c.Text, "//")
	if !isGo {
		var isPython bool
		if body, isPython = strings.CutPrefix(c.Text, "#"); !isPython {
			return parseBlockComment(c)
		}
	}
	trimmed := strings.TrimLeft(body, " \t")
	rest, ok := cutPrefixFold(trimmed)
	if !ok {
		return nil
	}
	d := &directive{comment: c, fields: make(map[string]string)}
	if isGo && trimmed != body {
		d.fault(MisplacedDirective, "a Go directive has no space behind //: write //%s…", prefix)
	}
	if !strings.HasPrefix(trimmed, prefix) {
		d.fault(MalformedDirective, "the prefix is spelled %q, want %q", trimmed[:len(trimmed)-len(rest)], prefix)
	}
	d.verb, rest = cutWord(rest)
	switch d.verb {
	case Trust, Verifier:
	case "":
		d.fault(MalformedDirective, "no verb: want %s%s or %s%s", prefix, Trust, prefix, Verifier)
		return d
	default:
		d.fault(UnknownWord, "unknown verb %q%s", d.verb, didYouMean(d.verb, []string{Trust, Verifier}))
		return d
	}
	d.parseFields(rest)
	return d
}

// parseBlockComment catches /*picklelint:…*/, which looks like a claim and is
// none.
func parseBlockComment(c Comment) *directive {
	body, ok := strings.CutPrefix(c.Text, "/*")
	if !ok {
		return nil
	}
	if _, ok := cutPrefixFold(strings.TrimLeft(body, " \t\n")); !ok {
		return nil
	}
	d := &directive{comment: c, verb: Trust}
	d.fault(MisplacedDirective, "a directive is a // comment of one line, not a block comment")
	return d
}

// Mentions reports text that begins like a directive, near misses included. It
// is the cheap look with which a wing finds out whether a file has any.
func Mentions(text string) bool {
	_, ok := cutPrefixFold(text)
	return ok
}

// cutPrefixFold cuts the prefix, and near misses of it, off s.
func cutPrefixFold(s string) (rest string, ok bool) {
	for _, p := range []string{prefix, "pickle-lint:", "pickle_lint:"} {
		if len(s) >= len(p) && strings.EqualFold(s[:len(p)], p) {
			return s[len(p):], true
		}
	}
	return s, false
}

func (d *directive) parseFields(rest string) {
	for {
		rest = strings.TrimLeft(rest, " \t")
		if rest == "" || strings.HasPrefix(rest, "//") || strings.HasPrefix(rest, "#") {
			return
		}
		key, tail, ok := strings.Cut(rest, "=")
		if !ok || !isKey(key) {
			bad, _ := cutWord(rest)
			d.fault(MalformedDirective, "expected key=value, found %q", bad)
			return
		}
		value, tail, err := cutValue(tail)
		if err != nil {
			d.fault(MalformedDirective, "%s: %v", key, err)
			return
		}
		rest = tail
		if !slices.Contains(keys, key) {
			d.fault(UnknownWord, "unknown key %q%s", key, didYouMean(key, keys))
			continue
		}
		if _, twice := d.fields[key]; twice {
			d.fault(DuplicateJustification, "%s is given twice", key)
			continue
		}
		d.fields[key] = value
	}
}

func isKey(s string) bool {
	for i, r := range s {
		switch {
		case r >= 'a' && r <= 'z':
		case i > 0 && (r == '-' || r >= '0' && r <= '9'):
		default:
			return false
		}
	}
	return s != ""
}

// cutValue cuts a bare word or a Go string (interpreted or raw) off s.
func cutValue(s string) (value, rest string, err error) {
	if strings.HasPrefix(s, `"`) || strings.HasPrefix(s, "`") {
		quoted, err := strconv.QuotedPrefix(s)
		if err != nil {
			return "", "", fmt.Errorf("the string is not closed or has a bad escape")
		}
		value, err = strconv.Unquote(quoted)
		if err != nil {
			return "", "", fmt.Errorf("bad string: %w", err)
		}
		rest = s[len(quoted):]
		if rest != "" && rest[0] != ' ' && rest[0] != '\t' {
			return "", "", fmt.Errorf("text directly behind the string")
		}
		return value, rest, nil
	}
	value, rest = cutWord(s)
	if value == "" {
		return "", "", fmt.Errorf("no value")
	}
	if i := strings.IndexAny(value, "\"'`="); i >= 0 {
		return "", "", fmt.Errorf("%q must be quoted", value)
	}
	return value, rest, nil
}

func cutWord(s string) (first, rest string) {
	i := strings.IndexAny(s, " \t")
	if i < 0 {
		return s, ""
	}
	return s[:i], s[i:]
}
