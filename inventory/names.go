package inventory

import (
	"strings"

	"github.com/pickle-lint/pickle-lint/lint"
)

// maxName bounds the names that are compared, in bytes.
const maxName = 512

// minWord is the fewest bytes of a word that joins names whose beginning is not known: "py"
// and "v1" are in every second one.
const minWord = 3

// everyday are words of names that tell nothing of whose they are.
var everyday = map[string]bool{
	"cache": true, "data": true, "dump": true, "file": true, "files": true, "home": true, "out": true, "output": true, "pickle": true, "pickles": true,
	"pkl": true, "results": true, "src": true, "temp": true, "test": true, "tests": true, "tmp": true, "usr": true, "var": true,
}

// Joins reports whether what goes out under one name may come in under another: equal
// names do, and names with stars where some text is of both forms, if what they spell out
// has a word in common. Names of which nothing is known join nothing.
func Joins(kind lint.ChannelKind, a, b string) bool { return common(a, b) && fit(kind, a, b) }

// fit is Joins for two names that have a word in common.
func fit(kind lint.ChannelKind, a, b string) bool {
	switch {
	case len(a) > maxName || len(b) > maxName:
		return a == b
	case a == b:
		return true
	case !strings.Contains(a, "*") && !strings.Contains(b, "*"):
		return false
	case kind == lint.FileChannel && a != "" && b != "" && absolute(a) != absolute(b) && a[0] != '*' && b[0] != '*':
		return false // nobody knows where a relative one begins
	}
	if kind == lint.FileChannel && meet(below(a), below(b)) {
		return true
	}
	return meet(a, b)
}

// below is the name of a file in a directory of which nothing is known, as it is called
// there: that may be the directory in which the program runs.
func below(name string) string { return strings.TrimPrefix(name, "*/") }

// whole is the channel of a file as it is called when it is whole: it is often written beside
// its place, and takes it then. Where the function that writes it renames it, the facts say so
// already; this is for those that leave it to a helper.
func whole(c lint.Channel) lint.Channel {
	for _, ending := range []string{"~", ".tmp", ".temp", ".new", ".part", ".partial"} {
		name, ok := strings.CutSuffix(c.Name, ending)
		name = strings.TrimSuffix(name, ".*") // a number of the process
		if ok && c.Kind == lint.FileChannel && !strings.HasSuffix(name, "/") && len(wordsOf(name)) > 0 {
			c.Name = name
			return c
		}
	}
	return c
}

func absolute(name string) bool { return strings.HasPrefix(name, "/") }

// common reports that two patterns have a word in common, besides the ending of a file: a
// star that swallows a whole name would join everything that ends in .pkl.
func common(a, b string) bool {
	words := make(map[string]bool)
	for _, w := range wordsOf(a) {
		words[w] = true
	}
	for _, w := range wordsOf(b) {
		if words[w] && joint(w, a, b) {
			return true
		}
	}
	return false
}

// joint reports whether a word that two patterns have in common joins them: where one of them
// begins with a star it has to be one that not every tree has.
func joint(word, a, b string) bool {
	if !strings.HasPrefix(a, "*") && !strings.HasPrefix(b, "*") {
		return true
	}
	return len(word) >= minWord && !everyday[word]
}

// wordsOf are the parts of a name that are spelled out, without the ending of a file.
func wordsOf(name string) []string {
	if i := strings.LastIndexByte(name, '.'); i > strings.LastIndexByte(name, '/')+1 && !strings.Contains(name[i:], "*") {
		name = name[:i]
	}
	return strings.FieldsFunc(name, func(r rune) bool { return strings.ContainsRune("*/.:-_ ", r) })
}

// meet reports whether some text is of both forms. A star stands for any text. Of two forms
// with stars a text can have all that the one spells out between its stars, and then all
// of the other: only the ends tell them apart.
func meet(a, b string) bool {
	switch starry := strings.Contains(b, "*"); {
	case !starry:
		return spells(a, b)
	case !strings.Contains(a, "*"):
		return spells(b, a)
	}
	head := func(s string) string { return s[:strings.IndexByte(s, '*')] }
	tail := func(s string) string { return s[strings.LastIndexByte(s, '*')+1:] }
	x, y, v, w := head(a), head(b), tail(a), tail(b)
	return (strings.HasPrefix(x, y) || strings.HasPrefix(y, x)) && (strings.HasSuffix(v, w) || strings.HasSuffix(w, v))
}

// Covers reports whether a file at a path may be one that a channel of files names. Where
// a program runs is not known, so a relative name covers any path that ends like it. A star
// stands for no slash here: what is kept for a month in a directory says nothing of the
// directories in it.
func Covers(name, path string) bool {
	if len(name) > maxName || len(path) > 4*maxName || len(wordsOf(name)) == 0 {
		return false
	}
	forms := strings.Split(strings.TrimPrefix(below(name), "/"), "/")
	parts := strings.Split(strings.TrimPrefix(path, "/"), "/")
	if len(forms) > len(parts) || absolute(name) && (!absolute(path) || len(forms) < len(parts)) {
		return false
	}
	for i, part := range parts[len(parts)-len(forms):] {
		if !spells(forms[i], part) {
			return false
		}
	}
	return true
}

// spells reports whether a text is of a form, in one pass: whoever names files may name
// many, and a star in such a name is a letter.
func spells(form, text string) bool {
	first, rest, star := strings.Cut(form, "*")
	text, ok := strings.CutPrefix(text, first)
	if !ok || !star {
		return ok && text == ""
	}
	for {
		part, after, more := strings.Cut(rest, "*")
		if !more {
			return strings.HasSuffix(text, part)
		}
		i := strings.Index(text, part)
		if i < 0 {
			return false
		}
		text, rest = text[i+len(part):], after
	}
}
