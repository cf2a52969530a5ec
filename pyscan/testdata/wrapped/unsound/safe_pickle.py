import functools
import hmac
import io
import logging
import pickle
import sys
import warnings
from pickle import load  # want "PKL207 unsound-wrapper: the wrapper safe_pickle gives the plain load on as `load`: who imports it from there checks nothing"
from pickle import loads as raw_loads, dumps as raw_dumps  # want "PKL207 .*as `raw_loads`"
from pickle import loads as _loads, Unpickler
from dill import load as dill_load  # want "PKL207 .*as `dill_load`"
try:
    from cPickle import loads as quick  # want "PKL207 .*as `quick`"
except ImportError:
    quick = pickle.loads  # want "PKL207 unsound-wrapper: pickle.loads is handed on in the wrapper safe_pickle, which gives it on as `quick`: who imports it from there checks nothing"

plain = pickle.load  # want "PKL207 .*as `plain`"
_plain = pickle.load
errors = pickle.UnpicklingError
logger = logging.getLogger(__name__)
NEWEST = pickle.HIGHEST_PROTOCOL


def after(data, key):
    tag, payload = data[:32], data[32:]
    obj = pickle.loads(payload)  # want "PKL207 .*the wrapper safe_pickle is not sound: .*it comes after the load"
    if not hmac.compare_digest(tag, hmac.digest(key, payload, "sha256")):
        raise ValueError
    return obj


def nothing(data):
    return pickle.loads(data)  # want "PKL207 .*does not check the bytes before"


def fallback(data, box):
    try:
        return pickle.loads(box.decrypt(data))  # want "PKL201"
    except ValueError:
        logger.info("not encrypted: %d bytes", len(data))
        return pickle.loads(data)  # want "PKL207 .*falls back to a plain load where the check fails"


class Denying(Unpickler):
    def find_class(self, module, name):
        if module == "os":
            raise pickle.UnpicklingError(module)
        return super().find_class(module, name)


def denied(data):
    return Denying(io.BytesIO(data)).load()  # want "PKL207 .*in the wrapper safe_pickle, which does not restrict it: find_class of Denying is no restriction: it imports whatever it is asked for"


class Whole(pickle.Unpickler):
    def find_class(self, module, name):
        if module not in ("app.models",):
            raise pickle.UnpicklingError(module)
        return super().find_class(module, name)


def whole(data):
    return Whole(io.BytesIO(data)).load()  # want "PKL207 .*it looks at the module only"


def logs(data, key):
    tag, payload = data[:32], data[32:]
    if not hmac.compare_digest(tag, hmac.digest(key, payload, "sha256")):
        logger.error("bad tag for %r", payload)  # want "PKL207 .*writes the payload `payload` to a log"
        logging.warning(f"bad tag for {payload!r}")  # want "PKL207"
        print("bad", payload)  # want "PKL207"
        print("bad", payload[:40], file=sys.stderr)  # want "PKL207"
        sys.stderr.write(payload.hex() + repr(payload))  # want "PKL207"
        warnings.warn("bad tag of " + str(payload))  # want "PKL207"
        logger.error("bad tag %r, want one for %d bytes", tag, len(payload))
        print("bad", type(payload), id(payload), tag.hex())
        raise ValueError
    obj = _plain(payload)
    self.log.info("loaded", extra={"object": obj})
    thing = pickle.loads(payload)
    logger.info("loaded %s", thing)  # want "PKL207 .*payload `thing`"
    logger.info("loaded %s", thing.name)
    return thing


def writes(obj, fh, level=4, **more):
    a = pickle.dumps(obj)  # want "PKL207 .*pickle.dumps in the wrapper safe_pickle writes with no fixed protocol"
    b = pickle.dumps(obj, pickle.HIGHEST_PROTOCOL)  # want "PKL207 .*with the protocol HIGHEST_PROTOCOL"
    c = pickle.dumps(obj, protocol=-1)  # want "PKL207 .*with the protocol -1"
    d = pickle.dumps(obj, protocol=None)  # want "PKL207 .*with the protocol None"
    pickle.dump(obj, fh)  # want "PKL207 .*with no fixed protocol"
    pickle.dump(obj, fh, NEWEST)  # want "PKL207 .*with the protocol HIGHEST_PROTOCOL"
    pickle.Pickler(fh).dump(obj)  # want "PKL207 .*pickle.Pickler"
    raw_dumps(obj)  # want "PKL207"
    # picklelint:trust boundary=process reason="handed to a child of this process over a pipe"  # want "PKL908 .*PKL207 unsound-wrapper asks something else"
    e = pickle.dumps(obj)  # want "PKL207 .*with no fixed protocol"
    f = pickle.dumps(obj, 4), pickle.dumps(obj, protocol=level), pickle.dumps(obj, **more)
    pickle.dump(obj, fh, 4)
    pickle.Pickler(fh, protocol=4).dump(obj)
    return a, b, c, d, e, f


def sound(data, key):
    verify(data, key)
    return pickle.loads(data)  # want "PKL201"


@verified
def by_decorator(data):
    return pickle.loads(data)  # want "PKL201"


def excused(data):
    # picklelint:trust boundary=build reason="made by the build and shipped in the wheel"
    return pickle.loads(data)


def _after_check(data):
    return pickle.loads(data)  # want "PKL201"


def python2(data):
    unpickler = pickle.Unpickler(io.BytesIO(data))  # want "PKL201"
    unpickler.find_global = find
    return unpickler.load()


def cut(data, key):
    logger.debug("got %r", data)  # want "PKL207 .*writes the payload `data` to a log"
    logger.debug("got %d bytes for %s", len(data), key)
    tag, payload = data[:32], data[32:]
    if not hmac.compare_digest(tag, hmac.digest(key, payload, "sha256")):
        raise ValueError
    return pickle.loads(payload)
