package baseline

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/pickle-lint/pickle-lint/lint"
)

// version is that of the form of the file.
const version = 1

// magic is how the first line begins.
const magic = "# pickle-lint baseline "

// headline is the first line of what is written.
var headline = magic + strconv.Itoa(version)

var preface = headline + "\n" +
	"# Findings that were accepted on a day: path, rule, fingerprint, day, owner, what is called.\n" +
	"# \"pickle-lint baseline\" takes out what is gone; with --allow-new it adds.\n"

// Entry is an accepted finding.
type Entry struct {
	Path  string
	Rule  string
	Print lint.Fingerprint // as [lint.Fingerprint.Same]
	// Since is the day on which the finding was first seen, Owner who answers for it.
	Since, Owner string
	// About is what is called or imported, for the reader.
	About string
	// Note is a comment of people behind it.
	Note string
	// Line is where the entry stands, or 0.
	Line int
}

// File is a baseline.
type File struct{ Entries []*Entry }

// MaxSize bounds the file, in bytes.
const MaxSize = 64 << 20

// Parse reads a file. Errors name the line.
func Parse(text []byte) (*File, error) {
	f := new(File)
	first := true
	for n, line := range slices.Collect(bytes.Lines(text)) {
		words := strings.TrimRight(string(line), "\r\n")
		if first {
			if err := checkVersion(words); err != nil {
				return nil, err
			}
			first = false
			continue
		}
		if at := strings.TrimSpace(words); at == "" || at[0] == '#' {
			continue
		}
		e, err := parseEntry(words)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n+1, err)
		}
		e.Line = n + 1
		f.Entries = append(f.Entries, e)
	}
	if first {
		return nil, fmt.Errorf("line 1: the file is empty; a baseline begins with %q", headline)
	}
	return f, nil
}

func checkVersion(line string) error {
	word, ok := strings.CutPrefix(line, magic)
	if !ok {
		return fmt.Errorf("line 1: this is no baseline: it does not begin with %q", headline)
	}
	switch n, err := strconv.Atoi(strings.TrimSpace(word)); {
	case err != nil || n < 1:
		return fmt.Errorf("line 1: %q is no version of a baseline", lint.Printable(word))
	case n > version:
		return fmt.Errorf("line 1: the baseline is of version %d, and this pickle-lint knows none later than %d: it was written by a newer one", n, version)
	}
	return nil
}

// fields are those of a line.
const fields = 6

func parseEntry(line string) (*Entry, error) {
	for _, mark := range []string{"<<<<<<<", "=======", ">>>>>>>", "|||||||"} {
		if strings.HasPrefix(line, mark) {
			return nil, fmt.Errorf("%q is the mark of a merge: keep the lines of both sides, and run \"pickle-lint baseline\"", mark)
		}
	}
	words, note, err := split(line)
	if err != nil {
		return nil, err
	}
	if len(words) != fields {
		return nil, fmt.Errorf("%d words, want %d: path, rule, fingerprint, day, owner, what is called", len(words), fields)
	}
	e := &Entry{Path: words[0], Rule: words[1], Print: lint.Fingerprint(words[2]), Since: words[3], Owner: named(words[4]), About: named(words[5]), Note: note}
	switch _, err := time.Parse(time.DateOnly, e.Since); {
	case lint.FamilyOf(e.Rule) == lint.Family{}:
		return nil, fmt.Errorf("%q is not the id of a rule", lint.Printable(e.Rule))
	case !lint.IsFingerprint(words[2]):
		return nil, fmt.Errorf("%q is no fingerprint", lint.Printable(words[2]))
	case err != nil:
		return nil, fmt.Errorf("%q is not a date of the form YYYY-MM-DD", lint.Printable(e.Since))
	}
	return e, nil
}

// split takes the words of a line apart, which may be Go-quoted, up to a comment.
func split(line string) (words []string, note string, err error) {
	for line = strings.TrimLeft(line, " \t"); line != "" && line[0] != '#'; line = strings.TrimLeft(line, " \t") {
		if line[0] != '"' {
			word, rest, _ := strings.Cut(line, " ")
			words, line = append(words, word), rest
			continue
		}
		quoted, err := strconv.QuotedPrefix(line)
		if err != nil {
			return nil, "", fmt.Errorf("the quotes of %.40q are not closed", line)
		}
		word, err := strconv.Unquote(quoted)
		if err != nil {
			return nil, "", fmt.Errorf("%s is not understood", lint.Printable(quoted))
		}
		words, line = append(words, word), line[len(quoted):]
	}
	return words, strings.TrimRight(line, " \t"), nil
}

// named is a word that may be left out.
func named(word string) string {
	if word == "-" {
		return ""
	}
	return word
}

// word writes one word of a line.
func word(s string) string {
	if s == "" {
		return "-"
	}
	if s[0] == '#' || s[0] == '"' || strings.ContainsFunc(s, func(r rune) bool { return r == ' ' || !lint.PrintableRune(r) || r == '\uFFFD' }) {
		return strconv.QuoteToASCII(s)
	}
	return s
}

func (e *Entry) String() string {
	line := strings.Join([]string{word(e.Path), e.Rule, string(e.Print), e.Since, word(e.Owner), word(e.About)}, " ")
	if e.Note != "" {
		line += " " + e.Note
	}
	return line
}

// Bytes is the text of the file.
func (f *File) Bytes() []byte {
	entries := slices.Clone(f.Entries)
	slices.SortStableFunc(entries, compare)
	var b bytes.Buffer
	b.WriteString(preface)
	for _, e := range entries {
		b.WriteString(e.String() + "\n")
	}
	return b.Bytes()
}

func compare(a, b *Entry) int {
	return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Print, b.Print), cmp.Compare(a.Since, b.Since), cmp.Compare(a.Owner, b.Owner))
}
