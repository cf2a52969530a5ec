import pickle
import pickle as p
import functools
from functools import partial

load = pickle.loads
load(b)  # want "pickle.loads decodes `b`"

again = load
again(b)  # want "pickle.loads"

codec = p
codec.loads(b)  # want "pickle.loads"

first, second = pickle.load, pickle.dumps
first(fh)  # want "pickle.load decodes `fh`"
second(x)

left = right = pickle.loads
left(x)  # want "pickle.loads"
right(x)  # want "pickle.loads"

exported = pickle.loads  # want "pickle.loads is handed on"

self.decode = pickle.loads  # want "pickle.loads is handed on"
table = {"pickle": pickle.loads, "json": json.loads}  # want "pickle.loads is handed on"
rows = map(pickle.loads, lines)  # want "pickle.loads is handed on"
lazy = functools.partial(pickle.loads, fix_imports=False)  # want "pickle.loads is called"
bound = partial(pickle.load, fh)  # want "pickle.load decodes `fh`"
name = pickle.loads.__name__
via = pickle.loads.__call__(b)  # want "pickle.loads is handed on"

pickle.loads = None
del pickle.loads


def hidden():
    load = json.loads
    return load(b)


def uses(b):
    return load(b)  # want "pickle.loads"


class Loader(pickle.Unpickler):
    pass


Loader(fh).load()  # want "pickle.Unpickler decodes `fh`"


class Exported(pickle.Unpickler):  # want "pickle.Unpickler is handed on"
    pass


class Restricted(pickle.Unpickler):
    def find_class(self, module, name):
        raise pickle.UnpicklingError(name)


class Table(pickle.Unpickler):
    @trace
    def find_class(self, module, name):
        return ALLOWED[module, name]


class Logging(pickle.Unpickler):
    def find_class(self, module, name):
        print(module, name)
        return super().find_class(module, name)


class Derived(Restricted):
    def persistent_load(self, pid):
        return None


Restricted(fh).load()
Table(fh).load()
Derived(fh).load()
Logging(fh).load()  # want "pickle.Unpickler decodes `fh`"

if isinstance(x, pickle.Unpickler) or isinstance(x, (int, pickle.Unpickler)):
    pass

try:
    pass
except pickle.Unpickler:
    pass
