# More of how honest classes are rebuilt: nothing here is a finding.
import h5py, logging, os, pickle, copyreg, threading, weakref, functools, re, collections
from pathlib import Path
log = logging.getLogger(__name__)
_registry = weakref.WeakSet()
_CACHE = {}

class H1:
    def __setstate__(self, state):
        self.__dict__.update(state)
        self.lock = threading.RLock()
        self.path = Path(state["path"])
        if not os.path.exists(self.path):
            raise FileNotFoundError(self.path)
        _registry.add(self)
        self.name = os.path.basename(self.path)
        self._compiled = {k: re.compile(v) for k, v in state["p"].items()}
        self.callbacks = [getattr(self, n) for n in state["names"]]
        log.warning("old state of version %s", state.get("version"))
        super().__setstate__(state)
        setattr(self, "x", state["x"])
        self.loader = functools.partial(open, self.path)
        self.open()

    def open(self):
        self.items = []

class H2:
    def __new__(cls, name):
        if name in _CACHE:
            return _CACHE[name]
        self = super().__new__(cls)
        _CACHE[name] = self
        return self
    def __getnewargs__(self):
        return (self.name,)

class H3:
    def __init__(self, name):
        self.name = name
        log.debug("made %s", name)
    def __reduce__(self):
        return H3, (self.name,)

class H4:
    def __reduce__(self):
        return _make_h4, (self.name,)

def _make_h4(name):
    cls = globals()[name]
    return cls()

class H5(collections.namedtuple("H5", "a b")):
    def __reduce__(self):
        return (H5, tuple(self))

class H6(Exception):
    def __init__(self, msg, code):
        super().__init__(msg)
        self.code = code
    def __reduce__(self):
        return (H6, (self.args[0], self.code))

class H7:
    def __reduce__(self):
        return (_unpickle, (self.__class__, self.__dict__.copy()))

def _unpickle(cls, state):
    obj = cls.__new__(cls)
    obj.__dict__.update(state)
    return obj

class H8:
    @property
    def open(self): return 1
    def __reduce_ex__(self, proto):
        func, args, *rest = super().__reduce_ex__(proto)
        return (func, args, *rest)

class H9:
    def __reduce__(self):
        return self.__class__._from_parts, (self.parts,)
    @classmethod
    def _from_parts(cls, parts):
        return cls()

@functools.total_ordering
class I1:
    def __reduce__(self):
        return I1, ()
    def __lt__(self, o): return True

class I2:
    _instance = None
    def __reduce__(self):
        return I2.get_instance, ()
    @classmethod
    def get_instance(cls):
        if cls._instance is None:
            cls._instance = cls()
        return cls._instance

def default_instance():
    return MISSING

class _Missing:
    def __reduce__(self):
        return default_instance, ()
MISSING = _Missing()
del _Missing

class _Missing2:
    def __reduce__(self):
        return "MISSING2"
MISSING2 = _Missing2()
del _Missing2


# docs.python.org/3/library/pickle.html, "Handling Stateful Objects"
class TextReader:
    def __init__(self, filename):
        self.filename = filename
        self.file = open(filename)

    def __getstate__(self):
        state = self.__dict__.copy()
        del state["file"]
        return state

    def __setstate__(self, state):
        self.__dict__.update(state)
        self.file = open(self.filename)
        self.again = open(self.filename, "rb")
        self._reopen()

    def _reopen(self):
        self.table = h5py.File(self.filename, mode="r")
