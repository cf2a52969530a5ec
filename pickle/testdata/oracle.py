"""Loads pickles with CPython's own unpicklers, in a world where every name means
a stub, and says what happened. Nothing is imported for a pickle and nothing it
names is run. Works on CPython 3.8 and later; oracle27.py is the one for 2.7.

Standard input: one case a line, in hexadecimal. Standard output: a line
{"version": [major, minor, micro]}, then one JSON object a line, LOADER -> PROFILE
-> {"events": [EVENT, ...], "ok": bool, "end": position or null, "error": type}.

The loaders are c-mem (_pickle.loads), c-file (_pickle.Unpickler on a file without
peek), c-peek (with peek, in blocks of 8192 bytes) and py (pickle._Unpickler).

The profiles say what a stub is like: "rich" has every method an unpickler asks
for, "bare" only those without which the load would fail, so that both branches of
APPENDS and BUILD are seen.

The events: ["find", module, name, resolved module, resolved path], with what was
reached before a failure, ["ext", code], ["persid", text], and [KIND, target] with
KIND one of call, new, setstate, dictset, setattr, setitem, append, extend, add,
update, hash, iter, items, bool. A string is written as the bytes of its UTF-8, one
character each: JSON has no lone surrogates.
"""

import builtins
import codecs
import copyreg
import io
import json
import pickle
import re
import signal
import sys
import warnings

import _pickle

# What calling a thing gives is named after it, and no further than three calls.
RESULT = "(…)".encode().decode("latin-1")
RESULTS = 3

# Made at run time and never interned: no stream can name this very object.
EXT_MODULE = "-".join(("ext", "module"))

PEEK_BLOCK = 8192
SECONDS = 10
MEMORY = 1 << 30
POOL = 1 << 12


class Timeout(BaseException):
    pass


def text(s):
    return s if s.isascii() else s.encode("utf-8", "surrogatepass").decode("latin-1")


def result(label):
    return label if label.endswith(RESULT * RESULTS) else label + RESULT


class Run:
    """What the load that is under way has done."""

    def __init__(self, profile):
        self.profile = profile
        self.events, self.labels, self.used = [], {}, 0
        # Of a find: its event, whether its import is still to come, what is left
        # of its name, and what its module displaced.
        self.find, self.wanted, self.walk, self.displaced = None, False, None, None

    def stub(self, act, call):
        """Gives a stub: act is what it is called when used, call when called.

        Making a class is slow. A stub keeps nothing between runs, its labels are
        here and setting an attribute does nothing, so that the classes can serve
        again; within a run no two stubs are the same class.
        """
        pool = self.profile.pool
        if self.used < len(pool):
            cls = pool[self.used]
        else:
            cls = self.profile.make()
            if len(pool) < POOL:
                pool.append(cls)
        self.used += 1
        self.labels[id(cls)] = act, call
        return cls

    def look_up(self, module, name):
        """Begins a find: what CPython says of it before it maps the names."""
        self.restore()
        if module is EXT_MODULE:
            # What becomes of the find is of no interest to the event.
            self.events.append(["ext", int(name)])
            self.find = ["find", module, name, "", ""]
        else:
            self.find = ["find", text(module), text(name), "", ""]
            self.events.append(self.find)
        parts = name.split(".")
        self.walk = name, parts if len(parts) > 1 else None, []
        self.wanted = True

    def imports(self, name):
        """Answers the import of a find, the first import that follows it."""
        self.wanted = False
        if not name:
            raise ValueError("Empty module name")
        self.find[3] = text(name)
        self.displaced = name, sys.modules.get(name, PLACE)
        sys.modules[name] = PLACE
        return PLACE

    def restore(self):
        """Puts back what the stub of a module stood in for."""
        if self.displaced is not None:
            (name, module), self.displaced = self.displaced, None
            if module is PLACE:
                del sys.modules[name]
            else:
                sys.modules[name] = module

    def step(self, name):
        """Answers a getattr of a find: a stub when the name has been walked."""
        self.restore()
        if self.walk is None:
            raise AttributeError(name)
        whole, parts, path = self.walk
        path.append(text(name))
        self.find[4] = ".".join(path)
        # Below protocol 4 the whole name is one attribute, dots and all.
        if parts is not None and name != whole and len(path) < len(parts):
            return PLACE
        self.walk = None
        label = self.find[3] + "." + self.find[4]
        return self.stub(label, label)


class Place:
    """A module, and everything on the way along a dotted name. The loader gets
    no further than its attributes, so one will do, and it must have none."""

    __slots__ = ()

    def __getattribute__(self, name):
        return run.step(name)

    def __repr__(self):
        return "<place>"


PLACE = Place()
run = Run(None)


def audit(event, args):
    # find_class of _pickle.loads cannot be overridden, but it says the names.
    if event == "pickle.find_class":
        run.look_up(*args)


