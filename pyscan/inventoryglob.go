package pyscan

import (
	"regexp"
	"strings"

	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// globbed is the pattern by which a loop finds the paths that it gives a name, one after the
// other: the sources spell it, and so it is what the channel is called.
func (w *ways) globbed(name syntax.Index, depth int) phrase {
	loop, count := syntax.None, 0
	for _, bound := range w.table.Binders(name) {
		if kind := w.tree.Kind(w.tree.Parent(bound)); kind == syntax.ForStatement || kind == syntax.ForInClause {
			loop = w.tree.Parent(bound)
		}
		count++
	}
	if count != 1 || loop == syntax.None {
		return phrase{text: hole}
	}
	listed := w.unwrap(w.tree.Child(loop, syntax.Right))
	for w.tree.Kind(listed) == syntax.Call && w.spend(depth) {
		function := w.unwrap(w.tree.Child(listed, syntax.Function))
		a := w.file.arguments(listed, 0)
		if a.starred >= 0 || len(a.positional) == 0 {
			break
		}
		first := a.positional[0]
		switch word := w.lastWord(function); word {
		case "sorted", "list", "tuple", "set", "reversed", "tqdm":
			listed = w.unwrap(first)
			continue
		case "glob", "iglob", "rglob":
			pattern := w.text(first, depth+1)
			if full, _ := w.m.Name(function); strings.HasPrefix(full, "glob.") {
				return wild(pattern)
			}
			if w.tree.Kind(function) != syntax.Attribute {
				break
			}
			if word == "rglob" {
				pattern = phrase{text: hole}.join(pattern) // in the directory and in all below
			}
			return wild(w.text(w.tree.Child(function, syntax.Object), depth+1).slash(pattern))
		}
		break
	}
	return phrase{text: hole}
}

var wildcards = regexp.MustCompile(`\?|\[[^]/]+\]`)

// wild writes each wildcard of a glob as a hole.
func wild(pattern phrase) phrase {
	return phrase{lint.Stars(wildcards.ReplaceAllString(pattern.text, hole)), fromFormat}.checked()
}
