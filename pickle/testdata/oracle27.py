"""Loads pickles with the unpicklers of CPython 2.7, in a world where every name
means a stub, and says what happened. Input, output and stubs are those of
oracle.py; only what 2.7 does otherwise is explained here.

The loaders are c-file (cPickle) and py (pickle). Both can be told how to find a
global, so nothing needs to be done to imports, and since 2.7 maps no names and
walks no dots what is resolved is what the stream says. A name is bytes here, and
written one character a byte.
"""

import binascii
import cPickle
import copy_reg
import cStringIO
import json
import pickle
import re
import signal
import struct
import sys

RESULT = "(\xe2\x80\xa6)"  # U+2026
RESULTS = 3

# Made at run time: no stream can name this very object.
EXT_MODULE = "-".join(("ext", "module"))

SECONDS = 10
MEMORY = 1 << 30
POOL = 1 << 12


class Timeout(BaseException):
    pass


def result(label):
    return label if label.endswith(RESULT * RESULTS) else label + RESULT


class Run(object):
    """What the load that is under way has done."""

    def __init__(self, profile):
        self.profile = profile
        self.events = []
        self.labels = {}
        self.used = 0

    def stub(self, act, call):
        """Gives a stub: act is what it is called when used, call when called."""
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

    def find(self, module, name):
        if module is EXT_MODULE:
            self.events.append(["ext", int(name)])
        else:
            event = ["find", module, name, "", ""]
            self.events.append(event)
            if not module:
                raise ValueError("Empty module name")
            event[3:] = module, name
        label = module + "." + name
        return self.stub(label, label)

    def persistent(self, pid):
        if isinstance(pid, unicode):
            pid = pid.encode("utf-8")
        self.events.append(["persid", pid if isinstance(pid, str) else ""])
        return self.stub("<persistent>", "<persistent>")


run = Run(None)


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

    def __nonzero__(cls):
        note("bool", cls)
        return True

    def items(cls):
        note("items", cls)
        return ()

    # BUILD asks for the one of a state and for the other of a slot state.
    iteritems = items
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


class Attributes(object):
    def __init__(self, owner):
        self.owner = owner

    def __setitem__(self, key, value):
        note("dictset", self.owner)

    def update(self, state):
        # pickle falls back on it for a key that is no byte string.
        note("dictset", self.owner)


class Profile(object):
    def __init__(self, meta):
        def new(cls, *args, **kwargs):
            label = run.labels[id(cls)][1]
            run.events.append(["new", label])
            return run.stub(label, result(label))

        self.meta = meta
        self.base = type.__new__(meta, "Base", (object,), {"__slots__": (), "__new__": new})
        self.pool = []

    def make(self):
        return type.__new__(self.meta, "Stub", (self.base,), {"__slots__": ()})


class Unpickler(pickle.Unpickler):
    def find_class(self, module, name):
        return run.find(module, name)

    def persistent_load(self, pid):
        return run.persistent(pid)


def c_unpickler(file):
    unpickler = cPickle.Unpickler(file)
    unpickler.find_global = run.find
    unpickler.persistent_load = run.persistent
    return unpickler


LOADERS = {"c-file": c_unpickler, "py": Unpickler}


def codes(data):
    """Gives every extension code a loader could read in the case."""
    found = {}
    for match in re.finditer("[\x82\x83\x84]", data):
        layout = {"\x82": "<B", "\x83": "<H", "\x84": "<i"}[match.group()]
        argument = data[match.end():match.end() + struct.calcsize(layout)]
        if len(argument) == struct.calcsize(layout):
            code, = struct.unpack(layout, argument)
            if code > 0:
                found[code] = EXT_MODULE, str(code)
    return found


def record(unpickler, data, profile, extensions):
    global run
    run = Run(profile)
    # The dicts are the ones that cPickle and pickle hold: they must stay.
    copy_reg._inverted_registry.update(extensions)
    ok, end, error = False, None, ""
    try:
        alarm(SECONDS)
        file = cStringIO.StringIO(data)
        unpickler(file).load()
        ok, end = True, file.tell()
    except (Exception, Timeout) as e:
        error = type(e).__name__
    finally:
        alarm(0)
        done, run = run, Run(None)
        copy_reg._inverted_registry.clear()
        copy_reg._extension_cache.clear()
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
    global alarm
    alarm = limit()
    profiles = {"rich": Profile(Rich), "bare": Profile(Bare)}
    print(json.dumps({"version": sys.version_info[:3]}))
    for line in iter(sys.stdin.readline, ""):
        data = binascii.unhexlify(line.strip())
        extensions = codes(data)
        print(json.dumps({
            name: {p: record(load, data, profiles[p], extensions) for p in profiles}
            for name, load in LOADERS.items()
        }, encoding="latin-1"))
        sys.stdout.flush()


if __name__ == "__main__":
    main()