def stub_import(name, *args, **kwargs):
    if run.wanted:
        return run.imports(name)
    return real_import(name, *args, **kwargs)


def note(kind, cls):
    run.events.append([kind, run.labels[id(cls)][0]])


def recorder(kind):
    return lambda cls, *args: note(kind, cls)


class Meta(type):
    """A stub is a class, since NEWOBJ wants one, and all it can do is here."""

    def __call__(cls, *args, **kwargs):
        label = run.labels[id(cls)][1]
        run.events.append(["call", label])
        label = result(label)
        return run.stub(label, label)

    def __hash__(cls):
        note("hash", cls)
        return type.__hash__(cls)

    def __iter__(cls):
        note("iter", cls)
        return iter(())

    def __bool__(cls):
        note("bool", cls)
        return True

    def items(cls):
        note("items", cls)
        return ()

    def keys(cls):
        # Asked for by f(**stub) only; iterating tells no more than NEWOBJ_EX does.
        return ()

    __setattr__ = recorder("setattr")
    __setitem__ = recorder("setitem")
    append = recorder("append")
    add = recorder("add")


class Rich(Meta):
    __setstate__ = recorder("setstate")
    extend = recorder("extend")
    update = recorder("update")


class Bare(Meta):
    @property
    def __dict__(cls):
        return Attributes(cls)


class Attributes:
    def __init__(self, owner):
        self.owner = owner

    def __setitem__(self, key, value):
        note("dictset", self.owner)


class Profile:
    def __init__(self, meta):
        def new(cls, *args, **kwargs):
            label = run.labels[id(cls)][1]
            run.events.append(["new", label])
            return run.stub(label, result(label))

        self.meta = meta
        self.base = type.__new__(meta, "Base", (), {"__slots__": (), "__new__": new})
        self.pool = []

    def make(self):
        return type.__new__(self.meta, "Stub", (self.base,), {"__slots__": ()})


def persistent(base):
    class Unpickler(base):
        def persistent_load(self, pid):
            run.events.append(["persid", text(pid) if isinstance(pid, str) else ""])
            return run.stub("<persistent>", "<persistent>")

    return Unpickler


C, PY = persistent(_pickle.Unpickler), persistent(pickle._Unpickler)


def from_file(unpickler, file):
    unpickler(file).load()
    return file.tell()


# Each loads and says where it left the file.
LOADERS = {
    "c-mem": lambda data: (_pickle.loads(data), None)[1],
    "c-file": lambda data: from_file(C, io.BytesIO(data)),
    "c-peek": lambda data: from_file(C, io.BufferedReader(io.BytesIO(data), PEEK_BLOCK)),
    "py": lambda data: from_file(PY, io.BytesIO(data)),
}


def codes(data):
    """Gives every extension code a loader could read in the case.

    A frame that ends inside an argument may make it begin later (the file reader
    of C drops what was left of the frame), so every such beginning counts.
    """
    found = {}
    for match in re.finditer(b"[\x82\x83\x84]", data):
        size = {0x82: 1, 0x83: 2, 0x84: 4}[data[match.start()]]
        for start in range(match.end(), match.end() + size):
            code = int.from_bytes(data[start:start + size], "little", signed=size == 4)
            if code > 0:
                found[code] = (EXT_MODULE, str(code))
    return found


def record(load, data, profile, extensions):
    global run
    run = Run(profile)
    # The dicts are the ones that _pickle and pickle hold: they must stay.
    copyreg._inverted_registry.update(extensions)
    ok, end, error = False, None, ""
    try:
        alarm(SECONDS)
        end = load(data)
        ok = True
    except (Exception, Timeout) as e:
        error = type(e).__name__
    finally:
        alarm(0)
        done, run = run, Run(None)
        done.restore()
        copyreg._inverted_registry.clear()
        copyreg._extension_cache.clear()
    return {"events": done.events, "ok": ok, "end": end, "error": error}


def limit():
    """Bounds the memory, and gives what bounds the time, where the system can."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    except ImportError:
        pass
    if not hasattr(signal, "alarm"):
        return lambda seconds: None

    def ring(number, frame):
        raise Timeout

    signal.signal(signal.SIGALRM, ring)
    return signal.alarm


def main():
    global alarm, real_import
    warnings.simplefilter("ignore")
    codecs.lookup("ascii"), codecs.lookup("raw-unicode-escape")  # or a load imports them
    alarm = limit()
    profiles = {"rich": Profile(Rich), "bare": Profile(Bare)}
    real_import, builtins.__import__ = builtins.__import__, stub_import
    sys.addaudithook(audit)
    print(json.dumps({"version": sys.version_info[:3]}))
    for line in sys.stdin:
        data = bytes.fromhex(line)
        extensions = codes(data)
        print(json.dumps({
            name: {p: record(load, data, profiles[p], extensions) for p in profiles}
            for name, load in LOADERS.items()
        }), flush=True)


if __name__ == "__main__":
    main()
