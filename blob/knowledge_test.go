package blob

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/internal/recipe"
	"github.com/pickle-lint/pickle-lint/lint"
)

// sourceMap answers from a table, by "module:name".
type sourceMap map[string]*Definition

func (s sourceMap) Define(module string, walk []string) *Definition {
	return s[module+":"+strings.Join(walk, ".")]
}

// judged judges a recipe under settings.
func judged(t *testing.T, code string, s Settings) []*lint.Finding {
	t.Helper()
	b, err := recipe.Assemble(code)
	if err != nil {
		t.Fatalf("%s: %v", code, err)
	}
	s.Catalog = catalog.Builtin()
	rep := Scan(context.Background(), "f", bytes.NewReader(b), int64(len(b)), Options{Named: true})
	findings, _ := s.Judge(rep)
	return findings
}

// The parts of recipes.
func calling(module, name string) string {
	return "PROTO 4\n" + lookUp(module, name) + "SHORT_BINUNICODE 'x'\nTUPLE1\nREDUCE\n"
}

func rebuilt(module, name string) string {
	return "PROTO 4\n" + lookUp(module, name) + "EMPTY_TUPLE\nNEWOBJ\n"
}

const (
	stop  = "STOP\n"
	state = "EMPTY_DICT\nSHORT_BINUNICODE 'a'\nBININT1 1\nSETITEM\nBUILD\n"
	slots = "NONE\nEMPTY_DICT\nSHORT_BINUNICODE 'a'\nBININT1 1\nSETITEM\nTUPLE2\nBUILD\n"
	item  = "SHORT_BINUNICODE 'k'\nNONE\nSETITEM\n"
	added = "NONE\nAPPEND\n"
)

func TestOwnPackages(t *testing.T) {
	own := []string{"mine", "their.models"}
	for code, want := range map[string][]string{
		rebuilt("mine", "A") + state + stop:              nil,
		rebuilt("mine.deep.er", "A") + slots + stop:      nil,
		rebuilt("mine", "A") + item + stop:               nil,
		rebuilt("mine", "A") + added + stop:              nil,
		calling("mine.jobs", "make") + stop:              nil,
		calling("mine", "A.B") + stop:                    nil,
		calling("mine", "_A.make") + state + stop:        nil,
		"PROTO 4\n" + lookUp("mine", "f") + stop:         nil,
		rebuilt("their.models", "A") + stop:              nil,
		rebuilt("their", "A") + stop:                     {"PKL104"},
		rebuilt("their.modelsx", "A") + stop:             {"PKL104"},
		rebuilt("minefield", "A") + stop:                 {"PKL104"},
		calling("notmine.mine", "f") + stop:              {"PKL103"},
		calling("mine", "os.system") + stop:              {"PKL101"},
		calling("mine.a", "_os.system") + stop:           {"PKL101"},
		calling("mine", "a.subprocess.run") + stop:       {"PKL101"},
		calling("mine", "sp.run") + stop:                 {"PKL103"},
		calling("mine", "A.sp.run") + stop:               {"PKL103"},
		calling("mine", "A.__init__.__globals__") + stop: {"PKL101"},
		calling("mine", "__builtins__") + stop:           {"PKL101"},
		calling("mine", "__loader__") + stop:             {"PKL101"},
		rebuilt("mine", "A") + state + state + stop:      {"PKL102"},
		rebuilt("mine", "A") + added + state + stop:      nil,
		// The state brings an append; __setitem__ is the type's.
		rebuilt("mine", "A") + state + added + stop: {"PKL102"},
		rebuilt("mine", "A") + state + item + stop:  nil,
		// A class itself is changed.
		"PROTO 4\n" + lookUp("mine", "A") + state + stop: {"PKL112"},
		// What names mean was changed before.
		"PROTO 4\nGLOBAL copyreg add_extension\nSHORT_BINUNICODE 'a'\nSHORT_BINUNICODE 'b'\nBININT1 1\nTUPLE3\nREDUCE\nPOP\n" + calling("mine", "f")[8:] + stop: {"PKL101", "PKL103"},
		// The method of an instance, and of a class, by getattr.
		"PROTO 4\nGLOBAL builtins getattr\n" + lookUp("mine", "A") + "SHORT_BINUNICODE 'make'\nTUPLE2\nREDUCE\nEMPTY_TUPLE\nREDUCE\nSTOP\n": nil,
		"PROTO 4\nGLOBAL builtins getattr\n" + lookUp("mine", "os") + "SHORT_BINUNICODE 'system'\nTUPLE2\nREDUCE\nSTOP\n":                   {"PKL101"},
		// What its function returned is called.
		calling("mine", "f") + "EMPTY_TUPLE\nREDUCE\nSTOP\n": {"PKL103"},
		// Names of Python 2 are mapped first.
		"PROTO 2\nGLOBAL commands getoutput\nSHORT_BINUNICODE 'x'\nTUPLE1\nREDUCE\nSTOP\n": {"PKL101"},
	} {
		for _, policy := range []Policy{Default, Strict} {
			got := judged(t, code, Settings{Policy: policy, Own: own})
			if !slices.Equal(ids(got), want) {
				t.Errorf("%s, %s:\n%v, want %v", code, policy, messages(got), want)
			}
		}
		with, without := judged(t, code, Settings{Policy: WeightsOnly, Own: own}), judged(t, code, Settings{Policy: WeightsOnly})
		if !slices.Equal(messages(with), messages(without)) {
			t.Errorf("%s: weights-only with %v, without %v", code, messages(with), messages(without))
		}
	}
}

