package pyscan

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/blob"
)

// project makes the modules of files, written as in a txtar archive, below the
// directory /p.
func project(files string) *Modules {
	all := make(map[string][]byte)
	var names []string
	for _, part := range strings.Split("\n"+strings.TrimPrefix(files, "\n"), "\n-- ")[1:] {
		name, text, _ := strings.Cut(part+"\n", " --\n")
		all["/p/"+name] = []byte(strings.TrimRight(text, "\n") + "\n")
		names = append(names, "/p/"+name)
	}
	m := &Modules{
		Tops: []string{"/p"},
		Read: func(p string) ([]byte, error) {
			if b, ok := all[p]; ok {
				return b, nil
			}
			return nil, &fs.PathError{Op: "open", Path: p, Err: errors.New("not there")}
		},
		Exists: func(p string) bool { return all[p] != nil },
		Show:   func(p string) string { return strings.TrimPrefix(p, "/p/") },
	}
	m.Add(names...)
	return m
}

// told is a definition in one line: kind, sure or not, what it stands on or for.
func told(d *blob.Definition) string {
	if d == nil {
		return "nothing"
	}
	var b strings.Builder
	b.WriteString([]string{"", "class", "function", "import"}[d.Kind])
	if !d.Sure {
		b.WriteString("?")
	}
	if d.Open {
		b.WriteString(" open")
	}
	for _, words := range [][]string{d.Names, d.Bases, d.Decorators} {
		if len(words) > 0 {
			b.WriteString(" " + strings.Join(words, ","))
		}
	}
	for _, m := range d.Methods {
		fmt.Fprintf(&b, " %s(%s", m.Name, strings.Join(m.Calls, ","))
		if m.Opaque {
			b.WriteString("…")
		}
		b.WriteString(")")
	}
	return fmt.Sprintf("%s:%d %s", d.Path, d.Line, b.String())
}

func expectDefinitions(t *testing.T, m *Modules, want map[string]string) {
	t.Helper()
	for global, want := range want {
		module, name, _ := strings.Cut(global, ":")
		if got := told(m.Define(module, strings.Split(name, "."))); got != want {
			t.Errorf("%s:\n got %s\nwant %s", global, got, want)
		}
	}
}

func needParser(t *testing.T) {
	t.Helper()
	if m := project("-- a.py --\nclass A: pass\n"); m.Define("a", []string{"A"}) == nil {
		t.Skip("built without a parser")
	}
}

const classSources = `
-- app/__init__.py --
-- app/models.py --
import collections
import enum
from abc import ABCMeta
from collections import namedtuple
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar
from . import tools
from .tools import Base as B, restore
from third.party import Model
T = TypeVar("T")
class Plain:
    "Doc."
    limit = 3
    names = ("a", "b")
    class Inner(Plain2 if limit else object): pass
    class Deep:
        class Deeper: pass
    def method(self): self.other()
class Colour(enum.Enum):
    RED = enum.auto()
    BLUE = -2
@dataclass(frozen=True)
class Point(Generic[T]):
    x: int
    tags: list = field(default_factory=list)
@dataclass
class Late:
    x: int
    def __post_init__(self): tools.start(self.x)
class Pair(NamedTuple):
    a: int
Twin = namedtuple("Twin", "a b")
class Named(namedtuple("Named", "a")): pass
class Meta(metaclass=ABCMeta): pass
class Odd(metaclass=tools.Made): pass
class Sub(B): pass
class Lib(Model): pass
class Computed(tools.base()): pass
@tools.register
class Decorated: pass
class Prop:
    @property
    def x(self): return 1
class Setter:
    @property
    def x(self): return 1
    @x.setter
    def x(self, v): self._x = v
class Field:
    x = tools.Descriptor()
class Loud:
    def __init__(self, a):
        super().__init__(a)
        self.a = a
        print(len(a))
    def __setstate__(self, state):
        self.__dict__.update(state)
        self.go()
    def go(self):
        restore(self.a)
class Louder(Loud):
    def __setstate__(self, state): super().__setstate__(state)
    def go(self): pass
class Assigned:
    __setstate__ = tools.restore
@dataclass
class Made:
    x: int = field(default_factory=tools.start)
class Ring(Ring2): pass
class Ring2(Ring): pass
class Returned:
    @property
    def __setstate__(self): return print
class Sorted:
    def __init__(self, a):
        self.a = sorted(a, key=tools.start) + sorted(a, key=lambda x: x[0]) + sorted(a, key=None)
class Sorted2:
    def __init__(self, a, by): self.a = max(a, key=by)
-- app/tools.py --
import os, subprocess as sp
from subprocess import run
import pickle
class Base:
    def __hash__(self): return hash(self.a)
class Made(type): pass
def restore(x):
    def inner(): os.system(x)
    return getattr(x, x.name)() or [sp.run(y) for y in x] or x.close()
def start(x): restore(x)
def again(x): return again(x)
def wrapped(x): return pickle.loads(x)
wrapped = print(wrapped)
shell = sp.run
popen = sp
try:
    from fast import dump
except ImportError:
    from slow import dump
`

