package catalog

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// Error is a mistake in a catalogue file.
type Error struct {
	File string
	Line int
	Text string
}

func (e *Error) Error() string { return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Text) }

// fact is one parsed line, before its keyword gives it a meaning.
type fact struct {
	line    int
	keyword string
	subject string
	attrs   map[string]string
	reason  string
}

// maxLine bounds a line of a catalogue file, in bytes.
const maxLine = 64 << 10

// parse reads all facts of one file. All mistakes are returned, joined, so that
// a person mends a file in one go.
func parse(file string, r io.Reader, sorted bool) ([]fact, error) {
	var facts []fact
	var errs []error
	seen := make(map[string]int)
	var previous string
	sc := bufio.NewScanner(r)
	sc.Buffer(nil, maxLine)
	line := 0
	for sc.Scan() {
		line++
		f, err := parseLine(sc.Text())
		if err != nil {
			errs = append(errs, &Error{file, line, err.Error()})
			continue
		}
		if f == nil {
			continue
		}
		f.line = line
		key := f.keyword + " " + f.subject
		if first, ok := seen[f.uniqueKey()]; ok {
			errs = append(errs, &Error{file, line, fmt.Sprintf("duplicate of line %d: %s", first, f.subject)})
			continue
		}
		seen[f.uniqueKey()] = line
		if sorted && key < previous {
			errs = append(errs, &Error{file, line, fmt.Sprintf("not sorted: %q stands behind %q", key, previous)})
		}
		previous = key
		facts = append(facts, *f)
	}
	if err := sc.Err(); err != nil {
		errs = append(errs, &Error{file, line + 1, err.Error()})
	}
	return facts, errors.Join(errs...)
}

// uniqueKey identifies what the fact is about: a global has one class, so the
// three classes share a key, and a method of one name may be something else of each receiver
// or in each package.
func (f *fact) uniqueKey() string {
	if f.keyword == "python-through" || f.keyword == "go-through" {
		return f.keyword + " " + f.subject + " " + f.attrs["of"]
	}
	if _, ok := classWords[f.keyword]; ok {
		return "global " + f.subject
	}
	return f.keyword + " " + f.subject
}

func parseLine(text string) (*fact, error) {
	rest := strings.TrimSpace(text)
	if rest == "" || strings.HasPrefix(rest, "#") {
		return nil, nil
	}
	f := &fact{attrs: make(map[string]string)}
	f.keyword, rest = word(rest)
	if !knownKeyword(f.keyword) {
		return nil, fmt.Errorf("unknown keyword %q", f.keyword)
	}
	f.subject, rest = word(rest)
	if f.subject == "" || strings.HasPrefix(f.subject, "#") {
		return nil, fmt.Errorf("%s: no subject", f.keyword)
	}
	for {
		if rest == "" {
			return nil, fmt.Errorf("%s %s: no reason: a fact ends in \"# reason or source\"", f.keyword, f.subject)
		}
		if strings.HasPrefix(rest, "#") {
			f.reason = strings.TrimSpace(rest[1:])
			if f.reason == "" {
				return nil, fmt.Errorf("%s %s: the reason is empty", f.keyword, f.subject)
			}
			return f, nil
		}
		key, value, tail, err := attribute(rest)
		if err != nil {
			return nil, err
		}
		if _, ok := f.attrs[key]; ok {
			return nil, fmt.Errorf("attribute %q is given twice", key)
		}
		f.attrs[key] = value
		rest = tail
	}
}

// word cuts the first word off s.
func word(s string) (first, rest string) {
	i := strings.IndexAny(s, " \t")
	if i < 0 {
		return s, ""
	}
	return s[:i], strings.TrimLeft(s[i:], " \t")
}

func attribute(s string) (key, value, rest string, err error) {
	key, s, ok := strings.Cut(s, "=")
	if !ok || key == "" || strings.ContainsAny(key, " \t\"#") {
		bad, _ := word(key)
		return "", "", "", fmt.Errorf("expected key=value or # reason, found %q", bad)
	}
	if !strings.HasPrefix(s, `"`) {
		value, rest = word(s)
		if value == "" {
			return "", "", "", fmt.Errorf("attribute %q has no value", key)
		}
		if strings.ContainsAny(value, "\"#") {
			return "", "", "", fmt.Errorf("attribute %q: %q must be quoted", key, value)
		}
		return key, value, rest, nil
	}
	quoted, err := strconv.QuotedPrefix(s)
	if err != nil {
		return "", "", "", fmt.Errorf("attribute %q: unterminated or malformed string", key)
	}
	if value, err = strconv.Unquote(quoted); err != nil {
		return "", "", "", fmt.Errorf("attribute %q: %w", key, err)
	}
	rest = strings.TrimLeft(s[len(quoted):], " \t")
	if rest == s[len(quoted):] && rest != "" {
		return "", "", "", fmt.Errorf("attribute %q: text directly behind the string", key)
	}
	return key, value, rest, nil
}
