"""Pickles that are signed when they are written and checked before they are read.

    from .safe_pickle import channel

    jobs = channel("jobs")
    data = jobs.dumps(obj)
    obj = jobs.loads(data)

What is written is an envelope: magic, version, kind, key id, time, length, the pickle, and
an HMAC-SHA-256 over all of it, the name of the channel and the context. Nothing of it is
unpickled before that holds. Then the opcodes are walked, and only those go on that a
pickler of protocol PROTOCOL writes; and only the classes of ALLOWED are imported.

Keys come from the file that SAFE_PICKLE_KEY_FILE names (mode 0600) or from the variable
SAFE_PICKLE_KEYS, one key a line: "ID active|accepted HEX" or "ID retired".

Written by "pickle-lint wrapper init", which writes the section between the two marks anew
and leaves the rest alone. Python 3.8 or later, standard library only.
"""

import base64
import datetime
import hashlib
import hmac
import io
import json
import logging
import math
import os
import pickle
import re
import signal
import stat
import struct
import subprocess
import sys
import threading
import time
import types

__all__ = ["Channel", "Keys", "Refused", "RefusedDump", "channel", "dump", "dumps", "load", "loads", "reload_keys"]

# safe_pickle:begin (written by "pickle-lint wrapper init"; edits between the marks are lost)
PROTOCOL = 5
MAX_SIZE = 16777216
# The classes and functions that may be imported: exact pairs of module and qualified name.
ALLOWED = frozenset(())
# Channels that carry less than that.
ONLY = {}
# safe_pickle:end

# MAX_OPCODES bounds what one payload builds: an opcode of one byte makes an object of 200.
MAX_OPCODES = 2_000_000
MAX_CONTEXT = 65_536

_MAGIC = b"\xf1SPK"
_VERSION = 1
_KIND = b"P"
_TAG_SIZE = 32
_FIXED = struct.Struct(">4sBcB")
_REST = struct.Struct(">QQ")
_MOST_ID = 32
_OVERHEAD = _FIXED.size + _MOST_ID + _REST.size + _TAG_SIZE
_KEY_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,31}")
_CHANNEL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/@*{}+-]{0,199}")
_CHUNK = 1 << 20
_CLOCK_SKEW = 300


class Refused(pickle.UnpicklingError):
    """Bytes that are not loaded. reason is one word: it is what the audit log says."""

    def __init__(self, reason, text):
        super().__init__(text)
        self.reason = reason


class RefusedDump(pickle.PicklingError):
    """An object that is not written."""

    def __init__(self, reason, text):
        super().__init__(text)
        self.reason = reason


# ---- keys