func TestDefinitions(t *testing.T) {
	needParser(t)
	expectDefinitions(t, project(classSources), map[string]string{
		"app.models:Plain":             "app/models.py:11 class",
		"app.models:Plain.Deep.Deeper": "app/models.py:17 class",
		"app.models:Plain.Inner":       "app/models.py:15 class open",
		"app.models:Plain.method":      "app/models.py:18 function (…)",
		"app.models:Plain.missing":     "nothing",
		"app.models:missing":           "nothing",
		"app.models:T":                 "nothing",
		"app.missing:Plain":            "nothing",
		"models:Plain":                 "app/models.py:11 class?",
		"app.models:Colour":            "app/models.py:19 class enum.Enum",
		"app.models:Colour.RED":        "nothing",
		"app.models:Point":             "app/models.py:23 class typing.Generic dataclasses.dataclass",
		"app.models:Late":              "app/models.py:27 class dataclasses.dataclass __post_init__(os.system,builtins.getattr,subprocess.run…)",
		"app:models.Point":             "app/models.py:23 class? typing.Generic dataclasses.dataclass",
		"app:tools.run":                "app/tools.py:2 import? subprocess.run",
		"app.models:Made":              "app/models.py:67 class dataclasses.dataclass __attrs_init__(…)",
		"app.models:Pair":              "app/models.py:30 class typing.NamedTuple",
		"app.models:Twin":              "app/models.py:32 class collections.namedtuple",
		"app.models:Named":             "app/models.py:33 class collections.namedtuple",
		"app.models:Meta":              "app/models.py:34 class",
		"app.models:Odd":               "app/models.py:35 class open",
		"app.models:Sub":               "app/models.py:36 class __hash__(builtins.hash)",
		"app.models:Lib":               "app/models.py:37 class third.party.Model",
		"app.models:Computed":          "app/models.py:38 class open",
		"app.models:Decorated":         "app/models.py:40 class app.tools.register",
		"app.models:Prop":              "app/models.py:41 class",
		"app.models:Setter":            "app/models.py:44 class open",
		"app.models:Field":             "app/models.py:49 class open",
		"app.models:Loud":              "app/models.py:51 class __init__(builtins.super,builtins.print,builtins.len) __setstate__(os.system,builtins.getattr,subprocess.run…)",
		"app.models:Louder":            "app/models.py:61 class __init__(builtins.super,builtins.print,builtins.len) __setstate__(builtins.super)",
		"app.models:Returned":          "app/models.py:71 class __setstate__(…)",
		"app.models:Sorted":            "app/models.py:74 class __init__(builtins.sorted,os.system,builtins.getattr,subprocess.run…)",
		"app.models:Sorted2":           "app/models.py:77 class __init__(builtins.max…)",
		"app.models:Assigned":          "app/models.py:64 class open __setstate__(os.system,builtins.getattr,subprocess.run…)",
		"app.models:restore":           "app/tools.py:7 function (os.system,builtins.getattr,subprocess.run…)",
		"app.models:tools.run":         "app/models.py:7 import subprocess.run",
		"app.models:tools.sp.run":      "app/models.py:7 import subprocess.run",
		"app.models:Model":             "app/models.py:9 import third.party.Model",
		"app.tools:run":                "app/tools.py:2 import subprocess.run",
		"app.tools:shell":              "app/tools.py:14 import subprocess.run",
		"app.tools:popen.Popen":        "app/tools.py:15 import subprocess.Popen",
		"app.tools:os":                 "app/tools.py:1 import os",
		"app.tools:again":              "app/tools.py:11 function ()",
		"app.tools:wrapped":            "app/tools.py:12 function? (pickle.loads)",
		"app.tools:dump":               "app/tools.py:17 import? fast.dump,slow.dump",
	})
	for _, global := range []string{"Ring", "Ring2"} {
		if d := project(classSources).Define("app.models", []string{global}); d == nil || !d.Open {
			t.Errorf("%s: %s", global, told(d))
		}
	}
}

