package rebuild

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// phrases say what effects are.
var phrases = map[catalog.Effect]string{
	catalog.RunsCode:          "runs text as code",
	catalog.Imports:           "imports what the pickle names",
	catalog.StartsProcess:     "starts or ends a process",
	catalog.StartsThread:      "starts a thread or a task",
	catalog.OpensFile:         "opens or changes a file",
	catalog.Connects:          "connects to another host",
	catalog.ConnectsDatabase:  "connects to a database",
	catalog.ChangesProcess:    "changes the environment of the process",
	catalog.RegistersFunction: "registers something for the whole process",
	catalog.Logs:              "writes the state to the log",
}

// Hooks are the methods that only matter to pickle and copy.
var Hooks = []string{"__reduce__", "__reduce_ex__", "__getstate__", "__setstate__", "__getnewargs__", "__getnewargs_ex__", "__getinitargs__"}

// runsWhenLoaded notes a function that runs while a pickle is loaded.
func (r *reader) runsWhenLoaded(f syntax.Index, why string) {
	if _, ok := r.runs[f]; !ok {
		r.runs[f] = why
		r.runsIn = append(r.runsIn, f)
	}
}

// loading looks at what runs while pickles of the classes of the file are loaded.
func (r *reader) loading() {
	classes := make([]syntax.Index, 0, len(r.methods))
	for class := range r.methods {
		classes = append(classes, class)
	}
	slices.Sort(classes)
	for _, class := range classes {
		methods := r.methods[class]
		if f, ok := methods["__setstate__"]; ok {
			r.runsWhenLoaded(f, fmt.Sprintf("`__setstate__` of `%s`", r.nameOf(class)))
		}
		if f, ok := methods["__init__"]; ok && has(methods, "__getinitargs__") {
			r.runsWhenLoaded(f, fmt.Sprintf("`__init__` of `%s`, which __getinitargs__ asks for,", r.nameOf(class)))
		}
		if f, ok := methods["__new__"]; ok && slices.ContainsFunc(Hooks, func(name string) bool { return has(methods, name) }) && !has(methods, "__reduce__") {
			r.runsWhenLoaded(f, fmt.Sprintf("`__new__` of `%s`", r.nameOf(class)))
		}
	}
	for len(r.runsIn) > 0 {
		f := r.runsIn[0]
		r.runsIn = r.runsIn[1:]
		l := &loaded{reader: r, entry: f, why: r.runs[f], seen: map[syntax.Index]bool{f: true}}
		if r.nameOf(f) == "__setstate__" || r.states[f] {
			l.state = r.parameter(f, 1)
		}
		l.function(f, syntax.None, maxCalls)
	}
}

func has(methods map[string]syntax.Index, name string) bool {
	_, ok := methods[name]
	return ok
}

// maxCalls bounds how deep calls are followed, from the function that a loader calls.
const maxCalls = 3

// loaded is one function that a loader calls, and what is called from there.
type loaded struct {
	*reader
	entry syntax.Index
	why   string
	// state is the parameter that is the state, if it has one.
	state string
	seen  map[syntax.Index]bool
}

// function looks at what a function does. at is the call in the first one that leads to
// it, or None.
func (l *loaded) function(f, at syntax.Index, depth int) {
	body := l.tree.Child(f, syntax.Body)
	if body == syntax.None {
		return
	}
	for n := body; n < l.tree.Nodes[body].After && l.step(); n++ {
		where := at
		if where == syntax.None {
			where = n
		}
		switch l.tree.Kind(n) {
		case syntax.FunctionDefinition, syntax.ClassDefinition, syntax.Lambda:
			n = l.tree.Nodes[n].After - 1 // runs later, if it does
		case syntax.ExecStatement:
			l.does(where, n, catalog.RunsCode, "exec", "")
		case syntax.Assignment, syntax.AugmentedAssignment:
			l.assignment(f, n, where)
		case syntax.Call:
			l.call(f, n, where, depth)
		}
	}
}

// does tells of an effect.
func (l *loaded) does(where, n syntax.Index, effect catalog.Effect, name, more string) {
	way := ""
	if where != n {
		way = fmt.Sprintf(" by way of `%s`", l.excerpt(l.tree.Child(where, syntax.Function)))
	}
	l.tell(Problem{Kind: SideEffect, At: where, Callable: name, Text: fmt.Sprintf("%s runs while a pickle is loaded, and %s%s (`%s`)%s", l.why, phrases[effect], way, l.excerpt(n), more)})
}