class Keys:
    """One key to write with, and those that are read: by id."""

    __slots__ = ("_active", "_keys", "_retired")

    def __init__(self, text, where="the text of the keys"):
        self._active, self._keys, self._retired = None, {}, set()
        for number, line in enumerate(text.replace(";", "\n").splitlines(), 1):
            words = line.split("#", 1)[0].split()
            if words:
                self._add(words, "%s, line %d" % (where, number))
        if self._active is None:
            raise ValueError("%s: no key is active" % where)

    def _add(self, words, where):
        # No message says what stands there: it may be a key in the wrong place.
        state = words[1] if len(words) > 1 else ""
        if not _KEY_ID.fullmatch(words[0]) or state not in ("active", "accepted", "retired") or (state != "retired" and len(words) != 3):
            raise ValueError('%s: want "ID active|accepted HEX" or "ID retired"' % where)
        name = words[0]
        if name in self._keys or name in self._retired:
            raise ValueError("%s: the id is there twice" % where)
        if state == "retired":
            self._retired.add(name)
            return
        if not re.fullmatch(r"(?:[0-9A-Fa-f]{2})*", words[2]):
            raise ValueError("%s: the key is not hexadecimal" % where)
        key = bytes.fromhex(words[2])
        if len(key) < 32:
            raise ValueError("%s: the key has %d bytes, fewer than 32" % (where, len(key)))
        if len(set(key)) < 8:
            raise ValueError("%s: the key is not random" % where)
        if any(hmac.compare_digest(key, other) for other in self._keys.values()):
            raise ValueError("%s: another id has the same key" % where)
        if state == "active":
            if self._active is not None:
                raise ValueError("%s: a second key is active" % where)
            self._active = name
        self._keys[name] = key

    @classmethod
    def from_file(cls, path):
        """Read a key file that nobody else may read."""
        fd = os.open(path, os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with open(fd, "rb") as fh:
            info = os.fstat(fh.fileno())
            if not stat.S_ISREG(info.st_mode):
                raise ValueError("%s: the key file is no regular file" % path)
            if os.name == "posix":
                if info.st_mode & 0o077:
                    raise PermissionError("%s: the key file has mode %04o: others may read it; chmod 600" % (path, stat.S_IMODE(info.st_mode)))
                if info.st_uid not in (0, os.geteuid()):
                    raise PermissionError("%s: the key file belongs to somebody else" % path)
            raw = fh.read(65_537)
        if len(raw) > 65_536:
            raise ValueError("%s: the key file has more than 65536 bytes" % path)
        try:
            text = raw.decode("ascii")
        except UnicodeDecodeError:
            raise ValueError("%s: the key file is not ASCII" % path) from None
        return cls(text, str(path))

    @classmethod
    def from_environment(cls, environ=None):
        """Read what SAFE_PICKLE_KEY_FILE names, or SAFE_PICKLE_KEYS."""
        environ = os.environ if environ is None else environ
        path, text = environ.get("SAFE_PICKLE_KEY_FILE"), environ.get("SAFE_PICKLE_KEYS")
        if path and text:
            raise ValueError("SAFE_PICKLE_KEY_FILE and SAFE_PICKLE_KEYS are both set: which keys hold is not to be guessed")
        if path:
            return cls.from_file(path)
        if text:
            return cls(text, "SAFE_PICKLE_KEYS")
        raise ValueError("no keys: set SAFE_PICKLE_KEY_FILE to a file of mode 0600, or SAFE_PICKLE_KEYS")

    def __repr__(self):
        return "<Keys active=%s accepted=%d retired=%d>" % (self._active, len(self._keys) - 1, len(self._retired))

    def __reduce_ex__(self, protocol):
        raise TypeError("keys are not pickled")


_lock = threading.Lock()
_default_keys = None


def _keys():
    global _default_keys
    with _lock:
        if _default_keys is None:
            _default_keys = Keys.from_environment()
        return _default_keys


def reload_keys():
    """Read the keys again, after a rotation. If they are wrong the old ones stay."""
    global _default_keys
    fresh = Keys.from_environment()
    with _lock:
        _default_keys = fresh


# ---- the opcodes that a pickler of protocol 4 or 5 writes, and no others

# What pushes plain data, and how many bytes its argument has.
_DATA = [-1] * 256
for _ops, _size in ((b"N\x88\x89)]}\x8f", 0), (b"K", 1), (b"M", 2), (b"J", 4), (b"G", 8)):
    for _op in _ops:
        _DATA[_op] = _size
# What pushes data behind its length, and how many bytes that has.
_SIZED = [0] * 256
for _ops, _size in ((b"C\x8a", 1), (b"BX\x8b", 4), (b"\x8d\x8e\x96" if PROTOCOL >= 5 else b"\x8d\x8e", 8)):
    for _op in _ops:
        _SIZED[_op] = _size
del _ops, _size, _op


def _walk(data):
    """Return the globals that a payload names, in order, or raise Refused.

    It follows the stack as far as it takes to know what is a global: what is called is one,
    what is changed is none. A global stands on it as a pair, a short string as its bytes.
    """
    end, pos, count = len(data), 2, 0
    if end > MAX_SIZE:
        raise Refused("too-large", "the payload has %d bytes, more than %d" % (end, MAX_SIZE))
    if data[:1] != b"\x80" or data[1:2] != bytes((PROTOCOL,)):
        raise Refused("protocol", "the payload is not of protocol %d" % PROTOCOL)
    stack, marked, memo, found = [], [], [], {}
    plain, sized = _DATA, _SIZED
    try:
        while True:
            op = data[pos]
            pos += 1
            count += 1
            size = plain[op]
            if size >= 0:
                stack.append(None)
                pos += size
            elif op == 0x94:  # MEMOIZE
                memo.append(stack[-1])
            elif op == 0x8C:  # SHORT_BINUNICODE
                size = data[pos]
                pos += 1 + size
                stack.append(bytes(data[pos - size : pos]))
            elif op == 0x68:  # BINGET
                stack.append(memo[data[pos]])
                pos += 1
            elif op == 0x6A:  # LONG_BINGET
                stack.append(memo[int.from_bytes(data[pos : pos + 4], "little")])
                pos += 4
            elif op == 0x28:  # MARK
                marked.append(stack)
                stack = []
            elif op in b"eu\x90":  # APPENDS SETITEMS ADDITEMS
                odd = op == 0x75 and len(stack) % 2
                stack = marked.pop()
                if odd or isinstance(stack[-1], tuple):
                    raise Refused("form", "the payload adds items to a class")
            elif op in b"t\x91":  # TUPLE FROZENSET
                stack = marked.pop()
                stack.append(None)
            elif op in b"\x85\x86\x87":  # TUPLE1 TUPLE2 TUPLE3
                size = op - 0x84
                if len(stack) < size:
                    raise IndexError
                del stack[-size:]
                stack.append(None)
            elif op in b"as":  # APPEND SETITEM
                del stack[-1 if op == 0x61 else -2 :]
                if isinstance(stack[-1], tuple):
                    raise Refused("form", "the payload adds items to a class")
            elif op == 0x93:  # STACK_GLOBAL
                name, module = stack.pop(), stack.pop()
                if not isinstance(name, bytes) or not isinstance(module, bytes):
                    raise Refused("form", "the payload makes up the name of a global")
                pair = (module.decode("utf-8"), name.decode("utf-8"))
                found[pair] = None
                stack.append(pair)
            elif op in b"R\x81\x92":  # REDUCE NEWOBJ NEWOBJ_EX
                if op == 0x92:
                    stack.pop()
                stack.pop()
                if not isinstance(stack[-1], tuple):
                    raise Refused("form", "the payload calls what is no global")
                stack[-1] = None
            elif op == 0x62:  # BUILD
                stack.pop()
                if isinstance(stack[-1], tuple):
                    raise Refused("form", "the payload sets the state of a class")
            elif op == 0x2E:  # STOP
                if pos != end:
                    raise Refused("trailing", "%d bytes follow the pickle in the payload" % (end - pos))
                if len(stack) != 1 or marked:
                    raise IndexError
                return tuple(found)
            elif sized[op]:
                size = sized[op]
                pos += size + int.from_bytes(data[pos : pos + size], "little")
                stack.append(None)
            elif op == 0x30:  # POP
                stack.pop()
            elif op == 0x31:  # POP_MARK
                stack = marked.pop()
            elif op == 0x95:  # FRAME
                pos += 8
                if int.from_bytes(data[pos - 8 : pos], "little") > end - pos:
                    raise IndexError
            else:
                raise Refused("opcode", "the payload has the opcode 0x%02x, which no pickler of protocol %d writes here" % (op, PROTOCOL))
            if count > MAX_OPCODES:
                raise Refused("too-large", "the payload has more than %d opcodes" % MAX_OPCODES)
    except (IndexError, UnicodeDecodeError):
        raise Refused("form", "the payload is no whole pickle") from None


# Modules of which nothing may be called under another name: app.models.system is os.system.
_NEVER = frozenset(
    "_io _operator _pickle _posixsubprocess _thread asyncio builtins code codeop commands copyreg cProfile ctypes dill functools gc imp importlib "
    "io joblib marshal multiprocessing nt operator os pdb pickle pkgutil platform posix profile pty pydoc runpy shelve shutil signal site socket "
    "subprocess sys tempfile threading timeit trace types webbrowser".split()
)
_NEVER_BUILTINS = frozenset(("type", "super", "property", "classmethod", "staticmethod", "map", "filter", "memoryview"))


def _shown(module, name):
    """Name a global in a message: whoever signed it may have chosen letters that a terminal obeys."""
    return ascii(module + "." + name)[1:-1][:200]


class _Unpickler(pickle.Unpickler):
    def __init__(self, data, only):
        super().__init__(io.BytesIO(data), fix_imports=False)
        self._only = only

    def find_class(self, module, name):
        if (module, name) not in ALLOWED or (module, name) not in self._only:
            raise Refused("class", "%s is not allowed in this channel" % _shown(module, name))
        owner = None
        if "." in name:
            owner = super().find_class(module, name.rpartition(".")[0])
        found = super().find_class(module, name)
        if (owner is not None and not isinstance(owner, type)) or isinstance(found, types.ModuleType):
            raise Refused("class", "%s is no class of that module, nor a function" % _shown(module, name))
        home = getattr(found, "__module__", None) or type(found).__module__
        plain_type = home == "builtins" and isinstance(found, type) and found.__name__ not in _NEVER_BUILTINS
        if not plain_type and isinstance(home, str) and home.partition(".")[0] in _NEVER and (home != module or home == "builtins"):
            raise Refused("class", "%s comes from %s" % (_shown(module, name), home))
        return found

    def persistent_load(self, pid):
        raise Refused("form", "the payload has persistent ids")


# ---- channels

_logger = logging.getLogger("safe_pickle.audit")


def _log(line, refused):
    _logger.log(logging.WARNING if refused else logging.INFO, "%s", line)


def _who():
    host = os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")
    user = os.geteuid() if hasattr(os, "geteuid") else os.environ.get("USERNAME", "")
    return "%s@%s pid %d" % (user, host, os.getpid())


class Channel:
    """What bytes go through between one dump and one load.

    only narrows ALLOWED further, max_age refuses what was written longer ago (in seconds),
    keys stands for those of the environment, and audit for the logger safe_pickle.audit: it
    is called with the line, and whether that is about a refusal; if it fails, so does the
    call. Isolated loads have timeout seconds and memory bytes, and answer bytes to return;
    worker_python is what runs them where sys.executable is no Python.
    """

    def __init__(self, name, *, only=None, max_size=None, max_age=None, keys=None, audit=None, timeout=10.0, memory=1 << 29, answer=1 << 22, worker_python=None):
        if not isinstance(name, str) or not _CHANNEL.fullmatch(name):
            raise ValueError("a channel is named by up to 200 letters, digits and . _ : / @ * { } + -")
        if name.upper().startswith("FIXME") or name.upper() == "TODO":
            raise ValueError("the channel has no name yet: say what the bytes go through")
        allowed = frozenset(map(tuple, ONLY[name])) if name in ONLY else ALLOWED
        self.name = name
        self._only = allowed if only is None else allowed & frozenset(map(tuple, only))
        self._max_size = MAX_SIZE if max_size is None else min(int(max_size), MAX_SIZE)
        self._max_age, self._own_keys, self._audit = max_age, keys, audit or _log
        self._timeout, self._memory, self._answer, self._python = timeout, memory, answer, worker_python

    def __repr__(self):
        return "<Channel %s>" % self.name

    def __reduce_ex__(self, protocol):
        raise TypeError("channels are not pickled")

    def dumps(self, obj, protocol=None, *, context=b""):
        """Return an envelope with obj. context is bound to it: a cache key, a row id."""
        said = _Said(self, "dump")
        try:
            if protocol not in (None, PROTOCOL):
                raise RefusedDump("protocol", "the protocol is %d, in all channels" % PROTOCOL)
            bound = _bound(self.name, context)
            payload = pickle.dumps(obj, protocol=PROTOCOL)
            if len(payload) > self._max_size:
                raise RefusedDump("too-large", "the pickle has %d bytes, more than %d" % (len(payload), self._max_size))
            try:
                said.classes = _walk(payload)
            except Refused as err:
                raise RefusedDump(err.reason, "would not be read: %s" % err) from None
            for module, name in said.classes:
                if (module, name) not in ALLOWED or (module, name) not in self._only:
                    raise RefusedDump("class", "would not be read: %s is not allowed in this channel" % _shown(module, name))
            ring = self._own_keys or _keys()
            said.key = ring._active
            name = ring._active.encode("ascii")
            head = _FIXED.pack(_MAGIC, _VERSION, _KIND, len(name)) + name + _REST.pack(int(time.time()), len(payload))
            out = b"".join((head, payload, _tag(ring._keys[ring._active], head, bound, payload)))
            said.envelope(out)
        except BaseException as err:
            said.failed(err)
            raise
        said.done("ok")
        return out

    def loads(self, data, *, context=b"", isolated=False):
        """Return the object of an envelope. With isolated it is unpickled by another process,
        and plain data comes back or nothing."""
        said = _Said(self, "load")
        try:
            view = memoryview(data)
            if view.nbytes > self._max_size + _OVERHEAD:
                raise Refused("too-large", "%d bytes are more than an envelope of this channel has" % view.nbytes)
            data = bytes(view)  # nobody changes them between the check and the use
            obj = self._open(said, data, context, isolated)
        except BaseException as err:
            said.failed(err)
            raise
        said.done("ok")
        return obj

    def _open(self, said, data, context, isolated):
        said.envelope(data)
        payload = self._verified(said, data, context)
        said.classes = _walk(payload)
        for module, name in said.classes:
            if (module, name) not in ALLOWED or (module, name) not in self._only:
                raise Refused("class", "%s is not allowed in this channel" % _shown(module, name))
        if isolated:
            return _isolated(said, payload, self)
        return _Unpickler(payload, self._only).load()

    def _verified(self, said, data, context):
        """Return the payload of an envelope, if a key that is accepted has signed it."""
        key_id, created, at, length = self._head(said, data)
        if len(data) != at + length + _TAG_SIZE:
            raise Refused("length", "the envelope says %d bytes of payload and has %d" % (length, len(data) - at - _TAG_SIZE))
        ring = self._own_keys or _keys()
        if key_id in ring._retired:
            raise Refused("retired-key", "the key %s is retired" % key_id)
        if key_id not in ring._keys:
            raise Refused("unknown-key", "no key has the id %s" % key_id)
        payload = data[at : at + length]
        tag = _tag(ring._keys[key_id], data[:at], _bound(self.name, context), payload)
        if not hmac.compare_digest(tag, data[at + length :]):
            raise Refused("signature", "the signature does not hold: other bytes, another channel, another context or another key")
        now = time.time()
        if created > now + _CLOCK_SKEW:
            raise Refused("future", "the envelope was written in the future")
        if self._max_age is not None and now - created > self._max_age:
            raise Refused("expired", "the envelope is older than %s seconds" % self._max_age)
        return payload

    def _head(self, said, data):
        """Read what stands before the payload: it is believed in nothing but to find a key."""
        if len(data) < _FIXED.size or data[:4] != _MAGIC:
            raise Refused("unsigned", "this is no envelope: it was not written by dumps")
        _, version, kind, size = _FIXED.unpack_from(data)
        if version != _VERSION or kind != _KIND:
            raise Refused("version", "the envelope has another version, or carries no pickle")
        at = _FIXED.size + size
        if size > _MOST_ID or len(data) < at + _REST.size:
            raise Refused("length", "the envelope is cut off")
        key_id = data[_FIXED.size : at].decode("latin-1")
        if not _KEY_ID.fullmatch(key_id):
            raise Refused("unknown-key", "the envelope has no key id")
        said.key = key_id
        created, length = _REST.unpack_from(data, at)
        if length > self._max_size:
            raise Refused("too-large", "the envelope says %d bytes, more than %d" % (length, self._max_size))
        return key_id, created, at + _REST.size, length

    def dump(self, obj, file, protocol=None, *, context=b""):
        """Write an envelope to a file that was opened for binary writing."""
        data = self.dumps(obj, protocol, context=context)
        wrote = file.write(data)
        if wrote is not None and wrote != len(data):
            raise OSError("%d of %d bytes were written" % (wrote, len(data)))

    def load(self, file, *, context=b"", isolated=False, more=False):
        """Read an envelope from a file, which ends there unless more may follow."""
        said = _Said(self, "load")
        try:
            data = _read(file, _FIXED.size)
            if len(data) == _FIXED.size and data[:4] == _MAGIC:
                data += _read(file, min(data[-1], _MOST_ID) + _REST.size)
                length = self._head(said, data)[3]
                data += _read(file, length + _TAG_SIZE)
            elif not data:
                raise EOFError("Ran out of input")
            if not more and _read(file, 1):
                raise Refused("trailing", "bytes follow the envelope in the file")
            obj = self._open(said, data, context, isolated)
        except BaseException as err:
            said.failed(err)
            raise
        said.done("ok")
        return obj


def channel(name, **options):
    """Return a channel; see Channel."""
    return Channel(name, **options)


def dumps(obj, protocol=None, *, channel, context=b""):
    return _channel(channel).dumps(obj, protocol, context=context)


def loads(data, *, channel, context=b"", isolated=False):
    return _channel(channel).loads(data, context=context, isolated=isolated)


def dump(obj, file, protocol=None, *, channel, context=b""):
    return _channel(channel).dump(obj, file, protocol, context=context)


def load(file, *, channel, context=b"", isolated=False, more=False):
    return _channel(channel).load(file, context=context, isolated=isolated, more=more)


def _channel(of):
    return of if isinstance(of, Channel) else Channel(of)


def _bound(name, context):
    if isinstance(context, str):
        context = context.encode("utf-8")
    context = bytes(memoryview(context))
    if len(context) > MAX_CONTEXT:
        raise ValueError("the context has more than %d bytes" % MAX_CONTEXT)
    name = name.encode("ascii")
    return struct.pack(">H", len(name)) + name + struct.pack(">I", len(context)) + context


def _tag(key, head, bound, payload):
    # Every part says where it ends, so that none can be read as another.
    mac = hmac.new(key, b"pickle-lint envelope\0", hashlib.sha256)
    for part in (head, bound, payload):
        mac.update(part)
    return mac.digest()


def _read(file, size):
    """Read size bytes, or what is there. What a header says is not allocated at once."""
    parts = []
    while size > 0:
        part = file.read(min(size, _CHUNK))
        if not isinstance(part, (bytes, bytearray)):
            raise TypeError("the file was not opened for binary reading")
        if not part:
            break
        if len(part) > size:
            raise OSError("the file gives more than was asked for")
        parts.append(bytes(part))
        size -= len(part)
    return b"".join(parts)


class _Said:
    """What the audit log says of one call."""

    def __init__(self, of, action):
        self.of, self.action = of, action
        self.key, self.digest, self.size, self.classes, self.sealed = None, None, None, (), None

    def envelope(self, data):
        self.digest, self.size = hashlib.sha256(data).hexdigest(), len(data)

    def failed(self, err):
        # Exceptions of others may say in their texts what was stored.
        self.done(err.reason if isinstance(err, (Refused, RefusedDump)) else "error:" + type(err).__name__, True)

    def done(self, outcome, refused=False):
        line = {
            "time": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="milliseconds"),
            "who": _who(),
            "action": self.action,
            "channel": self.of.name,
            "outcome": outcome,
            "digest": self.digest,
            "size": self.size,
            "key": self.key,
            "classes": ["%s.%s" % pair for pair in self.classes[:64]],
        }
        if self.sealed is not None:
            line["sealed"] = self.sealed
        self.of._audit(json.dumps(line, ensure_ascii=True), refused)