// Relative imports lead where Python finds them (PEP 328).
func TestRelativeImports(t *testing.T) {
	needParser(t)
	m := project(`
-- app/__init__.py --
from . import tools
from .tools import run
-- app/tools.py --
from subprocess import run
def f(): pass
-- app/sub/__init__.py --
from .. import tools
from . x import g
from .x import (
    h as i,
)
-- app/sub/x.py --
from ..tools import run
from .. import tools as t, run as again
from ... import out
from .\
    x import g
def h(): pass
`)
	expectDefinitions(t, m, map[string]string{
		"app:run":           "app/__init__.py:2 import subprocess.run",
		"app:tools.f":       "app/tools.py:2 function? ()",
		"app.sub:tools.f":   "app/tools.py:2 function ()",
		"app.sub:i":         "app/sub/x.py:6 function ()",
		"app.sub:g":         "app/sub/__init__.py:2 import app.sub.x.g",
		"app.sub.x:run":     "app/sub/x.py:1 import subprocess.run",
		"app.sub.x:again":   "app/sub/x.py:2 import subprocess.run",
		"app.sub.x:t.f":     "app/tools.py:2 function ()",
		"app.sub.x:t.run":   "app/sub/x.py:2 import subprocess.run",
		"app.sub.x:out":     "nothing",
		"app.sub.x:out.run": "nothing",
	})
}

// What may bind names in another way makes nothing sure.
func TestUnsureModules(t *testing.T) {
	needParser(t)
	for name, text := range map[string]string{
		"star":              "from os.path import *\nclass A: pass\n",
		"syntax error":      "class A: pass\ndef (\n",
		"encoding":          "class A: pass\n# \xff\n",
		"module getattr":    "class A: pass\ndef __getattr__(name): return 1\n",
		"globals":           "class A: pass\ndef f(n): globals()[n] = 1\n",
		"exec":              "class A: pass\nexec('A = 1')\n",
		"sys.modules":       "import sys\nclass A: pass\nsys.modules[__name__] = 1\n",
		"patched":           "class A: pass\nA.__setstate__ = print\n",
		"setattr":           "class A: pass\nsetattr(A, 'x', 1)\n",
		"type.__setattr__":  "class A: pass\ntype.__setattr__(A, '__setstate__', print)\n",
		"rebound":           "class A: pass\nA = 1\n",
		"twice":             "class A: pass\nclass A: pass\n",
		"deleted":           "class A: pass\ndel A\n",
		"in a condition":    "if x:\n    class A: pass\n",
		"in try":            "try:\n    class A: pass\nexcept E:\n    pass\n",
		"in a loop":         "for x in y:\n    class A: pass\n",
		"global":            "class A: pass\ndef f():\n    global A\n    A = 1\n",
		"for":               "class A: pass\nfor A in x: pass\n",
		"walrus":            "class A: pass\nprint(A := 1)\n",
		"an import over it": "class A: pass\nfrom x import A\n",
		"with":              "class A: pass\nwith x as A: pass\n",
	} {
		d := project("-- a.py --\n"+text).Define("a", []string{"A"})
		if d != nil && d.Sure {
			t.Errorf("%s: %s", name, told(d))
		}
	}
	if d := project("-- a.py --\nclass A:\n    def f(self):\n        setattr(self, 'x', 1)\n").Define("a", []string{"A"}); d == nil || !d.Sure {
		t.Errorf("a method that sets attributes of itself: %s", told(d))
	}
}

