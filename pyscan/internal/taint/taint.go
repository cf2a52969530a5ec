package taint

import (
	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/names"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// Kind says what a sink does with its argument.
type Kind uint8

// The kinds.
const (
	// Data is decoded: bytes, or a file that is open.
	Data Kind = iota
	// Stream is read and decoded: a file that is open. What is known to give texts gives
	// one that somebody chose.
	Stream
	// Either is decoded, or opened if it is a path.
	Either
	// Path is opened.
	Path
)

// isPath reports that a path may be asked for.
func (k Kind) isPath() bool { return k == Either || k == Path }

// Step is one hop on the way of the bytes.
type Step struct {
	Node syntax.Index
	Text string
}

// Origin is where something comes from.
type Origin struct {
	Source *catalog.PythonSource
	// Chosen: the bytes are those of a file whose path comes from there.
	Chosen bool
	// Narrowed names the function that keeps such a path in its directory, or is "".
	Narrowed string
	// Node is where the source stands.
	Node syntax.Index
	// Unsure: some function was given it, and may have given it on.
	Unsure bool
	// Far is the way through other modules to the function whose parameter Node is, as
	// [Callers] has told it, or nil.
	Far any
	// Inside: the configuration does not count the source as outside.
	Inside bool
	// Steps lead from the source to the site, which is not among them.
	Steps []Step
}

// File is one file in which bytes are followed. It is not safe for concurrent use.
type File struct {
	tree    *syntax.Tree
	names   *names.Table
	sources *Sources
	// spells reports whether a word is one of the names of the file.
	spells func(string) bool
	// excerpt returns the source of a node, shortened.
	excerpt func(syntax.Index) string
	// trusted reports a source that the configuration does not count as outside.
	trusted func(*catalog.PythonSource) bool

	// Elsewhere, if not nil, follows functions into other modules.
	Elsewhere Elsewhere
	// Callers, if not nil, follows parameters into the modules that call the function.
	Callers Callers

	near map[*catalog.PythonSource]bool
	uses *uses
	work int
}

// NewFile returns a file whose names are followed by a table that was built with the
// vocabulary of the sources. trusted may be nil.
func NewFile(tree *syntax.Tree, table *names.Table, sources *Sources, spells func(string) bool, excerpt func(syntax.Index) string, trusted func(*catalog.PythonSource) bool) *File {
	return &File{tree: tree, names: table, sources: sources, spells: spells, excerpt: excerpt, trusted: trusted, near: make(map[*catalog.PythonSource]bool)}
}

const (
	// maxItems bounds the expressions that are looked at for one site, and maxWork those
	// for all sites of a file.
	maxItems = 1_500
	maxWork  = 60_000
)

// item is an expression that is to be looked at.
type item struct {
	node syntax.Index
	kind Kind
	// from is the item that led here, or -1.
	from int
	step Step
	// narrowed: see Origin.
	narrowed string
	// unsure: what is known of the value is that some function was given it. The
	// command line is given to many.
	unsure bool
}

// walk is one question.
type walk struct {
	*File
	items []item
	seen  map[visit]bool
	found []Origin
	// inside are the sources that are trusted.
	inside []Origin
	// at is the item that is being looked at.
	at int
	// public are parameters that functions of other modules may give a value.
	public []given
}

type visit struct {
	node syntax.Index
	kind Kind
}

// Of tells where an expression comes from. Data counts more than a path, and what is
// nearer to the site more than what is farther.
func (f *File) Of(node syntax.Index, kind Kind) (Origin, bool) {
	w := f.walk()
	w.push(node, kind, Step{Node: syntax.None})
	return w.run()
}

// Handed tells where the argument of a function comes from that is not called but
// handed on: map(loads, rows).
func (f *File) Handed(use syntax.Index, kind Kind) (Origin, bool) {
	w := f.walk()
	w.handedOn(&callee{def: syntax.None}, use, kind)
	return w.run()
}

func (f *File) walk() *walk { return &walk{File: f, seen: make(map[visit]bool), at: -1} }

func (w *walk) run() (Origin, bool) {
	f := w.File
	for w.at = 0; w.at < len(w.items) && f.work < maxWork; w.at++ {
		f.work++
		w.look(w.items[w.at].node, w.items[w.at].kind)
		if len(w.found) > 0 && !w.found[len(w.found)-1].Chosen {
			return w.found[len(w.found)-1], true
		}
	}
	if len(w.found) > 0 {
		return w.found[0], true
	}
	if len(w.inside) > 0 {
		return w.inside[0], true
	}
	return w.fromCallers()
}

// push adds an expression.
func (w *walk) push(node syntax.Index, kind Kind, step Step) {
	if node == syntax.None || len(w.items) >= maxItems || w.seen[visit{node, kind}] {
		return
	}
	w.seen[visit{node, kind}] = true
	i := item{node: node, kind: kind, from: w.at, step: step}
	if w.at >= 0 && w.at < len(w.items) {
		i.narrowed, i.unsure = w.items[w.at].narrowed, w.items[w.at].unsure
	}
	w.items = append(w.items, i)
}

// on adds a part of what is looked at, which is no step of its own.
func (w *walk) on(node syntax.Index, kind Kind) { w.push(node, kind, Step{Node: syntax.None}) }

// via adds an expression that is a step.
func (w *walk) via(node syntax.Index, kind Kind, at syntax.Index, text string) {
	w.push(node, kind, Step{Node: at, Text: text})
}

// hit notes a source.
func (w *walk) hit(source *catalog.PythonSource, node syntax.Index, kind Kind, inside bool) {
	if w.items[w.at].unsure && source.Origin == catalog.FromOperator && source.Gives == catalog.GivesText {
		return
	}
	if kind <= Stream && source.IsFile() || source.Gives == catalog.GivesShared && !w.predictable() {
		return // the path is no data
	}
	chosen := kind == Path && !source.IsFile() || kind > Data && source.Gives == catalog.GivesText
	o := Origin{Source: source, Chosen: chosen, Node: node, Narrowed: w.items[w.at].narrowed, Inside: inside, Unsure: w.items[w.at].unsure}
	verb := "the bytes come from "
	if chosen {
		verb = "the path comes from "
	}
	o.Steps = append(o.Steps, Step{Node: node, Text: verb + source.Called})
	for k := w.at; k >= 0; k = w.items[k].from {
		if s := w.items[k].step; s.Node != syntax.None {
			o.Steps = append(o.Steps, s)
		}
	}
	if inside {
		w.inside = append(w.inside, o)
		return
	}
	w.found = append(w.found, o)
}
