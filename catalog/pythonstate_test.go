package catalog

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

func TestPythonStateRefuses(t *testing.T) {
	for _, tt := range []struct{ line, want string }{
		{`python-unpicklable a.Lock() # r`, "what is required"},
		{`python-unpicklable a.Lock() what="a lock" spawn=no # r`, "is not yes"},
		{`python-unpicklable a.Lock() what="a lock" except=pickle # r`, "is none of dill, cloudpickle"},
		{`python-unpicklable a.Lock() what="a lock" until=soon # r`, "no release"},
		{`python-unpicklable a-Lock() what="a lock" # r`, "not a dotted name"},
		{`python-pickles a.dump # r`, "empty argument"},
		{`python-pickles a.dump arg=x@y # r`, "is not NAME"},
		{`python-pickles a.dump arg=x also=@z # r`, "is not NAME"},
		{`python-pickles a.dump arg=x by=marshal # r`, "is none of"},
		{`python-pickles a.dump arg=x to=file # r`, "is not store"},
		{`python-keeps a-b # r`, "not a dotted name"},
		{`python-travels a-b # r`, "not a dotted name"},
		{`python-travels a to=b # r`, "unknown attribute"},
		{`python-keeps a.b items=no # r`, "is not yes"},
		{`python-keeps a.b also=c # r`, "unknown attribute"},
	} {
		if _, err := New().With("x.cat", strings.NewReader(tt.line+"\n")); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", tt.line, err, tt.want)
		}
	}
}

func TestPythonStateOverlay(t *testing.T) {
	c, err := Builtin().With("x.cat", strings.NewReader("python-unpicklable mine.Handle() what=\"a handle\" # r\npython-pickles mine.store arg=thing@1 to=store # r\npython-keeps mine.box items=yes # r\npython-travels mine.wire # r\n"))
	if err != nil {
		t.Fatal(err)
	}
	if u, ok := c.PythonUnpicklable("mine.Handle()"); !ok || u.What != "a handle" {
		t.Errorf("%+v", u)
	}
	if p, ok := c.PythonPickles("mine.store"); !ok || !p.Stored || p.Arg.Position != 1 {
		t.Errorf("%+v", p)
	}
	if !slices.Contains(c.PythonTravels(), "mine.wire") || slices.Contains(Builtin().PythonTravels(), "mine.wire") {
		t.Errorf("travels: %q", c.PythonTravels())
	}
	if keeps, items := c.PythonKeeps("mine.box"); !keeps || !items {
		t.Error("what the overlay says is not known")
	}
	if _, ok := Builtin().PythonPickles("mine.store"); ok {
		t.Error("the overlay reaches the built-in catalogue")
	}
}

// madeWith holds the arguments that a call needs; the others need none.
var madeWith = map[string]string{
	"threading.Barrier": "2", "threading.Timer": "1, print", "builtins.open": "DEVNULL", "io.open": "DEVNULL", "io.FileIO": "DEVNULL", "codecs.open": "DEVNULL",
	"io.TextIOWrapper": "io.BytesIO()", "io.BufferedReader": "io.BytesIO()", "io.BufferedWriter": "io.BytesIO()", "io.BufferedRandom": "io.BytesIO()",
	"gzip.open": "DEVNULL", "gzip.GzipFile": "DEVNULL", "bz2.open": "DEVNULL", "bz2.BZ2File": "DEVNULL", "lzma.open": "DEVNULL, 'w'", "lzma.LZMAFile": "DEVNULL, 'w'",
	"os.fdopen": "os.open(DEVNULL, os.O_RDONLY)", "os.popen": "'true'", "os.scandir": "'.'", "zipfile.ZipFile": "io.BytesIO(), 'w'", "tarfile.open": "'a.tar', 'w'", "tarfile.TarFile": "'a.tar', 'w'",
	"sqlite3.connect": "':memory:'", "sqlite3.Connection": "':memory:'", "weakref.ref": "Thing", "weakref.proxy": "Thing", "weakref.WeakMethod": "Thing().run", "mmap.mmap": "-1, 10", "builtins.memoryview": "b''",
	"csv.reader": "[]", "csv.writer": "io.StringIO()", "csv.DictReader": "[]", "csv.DictWriter": "io.StringIO(), []", "hashlib.new": "'md5'", "hmac.new": "b'', b'', 'md5'", "struct.Struct": "'i'",
	"types.MappingProxyType": "{}", "types.ModuleType": "'x'", "importlib.import_module": "'os'", "builtins.__import__": "'os'", "ctypes.CDLL": "None", "ctypes.cdll.LoadLibrary": "None", "ctypes.pointer": "ctypes.c_int()", "ctypes.byref": "ctypes.c_int()",
	"contextvars.ContextVar": "'x'", "builtins.compile": "'1', 'x', 'eval'", "pickle.Pickler": "io.BytesIO()", "pickle.Unpickler": "io.BytesIO()", "subprocess.Popen": "['true']", "socketserver.TCPServer": "('127.0.0.1', 0), None",
	"socketserver.ThreadingTCPServer": "('127.0.0.1', 0), None", "http.server.HTTPServer": "('127.0.0.1', 0), None", "concurrent.futures.ThreadPoolExecutor().submit": "print, end=''", "logging.FileHandler": "DEVNULL",
	"multiprocessing.Process": "", "logging.handlers.RotatingFileHandler": "DEVNULL", "logging.handlers.TimedRotatingFileHandler": "DEVNULL", "logging.handlers.QueueHandler": "queue.Queue()", "sqlite3.connect().execute": "'select 1'",
}

