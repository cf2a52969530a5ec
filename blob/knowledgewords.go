package blob

import (
	"strings"

	"github.com/pickle-lint/pickle-lint/catalog"
)

// What follows is how Python itself behaves, and so is no line of the catalogue:
// which methods a loader runs, and which classes and functions of the standard
// library add none.

// plainBases are classes that are no globals of pickles but add nothing that runs
// when an instance is made from its state, or called with plain values.
var plainBases = map[string]catalog.Use{
	"builtins.object":        {},
	"abc.ABC":                {},
	"typing.Generic":         {},
	"typing.Protocol":        {},
	"typing.NamedTuple":      {},
	"collections.namedtuple": {},
	"builtins.list":          {Items: catalog.ListItems},
	"builtins.dict":          {Items: catalog.DictItems},
	"builtins.set":           {Items: catalog.SetItems},
	"builtins.tuple":         {},
	"builtins.int":           {},
	"builtins.float":         {},
	"builtins.str":           {},
	"builtins.bytes":         {},
	// A call looks a member up by its value (EnumType.__call__).
	"enum.Enum":    {Shared: true},
	"enum.IntEnum": {Shared: true},
	"enum.StrEnum": {Shared: true},
	"enum.Flag":    {Shared: true},
	"enum.IntFlag": {Shared: true},
}

// plainDecorators add no method that runs then, but for an __init__ that keeps
// its arguments and calls __post_init__.
var plainDecorators = set(
	"dataclasses.dataclass", "attr.s", "attr.attrs", "attr.dataclass", "attr.define", "attr.frozen", "attr.mutable",
	"attrs.define", "attrs.frozen", "attrs.mutable", "enum.unique", "functools.total_ordering", "typing.final",
)

// atRebuild are the methods that may run when an instance is made from its state
// and put into containers.
var atRebuild = set(
	"__new__", "__setstate__", "__setattr__", "__getattr__", "__getattribute__", "__del__", "__hash__", "__eq__", "__setitem__", "__len__",
	"__bool__", "__iter__", "__index__", "__dict__", "__class__", "append", "extend", "add", "update",
)

// atCall are those that run when the class is called.
var atCall = set("__new__", "__init__", "__post_init__", "__attrs_post_init__", "__attrs_pre_init__", "__attrs_init__", "_missing_", "__del__")

// quietCalls run nothing but methods of their arguments.
var quietCalls = set(
	"builtins.isinstance", "builtins.issubclass", "builtins.len", "builtins.hash", "builtins.id", "builtins.type", "builtins.tuple",
	"builtins.list", "builtins.dict", "builtins.set", "builtins.frozenset", "builtins.int", "builtins.float", "builtins.str", "builtins.bool",
	"builtins.bytes", "builtins.repr", "builtins.sorted", "builtins.min", "builtins.max", "builtins.sum", "builtins.abs", "builtins.round",
	"builtins.iter", "builtins.zip", "builtins.enumerate", "builtins.range", "builtins.all", "builtins.any", "builtins.super",
	"builtins.ValueError", "builtins.TypeError", "builtins.KeyError", "builtins.AttributeError", "builtins.NotImplementedError",
)

// quiet reports whether all that a method calls is known, and keeps to itself.
func quiet(m *Method) bool {
	if m.Opaque {
		return false
	}
	for _, c := range m.Calls {
		if quietCalls[c] {
			continue
		}
		// object.__new__(cls)
		base, method := cutLast(c)
		if _, plain := plainBases[base]; !plain || method != "__new__" && method != "__init__" && method != "__setattr__" {
			return false
		}
	}
	return true
}

// cutLast cuts a dotted name at its last dot.
func cutLast(name string) (before, after string) {
	i := strings.LastIndexByte(name, '.')
	if i < 0 {
		return "", name
	}
	return name[:i], name[i+1:]
}

// The catalogue calls dangerous what a stream must not choose the arguments of;
// much of that is usual in methods: copy.deepcopy, threading.Lock, weakref.ref. Of
// what source calls, only what runs code that is not there, starts programs, opens
// files and connections, or unpickles raises a verdict.

// graveBuiltins are those builtins. Of getattr, only the call of what it took is
// told (see [Method]).
var graveBuiltins = set("builtins.eval", "builtins.exec", "builtins.compile", "builtins.__import__", "builtins.open", "builtins.getattr")

// everydayModules of the standard library hold nothing of that, whatever the
// catalogue says of them.
var everydayModules = set(
	"_multiprocessing", "_thread", "abc", "asyncio", "atexit", "collections", "concurrent", "contextlib", "contextvars", "copy", "copyreg",
	"cgi", "ctypes", "dis", "dummy_threading", "functools", "gc", "inspect", "io", "itertools", "linecache", "locale", "logging", "multiprocessing", "operator",
	"platform", "queue", "random", "readline", "signal", "sys", "tempfile", "threading", "time", "timeit", "traceback", "tracemalloc", "types",
	"typing", "unittest", "urllib.parse", "uuid", "warnings", "weakref", "winreg", "zipfile", "zoneinfo",
)

// graveOthers are the exceptions of those.
var graveOthers = set(
	"ctypes.CDLL", "ctypes.PyDLL", "ctypes.WinDLL", "ctypes.cdll.LoadLibrary", "sys.settrace", "sys.setprofile", "types.CodeType",
	"types.FunctionType", "asyncio.create_subprocess_shell", "asyncio.create_subprocess_exec", "io.open", "multiprocessing.Process",
)

// everydayCalls are the rest.
var everydayCalls = set(
	"os.getpid", "os.getppid", "os.getcwd", "os.fspath", "os.fsencode", "os.fsdecode", "os.cpu_count", "os.getenv", "os.stat", "os.listdir", "os.walk",
	"os.scandir", "os.urandom", "os.get_terminal_size", "os.getuid", "os.getlogin", "os.uname", "os.access", "os.pipe",
	"shutil.which", "shutil.get_terminal_size", "socket.getfqdn", "socket.gethostname",
)

// grave reports whether source that calls this, if the catalogue calls it
// dangerous, deserves a word. library is the one it belongs to.
func grave(name, library string) bool {
	if strings.HasPrefix(name, "builtins.") {
		return graveBuiltins[name]
	}
	if graveOthers[name] {
		return true
	}
	if library != "stdlib" && library != "" || everydayCalls[name] {
		return false // of libraries, the sinks of Python are told
	}
	for _, prefix := range []string{"os.path.", "os.environ.", "os.pathsep.", "os.sep."} {
		if strings.HasPrefix(name, prefix) {
			return false
		}
	}
	for m := name; m != ""; m, _ = cutLast(m) {
		if everydayModules[m] {
			return false
		}
	}
	return true
}

func set(words ...string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w] = true
	}
	return m
}
