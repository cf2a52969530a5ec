package pyscan

import (
	"bytes"
	"strings"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// fromPath says where a path leads, or an open file.
func (w *ways) fromPath(i syntax.Index, via string) end {
	if e := w.stream(i, 0); e.known() && (e.channel == nil || e.channel.Kind != lint.UnknownChannel) {
		return e
	}
	name := w.text(i, 0)
	w.steps = 0
	if name.text == hole && w.namesTemporary(i, 0) {
		return w.scratch(i)
	}
	out := &lint.Channel{Kind: lint.FileChannel, Name: name.text, From: name.from, Via: strings.ReplaceAll(via, "()", "")}
	w.normalise(out)
	return end{channel: out}
}

// stream says where an open file leads. What is written to memory goes where that does.
func (w *ways) stream(i syntax.Index, depth int) end {
	e := w.from(i, depth)
	if !e.memory {
		return e
	}
	i = w.unwrap(i)
	if w.tree.Kind(i) == syntax.Call && w.tree.Kind(w.tree.Parent(i)) == syntax.NamedExpression {
		i = w.tree.Child(w.tree.Parent(i), syntax.Name)
	}
	if w.tree.Kind(i) == syntax.Identifier && len(w.usesAfter(i)) > 0 {
		return w.usedFor(i, depth)
	}
	return end{stays: true}
}

// from says where the bytes of an expression come from, or where an open file leads.
func (w *ways) from(i syntax.Index, depth int) end {
	if i = w.unwrap(i); i == syntax.None || !w.spend(depth) {
		return end{}
	}
	switch w.tree.Kind(i) {
	case syntax.String, syntax.ConcatenatedString:
		// Bytes are in the source itself; a str may be a path.
		text := w.tree.Text(i)
		quote := max(0, bytes.IndexAny(text, `"'`))
		return end{stays: bytes.ContainsAny(text[:quote], "bB")}
	case syntax.Await:
		return w.from(w.tree.First(i), depth+1)
	case syntax.NamedExpression:
		return w.from(w.tree.Child(i, syntax.Value), depth+1)
	case syntax.ConditionalExpression, syntax.BooleanOperator:
		first := w.tree.First(i)
		if first == syntax.None || w.tree.Next(first) == syntax.None {
			return end{}
		}
		second := w.tree.Next(first)
		if w.tree.Kind(i) == syntax.ConditionalExpression && w.tree.Next(second) != syntax.None {
			second = w.tree.Next(second)
		}
		return agree(w.from(first, depth+1), w.from(second, depth+1))
	case syntax.Call:
		return w.fromCall(i, depth)
	case syntax.Attribute:
		return w.fromAttribute(i, depth)
	case syntax.Subscript:
		of := w.tree.First(i)
		if fact := w.factOfMethod("__getitem__", of); fact != nil && len(fact.Names) > 0 {
			out := &lint.Channel{Kind: lint.ChannelKind(fact.Kind), Via: fact.Name[1:]}
			name := w.text(w.tree.Next(of), depth+1)
			out.Name, out.From = name.text, name.from
			w.normalise(out)
			return end{channel: out}
		}
		return w.from(of, depth+1)
	case syntax.BinaryOperator:
		left := w.tree.First(i)
		return agree(w.from(left, depth+1), w.from(w.tree.Next(left), depth+1))
	case syntax.Identifier:
		return w.fromName(i, depth)
	}
	return end{}
}

// agree is where something comes from that may be one of two.
func agree(a, b end) end {
	switch {
	case a.channel == nil && b.channel == nil:
		return end{stays: a.stays && b.stays, memory: a.memory && b.memory}
	case a.channel == nil || a.channel.Kind == lint.UnknownChannel:
		return b
	case b.channel == nil || b.channel.Kind == lint.UnknownChannel || *a.channel == *b.channel:
		return a
	case a.channel.Kind != b.channel.Kind:
		return end{channel: nowhere()}
	}
	out := *a.channel
	if out.Name != b.channel.Name {
		out.Name, out.From = "", ""
		if out.Kind == lint.FileChannel {
			out.Name = hole
		}
	}
	if out.Via != b.channel.Via {
		out.Via = ""
	}
	return end{channel: &out}
}

// fromCall says where what a call returns comes from.
func (w *ways) fromCall(i syntax.Index, depth int) end {
	function := w.unwrap(w.tree.Child(i, syntax.Function))
	word, of := w.lastWord(function), syntax.None
	if w.tree.Kind(function) == syntax.Attribute {
		of = w.tree.Child(function, syntax.Object)
	}
	args := w.file.arguments(i, 0)
	first := syntax.None
	if len(args.positional) > 0 {
		first = args.positional[0]
	}
	ch := w.channel(word)
	is := func(kind catalog.ChannelKind) bool { return ch != nil && ch.Is(kind) }
	if fact := w.factOf(function); fact != nil {
		channel := w.channelBy(fact, i, depth+1)
		if channel.Kind == lint.FileChannel && channel.Name == hole {
			w.steps = 0
			if w.namesTemporary(i, 0) {
				return w.scratch(i)
			}
		}
		if channel.Name != "" || of == syntax.None {
			return end{channel: channel}
		}
		// What it is taken of may know more: q = multiprocessing.Queue().
		if e := w.from(of, depth+1); saysMore(e.channel, channel) {
			return e
		}
		return end{channel: channel}
	}
	switch {
	case is(catalog.NamesMemory):
		if first != syntax.None {
			return w.from(first, depth+1)
		}
		return w.filledMemory(i, depth)
	case is(catalog.NamesTemporary):
		return w.scratch(i)
	case is(catalog.NamesFile) && first != syntax.None && word != "fdopen":
		out := &lint.Channel{Kind: lint.FileChannel, Via: word}
		name := w.text(first, depth+1)
		if name.text == hole {
			if e := w.from(first, depth+1); e.channel != nil {
				return e
			}
		}
		out.Name, out.From = name.text, name.from
		w.normalise(out)
		return end{channel: out}
	case is(catalog.Unpacks), is(catalog.Passes):
		if first != syntax.None {
			if e := w.from(first, depth+1); e.known() {
				return e
			}
		}
		if of != syntax.None && !w.table.Imported(w.unwrapName(of)) && w.tree.Kind(w.unwrap(of)) != syntax.String {
			return w.from(of, depth+1)
		}
		return end{}
	}
	if name, _ := w.m.Name(function); name != "" {
		if d, ok := w.gate.catalog.PythonDump(name); ok && d.To == catalog.ToBytes {
			return end{stays: true}
		}
	}
	if def := w.defined(function); def != syntax.None {
		return w.fromAll(w.table.Gives(def), depth)
	}
	if of != syntax.None && !w.table.Imported(w.unwrapName(of)) {
		return w.from(of, depth+1) // a method of what leads somewhere
	}
	return end{}
}

// saysMore reports that one channel is known better than another.
func saysMore(a, than *lint.Channel) bool {
	return a != nil && a.Kind != lint.UnknownChannel && (a.Kind != than.Kind || a.Name != "")
}

// fromAll says where that comes from which may be any of some expressions. It stays in the process
// only if each of them does.
func (w *ways) fromAll(values []syntax.Index, depth int) (out end) {
	some, all := false, true
	for _, value := range values {
		e := w.from(value, depth+1)
		if all = all && e.known(); e.known() {
			out, some = agreeIf(some, out, e), true
		}
	}
	out.stays = out.stays && all
	return out
}

// unwrapName returns the name with which an expression begins, or the first node that is none.
func (w *ways) unwrapName(i syntax.Index) syntax.Index {
	i = w.unwrap(i)
	if w.tree.Kind(i) != syntax.Identifier {
		return 0 // which no import binds
	}
	return i
}

// fromAttribute says where an attribute comes from.
func (w *ways) fromAttribute(i syntax.Index, depth int) end {
	if fact := w.factOf(i); fact != nil && fact.Kind != string(lint.FileChannel) {
		return end{channel: w.channelBy(fact, i, depth+1)}
	}
	if value := w.m.Attribute(i); value != syntax.None {
		return w.from(value, depth+1)
	}
	of := w.tree.Child(i, syntax.Object)
	if values, all := w.table.Given(i); len(values) > 0 {
		if out := w.fromAll(values, depth); all || out.channel != nil {
			return out
		}
	}
	if c := w.m.Around(i); c != nil && w.tree.Kind(of) == syntax.Identifier && isSelfIn(c, string(w.tree.Text(of)), w.m.Function(i)) {
		return end{} // an attribute that nothing shows
	}
	if w.tree.Kind(of) == syntax.Identifier && w.table.Imported(of) {
		return end{}
	}
	return w.from(of, depth+1)
}

// fromName says where what a name stands for comes from.
func (w *ways) fromName(i syntax.Index, depth int) end {
	if fact := w.factOf(i); fact != nil && w.table.Imported(i) {
		return end{channel: w.channelBy(fact, i, depth+1)}
	}
	if value := w.m.OnlyValue(i); value != syntax.None {
		e := w.from(value, depth+1)
		if e.memory {
			return w.filledName(i, depth, e)
		}
		return e
	}
	out, some, all := end{}, false, true
	for n, bound := range w.table.Binders(i) {
		if n == maxBoundTo {
			all = false
			break
		}
		e := w.fromBinder(i, bound, depth)
		if all = all && e.known(); e.known() {
			out, some = agreeIf(some, out, e), true
		}
	}
	out.stays = out.stays && all
	return out
}

// maxBoundTo bounds the bindings of a name that are looked at.
const maxBoundTo = 8

func agreeIf(some bool, a, b end) end {
	if !some {
		return b
	}
	return agree(a, b)
}

// fromBinder says where that comes from which one binding gives a name.
func (w *ways) fromBinder(i, bound syntax.Index, depth int) end {
	at := bound
	for range maxBinderClimb {
		parent := w.tree.Parent(at)
		switch w.tree.Kind(parent) {
		case syntax.TuplePattern, syntax.PatternList, syntax.ListPattern, syntax.Tuple, syntax.ListSplatPattern, syntax.AsPatternTarget, syntax.AsPattern:
			if w.tree.Kind(parent) == syntax.AsPattern {
				return w.from(w.tree.First(parent), depth+1)
			}
			at = parent
			continue
		case syntax.ForStatement, syntax.ForInClause:
			return w.from(w.tree.Child(parent, syntax.Right), depth+1)
		case syntax.Assignment, syntax.AugmentedAssignment:
			return w.from(w.tree.Child(parent, syntax.Right), depth+1)
		case syntax.NamedExpression:
			return w.from(w.tree.Child(parent, syntax.Value), depth+1)
		case syntax.Parameters, syntax.LambdaParameters, syntax.DefaultParameter, syntax.TypedParameter, syntax.TypedDefaultParameter:
			return w.fromParameter(i, depth)
		}
		break
	}
	return end{}
}

// maxBinderClimb bounds the patterns in patterns around a name that is bound.
const maxBinderClimb = 8

// fromParameter says where that comes from which functions are given: by who calls them in the
// file, or by what they are handed to that will call them.
func (w *ways) fromParameter(i syntax.Index, depth int) end {
	def, parameter, position := w.parameterOf(i)
	if def == syntax.None {
		return end{}
	}
	if w.tree.Kind(def) == syntax.Lambda {
		return w.handedTo(def)
	}
	values, all := w.argumentsFor(def, parameter, position)
	out, some := end{}, false
	for _, value := range values {
		e := w.from(value, depth+1)
		if !e.known() {
			all = false
			continue
		}
		out, some = agreeIf(some, out, e), true
	}
	if some {
		if !all && out.channel != nil && out.channel.Kind == lint.FileChannel {
			return end{channel: &lint.Channel{Kind: lint.FileChannel, Name: hole, Via: out.channel.Via}}
		}
		out.stays = false // others may call it, too
		return out
	}
	for _, use := range w.usesOfFunction(def) {
		if e := w.handedTo(use); e.known() {
			return e
		}
	}
	return end{}
}

// handedTo says where that comes from, or goes to, what a function is handed to that will call it.
func (w *ways) handedTo(reference syntax.Index) end {
	at := reference
	for range maxBinderClimb {
		parent := w.tree.Parent(at)
		switch w.tree.Kind(parent) {
		case syntax.ParenthesizedExpression, syntax.KeywordArgument, syntax.ArgumentList:
			at = parent
			continue
		case syntax.Call:
			function := w.unwrap(w.tree.Child(parent, syntax.Function))
			if w.tree.Contains(function, reference) {
				return end{}
			}
			if fact := w.factOf(function); fact != nil {
				return end{channel: w.channelBy(fact, parent, 1)}
			}
			if !appliers[w.lastWord(function)] {
				break
			}
			// map(loads, rows)
			if second := w.table.Argument(parent, 1, ""); second != syntax.None && !w.tree.Contains(second, reference) {
				return w.from(second, 1)
			}
		}
		break
	}
	return end{}
}

// appliers call what they are given first with the items of what they are given next.
var appliers = map[string]bool{"map": true, "imap": true, "filter": true, "starmap": true}
