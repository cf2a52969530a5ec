package pyscan

import (
	"bytes"
	"strings"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/names"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// decodingAttribute reports whether an attribute of a sink still decodes.
func decodingAttribute(target names.Target, attribute string) bool {
	if isConstantName(attribute) {
		return false // Queue.DEFAULT_TIMEOUT
	}
	if isUnpickler(target.Name) || len(target.Classes) > 0 && !strings.Contains(target.Name, "()") {
		return decodes[attribute]
	}
	return !metadata[attribute]
}

// isConstantName reports a name in capitals, as PEP 8 wants constants to be.
func isConstantName(name string) bool {
	return strings.ToUpper(name) == name && strings.ToLower(name) != name
}

func isUnpickler(name string) bool {
	return strings.Contains(name[strings.LastIndexByte(name, '.')+1:], "Unpickler")
}

// top returns the whole of what an expression is the value of: in parentheses, or
// chosen by a condition.
func (f *file) top(at syntax.Index) syntax.Index {
	top := at
	for p := f.tree.Parent(top); ; p = f.tree.Parent(top) {
		if f.tree.Kind(p) != syntax.ParenthesizedExpression && !f.isSplatObject(p) {
			break
		}
		top = p
	}
	// (load if fast else slow)(b) calls each of the two.
	end := top
	for range maxChoices {
		p := f.tree.Parent(end)
		switch f.tree.Kind(p) {
		case syntax.ParenthesizedExpression, syntax.BooleanOperator:
		case syntax.NamedExpression:
			if f.tree.Nodes[end].Field != syntax.Value {
				return top
			}
		case syntax.ConditionalExpression:
			if f.tree.Next(f.tree.First(p)) == end {
				return top
			}
		default:
			if end != top && f.isFunction(end) {
				return end
			}
			return top
		}
		end = p
	}
	return top
}

// maxChoices bounds the conditions in conditions that are looked through.
const maxChoices = 32

// classify tells how the reference at a node is used, and judges the form.
func (f *file) classify(at syntax.Index, sinks []names.Target) (found, bool) {
	top := f.top(at)
	if !f.names.IsUse(at) || !f.names.IsUse(top) {
		return found{}, false
	}
	parent := f.tree.Parent(top)
	s := found{node: at, reference: at}
	switch {
	case sinks[0].Called: // operator.methodcaller("loads", b)(pickle)
		if f.tree.Kind(at) != syntax.Call {
			return found{}, false // what that returned
		}
		s.called = true
	case sinks[0].Made == at: // yaml.Loader(stream)
		s.called, s.reference = true, f.tree.Child(at, syntax.Function)
	case f.isFunction(top):
		s.node, s.called = parent, true
	case f.isPartial(top):
		return found{}, false // what the partial is used for is the site
	case len(sinks[0].Partials) > 0 && f.names.Binds(at):
		s.called, s.binds = true, true
	case f.onlyTested(top) || f.isStub() || f.isListed(sinks[0], top), sinks[0].Own:
		return found{}, false
	default:
		s.opens = f.opensCall(top)
	}
	var args arguments
	for k, target := range sinks {
		given := f.given(&s, target)
		sink, _ := f.gate.catalog.PythonSink(target.Name)
		safe, weak := f.restricted(target)
		if safe == "" {
			var note string
			safe, note = f.safeForm(sink, &given)
			var late string
			safe, late = f.byRelease(&sink.Releases, sink.UnsafeIf, safe, treeForms{f, &given})
			if weak == "" {
				weak = note
			}
			weak = joined(weak, late)
		}
		if k == 0 || safe == "" {
			s.sink, s.safe, s.weak, args = sink, safe, weak, given
		}
		if safe == "" {
			break
		}
	}
	s.argument = f.decodedText(s.sink, s.reference, &args)
	if value, _ := args.find(s.sink.Arg); value != syntax.None {
		s.value = value
	}
	return s, true
}

// decodedText returns the source of what a call decodes, or "".
func (f *file) decodedText(sink *catalog.PythonSink, reference syntax.Index, args *arguments) string {
	value, _ := args.find(sink.Arg)
	if at := f.unwrap(reference); sink.Receiver && f.tree.Kind(at) == syntax.Attribute {
		value = f.tree.Child(at, syntax.Object)
	}
	if value == syntax.None {
		return ""
	}
	return f.excerpt(value, maxArgument)
}

// given gathers the arguments with which a target is called at a site: those bound
// ahead, and those of the call.
func (f *file) given(s *found, target names.Target) arguments {
	all := arguments{starred: -1}
	for _, partial := range target.Partials {
		all = all.then(f.arguments(partial, 1))
	}
	if s.called && !s.binds && !target.Called {
		all = all.then(f.arguments(s.node, 0))
	}
	return all
}

// opensCall reports a reference before a bracket that is never closed.
func (f *file) opensCall(i syntax.Index) bool {
	rest := bytes.TrimLeft(f.plain[f.tree.Nodes[i].End:], " \t")
	return len(rest) > 0 && rest[0] == '('
}

func (f *file) isFunction(i syntax.Index) bool {
	return f.tree.Kind(f.tree.Parent(i)) == syntax.Call && f.tree.Nodes[i].Field == syntax.Function
}

// isPartial reports the first argument of functools.partial.
func (f *file) isPartial(i syntax.Index) bool {
	list := f.tree.Parent(i)
	if f.tree.Kind(list) != syntax.ArgumentList || f.tree.First(list) != i || f.tree.Kind(f.tree.Parent(list)) != syntax.Call {
		return false
	}
	return f.names.Binds(f.tree.Parent(list))
}