func class(more ...func(*Definition)) *Definition {
	d := &Definition{Path: "app/m.py", Line: 7, Kind: Class, Sure: true}
	for _, f := range more {
		f(d)
	}
	return d
}

func on(bases ...string) func(*Definition) { return func(d *Definition) { d.Bases = bases } }

func with(name string, calls ...string) func(*Definition) {
	return func(d *Definition) {
		d.Methods = append(d.Methods, Method{Name: name, Path: d.Path, Line: 9, Calls: calls})
	}
}

func opaque(name string) func(*Definition) {
	return func(d *Definition) { d.Methods = append(d.Methods, Method{Name: name, Opaque: true}) }
}

func TestSourceLowers(t *testing.T) {
	unsure := func(d *Definition) { d.Sure = false }
	open := func(d *Definition) { d.Open = true }
	decorated := func(name string) func(*Definition) { return func(d *Definition) { d.Decorators = []string{name} } }
	note, warning, unlisted := []string{"PKL104"}, []string{"PKL103"}, []string{"PKL102"}
	for i, tt := range []struct {
		def  *Definition
		code string
		want []string
	}{
		{class(), rebuilt("m", "A") + state + stop, nil},
		{class(), rebuilt("m", "A") + slots + stop, nil},
		{class(), "PROTO 4\n" + lookUp("m", "A") + stop, nil},
		{class(), rebuilt("m", "A") + added + stop, note},
		{class(), rebuilt("m", "A") + item + stop, note},
		{class(), rebuilt("m", "A") + state + state + stop, note},
		{class(), "PROTO 4\n" + lookUp("m", "A") + state + stop, []string{"PKL104", "PKL112"}},
		{class(on("builtins.dict")), rebuilt("m", "A") + item + stop, nil},
		{class(on("builtins.list")), rebuilt("m", "A") + added + stop, nil},
		{class(on("builtins.list")), rebuilt("m", "A") + item + stop, note},
		{class(on("builtins.list")), rebuilt("m", "A") + added + state + stop, nil},
		{class(on("builtins.list")), rebuilt("m", "A") + state + added + stop, unlisted},
		{class(on("builtins.Exception")), calling("m", "A") + state + added + stop, unlisted},
		{nil, rebuilt("m", "A") + state + added + stop, []string{"PKL102", "PKL104"}},
		{class(on("builtins.Exception")), calling("m", "A") + state + stop, nil},
		{class(on("builtins.Exception")), calling("m", "A") + added + stop, unlisted},
		{class(on("enum.Enum")), calling("m", "A") + stop, nil},
		{class(on("enum.Enum")), calling("m", "A") + state + stop, []string{"PKL112"}},
		{class(on("enum.Enum")), "PROTO 4\n" + lookUp("m", "A") + "SHORT_BINUNICODE 'x'\nSHORT_BINUNICODE 'a b'\nTUPLE2\nREDUCE\nSTOP\n", warning},
		{class(on("typing.NamedTuple")), "PROTO 4\n" + lookUp("m", "A") + rebuilt("m", "A")[len("PROTO 4\n"):] + "TUPLE1\nNEWOBJ\nSTOP\n", nil},
		{class(on("pathlib.PurePosixPath")), "PROTO 4\n" + lookUp("m", "A") + "SHORT_BINUNICODE 'x'\nTUPLE1\nNEWOBJ\nSTOP\n", nil},
		{class(on("enum.Enum"), opaque("_missing_")), calling("m", "A") + stop, warning},
		{class(decorated("dataclasses.dataclass")), calling("m", "A") + stop, nil},
		{class(decorated("dataclasses.dataclass"), with("__post_init__", "builtins.print")), calling("m", "A") + stop, warning},
		{class(decorated("dataclasses.dataclass"), with("__post_init__", "builtins.print")), rebuilt("m", "A") + stop, nil},
		{class(decorated("app.register")), rebuilt("m", "A") + stop, note},
		{class(unsure), rebuilt("m", "A") + stop, note},
		{class(open), rebuilt("m", "A") + stop, note},
		{class(on("third.Party")), rebuilt("m", "A") + stop, note},
		{class(on("functools.partial")), rebuilt("m", "A") + stop, note},
		{class(on("subprocess.Popen")), rebuilt("m", "A") + stop, note},
		{class(with("__init__", "builtins.len")), calling("m", "A") + stop, nil},
		{class(with("__init__", "third.thing")), calling("m", "A") + stop, warning},
		{class(with("__init__", "third.thing")), rebuilt("m", "A") + state + stop, nil},
		{class(with("__new__", "builtins.object.__new__")), rebuilt("m", "A") + state + stop, nil},
		{class(with("__new__", "third.Thing.__new__")), rebuilt("m", "A") + state + stop, note},
		{class(with("__setstate__")), rebuilt("m", "A") + state + stop, nil},
		{class(opaque("__setstate__")), rebuilt("m", "A") + state + stop, note},
		{class(opaque("__getattr__")), rebuilt("m", "A") + state + stop, note},
		{class(opaque("__del__")), rebuilt("m", "A") + stop, note},
		{class(opaque("__hash__")), rebuilt("m", "A") + stop, note},
		{class(opaque("__repr__")), rebuilt("m", "A") + stop, nil},
		// An object brings methods of its own, which __init__ may call.
		{class(with("__init__")), "PROTO 4\n" + lookUp("m", "A") + rebuilt("x", "B")[len("PROTO 4\n"):] + "TUPLE1\nREDUCE\nSTOP\n", []string{"PKL103", "PKL104"}},
		{class(), "PROTO 2\nGLOBAL copyreg _reconstructor\nGLOBAL m A\nGLOBAL builtins object\nNONE\nTUPLE3\nREDUCE\n" + state + stop, nil},
		{class(on("builtins.Exception")), "PROTO 4\nGLOBAL functools partial\nGLOBAL m A\nTUPLE1\nREDUCE\nSTOP\n", nil},
		{&Definition{Kind: Function, Sure: true, Methods: []Method{{}}}, calling("m", "A") + stop, warning},
		{&Definition{Kind: Imported, Sure: true, Names: []string{"collections.OrderedDict"}}, rebuilt("m", "A") + stop, note},
		{&Definition{Kind: Imported, Sure: true, Names: []string{"functools.partial"}}, calling("m", "A") + stop, warning},
		{&Definition{Kind: Imported, Sure: false, Names: []string{"collections.OrderedDict"}}, rebuilt("m", "A") + stop, note},
		{&Definition{Kind: Imported, Names: []string{"collections.OrderedDict", "third.OrderedDict"}}, rebuilt("m", "A") + stop, note},
		{&Definition{Kind: Imported, Sure: true, Names: []string{"third.party.make"}}, calling("m", "A") + stop, warning},
	} {
		source := sourceMap{}
		if tt.def != nil {
			source["m:A"] = tt.def
		}
		if got := judged(t, tt.code, Settings{Source: source}); !slices.Equal(ids(got), tt.want) {
			t.Errorf("%d: %+v\n%s%v, want %v", i, tt.def, tt.code, messages(got), tt.want)
		}
		// Strict asks the catalogue, and the source only against a stream.
		strict, without := judged(t, tt.code, Settings{Policy: Strict, Source: source}), judged(t, tt.code, Settings{Policy: Strict})
		if tt.def != nil && tt.def.Kind != Imported && !slices.Equal(tt.want, unlisted) && !slices.Equal(ids(strict), ids(without)) {
			t.Errorf("%d: strict with source %v, without %v", i, messages(strict), messages(without))
		}
		weights, without := judged(t, tt.code, Settings{Policy: WeightsOnly, Source: source}), judged(t, tt.code, Settings{Policy: WeightsOnly})
		if !slices.Equal(messages(weights), messages(without)) {
			t.Errorf("%d: weights-only with source %v, without %v", i, messages(weights), messages(without))
		}
	}
}