// notMade need a network, a display, a process or another system.
var notMade = map[string]bool{
	"concurrent.futures.ProcessPoolExecutor().submit": true, "logging.handlers.SysLogHandler": true, "logging.handlers.SocketHandler": true, "multiprocessing.Manager": true, "socket.socket().makefile": true,
	"select.epoll": true, "select.poll": true,
}

// What the reasons say pickle refuses, the Python at hand refuses.
func TestUnpicklableOracle(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no python3")
	}
	var script strings.Builder
	script.WriteString(`
import importlib, io, os, pickle, re, builtins, queue
from os import devnull as DEVNULL
class Thing:
    def run(self): pass
def ask(name, text, env):
    for m in re.findall(r"\b[a-z_A-Z]\w*(?:\.[a-z_]\w*)*", text):
        parts = m.split(".")
        for k in range(len(parts), 0, -1):
            try:
                importlib.import_module(".".join(parts[:k]))
                env[parts[0]] = importlib.import_module(parts[0])
                break
            except Exception:
                pass
    try:
        made = eval(text, env)
    except Exception as e:
        return "not made: %r" % e
    try:
        pickle.dumps(made)
    except Exception:
        return "refused"
    return "taken"
`)
	asked := 0
	for _, u := range Builtin().PythonUnpicklables() {
		if !strings.HasPrefix(u.Reason, "Python 3.11: pickle.dumps refuses it") {
			continue
		}
		text, called := strings.CutSuffix(u.Name, "()")
		if notMade[text] {
			continue
		}
		expr := text
		if called {
			expr = text + "(" + madeWith[text] + ")"
		}
		if of, method, ok := strings.Cut(text, "()."); ok {
			expr = of + "(" + madeWith[of] + ")." + method + "(" + madeWith[text] + ")"
		}
		asked++
		script.WriteString("print(" + quoted(u.Name) + ", ask(" + quoted(u.Name) + ", " + quoted(expr) + ", {'DEVNULL': DEVNULL, 'Thing': Thing}))\n")
	}
	script.WriteString("os._exit(0) if not __import__('sys').stdout.flush() else None\n")
	if asked < 80 {
		t.Fatalf("only %d asked", asked)
	}
	cmd := exec.Command(python, "-W", "ignore", "-c", script.String())
	cmd.Dir = t.TempDir()
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	refused := 0
	for line := range strings.SplitSeq(strings.TrimSpace(string(out)), "\n") {
		switch {
		case strings.HasSuffix(line, " refused"):
			refused++
		case strings.Contains(line, "not made: ") && (strings.Contains(line, "ModuleNotFound") || strings.Contains(line, "NameError") || strings.Contains(line, "AttributeError")):
			t.Log(line) // not in this build of Python
		default:
			t.Error(line)
		}
	}
	if refused < 80 {
		t.Errorf("only %d of %d were asked of Python", refused, asked)
	}
}

func quoted(s string) string { return `"` + strings.ReplaceAll(s, `"`, `\"`) + `"` }