# ---- plain data between a worker and who started it

_PLAIN_DEPTH = 64
_MOST_DIGITS = 4000


def _encode(value, depth=0):
    kind = type(value)
    if depth > _PLAIN_DEPTH:
        raise Refused("not-plain", "the object nests deeper than %d" % _PLAIN_DEPTH)
    if value is None or kind is bool or kind is str:
        return value
    if kind is int and value.bit_length() < 3 * _MOST_DIGITS:
        return value
    if kind is float:
        return value if math.isfinite(value) else ["float", repr(value)]
    if kind is bytes:
        return ["bytes", base64.b64encode(value).decode("ascii")]
    if kind is list or kind is tuple:
        return [kind.__name__] + [_encode(item, depth + 1) for item in value]
    if kind is dict:
        return ["dict"] + [[_encode(key, depth + 1), _encode(item, depth + 1)] for key, item in value.items()]
    raise Refused("not-plain", "the object holds something that is no plain data: %s.%s" % (kind.__module__, kind.__qualname__))


def _decode(value, depth=0):
    if value is None or type(value) in (bool, str, int, float):
        return value
    if depth > _PLAIN_DEPTH or type(value) is not list or not value:
        raise ValueError
    kind, items = value[0], value[1:]
    if kind == "list":
        return [_decode(item, depth + 1) for item in items]
    if kind == "tuple":
        return tuple([_decode(item, depth + 1) for item in items])
    if kind == "dict":
        return {_decode(key, depth + 1): _decode(item, depth + 1) for key, item in items}
    if kind == "bytes" and len(items) == 1:
        return base64.b64decode(items[0], validate=True)
    if kind == "float" and items in (["nan"], ["inf"], ["-inf"]):
        return float(items[0])
    raise ValueError


