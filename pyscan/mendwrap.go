package pyscan

import (
	"bytes"
	"regexp"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// unnamedChannel is what stands where somebody has to say which channel bytes go through. It
// is no name of Python's, so that the call fails and every linter tells.
const unnamedChannel = "FIXME"

// wrapperMark begins the section that "pickle-lint wrapper init" writes into a wrapper. What
// has one takes the arguments of pickle's functions, and a channel.
var wrapperMark = []byte("\n# safe_pickle:begin ")

// rewrapped are the functions that such a wrapper has in the place of pickle's, with how many
// arguments stand before the protocol, or all where there is none.
var rewrapped = map[string]int{"pickle.load": 1, "pickle.loads": 1, "pickle.dump": 2, "pickle.dumps": 1}

// wrap returns the fix that leads a call of one of pickle's functions through the wrapper of
// the project. What the other end of the channel does is not known: it has to change at the
// same time, and what is stored is not read any more.
func (m *mender) wrap(call syntax.Index, api string) []lint.Fix {
	f := m.f
	w := f.wrapping.past
	plain, ours := rewrapped[api]
	if !f.scanned.Wraps || !ours || w == nil || !w.ours || w.function != "" || call == syntax.None || f.tree.Kind(call) != syntax.Call {
		return nil
	}
	callee := f.tree.Child(call, syntax.Function)
	list := f.tree.Child(call, syntax.Arguments)
	if callee == syntax.None || f.tree.Kind(list) != syntax.ArgumentList || f.tree.Kind(callee) != syntax.Attribute && f.tree.Kind(callee) != syntax.Identifier {
		return nil
	}
	dumps := strings.HasPrefix(api, "pickle.dump")
	table := f.names
	if dumps {
		table = f.table(f.gate.dumps.words)
	}
	known := table.Expression(callee)
	if !known.Complete || len(known.Targets) != 1 || known.Targets[0].Name != api || known.Targets[0].Called || len(known.Targets[0].Partials) > 0 {
		return nil // it may be something else that is called
	}
	given := f.arguments(call, 0)
	switch extra := len(given.positional) - plain; {
	case given.starred >= 0 || given.more || extra < 0 || extra > 1 || extra == 1 && !dumps:
		return nil
	case len(given.keywords) > 1 || len(given.keywords) == 1 && (!dumps || extra > 0 || given.keywords[0].name != "protocol"):
		return nil
	}
	edit, ok := m.onlyPlain(list, given.positional[plain-1])
	if !ok {
		return nil
	}
	parent, last, dotted := cutLast(w.name)
	line := "import " + last
	if dotted {
		line = "from " + parent + " import " + last
	}
	n := &f.tree.Nodes[callee]
	edits := []lint.Edit{{Offset: int64(n.Start), End: int64(n.End), New: last + strings.TrimPrefix(api, "pickle")}, edit}
	at, there, ok := f.wrapperImport(line, last)
	switch {
	case !ok:
		return nil
	case !there:
		edits = append([]lint.Edit{{Offset: int64(at), End: int64(at), New: line + f.newLine(at)}}, edits...)
	}
	return m.fix(lint.WrapFix, "go through "+w.name+", of which the channel is yours to name", edits...)
}

// onlyPlain returns the edit that leaves the arguments up to one, and gives the channel after
// it.
func (m *mender) onlyPlain(list, keep syntax.Index) (lint.Edit, bool) {
	f := m.f
	last := keep
	for c := f.tree.Next(keep); c != syntax.None; c = f.tree.Next(c) {
		last = c
	}
	start, end, behind := f.tree.Nodes[keep].End, f.tree.Nodes[last].End, f.tree.Nodes[list].End
	if behind == 0 || f.text[behind-1] != ')' || f.tree.Nodes[list].Missing || bytes.ContainsAny(f.text[start:end], "#\n") {
		return lint.Edit{}, false
	}
	return lint.Edit{Offset: int64(start), End: int64(end), New: ", channel=" + unnamedChannel}, true
}

// wrapperImport says where a line that imports the wrapper may stand, or that it is there. It
// reports false if its name is used for something else.
func (f *file) wrapperImport(line, name string) (at uint32, there, ok bool) {
	first := syntax.None
	for c := f.tree.First(0); c != syntax.None; c = f.tree.Next(c) {
		switch f.tree.Kind(c) {
		case syntax.ImportStatement, syntax.ImportFromStatement:
			there = there || string(f.tree.Text(c)) == line
			if first == syntax.None {
				first = c
			}
		}
	}
	if there {
		return 0, true, true
	}
	if first == syntax.None || regexp.MustCompile(`\b`+regexp.QuoteMeta(name)+`\b`).Match(f.text) {
		return 0, false, false
	}
	at = f.tree.Nodes[first].Start
	return at, false, at == 0 || f.text[at-1] == '\n'
}

// unnamed tells of calls that go through the wrapper with no channel yet.
func (f *file) unnamed(j *judging, w *wrapper) {
	_, last, _ := cutLast(w.name)
	for i := range f.tree.Nodes {
		i := syntax.Index(i)
		if f.tree.Kind(i) != syntax.Call || !slices.Contains([]string{"load", "loads", "dump", "dumps", "channel"}, f.calledName(i)) || !bytes.Contains(f.tree.Text(i), []byte(unnamedChannel)) {
			continue
		}
		callee := f.tree.Child(i, syntax.Function)
		if f.tree.Kind(callee) != syntax.Attribute || string(f.tree.Text(f.tree.Child(callee, syntax.Object))) != last {
			continue
		}
		for _, k := range f.arguments(i, 0).keywords {
			if k.name == "channel" && string(f.tree.Text(k.value)) == unnamedChannel {
				f.tell(j, WrapperBypass, i, "", "%s of the wrapper %s is given no channel: say in the place of %s what the bytes go through", string(f.tree.Text(callee)), w.name, unnamedChannel)
			}
		}
	}
}
