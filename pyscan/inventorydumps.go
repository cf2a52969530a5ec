package pyscan

import (
	"slices"
	"strconv"
	"strings"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/names"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// dump tells of a call that writes objects, or of a reference that is handed to what calls it.
func (w *ways) dump(d *dumped) {
	w.begin()
	if form := d.fact.If; form != nil {
		value, hidden := d.arguments.find(form.Argument)
		if value == syntax.None && !hidden {
			return
		}
		if value != syntax.None {
			if may, _ := w.possibly(value, form.Value); !may {
				return
			}
		}
	}
	n := &w.tree.Nodes[d.node]
	out := &lint.Dump{
		Location: w.location(n.Start, n.End), API: strings.TrimPrefix(strings.ReplaceAll(d.fact.Name, "()", ""), "."), Format: d.fact.Format,
		Function: lint.Printable(w.names.Function(d.node)), Generated: w.generated, Protocol: w.protocolText(d),
	}
	if object := w.objectOf(d); object != syntax.None {
		out.Argument = lint.Printable(w.excerpt(object, maxArgument))
		out.Classes = w.classesOf(object)
	}
	e := w.dumpEnd(d)
	if out.Channel = e.channel; out.Channel == nil && !e.stays {
		out.Channel = nowhere()
	}
	if e.channel != nil && e.channel.Kind == lint.FileChannel {
		w.renamed(out.Channel, d.node)
	}
	w.tell(out, d.node, d.fact.Name)
}

// dumpEnd says where what a dump writes goes.
func (w *ways) dumpEnd(d *dumped) end {
	if fact := w.factNamed(d.fact.Name); fact != nil {
		channel := w.channelBy(fact, d.node, 0)
		channel.Via = strings.TrimPrefix(strings.ReplaceAll(d.fact.Name, "()", ""), ".")
		return end{channel: channel}
	}
	switch {
	case d.fact.To == catalog.ToProcess:
		return end{channel: &lint.Channel{Kind: lint.ProcessChannel}}
	case d.reference:
		return w.handedTo(w.top(d.node))
	case d.fact.To == catalog.ToBytes:
		return w.to(d.node, 0)
	case d.fact.To == catalog.ToStore:
		return end{}
	}
	value, _ := d.arguments.find(d.fact.Arg)
	switch {
	case value == syntax.None:
		return end{}
	case d.fact.To == catalog.ToPath:
		return w.fromPath(value, strings.TrimPrefix(d.fact.Name, "."))
	}
	return w.stream(value, 0)
}

// protocolText is the protocol of a dump as an inventory has it.
func (w *ways) protocolText(d *dumped) string {
	protocol := d.fact.Default
	switch {
	case d.fact.Marshal || d.fact.Format == "jsonpickle":
		return ""
	case d.value != syntax.None:
		w.steps = 0
		all, ok := w.protocolsOf(d.value)
		if !ok || len(all) != 1 {
			return ""
		}
		if all[0] != protocolNone {
			protocol = all[0]
		}
	case d.hidden || d.reference:
		return ""
	}
	switch n, ok := protocol.Number(); {
	case ok && n < 0:
		return string(catalog.ProtocolHighest)
	case ok:
		return strconv.Itoa(n)
	case protocol == catalog.ProtocolOther:
		return ""
	}
	return string(protocol)
}

// objectOf returns the expression that a dump writes, or None.
func (w *ways) objectOf(d *dumped) syntax.Index {
	if d.reference {
		return syntax.None
	}
	function := w.unwrap(w.tree.Child(d.node, syntax.Function))
	last := d.fact.Name[strings.LastIndexByte(d.fact.Name, '.')+1:]
	switch {
	case d.fact.To == catalog.ToStore:
		return syntax.None
	case strings.HasSuffix(last, "Pickler") || strings.HasSuffix(last, "Serializer"):
		return w.dumpedBy(d.node)
	}
	arg := catalog.Argument{Position: 0}
	if fact, ok := w.gate.catalog.PythonPickles(d.fact.Name); ok {
		arg = fact.Arg
	} else if d.fact.Arg.Position == 0 {
		if strings.HasPrefix(d.fact.Name, ".") {
			return w.tree.Child(function, syntax.Object)
		}
		arg.Position = 1
	}
	value, _ := d.arguments.find(arg)
	return value
}

// dumpedBy returns what the dump of a pickler is given that a call makes, if there is one.
func (w *ways) dumpedBy(made syntax.Index) syntax.Index {
	argument := func(attribute syntax.Index) syntax.Index {
		if w.tree.Kind(attribute) != syntax.Attribute || w.lastWord(attribute) != "dump" || !w.isFunction(attribute) {
			return syntax.None
		}
		return w.table.Argument(w.tree.Parent(attribute), 0, "obj")
	}
	parent := w.tree.Parent(made)
	if value := argument(parent); value != syntax.None {
		return value
	}
	left := w.tree.Child(parent, syntax.Left)
	if w.tree.Kind(parent) != syntax.Assignment || w.tree.Kind(left) != syntax.Identifier {
		return syntax.None
	}
	only := syntax.None
	for _, use := range w.usesAfter(left) {
		if value := argument(w.tree.Parent(use)); value != syntax.None {
			if only != syntax.None {
				return syntax.None // it dumps several
			}
			only = value
		}
	}
	return only
}

// handed reports a reference to what writes that is given to something that may call it.
func (p *protocolJudge) handed(top syntax.Index, target names.Target) bool {
	if !p.table.IsUse(top) || target.Called || p.isPartial(top) || p.onlyTested(top) {
		return false
	}
	switch parent := p.tree.Parent(top); p.tree.Kind(parent) {
	case syntax.ArgumentList:
		return p.tree.Nodes[parent].Field == syntax.Arguments // and is no base of a class
	case syntax.KeywordArgument, syntax.Pair, syntax.Assignment, syntax.ReturnStatement, syntax.Dictionary, syntax.Tuple, syntax.List, syntax.ConditionalExpression, syntax.BooleanOperator:
		return p.tree.Nodes[top].Field != syntax.Left
	}
	return false
}

// handsOn tells of the calls that pickle objects for another process.
func (w *ways) handsOn() {
	for i := range w.tree.Nodes {
		i := syntax.Index(i)
		if w.tree.Kind(i) != syntax.Call {
			continue
		}
		function := w.unwrap(w.tree.Child(i, syntax.Function))
		if w.tree.Kind(function) != syntax.Attribute || !w.gate.pickling[w.lastWord(function)] {
			continue
		}
		name := trimCall(w.m.Made(i))
		fact, ok := w.gate.catalog.PythonPickles(name)
		if _, dump := w.gate.catalog.PythonDump(name); dump || !ok || fact.By != catalog.PickledForProcess {
			continue
		}
		n := &w.tree.Nodes[i]
		out := &lint.Dump{
			Location: w.location(n.Start, n.End), API: strings.ReplaceAll(name, "()", ""), Format: "pickle", Protocol: string(catalog.ProtocolDefault),
			Function: lint.Printable(w.names.Function(i)), Generated: w.generated, Channel: &lint.Channel{Kind: lint.ProcessChannel},
		}
		a := w.file.arguments(i, 0)
		if object, _ := a.find(fact.Arg); object != syntax.None {
			out.Argument = lint.Printable(w.excerpt(object, maxArgument))
			w.begin()
			out.Classes = w.classesOf(object)
		}
		w.tell(out, i, name)
	}
}

// maxClassesTold bounds the classes that are told of one dump.
const maxClassesTold = 16

// classesOf lists the classes of the objects that an expression is, as far as the source shows
// them, sorted.
func (w *ways) classesOf(i syntax.Index) []string {
	var out []string
	w.addClasses(i, 0, &out)
	slices.Sort(out)
	return slices.Compact(out)
}

func (w *ways) addClasses(i syntax.Index, depth int, out *[]string) {
	if i = w.unwrap(i); i == syntax.None || !w.spend(depth) || len(*out) >= maxClassesTold {
		return
	}
	add := func(name string) {
		if name != "" && !strings.HasPrefix(name, "builtins.") {
			*out = append(*out, lint.Printable(name))
		}
	}
	switch w.tree.Kind(i) {
	case syntax.Call:
		add(w.className(w.tree.Child(i, syntax.Function)))
	case syntax.Identifier:
		if c := w.m.Around(i); c != nil && isSelfIn(c, string(w.tree.Text(i)), w.m.Function(i)) {
			add(w.qualified(c.Name))
			return
		}
		if value := w.m.OnlyValue(i); value != syntax.None {
			w.addClasses(value, depth+1, out)
			return
		}
		if def, parameter, _ := w.parameterOf(i); def != syntax.None {
			w.addAnnotated(parameter, &add)
		}
	case syntax.Attribute:
		if value := w.m.Attribute(i); value != syntax.None {
			w.addClasses(value, depth+1, out)
		}
	case syntax.Tuple, syntax.List, syntax.Set:
		for c := w.tree.First(i); c != syntax.None; c = w.tree.Next(c) {
			w.addClasses(c, depth+1, out)
		}
	case syntax.Dictionary:
		for c := w.tree.First(i); c != syntax.None; c = w.tree.Next(c) {
			if key := w.tree.First(c); w.tree.Kind(c) == syntax.Pair && key != syntax.None {
				w.addClasses(w.tree.Next(key), depth+1, out)
			}
		}
	case syntax.ListComprehension, syntax.SetComprehension, syntax.GeneratorExpression:
		w.addClasses(w.tree.First(i), depth+1, out)
	}
}

// addAnnotated adds the classes in the annotation of a parameter.
func (w *ways) addAnnotated(parameter syntax.Index, add *func(string)) {
	annotation := w.tree.Child(parameter, syntax.TypeField)
	if annotation == syntax.None {
		return
	}
	for n := annotation; n < w.tree.Nodes[annotation].After; n++ {
		kind := w.tree.Kind(n)
		if kind != syntax.Identifier && kind != syntax.Attribute || w.tree.Kind(w.tree.Parent(n)) == syntax.Attribute {
			continue
		}
		if name := w.className(n); !strings.HasPrefix(name, "typing.") && !strings.HasPrefix(name, "collections.abc.") {
			(*add)(name)
		}
	}
}

// className returns the qualified name of the class that an expression is, or "".
func (w *ways) className(i syntax.Index) string {
	if c := w.m.Named(i); c != nil {
		return w.qualified(c.Name)
	}
	name, _ := w.m.Name(i)
	last := strings.TrimLeft(name[strings.LastIndexByte(name, '.')+1:], "_")
	if last == "" || strings.ToUpper(last[:1]) != last[:1] {
		return "" // a function
	}
	return name
}

// qualified is the name of a class of the file with that of its module.
func (w *ways) qualified(name string) string {
	if w.module == "" {
		return name
	}
	return w.module + "." + name
}