// The file of a module is found by its name, and only where there is no doubt.
func TestModuleFiles(t *testing.T) {
	needParser(t)
	const a, b = "class A: pass\n", "class A(int): pass\n"
	for name, tt := range map[string]struct{ files, module, want string }{
		"package":                {"-- app/__init__.py --\n-- app/m.py --\n" + a, "app.m", "app/m.py:1 class"},
		"package's own":          {"-- app/m/__init__.py --\n" + a + "-- app/__init__.py --\n", "app.m", "app/m/__init__.py:1 class"},
		"src":                    {"-- src/app/__init__.py --\n-- src/app/m.py --\n" + a, "app.m", "src/app/m.py:1 class"},
		"deep":                   {"-- x/y/app/__init__.py --\n-- x/y/app/m.py --\n" + a, "app.m", "x/y/app/m.py:1 class"},
		"top":                    {"-- m.py --\n" + a, "m", "m.py:1 class"},
		"namespace package":      {"-- app/m.py --\n" + a, "app.m", "app/m.py:1 class"},
		"deep namespace package": {"-- x/app/m.py --\n" + a, "app.m", "x/app/m.py:1 class?"},
		"some script":            {"-- x/m.py --\n" + a, "m", "x/m.py:1 class?"},
		"a longer name":          {"-- x/__init__.py --\n-- x/app/__init__.py --\n-- x/app/m.py --\n" + a, "app.m", "x/app/m.py:1 class?"},
		"two":                    {"-- app/__init__.py --\n-- app/m.py --\n" + a + "-- build/app/m.py --\n" + b, "app.m", "nothing"},
		"a copy":                 {"-- app/__init__.py --\n-- app/m.py --\n" + a + "-- build/app/m.py --\n" + a, "app.m", "build/app/m.py:1 class"},
		"module and package":     {"-- app/__init__.py --\n-- app/m.py --\n" + a + "-- app/m/__init__.py --\n" + b, "app.m", "nothing"},
		"a module before it":     {"-- app.py --\n-- app/m.py --\n" + a, "app.m", "app/m.py:1 class?"},
		"extension module":       {"-- app/__init__.py --\n-- app/m.py --\n" + a + "-- app/m.cpython-311-x86_64-linux-gnu.so --\n", "app.m", "nothing"},
		"part of a word":         {"-- webapp/__init__.py --\n-- webapp/m.py --\n" + a, "app.m", "nothing"},
		"standard library":       {"-- json.py --\n" + a, "json", "nothing"},
		"known library":          {"-- torch/__init__.py --\n" + a, "torch", "nothing"},
		"up and out":             {"-- m.py --\n" + a, "..m", "nothing"},
		"too large":              {"-- m.py --\n" + a + "#" + strings.Repeat("x", MaxModule), "m", "nothing"},
	} {
		if got := told(project(tt.files).Define(tt.module, []string{"A"})); got != tt.want {
			t.Errorf("%s: %s, want %s", name, got, tt.want)
		}
	}
}
