# References that hand nothing on, and others that do.
import functools
import inspect
import pickle
from functools import wraps


@functools.wraps(pickle.loads)
def refusing(b):
    raise RuntimeError("no pickles here")


@wraps(pickle.load)
def refusing_too(f):
    raise RuntimeError("no pickles here")


def asked(f, table):
    assert callable(pickle.loads)
    assert f is pickle.loads
    assert f is not pickle.loads and f != pickle.load
    assert f in (pickle.load, pickle.loads)
    print(inspect.signature(pickle.loads), inspect.getdoc(pickle.load), repr(pickle.loads))
    inspect.call(pickle.loads)  # want "pickle.loads is handed on"
    wrapper.signature(pickle.loads)  # want "pickle.loads is handed on"
    apply(pickle.loads, f)  # want "pickle.loads is handed on"
    return f == pickle.loads or table


(bare) = pickle.loads
bare(b)  # want "pickle.loads decodes `b`"
((barer)) = pickle.loads
barer(b)  # want "pickle.loads decodes `b`"
(only,) = pickle.loads,
only(b)  # want "pickle.loads decodes `b`"
