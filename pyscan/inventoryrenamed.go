package pyscan

import (
	"strings"

	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// scratch is a temporary file, or the one that it becomes.
func (w *ways) scratch(i syntax.Index) end {
	out := &lint.Channel{Kind: lint.FileChannel, Name: hole}
	w.renamed(out, i)
	return end{channel: out}
}

// renamed gives a file the name to which the function around a node moves it.
func (w *ways) renamed(c *lint.Channel, i syntax.Index) {
	around := w.around(i)
	if !w.mentions(around, renames...) {
		return
	}
	for n := around; n < w.tree.Nodes[around].After && w.spend(0); n++ {
		if w.tree.Kind(n) != syntax.Call {
			continue
		}
		function := w.unwrap(w.tree.Child(n, syntax.Function))
		from, to := syntax.None, syntax.None
		switch w.lastWord(function) {
		case "replace", "rename", "renames", "move", "link":
			name, _ := w.m.Name(function)
			if strings.HasPrefix(name, "os.") || strings.HasPrefix(name, "shutil.") {
				from, to = w.table.Argument(n, 0, "src"), w.table.Argument(n, 1, "dst")
			} else if a := w.file.arguments(n, 0); len(a.positional) == 1 && w.tree.Kind(function) == syntax.Attribute {
				from, to = w.tree.Child(function, syntax.Object), a.positional[0]
			}
		}
		if to == syntax.None || from == syntax.None {
			continue
		}
		was := lint.Channel{Kind: lint.FileChannel, Name: w.text(from, 1).text}
		if w.normalise(&was); c.Name != was.Name {
			continue
		}
		name := w.text(to, 1)
		next := lint.Channel{Kind: lint.FileChannel, Name: name.text, From: name.from, Via: w.lastWord(function)}
		if w.normalise(&next); next.Name != c.Name {
			*c = next
			return
		}
	}
}
