import pickle
import torch


def parameter(pickle):
    return pickle.loads(b)


def default(pickle=pickle.loads):  # want "pickle.loads is handed on"
    return pickle(b)  # want "pickle.loads decodes `b`"


def annotated(up: pickle.Unpickler, f: "pickle.load" = None) -> pickle.Unpickler:
    x: pickle.Unpickler = up
    return x


def assigned():
    pickle = Codec()
    return pickle.loads(b)


def unbound():
    pickle.loads(b)
    pickle = 1


def looped(codecs):
    for pickle in codecs:
        pickle.loads(b)


def managed():
    with opened() as pickle:
        return pickle.loads(b)


def caught():
    try:
        pass
    except OSError as torch:
        torch.load(path)


def walrus():
    if (pickle := Codec()):
        return pickle.loads(b)


def deleted():
    import dill
    del dill
    dill.loads(b)


def branches(flag):
    import dill
    if flag:
        dill = None
        dill.loads(b)
    dill.loads(b)  # want "dill.loads"


def rounds(items):
    import dill as codec
    for b in items:
        codec.loads(b)  # want "dill.loads"
        codec = Other()


def inner_rounds(items):
    import dill as codec
    for b in items:
        codec = Other()
        codec.loads(b)
        import dill as codec


def globals_here():
    global codec
    import pickle as codec


def uses_global():
    return codec.loads(b)  # want "pickle.loads"


def outer():
    import marshal as code

    def inner():
        return code.loads(b)  # want "marshal.loads"

    def shadow():
        nonlocal code
        code = None

    return inner


class C:
    import dill as d
    x = d.loads(b)  # want "dill.loads"
    pickle = Codec()
    y = pickle.loads(b)

    def method(self):
        d.loads(b)
        return pickle.loads(b)  # want "pickle.loads"


squares = [pickle.loads(b) for pickle in codecs]
rows = [pickle.loads(row) for row in rows]  # want "pickle.loads decodes `row`"
lazy = (f(x) for x in pickle.loads(b))  # want "pickle.loads decodes `b`"
nested = {k: [pickle.load(f) for f in v] for k, v in files}  # want "pickle.load decodes `f`"
shadowed = lambda pickle: pickle.loads(b)
called = lambda b: pickle.loads(b)  # want "pickle.loads"


@memoize(pickle.loads)  # want "pickle.loads is handed on"
def decorated():
    pass


@pickle.loads  # want "pickle.loads is handed on"
def swallowed():
    pass


match command:
    case {"load": torch}:
        torch.load(path)
    case [pickle, *rest]:
        pass


def early():
    return later.loads(b)  # want "pickle.loads"


import pickle as later


def redefined(load):
    def pickle():
        pass

    return pickle.loads(b)