func TestSourceRaises(t *testing.T) {
	function := func(calls ...string) *Definition {
		return &Definition{Path: "app/m.py", Line: 3, Kind: Function, Methods: []Method{{Path: "app/m.py", Line: 3, Calls: calls}}}
	}
	imported := func(names ...string) *Definition {
		return &Definition{Path: "app/m.py", Line: 2, Kind: Imported, Names: names}
	}
	dict := "PROTO 4\nEMPTY_DICT\n" + rebuilt("m", "A")[len("PROTO 4\n"):] + "NONE\nSETITEM\nSTOP\n"
	for i, tt := range []struct {
		def  *Definition
		code string
		want string // of an error; "" for none
	}{
		{class(with("__setstate__", "os.system")), rebuilt("m", "A") + state + stop, "sets the state of m.A, whose __setstate__ (app/m.py:9) calls os.system: "},
		{class(with("__setstate__", "os.system")), rebuilt("m", "A") + stop, ""},
		{class(with("__setstate__", "os.path.join", "builtins.setattr", "copy.deepcopy", "threading.Lock", "weakref.ref", "builtins.map", "third._collections.Thing")), rebuilt("m", "A") + state + stop, ""},
		{class(with("__setstate__", "numpy.load", "numpy.random.seed", "logging.getLogger", "multiprocessing.Lock", "builtins.object.__setattr__")), rebuilt("m", "A") + state + stop, ""},
		{class(with("__setstate__", "joblib.load")), rebuilt("m", "A") + state + stop, "calls joblib.load"},
		{class(with("__setstate__", "ctypes.CDLL")), rebuilt("m", "A") + state + stop, "calls ctypes.CDLL"},
		{class(with("__setstate__", "builtins.open")), rebuilt("m", "A") + state + stop, "calls builtins.open"},
		{class(with("__setstate__", "importlib.import_module")), rebuilt("m", "A") + state + stop, "calls importlib.import_module"},
		{class(with("__setstate__", "pickle.loads")), "PROTO 2\nGLOBAL copyreg _reconstructor\nGLOBAL m A\nGLOBAL builtins object\nNONE\nTUPLE3\nREDUCE\n" + state + stop, "whose __setstate__ (app/m.py:9) calls pickle.loads"},
		{class(with("__init__", "subprocess.run")), calling("m", "A") + stop, "calls m.A('x'), whose __init__ (app/m.py:9) calls subprocess.run"},
		{class(with("__init__", "subprocess.run")), rebuilt("m", "A") + stop, ""},
		{class(with("__new__", "builtins.eval")), rebuilt("m", "A") + stop, "whose __new__"},
		{class(with("__getattr__", "builtins.getattr")), rebuilt("m", "A") + state + stop, "whose __getattr__ (app/m.py:9) calls builtins.getattr"},
		{class(with("__new__", "builtins.eval")), "PROTO 2\nGLOBAL functools partial\nGLOBAL builtins getattr\nGLOBAL m A\nBINUNICODE '__new__'\nTUPLE2\nREDUCE\nGLOBAL m A\nTUPLE2\nREDUCE\nEMPTY_TUPLE\nREDUCE\nSTOP\n", "an instance of m.A through functools.partial, whose __new__"},
		{class(with("__getattr__", "builtins.eval")), rebuilt("m", "A") + added + stop, "whose __getattr__"},
		{class(with("__setattr__", "builtins.exec")), rebuilt("m", "A") + slots + stop, "whose __setattr__"},
		{class(with("__setitem__", "builtins.exec")), rebuilt("m", "A") + item + stop, "whose __setitem__"},
		{class(with("append", "builtins.exec")), rebuilt("m", "A") + added + stop, "whose append"},
		{class(with("__del__", "os.remove")), rebuilt("m", "A") + stop, "whose __del__"},
		{class(with("__hash__", "os.system")), dict, "takes the hash of a m.A, whose __hash__ (app/m.py:9) calls os.system"},
		{class(with("__hash__", "os.system")), rebuilt("m", "A") + stop, ""},
		{function("os.system"), calling("m", "A") + stop, "calls m.A('x'), which (app/m.py:3) calls os.system"},
		{function("os.system"), "PROTO 4\n" + lookUp("m", "A") + stop, ""},
		{function("os.system"), "PROTO 4\nGLOBAL functools partial\nGLOBAL m A\nTUPLE1\nREDUCE\nSTOP\n", "calls m.A through functools.partial, which (app/m.py:3) calls os.system"},
		{imported("subprocess.run"), calling("m", "A") + stop, "calls m.A('x'): it is subprocess.run (app/m.py:2), which "},
		{imported("third.run", "subprocess.run"), calling("m", "A") + stop, "it is subprocess.run"},
		{imported("subprocess.run"), "PROTO 4\n" + lookUp("m", "A") + stop, "imports m.A: it is subprocess.run"},
	} {
		for _, policy := range []Policy{Default, Strict} {
			got := judged(t, tt.code, Settings{Policy: policy, Source: sourceMap{"m:A": tt.def}})
			raised := slices.ContainsFunc(got, func(f *lint.Finding) bool {
				return f.Severity == lint.Error && f.Rule == DangerousGlobal.ID && f.Callable == "m.A" && tt.want != "" && strings.Contains(f.Message, tt.want)
			})
			anyError := slices.ContainsFunc(got, func(f *lint.Finding) bool { return f.Rule == DangerousGlobal.ID })
			if raised != (tt.want != "") || anyError != raised {
				t.Errorf("%d, %s: %v, want %q", i, policy, messages(got), tt.want)
			}
		}
	}
	// What is imported from elsewhere is not the project's own, whatever its name.
	for names, want := range map[string]string{"subprocess.run": "PKL101", "third.party.run": "PKL103", "mine.other.run": "[]", "collections.Counter": "PKL103", "functools.partial": "PKL103", "textwrap.dedent": "PKL102"} {
		def := &Definition{Path: "mine.py", Line: 2, Kind: Imported, Sure: true, Names: []string{names}}
		got := fmt.Sprint(ids(judged(t, calling("mine", "A")+stop, Settings{Own: []string{"mine"}, Source: sourceMap{"mine:A": def}})))
		if !strings.Contains(got, want) {
			t.Errorf("%s as mine:A: %s, want %s", names, got, want)
		}
	}
	// That a package is the project's own says nothing of what a stream makes its
	// classes do.
	def := class(with("__setstate__", "os.system"))
	for _, policy := range []Policy{Default, Strict} {
		got := judged(t, rebuilt("m", "A")+state+stop, Settings{Policy: policy, Own: []string{"m"}, Source: sourceMap{"m:A": def}})
		if !slices.Equal(ids(got), []string{"PKL101"}) || !strings.Contains(got[0].Message, "os.system") {
			t.Errorf("an own class: %v", messages(got))
		}
	}
	if got := judged(t, rebuilt("m", "A")+stop, Settings{Own: []string{"m"}, Source: sourceMap{"m:A": def}}); len(got) > 0 {
		t.Errorf("an own class without a state: %v", messages(got))
	}
}
