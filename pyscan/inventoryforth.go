package pyscan

import (
	"slices"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// to says where the value of an expression goes.
func (w *ways) to(i syntax.Index, depth int) end {
	argument := i
	for w.spend(depth) {
		parent := w.tree.Parent(i)
		if parent == syntax.None {
			return end{}
		}
		switch w.tree.Kind(parent) {
		case syntax.ParenthesizedExpression, syntax.Await, syntax.Tuple, syntax.List, syntax.Set, syntax.ExpressionList, syntax.Dictionary, syntax.Pair,
			syntax.ListSplat, syntax.BinaryOperator, syntax.ConditionalExpression, syntax.BooleanOperator, syntax.KeywordArgument, syntax.ListComprehension,
			syntax.GeneratorExpression, syntax.DictionaryComprehension, syntax.SetComprehension, syntax.ArgumentList, syntax.DictionarySplat:
			if w.tree.Kind(parent) == syntax.ArgumentList {
				argument = i
			}
			i = parent
		case syntax.Subscript:
			if w.tree.First(parent) != i {
				return end{} // a key
			}
			i = parent
		case syntax.Lambda:
			return w.handedTo(parent)
		case syntax.Attribute:
			call := w.tree.Parent(parent)
			ch := w.channel(w.lastWord(parent))
			switch {
			case ch == nil || w.tree.Kind(call) != syntax.Call:
				return end{}
			case ch.Is(catalog.Stays):
				return end{stays: true}
			case !ch.Is(catalog.Passes):
				return end{}
			}
			i = call
		case syntax.Call:
			if w.tree.Nodes[i].Field == syntax.Function {
				return end{}
			}
			e, further := w.into(parent, argument, depth)
			if !further {
				return e
			}
			i = parent
		case syntax.Assignment:
			if w.tree.Nodes[i].Field != syntax.Right {
				return end{}
			}
			return w.assigned(w.tree.Child(parent, syntax.Left), depth)
		case syntax.NamedExpression:
			if e := w.usedFor(w.tree.Child(parent, syntax.Name), depth+1); e.known() {
				return e
			}
			i = parent
		case syntax.ReturnStatement, syntax.Yield:
			return w.returned(parent, depth)
		case syntax.ComparisonOperator, syntax.AssertStatement:
			return end{stays: true}
		default:
			return end{}
		}
	}
	return end{}
}

// into says where a call takes one of its arguments. further: it returns it.
func (w *ways) into(call, i syntax.Index, depth int) (e end, further bool) {
	function := w.unwrap(w.tree.Child(call, syntax.Function))
	of := syntax.None
	if w.tree.Kind(function) == syntax.Attribute {
		of = w.tree.Child(function, syntax.Object)
	}
	word := w.lastWord(function)
	ch := w.channel(word)
	is := func(kind catalog.ChannelKind) bool { return ch != nil && ch.Is(kind) }
	if fact := w.factOf(function); fact != nil && (of == syntax.None || word != "write") {
		channel := w.channelBy(fact, call, depth+1)
		if channel.Name == "" && of != syntax.None {
			if more := w.from(of, depth+1); saysMore(more.channel, channel) {
				return more, false
			}
		}
		return end{channel: channel}, false
	}
	switch {
	case is(catalog.Stays), is(catalog.Measures):
		return end{stays: true}, false
	case is(catalog.Passes), is(catalog.NamesMemory):
		return end{}, true
	}
	if def := w.defined(function); def != syntax.None {
		return w.takenBy(def, call, i, depth), false
	}
	if of == syntax.None || w.tree.Kind(of) == syntax.Identifier && w.table.Imported(of) {
		return end{}, is(catalog.Leaves) // sqlite3.Binary makes something of it that leaves
	}
	if is(catalog.Leaves) && (ch.Of == nil || w.isOneOf(of, ch.Of)) || word == "put" {
		if more := w.stream(of, depth+1); more.known() {
			return more, false
		}
	}
	return end{}, false
}

// takenBy says where a function of the file takes what a call gives it.
func (w *ways) takenBy(def, call, i syntax.Index, depth int) (out end) {
	parameters := w.m.Parameters(def)
	skip := w.selves(def, call)
	a := w.file.arguments(call, 0)
	name := ""
	for k, value := range a.positional {
		if value == i && k+skip < len(parameters) {
			name = parameters[k+skip]
		}
	}
	for _, k := range a.keywords {
		if w.tree.Contains(i, k.value) && w.tree.Kind(i) == syntax.KeywordArgument {
			name = k.name
		}
	}
	if name == "" {
		return end{}
	}
	some, all := false, true
	for _, use := range w.usesWithin(def, name) {
		e := w.to(use, depth+1)
		if all = all && e.known(); e.channel != nil {
			out, some = agreeIf(some, out, e), true
		}
	}
	out.stays = !some && all && len(w.usesWithin(def, name)) > 0
	return out
}

// assigned says where that goes which is assigned to something.
func (w *ways) assigned(left syntax.Index, depth int) end {
	left = w.unwrap(left)
	switch w.tree.Kind(left) {
	case syntax.Identifier:
		return w.usedFor(left, depth+1)
	case syntax.Subscript:
		of := w.tree.First(left)
		fact := w.factOfMethod("__setitem__", of)
		if fact == nil {
			break
		}
		out := &lint.Channel{Kind: lint.ChannelKind(fact.Kind), Via: fact.Name[1:]}
		name := w.text(w.tree.Next(of), depth+1)
		out.Name, out.From = name.text, name.from
		w.normalise(out)
		return end{channel: out}
	}
	return end{}
}

// returned says where that goes which a function returns: to who calls it in the file, or by what
// the function is called.
func (w *ways) returned(statement syntax.Index, depth int) (out end) {
	def := w.around(statement)
	name := w.tree.Child(def, syntax.Name)
	if w.tree.Kind(def) != syntax.FunctionDefinition || name == syntax.None {
		return end{}
	}
	if ch := w.channel(string(w.tree.Text(name))); ch != nil && ch.Is(catalog.Returns) {
		return end{channel: &lint.Channel{Kind: lint.TableChannel, Via: string(w.tree.Text(name))}}
	}
	some := false
	for _, call := range w.callersOf(def) {
		if e := w.to(call, depth+1); e.known() {
			out, some = agreeIf(some, out, e), true
		}
	}
	if some {
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

// usedFor says where a name goes behind the place at which it is bound, or written to.
func (w *ways) usedFor(name syntax.Index, depth int) end {
	if name == syntax.None || !w.spend(depth) {
		return end{}
	}
	uses := w.usesAfter(name)
	stay := len(uses) > 0
	for _, use := range uses {
		e := w.to(use, depth+1)
		if e.channel != nil && e.channel.Kind != lint.UnknownChannel {
			return e
		}
		stay = stay && e.stays
	}
	return end{stays: stay}
}

// usesAfter lists the places of the same function at which a name is read behind the one where
// it is bound.
func (w *ways) usesAfter(name syntax.Index) []syntax.Index {
	return slices.DeleteFunc(slices.Clone(w.usesWithin(w.around(name), string(w.tree.Text(name)))), func(use syntax.Index) bool { return use <= name })
}

// filledMemory says where the bytes come from with which something in memory is filled where it
// is made.
func (w *ways) filledMemory(made syntax.Index, depth int) end {
	parent := w.tree.Parent(made)
	if left := w.tree.Child(parent, syntax.Left); w.tree.Kind(parent) == syntax.Assignment && w.tree.Kind(left) == syntax.Identifier {
		return w.filledName(left, depth, end{memory: true})
	}
	return end{memory: true}
}

// filledName says where the bytes come from which something in memory is given by a name:
// s3.download_fileobj(bucket, key, buffer).
func (w *ways) filledName(name syntax.Index, depth int, otherwise end) end {
	if !w.spend(depth) {
		return otherwise
	}
	for _, use := range w.usesWithin(w.around(name), string(w.tree.Text(name))) {
		list := w.tree.Parent(use)
		if w.tree.Kind(list) == syntax.KeywordArgument {
			list = w.tree.Parent(list)
		}
		call := w.tree.Parent(list)
		if w.tree.Kind(list) != syntax.ArgumentList || w.tree.Kind(call) != syntax.Call {
			continue
		}
		if fact := w.factOf(w.tree.Child(call, syntax.Function)); fact != nil && fact.Kind != string(lint.FileChannel) {
			return end{channel: w.channelBy(fact, call, depth+1)}
		}
	}
	return otherwise
}
