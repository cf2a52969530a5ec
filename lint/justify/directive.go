package justify

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/lint/suggest"
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
	// notices are findings that leave the directive in order.
	notices []problem
	used    bool
	// blanks make it right where nothing else is wrong.
	blanks []lint.Edit
	// below is a comment on the line below, which may have been meant to go on.
	below string
	// statement is the one statement that it covers, once used.
	statement int64
}

// problem is one thing that is wrong with a directive: the rule it breaks and
// the message without the rule's name.
type problem struct {
	rule    *lint.Rule
	message string
	remedy  Remedy
}

func (d *directive) fault(rule *lint.Rule, format string, args ...any) {
	d.problems = append(d.problems, problem{rule: rule, message: fmt.Sprintf(format, args...)})
}

// notice notes what is no fault yet.
func (d *directive) notice(rule *lint.Rule, format string, args ...any) {
	d.notices = append(d.notices, problem{rule: rule, message: fmt.Sprintf(format, args...)})
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
// gofmt and ast.ParseDirective see it otherwise as prose. In Python other tools want
// to be first in a comment, so it may also stand behind a further #. Near misses are
// reported rather than ignored.
func parse(c Comment) *directive {
	d := &directive{comment: c, fields: make(map[string]string)}
	var o opening
	var ok bool
	switch {
	case strings.HasPrefix(c.Text, "//"):
		o, ok = goOpening(d)
	case strings.HasPrefix(c.Text, "#"):
		o, ok = findOpening(c)
	default:
		return parseBlockComment(c)
	}
	if !ok {
		return nil
	}
	if o.problem != "" {
		d.fault(MisplacedDirective, "%s", o.problem)
	}
	switch {
	case o.stray != "":
		d.fault(MalformedDirective, "%q stands before the prefix: write # %s", o.stray, prefix)
	case startsWithField(o.rest):
	case strings.TrimSpace(o.spelled) == prefix && !o.right() && o.rest != "":
		d.fault(MalformedDirective, "no blank stands behind the colon of %s", prefix)
	case !strings.HasPrefix(o.spelled, prefix):
		d.fault(MalformedDirective, "the prefix is spelled %q, want %q", strings.TrimSpace(o.spelled), prefix)
	}
	verb, rest := cutWord(o.rest)
	if startsWithField(o.rest) {
		verb = ""
	}
	switch d.verb = verb; verb {
	case Trust, Verifier:
	case "":
		d.fault(MalformedDirective, "no verb: want %s%s or %s%s", prefix, Trust, prefix, Verifier)
		return d
	default:
		hint := suggest.DidYouMean(verb, []string{Trust, Verifier})
		if is := verbOf(verb); is == Trust || is == Verifier {
			hint = fmt.Sprintf(": did you mean %q?", is)
		}
		d.fault(UnknownWord, "unknown verb %q%s", verb, cmp.Or(hint, ": want "+prefix+Trust+" or "+prefix+Verifier))
		return d
	}
	d.parseFields(rest)
	return d
}

// startsWithField reports a directive whose verb is left out.
func startsWithField(s string) bool {
	key, _, field := strings.Cut(s, "=")
	return field && slices.Contains(keys, strings.TrimSpace(key))
}

// goMark finds a Go comment for another tool.
var goMark = regexp.MustCompile(`^//\s*(?:nolint|#nosec|lint:|gosec:|revive:|exhaustive:)`)

// goOpening reads the beginning of a Go comment.
func goOpening(d *directive) (opening, bool) {
	body := d.comment.Text[2:]
	trimmed := strings.TrimLeft(body, " \t")
	o, ok := opens(trimmed)
	if ok && trimmed != body {
		d.fault(MisplacedDirective, "a Go directive has no space behind //: write //%s…", prefix)
	}
	if ok || !goMark.MatchString(d.comment.Text) {
		return o, ok
	}
	if at := strings.Index(body, "//"+prefix); at > 0 {
		o, ok = opens(body[at+2:])
		o.problem = "a Go directive is a comment of its own: it stands on the line above"
	}
	return o, ok
}

// parseBlockComment catches /*picklelint:…*/, which looks like a claim and is
// none.
func parseBlockComment(c Comment) *directive {
	body, ok := strings.CutPrefix(c.Text, "/*")
	if !ok {
		return nil
	}
	if _, ok := opens(strings.TrimLeft(body, " \t\n")); !ok {
		return nil
	}
	d := &directive{comment: c, verb: Trust}
	d.fault(MisplacedDirective, "a directive is a // comment of one line, not a block comment")
	return d
}

func (d *directive) parseFields(rest string) {
	bare := false
	for {
		rest = strings.TrimLeft(rest, " \t")
		if rest == "" || strings.HasPrefix(rest, "//") || strings.HasPrefix(rest, "#") {
			if _, more := behindSign(" " + rest); more {
				d.fault(DuplicateJustification, "a second directive stands in the comment: a statement has one justification")
			}
			return
		}
		key, tail, ok := strings.Cut(rest, "=")
		if !ok || !isKey(key) {
			bad, _ := cutWord(rest)
			d.fault(MalformedDirective, "expected key=value, found %q%s", bad, d.slip(key, bad, bare))
			return
		}
		value, tail, err := cutValue(tail)
		if err != nil {
			d.fault(MalformedDirective, "%s: %v", key, err)
			return
		}
		bare = strings.HasPrefix(rest[len(key)+1:], value)
		rest = tail
		if !slices.Contains(keys, key) {
			d.fault(UnknownWord, "unknown key %q%s", key, suggest.DidYouMean(key, keys))
			continue
		}
		if _, twice := d.fields[key]; twice {
			d.fault(DuplicateJustification, "%s is given twice", key)
			continue
		}
		d.fields[key] = value
	}
}

// slip says what somebody who wrote bad, before an = that may be missing, has probably
// meant. bare: the value before it is one word without quotes.
func (d *directive) slip(key, bad string, bare bool) string {
	switch word := strings.ToLower(strings.Trim(bad, ":,;()")); {
	case slices.Contains(keys, strings.TrimSpace(key)) && strings.TrimSpace(key) != key:
		return fmt.Sprintf(": no blank stands before the = of %s=", word)
	case slices.Contains(keys, word):
		return fmt.Sprintf(": write %s=…", word)
	case strings.IndexFunc(bad, func(r rune) bool { return r >= utf8.RuneSelf && isBlank(r) }) >= 0:
		return ": a blank in it is no plain space"
	case bare && len(d.fields) > 0:
		return ": a value of several words stands in double quotes"
	}
	return ""
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
		return "", "", fmt.Errorf("no value: no blank stands behind the =")
	}
	if quote, _ := utf8.DecodeRuneInString(value); strings.ContainsRune("“”„‟«»‘’‚‛＂＇", quote) {
		return "", "", fmt.Errorf("write straight quotes (\") instead of %q", quote)
	}
	if i := strings.IndexAny(value, "\"'`="); i >= 0 {
		if i == 0 && value[0] == '\'' {
			return "", "", fmt.Errorf("write double quotes (\") instead of single ones")
		}
		return "", "", fmt.Errorf("%q must be quoted", value)
	}
	if strings.IndexByte(",;", value[len(value)-1]) >= 0 {
		return "", "", fmt.Errorf("no comma stands behind a value")
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
