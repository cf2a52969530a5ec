package inventory

import (
	"strings"

	"github.com/pickle-lint/pickle-lint/lint"
)

// maxName bounds the names that are compared, in bytes: the work is their product.
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
func Joins(kind lint.ChannelKind, a, b string) bool {
	switch {
	case len(a) > maxName || len(b) > maxName:
		return a == b
	case a == b:
		return len(wordsOf(a)) > 0
	case !strings.Contains(a, "*") && !strings.Contains(b, "*"):
		return false
	case kind == lint.FileChannel && a != "" && b != "" && absolute(a) != absolute(b) && a[0] != '*' && b[0] != '*':
		return false // nobody knows where a relative one begins
	}
	if kind == lint.FileChannel {
		return common(a, b) && (meet(below(a), below(b)) || meet(a, b))
	}
	return common(a, b) && meet(a, b)
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
// star that swallows a whole name would join everything that ends in .pkl. Where one of them
// begins with a star the word has to be one that not every tree has.
func common(a, b string) bool {
	anywhere := strings.HasPrefix(a, "*") || strings.HasPrefix(b, "*")
	words := make(map[string]bool)
	for _, w := range wordsOf(a) {
		words[w] = true
	}
	for _, w := range wordsOf(b) {
		if words[w] && (!anywhere || len(w) >= minWord && !everyday[w]) {
			return true
		}
	}
	return false
}

// wordsOf are the parts of a name that are spelled out, without the ending of a file.
func wordsOf(name string) []string {
	if i := strings.LastIndexByte(name, '.'); i > strings.LastIndexByte(name, '/')+1 && !strings.Contains(name[i:], "*") {
		name = name[:i]
	}
	return strings.FieldsFunc(name, func(r rune) bool { return strings.ContainsRune("*/.:-_ ", r) })
}

// meet reports whether some text is of both forms. A star stands for any text.
func meet(a, b string) bool {
	// row[j] says whether what was read of a, and b[:j], can spell the same text.
	row := make([]bool, len(b)+1)
	row[0] = true
	for j := 1; j <= len(b); j++ {
		row[j] = row[j-1] && b[j-1] == '*'
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = row[0] && a[i] == '*'
		for j := 1; j <= len(b); j++ {
			above := row[j]
			if a[i] == '*' || b[j-1] == '*' {
				row[j] = above || row[j-1] // it stands for nothing, or for what the other has there
			} else {
				row[j] = diagonal && a[i] == b[j-1]
			}
			diagonal = above
		}
	}
	return row[len(b)]
}

// Covers reports whether a file at a path may be one that a channel of files names. Where
// a program runs is not known, so a relative name covers any path that ends like it.
func Covers(name, path string) bool {
	if len(name) > maxName || len(path) > 4*maxName || len(wordsOf(name)) == 0 {
		return false
	}
	if absolute(name) {
		return meet(name, path) || absolute(path) && meet(name, strings.TrimPrefix(path, "/"))
	}
	name = below(name)
	for {
		if meet(name, path) {
			return true
		}
		var found bool
		if _, path, found = strings.Cut(path, "/"); !found {
			return false
		}
	}
}
