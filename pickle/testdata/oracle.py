"""Runs pickles in CPython's own unpicklers with a find_class that hands out
stubs, and says what happened. Nothing is imported for a pickle and nothing it
names is run: every global is an inert class made here.

Standard input: one case a line, in hexadecimal. Standard output: one JSON
object a line, {"c-mem": RUN, "c-file": RUN, "c-peek": RUN, "py": RUN} with RUN =
{"events": [[kind, target], ...], "ok": bool}. The run of c-mem ends at its first
look-up, see loads.
"""

import _pickle
import io
import json
import pickle
import sys

try:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
except ImportError:
    pass

events = []


class Meta(type):
    def __call__(cls, *args, **kwargs):
        events.append(["call", cls.label])
        return object.__new__(cls)


def stub(label):
    def new(cls, *args, **kwargs):
        events.append(["new", label])
        return object.__new__(cls)

    def recorder(kind):
        return lambda self, *args: events.append([kind, label])

    body = {"__new__": new, "label": label}
    for kind in ("append", "extend", "add", "update"):
        body[kind] = recorder(kind)
    body["__setstate__"] = recorder("setstate")
    body["__setitem__"] = recorder("setitem")
    return Meta("Stub", (), body)


def hooks(base):
    class Oracle(base):
        def find_class(self, module, name):
            # The bytes of the name, one character each: JSON has no surrogates.
            label = (module + "." + name).encode("utf-8", "surrogatepass").decode("latin-1")
            events.append(["find", label])
            return stub(label)

        def persistent_load(self, pid):
            events.append(["persistent", ""])
            return object.__new__(stub("<persistent>"))

    return Oracle


def run(cls, file):
    events.clear()
    ok = True
    try:
        cls(file).load()
    except Exception:
        ok = False
    # The stubs raise nothing, so a list of events is what really happened.
    return {"events": list(events), "ok": ok}


asked = False


def audit(event, args):
    if asked and event == "pickle.find_class":
        events.append(["find", ".".join(args).encode("utf-8", "surrogatepass").decode("latin-1")])
        raise RuntimeError("far enough")


sys.addaudithook(audit)


def loads(data):
    """Asks pickle.loads for its first look-up, or for its STOP.

    Only _pickle.loads reads from memory (_Unpickler_SetStringInput), and it makes
    an Unpickler of exactly that type, whose find_class nobody can override
    (load_global calls the method of a subclass only); with a file there is
    always a read. What can be had is the audit event that find_class raises
    before it imports. The hook must not let that import happen, so it ends the
    run. There is no persistent_load either: a persistent id ends it, too.
    """
    global asked
    events.clear()
    ok, asked = True, True
    try:
        _pickle.loads(data)
    except Exception:
        ok = False
    finally:
        asked = False
    return {"events": list(events), "ok": ok}


def main():
    c, py = hooks(_pickle.Unpickler), hooks(pickle._Unpickler)
    for line in sys.stdin:
        data = bytes.fromhex(line)
        print(json.dumps({
            "c-mem": loads(data),
            "c-file": run(c, io.BytesIO(data)),
            "c-peek": run(c, io.BufferedReader(io.BytesIO(data))),
            "py": run(py, io.BytesIO(data)),
        }))


if __name__ == "__main__":
    main()
