package blob

import (
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/internal/recipe"
	"github.com/pickle-lint/pickle-lint/lint"
)

// call is the recipe of a call with arguments that are recipes.
func call(callee string, args ...string) string {
	return callee + "MARK\n" + strings.Join(args, "") + "TUPLE\nREDUCE\n"
}

func str(s string) string { return "SHORT_BINUNICODE '" + s + "'\n" }

// Published exploits reach their sink by several calls. Each is an error, and the
// finding names what makes the chain.
func TestChains(t *testing.T) {
	importModule := call(lookUp("importlib", "import_module"), str("os"))
	getattr := lookUp("builtins", "getattr")
	code := call(lookUp("marshal", "loads"), "SHORT_BINBYTES 'x'\n")
	for what, tt := range map[string]struct{ names, code string }{
		"getattr of import_module":       {"builtins.getattr", call(call(getattr, importModule, str("system")), str("id"))},
		"attrgetter of __import__":       {"attrgetter", call(call(call(lookUp("operator", "attrgetter"), str("system")), call(lookUp("builtins", "__import__"), str("os"))), str("id"))},
		"methodcaller":                   {"methodcaller", call(call(lookUp("_operator", "methodcaller"), str("system"), str("id")), importModule)},
		"pydoc.locate":                   {"pydoc.locate", call(call(lookUp("pydoc", "locate"), str("os.system")), str("id"))},
		"pkgutil.resolve_name":           {"pkgutil.resolve_name", call(call(lookUp("pkgutil", "resolve_name"), str("os:system")), str("id"))},
		"ctypes by getattr":              {"ctypes.CDLL", call(call(getattr, call(lookUp("ctypes", "CDLL"), "NONE\n"), str("system")), "SHORT_BINBYTES 'id'\n")},
		"marshal and FunctionType":       {"marshal.loads", call(call(lookUp("types", "FunctionType"), code, "EMPTY_DICT\n"))},
		"code.InteractiveInterpreter":    {"code.InteractiveInterpreter", call(call(getattr, call(lookUp("code", "InteractiveInterpreter")), str("runsource")), str("id"))},
		"cloudpickle's functions":        {"_make_function", call(call(lookUp("cloudpickle.cloudpickle", "_make_function"), code, "NONE\n", "NONE\n", "NONE\n", "NONE\n"))},
		"dill's functions":               {"_create_function", call(call(lookUp("dill._dill", "_create_function"), call(lookUp("dill._dill", "_create_code"), "NONE\n"), "EMPTY_DICT\n"))},
		"a module of sys.modules":        {"sys.modules", lookUp("sys", "modules") + str("os") + lookUp("collections", "OrderedDict") + "SETITEM\n"},
		"sys.modules, then its names":    {"sys.modules", lookUp("sys", "modules") + "MEMOIZE\n" + str("sys") + "BINGET 0\nSETITEM\nPOP\n" + call(lookUp("sys", "get"), str("os"))},
		"a name in the globals of glob":  {"os.system", call(lookUp("glob", "os.system"), str("id"))},
		"builtins of a function":         {"__globals__", call(lookUp("collections", "Counter.update.__globals__.get"), str("__builtins__"))},
		"subclasses of object":           {"__subclasses__", call(lookUp("builtins", "object.__subclasses__"))},
		"getattr of a dunder":            {"__globals__", call(getattr, lookUp("collections", "OrderedDict"), str("__globals__"))},
		"getattr of getattr":             {"__globals__", call(call(getattr, call(getattr, lookUp("collections", "OrderedDict"), str("update")), str("__globals__")), str("x"))},
		"getattr of a module":            {"os", call(call(getattr, lookUp("glob", "os"), str("system")), str("id"))},
		"map":                            {"builtins.map", call(lookUp("builtins", "list"), call(lookUp("builtins", "map"), lookUp("os", "system"), "EMPTY_LIST\n"+str("id")+"APPEND\n"))},
		"map, advanced by a set":         {"builtins.map", call(lookUp("builtins", "set"), call(lookUp("builtins", "map"), lookUp("builtins", "exec"), "EMPTY_LIST\n"+str("id")+"APPEND\n"))},
		"bytes of map":                   {"builtins.map", call(lookUp("builtins", "bytes"), call(lookUp("builtins", "map"), lookUp("os", "system"), "EMPTY_LIST\n"))},
		"iter of two arguments":          {"builtins.iter", call(lookUp("builtins", "iter"), lookUp("builtins", "len"), "NONE\n")},
		"a Thread with a target":         {"threading.Thread", lookUp("threading", "Thread") + "EMPTY_TUPLE\nNEWOBJ\nEMPTY_DICT\n" + str("_target") + lookUp("os", "system") + "SETITEM\nBUILD\n"},
		"type makes a class":             {"builtins.type", call(lookUp("builtins", "type"), str("X"), "EMPTY_TUPLE\n", "EMPTY_DICT\n"+str("__reduce__")+lookUp("os", "system")+"SETITEM\n")},
		"a class attribute":              {"os.system", lookUp("collections", "UserDict") + "NONE\nEMPTY_DICT\n" + str("__contains__") + lookUp("os", "system") + "SETITEM\nTUPLE2\nBUILD\n"},
		"a path to import from":          {"sys.path", lookUp("sys", "path") + str("/tmp") + "APPEND\n"},
		"a variable of the environment":  {"os.environ", lookUp("os", "environ") + str("PATH") + str("/tmp") + "SETITEM\n"},
		"a name that extension 1 has":    {"copyreg._inverted_registry", lookUp("copyreg", "_inverted_registry") + "BININT1 77\n" + str("os") + str("system") + "TUPLE2\nSETITEM\nPOP\n" + call("EXT1 77\n", str("id"))},
		"torch's module from source":     {"reduce_graph_module", call(lookUp("torch.fx.graph_module", "reduce_graph_module"), "EMPTY_DICT\n", str("id"))},
		"GraphModule, rebuilt":           {"torch.fx.graph_module.GraphModule", instance("torch.fx.graph_module", "GraphModule", "_code", str("id"))},
		"pickle in pickle":               {"_pickle.loads", call(lookUp("_pickle", "loads"), "SHORT_BINBYTES 'N.'\n")},
		"a getline of a name server":     {"ssl.get_server_certificate", call(lookUp("ssl", "get_server_certificate"), call(lookUp("linecache", "getline"), str("/etc/passwd"), "BININT1 1\n"))},
		"a file, and what opens an URL":  {"_io.FileIO", call(lookUp("urllib.request", "urlopen"), call(lookUp("_io", "FileIO"), str("/etc/passwd")))},
		"a lookup of a dict, and a call": {"builtins.globals", call(call(lookUp("builtins", "dict.get"), call(lookUp("builtins", "globals")), str("x")))},
		"copy calls __reduce_ex__":       {"copy.copy", call(lookUp("copy", "copy"), instance("types", "SimpleNamespace", "__reduce_ex__", lookUp("os", "system")))},
		"weakref.finalize":               {"weakref.finalize", call(lookUp("weakref", "finalize"), lookUp("collections", "OrderedDict"), lookUp("os", "system"))},
		"a timezone of its own":          {"os.system", call(lookUp("datetime", "datetime"), "SHORT_BINBYTES '1234567890'\n", instance("dateutil.tz.tz", "tzutc", "utcoffset", lookUp("os", "system")))},
		"a logger's handler":             {"logging.FileHandler", lookUp("logging", "getLogger") + str("x") + "TUPLE1\nREDUCE\nEMPTY_DICT\n" + str("handlers") + call(lookUp("logging", "FileHandler"), str("/tmp/x")) + "SETITEM\nBUILD\n"},
		"a logger that is changed":       {"logging.getLogger", call(lookUp("logging", "getLogger")) + "EMPTY_DICT\n" + str("disabled") + "NEWTRUE\nSETITEM\nBUILD\n"},
		"a random number by a module":    {"random._os.system", call(lookUp("random", "_os.system"), str("id"))},
		"sympify":                        {"sympy.core.sympify.sympify", call(lookUp("sympy.core.sympify", "sympify"), str("id"))},
		"numexpr":                        {"numexpr.evaluate", call(lookUp("numexpr", "evaluate"), str("id"))},
		"pandas evaluates":               {"pandas.core.computation.eval.eval", call(lookUp("pandas.core.computation.eval", "eval"), str("id"))},
		"a list of arguments for REDUCE": {"os.system", lookUp("os", "system") + "EMPTY_LIST\n" + str("id") + "APPEND\nREDUCE\n"},
		"arguments that a call returns":  {"os.system", lookUp("os", "system") + call(lookUp("collections", "deque"), "EMPTY_LIST\n"+str("id")+"APPEND\n") + "REDUCE\n"},
	} {
		b, err := recipe.Assemble("PROTO 4\n" + tt.code + "STOP\n")
		if err != nil {
			t.Errorf("%s: %v", what, err)
			continue
		}
		for _, policy := range []Policy{Default, Strict} {
			if _, findings, _ := scanned(b, policy); !tells(findings, lint.Error, tt.names) {
				t.Errorf("%s, policy %s: no error that names %s: %v", what, policy, tt.names, ids(findings))
				for _, f := range findings {
					t.Logf("  %s %s", f.Rule, f.Message)
				}
			}
		}
	}
}