// call looks at one call.
func (l *loaded) call(f, n, where syntax.Index, depth int) {
	function := l.tree.Child(n, syntax.Function)
	if function == syntax.None {
		return
	}
	for _, target := range l.names.Expression(function).Targets {
		if target.Called {
			continue
		}
		name := target.Name
		effect := l.catalog.PythonEffect(name)
		switch effect {
		case "", catalog.NoEffect:
			continue
		case catalog.Logs:
			if !l.mentionsState(f, n, true) {
				continue
			}
		case catalog.OpensFile:
			if l.reopens(f, n, name) {
				continue
			}
		case catalog.Imports:
			if l.isConstant(n) {
				continue
			}
		case catalog.RunsCode:
			if l.isConstant(n) && name == "builtins.compile" {
				continue
			}
		}
		more := ""
		if effect != catalog.Logs && l.mentionsState(f, n, false) {
			more = ", with what the pickle says"
		}
		l.does(where, n, effect, name, more)
		return
	}
	if l.logs(f, n, function) {
		l.does(where, n, catalog.Logs, "", "")
		return
	}
	if hook := l.hook(f, function, 0); hook {
		l.tell(Problem{Kind: SideEffect, At: where, Text: fmt.Sprintf("%s runs while a pickle is loaded, and calls what the state names (`%s`)", l.why, l.excerpt(n))})
		return
	}
	if l.keeps(f, n, function) {
		l.does(where, n, catalog.RegistersFunction, "", "")
		return
	}
	if depth == 0 {
		return
	}
	for _, object := range l.objects(function) {
		if l.tree.Kind(object) == syntax.FunctionDefinition && !l.seen[object] && l.tree.Kind(function) != syntax.Call {
			l.seen[object] = true
			l.function(object, where, depth-1)
		}
	}
}

// readers open a file to read it, unless their mode says otherwise.
var readers = []string{"builtins.open", "io.open", "codecs.open", "bz2.open", "gzip.open", "lzma.open", "h5py.File"}

// reopens reports a __setstate__ that opens its own file again to read it, because
// __getstate__ had to leave it out. It is how the documentation of pickle keeps an open
// file (docs.python.org/3/library/pickle.html, "Handling Stateful Objects"), and reading
// changes nothing.
func (l *loaded) reopens(f, call syntax.Index, name string) bool {
	if !slices.Contains(readers, name) || l.nameOf(l.entry) != "__setstate__" || !has(l.methods[l.holder[l.entry]], "__getstate__") {
		return false
	}
	if of, attr := l.attribute(l.names.Argument(call, 0, "")); attr == "" || !l.isName(of, l.parameter(f, 0)) {
		return false
	}
	mode := l.names.Argument(call, 1, "mode")
	return mode == syntax.None || strings.Trim(l.word(mode), "rbt") == "" && l.word(mode) != ""
}

// isConstant reports a call whose first argument is a text that the source spells out.
func (l *loaded) isConstant(call syntax.Index) bool {
	first := l.names.Argument(call, 0, "name")
	return first != syntax.None && l.word(first) != ""
}

// isPart reports an item of something, state["version"], or what says little of all of it:
// state.get("version"), state.keys().
func (l *loaded) isPart(i syntax.Index) bool {
	p := l.tree.Parent(i)
	if _, name := l.attribute(p); name != "" {
		return name != "items" && name != "values" && name != "copy"
	}
	return l.tree.Kind(p) == syntax.Subscript && l.tree.First(p) == i
}

// mentionsState reports a call that is given the state, or all attributes of the object; if
// whole, more than an item of it.
func (l *loaded) mentionsState(f, call syntax.Index, whole bool) bool {
	args := l.tree.Child(call, syntax.Arguments)
	if args == syntax.None {
		return false
	}
	self := l.parameter(f, 0)
	for n := args; n < l.tree.Nodes[args].After && l.step(); n++ {
		switch l.tree.Kind(n) {
		case syntax.Identifier:
			if l.state != "" && l.isName(n, l.state) && l.names.IsUse(n) && (!whole || !l.isPart(n)) {
				// len(state) and sorted(state) say little of it.
				if outer := l.tree.Parent(l.tree.Parent(n)); l.tree.Kind(outer) == syntax.Call && outer != call {
					if f := l.tree.Child(outer, syntax.Function); l.isName(f, "len") || l.isType(f) || l.isName(f, "isinstance") || l.isName(f, "id") {
						continue
					}
				}
				return true
			}
		case syntax.Attribute:
			if of, name := l.attribute(n); name == "__dict__" && l.isName(of, self) {
				return true
			}
		}
	}
	return false
}

// logs reports a method of something that is called a log, which is given the state.
func (l *loaded) logs(f, call, function syntax.Index) bool {
	of, method := l.attribute(function)
	if of == syntax.None || l.catalog.PythonEffect("logging.getLogger()."+method) != catalog.Logs {
		return false
	}
	text := string(l.tree.Text(of))
	for k := len(text) - 1; k >= 0; k-- {
		if text[k] == '.' {
			text = text[k+1:]
			break
		}
	}
	switch text {
	case "log", "_log", "logger", "_logger", "LOG", "LOGGER", "logging":
		return l.mentionsState(f, call, true)
	}
	return false
}

// assignment looks at one assignment.
func (l *loaded) assignment(f, n, where syntax.Index) {
	left := l.unwrap(l.tree.Child(n, syntax.Left))
	if left == syntax.None {
		return
	}
	switch l.tree.Kind(left) {
	case syntax.Identifier:
		if name := string(l.tree.Text(left)); l.isState(f) && slices.Contains(l.globals[f], name) {
			l.does(where, n, catalog.RegistersFunction, "", "")
		}
	case syntax.Subscript:
		of := l.tree.First(left)
		for _, name := range l.targets(of) {
			if name == "os.environ" || name == "os.environb" || name == "sys.modules" {
				l.does(where, n, catalog.ChangesProcess, name, "")
				return
			}
		}
		if l.isState(f) && l.isName(l.tree.Child(n, syntax.Right), l.parameter(f, 0)) && l.isShared(f, of) {
			l.does(where, n, catalog.RegistersFunction, "", "")
		}
	}
}