def _parse(line):
    def number(text):
        if len(text) > _MOST_DIGITS:
            raise ValueError
        return int(text)

    return json.loads(line.decode("utf-8"), parse_int=number)


# ---- the worker: it has no keys, and gives up what it does not need before it reads

_BOOT = (
    "import importlib.util as u, sys\n"
    "s = u.spec_from_file_location('_safe_pickle_worker', sys.argv[1])\n"
    "m = u.module_from_spec(s)\n"
    "s.loader.exec_module(m)\n"
    "m._work()\n"
)


def _isolated(said, payload, of):
    python = of._python or sys.executable
    if not python or not os.path.isfile(__file__):
        raise Refused("worker", "no worker: say worker_python, and keep %s as a file" % __name__)
    order = {
        "path": [os.path.abspath(p) for p in sys.path if isinstance(p, str)],
        "only": sorted(of._only),
        "memory": of._memory,
        "seconds": math.ceil(of._timeout) + 1,
        "size": len(payload),
    }
    # Of the environment it has what a Python needs to start, and no more.
    environ = {name: os.environ[name] for name in ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT") if name in os.environ}
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        environ[name] = "1"
    try:
        process = subprocess.Popen(
            [python, "-I", "-B", "-X", "utf8", "-c", _BOOT, os.path.abspath(__file__)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environ,
            cwd=os.path.abspath(os.sep),
            start_new_session=os.name == "posix",
            bufsize=0,
        )
    except OSError as err:
        raise Refused("worker", "no worker: %s" % err) from None
    most, got = of._answer, bytearray()

    def write():
        try:
            with process.stdin as pipe:
                for part in (json.dumps(order).encode("ascii") + b"\n", payload):
                    view = memoryview(part)
                    while view:
                        view = view[pipe.write(view) :]
        except OSError:
            pass  # the worker is gone, and its answer says why

    def read():
        try:
            while len(got) <= most:
                part = process.stdout.read(65_536)
                if not part:
                    break
                got.extend(part)
        except (OSError, ValueError):
            pass

    threads = [threading.Thread(target=run, daemon=True) for run in (write, read)]
    for thread in threads:
        thread.start()
    threads[1].join(of._timeout)
    late = threads[1].is_alive()
    # Whatever it has started goes with it.
    try:
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
    except OSError:
        pass
    process.kill()
    process.wait()
    for thread in threads:
        thread.join(1)
    if not threads[1].is_alive():
        process.stdout.close()
    if late:
        raise Refused("timeout", "the worker has not answered within %s seconds" % of._timeout)
    if len(got) > most:
        raise Refused("too-large", "the worker answers with more than %d bytes" % most)
    try:
        first, second = bytes(got).split(b"\n")[:2]
        sealed, answer = _parse(first), _parse(second)
        said.sealed = [word for word in _SEALS if word in sealed]
        if list(answer) == ["value"]:
            return _decode(answer["value"])
        reason, text = answer["refused"]
        if type(reason) is not str or type(text) is not str:
            raise ValueError
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        reason, text = "worker", "the worker died, or gave no answer"
    raise Refused(reason if reason in ("class", "not-plain", "form") else "worker", ascii(text)[1:-1][:200])


def _work():
    """Run in the worker."""
    out = os.dup(1)
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    source = sys.stdin.buffer
    order = json.loads(source.readline())
    sys.path[:] = order["path"]
    sealed = _seal(order["memory"], order["seconds"])
    _write(out, json.dumps(sealed).encode("ascii") + b"\n")
    try:
        payload = source.read(order["size"])
        _walk(payload)
        only = frozenset(map(tuple, order["only"]))
        answer = json.dumps({"value": _encode(_Unpickler(payload, only).load())}, allow_nan=False)
    except Refused as err:
        answer = json.dumps({"refused": [err.reason, str(err)]})
    except BaseException as err:
        answer = json.dumps({"refused": ["worker", "the worker failed: " + type(err).__name__]})
    _write(out, answer.encode("ascii") + b"\n")
    os._exit(0)


def _write(fd, data):
    view = memoryview(data)
    while view:
        view = view[os.write(fd, view) :]


_SEALS = ("memory", "cpu", "files", "writes", "processes", "network", "system-calls")


def _seal(memory, seconds):
    """Give up what unpickling does not need, and return the words for what is given up."""
    sealed = []
    if _no_network():
        sealed.append("network")
    try:
        import resource
    except ImportError:
        return sealed
    limits = [("memory", "RLIMIT_AS", memory), ("cpu", "RLIMIT_CPU", seconds), ("files", "RLIMIT_NOFILE", 64), ("writes", "RLIMIT_FSIZE", 0), ("", "RLIMIT_CORE", 0)]
    if os.geteuid() != 0:  # the limit does not hold for root
        limits.append(("processes", "RLIMIT_NPROC", 0))
    for word, name, most in limits:
        try:
            resource.setrlimit(getattr(resource, name), (most, most))
            sealed.append(word)
        except (AttributeError, OSError, ValueError):
            pass
    if _filter():  # comes last: it lets nobody set limits any more
        sealed += ["network", "processes", "system-calls"]
    return [word for word in _SEALS if word in sealed]


def _libc():
    import ctypes

    return ctypes, ctypes.CDLL(None, use_errno=True)


def _no_network():
    if not sys.platform.startswith("linux"):
        return False
    try:
        _, libc = _libc()
        return libc.unshare(0x40000000) == 0  # CLONE_NEWNET
    except (ImportError, OSError, AttributeError):
        return False


# System calls that start, signal or trace processes, use the network, change files, or
# take a seal off, by machine: the AUDIT_ARCH of it, "openat", "open", and the rest.
_CALLS = {
    "x86_64": (
        0xC000003E,
        257,
        2,
        "41 42 44 46 49 50 53 56 57 58 59 62 76 77 82 83 84 85 86 87 88 90 91 92 93 94 101 129 132 133 155 160 161 163 164 165 166 167 168 169 170 171 "
        "172 173 175 176 179 188 189 190 197 198 199 200 227 234 235 246 248 249 250 258 259 260 261 263 264 265 266 268 272 280 297 298 302 304 305 307 "
        "308 310 311 313 316 320 321 322 323",
    ),
    "aarch64": (
        0xC00000B7,
        56,
        56,
        "5 6 7 14 15 16 33 34 35 36 37 38 39 40 41 45 46 51 52 53 54 55 60 88 89 97 104 105 106 112 117 129 130 131 138 142 161 162 164 170 198 199 200 "
        "201 203 206 211 217 218 219 220 221 224 225 240 241 261 265 266 268 269 270 271 273 276 280 281 282 294",
    ),
}
_CALLS_OF_ALL = "424 425 428 429 430 431 432 433 434 438 442 452"
_NEW_CALLS = (435, 437)  # clone3 and openat2: who is told that they are not there takes the old ones


def _filter():
    """Install a seccomp filter, where there is one."""
    if not sys.platform.startswith("linux") or sys.maxsize < 1 << 32 or os.uname().machine not in _CALLS:
        return False
    arch, openat, plain_open, words = _CALLS[os.uname().machine]
    load, equal, at_least, has, answer = 0x20, 0x15, 0x35, 0x45, 0x06
    allow, deny, absent = 0x7FFF0000, 0x00050001, 0x00050026  # EPERM, ENOSYS
    rules = [(load, 0, 0, 4), (equal, 1, 0, arch), (answer, 0, 0, deny), (load, 0, 0, 0), (at_least, 0, 1, 0x40000000), (answer, 0, 0, deny)]
    for number in sorted(map(int, (words + " " + _CALLS_OF_ALL).split())):
        rules += [(equal, 0, 1, number), (answer, 0, 0, deny)]
    for number in _NEW_CALLS:
        rules += [(equal, 0, 1, number), (answer, 0, 0, absent)]
    # Files are opened for reading only: no O_WRONLY, O_RDWR, O_CREAT, O_TRUNC.
    for number, argument in ((openat, 2), (plain_open, 1)):
        rules += [(equal, 0, 4, number), (load, 0, 0, 16 + 8 * argument), (has, 0, 1, 0x243), (answer, 0, 0, deny), (answer, 0, 0, allow)]
    rules.append((answer, 0, 0, allow))
    try:
        ctypes, libc = _libc()

        class Program(ctypes.Structure):
            _fields_ = [("size", ctypes.c_ushort), ("rules", ctypes.c_char_p)]

        program = Program(len(rules), b"".join(struct.pack("=HBBI", *rule) for rule in rules))
        zero = ctypes.c_ulong(0)
        if libc.prctl(38, ctypes.c_ulong(1), zero, zero, zero) != 0:  # PR_SET_NO_NEW_PRIVS
            return False
        return libc.prctl(22, ctypes.c_ulong(2), ctypes.byref(program), zero, zero) == 0  # PR_SET_SECCOMP
    except (ImportError, OSError, AttributeError):
        return False
