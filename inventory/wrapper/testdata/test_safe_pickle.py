"""Tests of safe_pickle.py, which stands beside this file with the table of TABLE."""

import collections
import concurrent.futures
import contextlib
import datetime
import io
import json
import logging
import os
import pickle
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
import unittest

import carried
import safe_pickle as sp

KEY_A, KEY_B, KEY_C = bytes(range(32)).hex(), bytes(range(100, 140)).hex(), bytes(range(50, 82)).hex()
RING = "a active %s\nb accepted %s # until may\nc retired" % (KEY_A, KEY_B)
HERE = os.path.dirname(os.path.abspath(__file__))
LINUX = sys.platform.startswith("linux")


def short(text):
    text = text.encode("utf-8")
    return b"\x8c" + bytes((len(text),)) + text


def glob(module, name):
    return short(module) + short(name) + b"\x93"


def pickled(*parts, protocol=None):
    return b"\x80" + bytes((sp.PROTOCOL if protocol is None else protocol,)) + b"".join(parts) + b"."


class Case(unittest.TestCase):
    def setUp(self):
        self.lines = []
        self.mark = os.path.join(tempfile.mkdtemp(), "mark")
        os.environ["MARK"] = self.mark
        self.keys = sp.Keys(RING)
        self.c = self.channel("jobs")

    def channel(self, name, **options):
        options.setdefault("keys", self.keys)
        options.setdefault("audit", lambda line, refused: self.lines.append((json.loads(line), refused)))
        return sp.Channel(name, **options)

    def seal(self, payload, channel="jobs", key_id="a", context=b"", created=None, kind=b"P", version=1):
        """Sign whatever it is, as who has the key could."""
        name = key_id.encode("latin-1")
        head = sp._FIXED.pack(sp._MAGIC, version, kind, len(name)) + name
        head += sp._REST.pack(int(time.time()) if created is None else created, len(payload))
        return head + payload + sp._tag(self.keys._keys[key_id], head, sp._bound(channel, context), payload)

    def refused(self, reason, data, of=None, **options):
        with self.assertRaises(sp.Refused) as caught:
            (of or self.c).loads(data, **options)
        if reason is not None:
            self.assertEqual(caught.exception.reason, reason, str(caught.exception))
            self.assertEqual(self.lines[-1][0]["outcome"], reason)
            self.assertTrue(self.lines[-1][1])
        self.assertFalse(os.path.exists(self.mark))
        return caught.exception


@contextlib.contextmanager
def no_unpickling():
    """Fail if anything gets as far as an unpickler, or a walk."""

    def reached(*_):
        raise AssertionError("reached")

    saved, walk = sp._Unpickler, sp._walk
    sp._Unpickler = sp._walk = reached
    try:
        yield
    finally:
        sp._Unpickler, sp._walk = saved, walk


class Envelope(Case):
    def poisoned(self):
        payload = pickle.dumps(carried.Mark(), protocol=sp.PROTOCOL)
        data = self.seal(payload)
        # The poison works, or the tests below prove nothing.
        pickle.loads(payload)
        self.assertTrue(os.path.exists(self.mark))
        os.unlink(self.mark)
        return data

    def test_every_bit(self):
        data = self.poisoned()
        with no_unpickling():
            for at in range(len(data)):
                for bit in range(8):
                    changed = bytearray(data)
                    changed[at] ^= 1 << bit
                    self.refused(None, bytes(changed))

    def test_every_bit_of_a_file(self):
        data = self.poisoned()
        with no_unpickling():
            for at in range(len(data)):
                changed = bytearray(data)
                changed[at] ^= 1 << at % 8
                for more in False, True:
                    with self.assertRaises(sp.Refused):
                        self.c.load(io.BytesIO(bytes(changed)), more=more)

    def test_every_length(self):
        data = self.poisoned()
        with no_unpickling():
            for size in range(len(data)):
                self.refused(None, data[:size])
                with self.assertRaises((sp.Refused, EOFError)):
                    self.c.load(io.BytesIO(data[:size]))
            for more in b"\0", b"x", b"." * 40, data:
                self.refused("length", data + more)
                with self.assertRaises(sp.Refused) as caught:
                    self.c.load(io.BytesIO(data + more))
                self.assertEqual(caught.exception.reason, "trailing")
            for at in range(len(data)):
                self.refused(None, data[:at] + b"\0" + data[at:])
                self.refused(None, data[:at] + data[at + 1 :])

    def test_swaps(self):
        data = self.poisoned()
        other = self.channel("mail")
        with no_unpickling():
            self.refused("signature", data, other)
            # Both keys are good: that of the id is meant.
            self.assertEqual(data[6:8], b"\x01a")
            self.refused("signature", data[:7] + b"b" + data[8:])
            self.refused("unknown-key", data[:7] + b"x" + data[8:])
            self.refused("retired-key", data[:7] + b"c" + data[8:])
            # The border between the parts is signed, too.
            self.refused("signature", self.seal(b"y", channel="job", context=b"s"), self.c, context=b"")
            self.refused("signature", self.seal(b"y", context=b"ab"), context=b"a")
            self.refused("version", self.seal(b"y", kind=b"G"))
            self.refused("version", self.seal(b"y", version=2))
            self.refused("unsigned", pickle.dumps(1, protocol=sp.PROTOCOL))
            self.refused("unsigned", b"")

    def test_no_fall_back(self):
        for data in pickle.dumps(carried.Mark(), protocol=2), pickle.dumps(carried.Mark(), protocol=0), b"cposix\nsystem\n."[:-1]:
            self.refused("unsigned", data)
            with self.assertRaises(sp.Refused):
                self.c.load(io.BytesIO(data))
        # And the other way round: no unpickler takes an envelope.
        with self.assertRaises(pickle.UnpicklingError):
            pickle.loads(self.c.dumps(1))

    def test_key_id_of_any_length(self):
        head, data = sp._FIXED.pack(sp._MAGIC, 1, b"P", 255), self.c.dumps(1)
        with no_unpickling():
            self.refused("length", head + b"a" * 400)
            self.refused("unknown-key", data[:6] + b"\0" + data[8:])
            self.refused("unknown-key", data[:7] + b"\n" + data[8:])

    def test_buffers(self):
        data = self.c.dumps([1])
        for of in bytes, bytearray, memoryview:
            self.assertEqual(self.c.loads(of(data)), [1])
        with self.assertRaises(TypeError):
            self.c.loads("text")

    def test_constant_time(self):
        calls, compare = [], sp.hmac.compare_digest
        sp.hmac.compare_digest = lambda a, b: calls.append((len(a), len(b))) or compare(a, b)
        try:
            self.c.loads(self.c.dumps(1))
        finally:
            sp.hmac.compare_digest = compare
        self.assertEqual(calls, [(32, 32)])


class Meaning(Case):
    def same(self, value):
        self.assertEqual(self.c.loads(self.c.dumps(value)), value)
        buffer = io.BytesIO()
        self.c.dump(value, buffer)
        buffer.seek(0)
        self.assertEqual(self.c.load(buffer), value)

    def test_round_trips(self):
        now = datetime.datetime(2026, 1, 2, 3, 4, tzinfo=datetime.timezone.utc)
        for value in (
            None, True, False, 0, 255, 256, 65536, -1, 2**31, -(2**31), 2**63, 2**3000, 0.5, float("inf"), "", "é" * 300, "\ud800", "x" * 70000,
            b"", b"x" * 300, b"x" * 70000, [], [1], list(range(3000)), (), (1,), (1, 2), (1, 2, 3), (1, 2, 3, 4), {}, {1: 2}, {i: i for i in range(3000)},
            {1, 2}, set(), frozenset((1,)), [[[[[]]]]], now, carried.Job("n", {"a": [1]}), carried.Point(1, 2),
            collections.OrderedDict(a=1), collections.deque([1, 2], 5), collections.defaultdict(list, a=[1]), ["same", "same"] * 300, [carried.Job, carried.Job],
        ):  # fmt: skip
            with self.subTest(value=repr(value)[:40]):
                self.same(value)
        if sp.PROTOCOL >= 5:
            self.same(bytearray(b"x"))

    def test_enums(self):
        # Early releases of 3.11 write a member as a call of getattr, which nobody may allow.
        if b"getattr" in pickle.dumps(carried.Color.RED, protocol=sp.PROTOCOL):
            with self.assertRaises(sp.RefusedDump):
                self.c.dumps(carried.Color.RED)
        else:
            self.same(carried.Color.RED)
            self.refused("not-plain", self.c.dumps(carried.Color.RED), isolated=True)

    def test_loops(self):
        value = []
        value.append((value, {1: value}))
        got = self.c.loads(self.c.dumps(value))
        self.assertIs(got[0][0], got)
        got = self.c.loads(self.c.dumps(carried.Loops()))
        self.assertIs(got.itself[0], got)
        for n in 2, 3, 4:
            value = []
            t = (value,) * n
            value.append(t)
            got = self.c.loads(self.c.dumps(t))
            self.assertIs(got[0][0], got)

    def test_functions(self):
        data = sp.dumps([1], channel=self.c)
        self.assertEqual(sp.loads(data, channel=self.c), [1])
        with self.assertRaises(TypeError):
            sp.loads(data)
        with self.assertRaises(TypeError):
            sp.dumps([1])
        buffer = io.BytesIO()
        sp.dump("x", buffer, channel=self.c)
        buffer.seek(0)
        self.assertEqual(sp.load(buffer, channel=self.c), "x")

    def test_context(self):
        data = self.c.dumps(1, context="row 7")
        self.assertEqual(self.c.loads(data, context=b"row 7"), 1)
        self.refused("signature", data)
        self.refused("signature", data, context="row 8")
        with self.assertRaises(ValueError):
            self.c.dumps(1, context=b"x" * 70_000)

    def test_more_in_a_file(self):
        buffer = io.BytesIO()
        for i in range(3):
            self.c.dump(i, buffer)
        buffer.seek(0)
        self.assertEqual([self.c.load(buffer, more=True) for _ in range(3)], [0, 1, 2])
        with self.assertRaises(EOFError):
            self.c.load(buffer)
        buffer.seek(0)
        with self.assertRaises(sp.Refused):
            self.c.load(buffer)

    def test_files(self):
        class Slow(io.BytesIO):
            def read(self, n=-1):
                return super().read(min(n, 1))

        self.assertEqual(self.c.load(Slow(self.c.dumps([1]))), [1])
        with self.assertRaises(TypeError):
            self.c.load(io.StringIO("text"))

        class Short(io.BytesIO):
            def write(self, data):
                return super().write(data[:3])

        with self.assertRaises(OSError):
            self.c.dump(1, Short())

        class Greedy(io.BytesIO):
            def read(self, n=-1):
                return super().read()

        with self.assertRaises(OSError):
            self.c.load(Greedy(self.c.dumps([1])))

    def test_protocol(self):
        self.assertEqual(self.c.loads(self.c.dumps(1, sp.PROTOCOL)), 1)
        for protocol in 0, 2, 3, 6, -1:
            with self.assertRaises(sp.RefusedDump) as caught:
                self.c.dumps(1, protocol)
            self.assertEqual(caught.exception.reason, "protocol")
        for protocol in set(range(6)) - {sp.PROTOCOL}:
            self.refused("protocol", self.seal(pickle.dumps([1], protocol=protocol)))

    def test_names_of_channels(self):
        for name in "", " ", "a b", "a\n", "é", "x" * 201, "-a", None, 3, b"jobs", "FIXME", "fixme-name", "TODO", "todo", "FIXME: name the channel":
            with self.subTest(name=name), self.assertRaises(ValueError):
                self.channel(name)
        for name in "jobs", "todo-list", "cache:user:*", "s3://bucket/prefix", "a.b_c/d@e", "x" * 200:
            self.channel(name)

    def test_age(self):
        young = self.channel("jobs", max_age=60)
        self.assertEqual(young.loads(young.dumps(1)), 1)
        self.refused("expired", self.seal(pickled(b"N"), created=int(time.time()) - 61), young)
        self.refused("future", self.seal(pickled(b"N"), created=int(time.time()) + 3600))
        self.refused("future", self.seal(pickled(b"N"), created=2**64 - 1))


class Classes(Case):
    def test_pairs(self):
        for module, name in (
            ("os", "system"), ("posix", "system"), ("os", "path.join"), ("carried", "system"), ("carried", "evaluate"), ("carried", "module.system"),
            ("carried", "Job.__init__"), ("carried", "Job.__init__.__globals__"), ("carried", "Job.__class__"), ("carried", "Job.__reduce__"), ("carried", "job"),
            ("carried", ""), ("", "Job"), ("carried.", "Job"), ("carried", "Job "), ("carried\0", "Job"), ("builtins", "eval"), ("builtins", "getattr"),
            ("builtins", "__import__"), ("copyreg", "_reconstructor"), ("copyreg", "add_extension"), ("__builtin__", "eval"), ("carried", "Outer"),
            ("functools", "partial"), ("operator", "attrgetter"), ("safe_pickle", "Keys"), ("safe_pickle", "_keys"), ("carried", "Outer.Inner.x"), ("Carried", "Job"),
        ):  # fmt: skip
            with self.subTest(module=module, name=name):
                self.refused("class", self.seal(pickled(glob(module, name))))
                self.refused("class", self.seal(pickled(glob(module, name), short(self.mark), b"\x85R")))
                # What finds classes refuses by itself, without the walk.
                with self.assertRaises((sp.Refused, pickle.UnpicklingError)):
                    sp._Unpickler(pickled(glob(module, name)), sp.ALLOWED).load()
                with self.assertRaises((sp.Refused, pickle.UnpicklingError)):
                    sp._Unpickler(b"c" + module.encode() + b"\n" + name.encode() + b"\n.", sp.ALLOWED).load()

    def test_other_names_of_refused(self):
        # The table lists these, by mistake: what they are is asked again when they are found.
        for module, name in ("carried", "system"), ("carried", "evaluate"), ("carried", "module"), ("carried", "Outer.path.system"):
            with self.subTest(name=name):
                allowed = sp.ALLOWED
                sp.ALLOWED = frozenset(((module, name),))
                try:
                    self.refused("class", self.seal(pickled(glob(module, name))), self.channel("jobs"))
                finally:
                    sp.ALLOWED = allowed
        self.assertIs(self.c.loads(self.seal(pickled(glob("carried", "Outer.Inner")))), carried.Outer.Inner)
        self.assertIs(self.c.loads(self.seal(pickled(glob("carried", "ordered")))), collections.OrderedDict)

    def test_old_opcodes(self):
        job = b"ccarried\nJob\n"
        for payload in (
            job, b"(icarried\nJob\n", b"(" + job + b"o", job + b"q\0", b"Pid\n", b"Npid"[:1] + b"Q", b"\x82\xf0", b"\x83\xf0\0", b"\x84\xf0\0\0\0", b"I1\n", b"L1L\n",
            b"F1\n", b"S'x'\n", b"Vx\n", b"T\1\0\0\0x", b"U\1x", b"Np0\n", b"Ng0\n", b"Nr\xff\xff\xff\x7f", b"(l", b"(d", b"N2", b"\x97", b"N\x98", b"\x80\x05N", b"\x80\x02" + job,
            b"\xff", b"\0",
        ):  # fmt: skip
            with self.subTest(payload=payload):
                self.refused("opcode", self.seal(pickled(payload)))

    def test_extensions(self):
        carried.extend()
        try:
            data = pickle.dumps(carried.Extended(), protocol=sp.PROTOCOL)
            self.assertIn(b"\x82\xf0", data)
            pickle.loads(data)  # from now on the cache of copyreg answers, and no find_class is asked
            self.refused("opcode", self.seal(data))
            with self.assertRaises(sp.RefusedDump):
                self.c.dumps(carried.Extended())
        finally:
            import copyreg

            copyreg.remove_extension("carried", "Extended", 240)
            copyreg.clear_extension_cache()

    def test_forms(self):
        job = glob("carried", "Job")
        new = job + b")\x81"
        for payload in (
            new + b")R", new + b")\x81", new + b")}\x92", b"N)R", short("x") + b")R", b"N" + short("Job") + b"\x93", short("carried") + b"N\x93",
            new + short("Job") + b"\x93", job + b"}b", job + b"N}" + short("name") + glob("carried", "Job") + b"s\x86b", job + b"Na", job + b"(Ne",
            job + b"(NNu", job + b"(N\x90", job + b"NNs", b"}(Nu", job + b"\x94h\0}b", job + b"\x850",
            b"", b"0", b"1", b"(", b"N(", b"NN", b"e", b"]e", b"t", b"R", b"b", b"\x93", b"\x94", b"h\0", b"j\0\0\0\0", b"\x85", b"N\x86", b"NN\x87", b"N\x94h\1",
            b"a", b"Na", b"s", b"]Ns", b"(1", b"\x95\xff\0\0\0\0\0\0\0N", b"\x95", b"\x8c", b"\x8c\xff", b"X\xff\xff\xff\xff", b"\x8d\xff\xff\xff\xff\xff\xff\xff\xff",
            b"\x8b\xff\xff\xff\xff", b"C\xff", b"J\0", b"N.", b"N.N", b"\x8c\1\xff\x8c\1x\x93",
        ):  # fmt: skip
            with self.subTest(payload=payload):
                self.refused(None, self.seal(pickled(payload)))
                self.assertIn(self.lines[-1][0]["outcome"], ("form", "trailing", "opcode"))
        self.refused("trailing", self.seal(pickled(b"N") + b"."))
        self.refused("form", self.seal(pickled(b"N")[:-1]))

    def test_what_classes_do_is_theirs(self):
        # A class that is allowed is called with whatever was signed.
        got = self.c.loads(self.seal(pickled(glob("carried", "Job"), short("evil"), b"]\x86R")))
        self.assertEqual((got.name, got.state), ("evil", []))
        got = self.c.loads(self.seal(pickled(glob("carried", "Stateful"), b")\x81}", short("k"), b"Nsb")))
        self.assertEqual(vars(got), {"k": None, "was_set": True})
        # But its state carries no classes that are not allowed.
        state = b"}" + short("k") + glob("os", "system") + b"sb"
        self.refused("class", self.seal(pickled(glob("carried", "Stateful"), b")\x81", state)))

    def test_dumps_what_loads_takes(self):
        for value, reason in (
            (carried.Mark(), "class"), (os.system, "class"), (carried.leave_mark, "class"), (print, "class"), (carried.Plain(), "class"), (1j, "class"), (type(None), "class"),
            (b"x" * (sp.MAX_SIZE + 1), "too-large"),
        ):  # fmt: skip
            with self.subTest(value=repr(value)[:40]), self.assertRaises(sp.RefusedDump) as caught:
                self.c.dumps(value)
            self.assertEqual(caught.exception.reason, reason)
            self.assertEqual(self.lines[-1][0]["outcome"], reason)
        with self.assertRaises(pickle.PicklingError):
            self.c.dumps(carried.Mark())
        with self.assertRaises((pickle.PicklingError, AttributeError)):
            self.c.dumps(lambda: 1)

    def test_only(self):
        narrow = self.channel("mail")  # the table gives it one class
        self.assertIsInstance(narrow.loads(narrow.dumps(carried.Stateful())), carried.Stateful)
        with self.assertRaises(sp.RefusedDump):
            narrow.dumps(carried.Job())
        self.refused("class", self.seal(pickled(glob("carried", "Job")), channel="mail"), narrow)
        none = self.channel("jobs", only=())
        self.refused("class", self.seal(pickled(glob("carried", "Job"))), none)
        # Nothing is added that way.
        wide = self.channel("jobs", only=[("os", "system"), ("carried", "Job")])
        self.refused("class", self.seal(pickled(glob("os", "system"))), wide)
        self.assertIs(wide.loads(self.seal(pickled(glob("carried", "Job")))), carried.Job)


class Sizes(Case):
    def test_sizes(self):
        small = self.channel("jobs", max_size=100)
        with self.assertRaises(sp.RefusedDump):
            small.dumps(b"x" * 100)
        self.refused("too-large", self.c.dumps(b"x" * 300), small)
        head = self.c.dumps(b"x")[:6]
        with no_unpickling():
            self.refused("too-large", head + b"\x01a" + struct.pack(">QQ", 0, 2**63) + b"x" * 50)
        self.assertEqual(self.channel("jobs", max_size=sp.MAX_SIZE * 2)._max_size, sp.MAX_SIZE)
        self.assertIsNone(self.lines[0][0]["digest"])  # what is too large is not read

    def test_no_allocation(self):
        asked = []

        class Watched(io.BytesIO):
            def read(self, n=-1):
                asked.append(n)
                return super().read(n)

        head = sp._FIXED.pack(sp._MAGIC, 1, b"P", 1) + b"a"
        with self.assertRaises(sp.Refused) as caught:
            self.c.load(Watched(head + sp._REST.pack(0, 2**40)))
        self.assertEqual(caught.exception.reason, "too-large")
        self.assertLess(max(asked), 100)
        with self.assertRaises(sp.Refused):
            self.c.load(Watched(head + sp._REST.pack(0, sp.MAX_SIZE) + b"short"))
        self.assertLessEqual(max(asked), 1 << 20)

    def test_opcodes(self):
        most = sp.MAX_OPCODES
        sp.MAX_OPCODES = 1000
        try:
            self.refused("too-large", self.seal(pickled(b"]" + b"]0" * 600)))
        finally:
            sp.MAX_OPCODES = most


class KeyRings(Case):
    def test_rotation(self):
        old = self.channel("jobs", keys=sp.Keys("b active " + KEY_B))
        data = old.dumps([1])
        self.assertEqual(self.c.loads(data), [1])
        self.refused("unknown-key", self.c.dumps([1]), old)
        gone = self.channel("jobs", keys=sp.Keys("a active %s; b retired" % KEY_A))
        self.refused("retired-key", data, gone)
        self.assertEqual(self.c.dumps(1)[7:8], b"a")

    def test_bad_keys(self):
        for text in (
            "", "a", "a active", "a active zz", "a active 00", "a active " + "00" * 32, "a active " + KEY_A[:62], "a accepted " + KEY_A, "a primary " + KEY_A, "a active %s extra" % KEY_A,
            "a active %s\nb active %s" % (KEY_A, KEY_B), "a active %s\na accepted %s" % (KEY_A, KEY_B), "a active %s\nb accepted %s" % (KEY_A, KEY_A), "a active %s\na retired" % KEY_A,
            "- active " + KEY_A, "x" * 33 + " active " + KEY_A, "é active " + KEY_A, KEY_A, "%s a active" % KEY_A, "a active " + KEY_A + "0",
        ):  # fmt: skip
            with self.subTest(text=text), self.assertRaises(ValueError) as caught:
                sp.Keys(text)
            self.assertNotIn(KEY_A[:16], str(caught.exception))
            self.assertNotIn("\n", str(caught.exception))

    def test_files(self):
        path = os.path.join(os.path.dirname(self.mark), "keys")
        with open(path, "w") as fh:
            fh.write(RING)
        os.chmod(path, 0o600)
        self.assertEqual(self.channel("jobs", keys=sp.Keys.from_file(path)).loads(self.c.dumps(1)), 1)
        if os.name == "posix":
            os.chmod(path, 0o400)
            sp.Keys.from_file(path)
            for mode in 0o644, 0o640, 0o604, 0o660, 0o610, 0o601:
                os.chmod(path, mode)
                with self.assertRaises(PermissionError) as caught:
                    sp.Keys.from_file(path)
                self.assertIn("mode %04o" % mode, str(caught.exception))
            os.chmod(path, 0o600)
            os.mkfifo(path + ".fifo", 0o600)
            for wrong in path + ".fifo", os.path.dirname(path):
                with self.assertRaises((ValueError, OSError)):
                    sp.Keys.from_file(wrong)
        with self.assertRaises(FileNotFoundError):
            sp.Keys.from_file(path + ".none")
        for raw in b"\xff", b"x" * 70_000:
            with open(path, "wb") as fh:
                fh.write(raw)
            with self.assertRaises(ValueError):
                sp.Keys.from_file(path)

    def test_environment(self):
        self.assertEqual(sp.Keys.from_environment({"SAFE_PICKLE_KEYS": RING.replace("\n", ";")})._active, "a")
        for environ in {}, {"SAFE_PICKLE_KEYS": ""}, {"SAFE_PICKLE_KEYS": RING, "SAFE_PICKLE_KEY_FILE": "x"}:
            with self.assertRaises(ValueError):
                sp.Keys.from_environment(environ)
        os.environ["SAFE_PICKLE_KEYS"] = "a active " + KEY_A
        try:
            sp.reload_keys()
            c = sp.channel("jobs")
            data = c.dumps(1)
            os.environ["SAFE_PICKLE_KEYS"] = "b active %s;a retired" % KEY_B
            self.assertEqual(c.loads(data), 1)
            sp.reload_keys()
            with self.assertRaises(sp.Refused):
                c.loads(data)
            os.environ["SAFE_PICKLE_KEYS"] = "broken"
            with self.assertRaises(ValueError):
                sp.reload_keys()
            self.assertEqual(c.loads(c.dumps(2)), 2)
        finally:
            del os.environ["SAFE_PICKLE_KEYS"]

    def test_keys_are_not_shown(self):
        for text in repr(self.keys), repr(self.c), str(self.keys):
            self.assertNotIn(KEY_A[:8], text)
        for value in self.keys, self.c:
            with self.assertRaises(TypeError):
                pickle.dumps(value)


class Audit(Case):
    def test_lines(self):
        secret = "the secret of the payload"
        data = self.c.dumps(carried.Job(secret))
        self.c.loads(data)
        with self.assertRaises(sp.Refused):
            self.channel("mail").loads(data)
        self.refused("class", self.seal(pickled(short(secret), b"0", glob("os", "system"))))
        (wrote, _), (read, refused), (other, _), (bad, was_refused) = self.lines
        self.assertEqual([line["outcome"] for line, _ in self.lines], ["ok", "ok", "signature", "class"])
        self.assertEqual((wrote["action"], read["action"], wrote["channel"], other["channel"]), ("dump", "load", "jobs", "mail"))
        self.assertEqual((refused, was_refused), (False, True))
        self.assertEqual(wrote["digest"], read["digest"])
        self.assertEqual((wrote["classes"], bad["classes"], other["classes"]), (["carried.Job"], ["os.system"], []))
        self.assertEqual((read["key"], read["size"]), ("a", len(data)))
        for line, _ in self.lines:
            self.assertEqual(set(line), {"time", "who", "action", "channel", "outcome", "digest", "size", "key", "classes"})
            datetime.datetime.strptime(line["time"], "%Y-%m-%dT%H:%M:%S.%f+00:00")
            self.assertIn("pid %d" % os.getpid(), line["who"])
            text = json.dumps(line)
            for hidden in secret, KEY_A, KEY_B:
                self.assertNotIn(hidden, text)

    def test_text_of_exceptions(self):
        class Worse(Exception):
            reason = "the secret of the payload"

        class Fails(dict):
            def __setitem__(self, key, value):
                raise Worse("the secret of the payload")

        point, carried.Plain = carried.Plain, Fails
        try:
            with self.assertRaises(sp.Refused):
                self.c.loads(self.seal(pickled(glob("carried", "Plain"), b")\x81NNs")))
            saved = sp.ALLOWED
            sp.ALLOWED = frozenset((("carried", "Plain"),))
            with self.assertRaises(Worse):
                self.channel("jobs").loads(self.seal(pickled(glob("carried", "Plain"), b")\x81NNs")))
            sp.ALLOWED = saved
        finally:
            carried.Plain = point
        self.assertEqual(self.lines[-1][0]["outcome"], "error:Worse")

    def test_one_line(self):
        lines = []
        c = self.channel("jobs", audit=lambda line, _: lines.append(line))
        with self.assertRaises(sp.Refused):
            c.loads(self.seal(pickled(glob("a\nb", "c\r\x1b[31m\u2028"))))
        self.assertNotRegex(lines[0], r"[^ -~]")
        with self.assertRaises(sp.Refused) as caught:
            c.loads(self.seal(pickled(glob("a\nb", "c\r\x1b[31m\u2028"))))
        self.assertNotRegex(str(caught.exception), r"[^ -~]")
        lines.pop()
        many = b"".join(glob("m", "n%d" % i) + b"0" for i in range(500))
        with self.assertRaises(sp.Refused):
            c.loads(self.seal(pickled(many, b"N")))
        self.assertEqual(len(json.loads(lines[1])["classes"]), 64)

    def test_logger(self):
        c = sp.Channel("jobs", keys=self.keys)
        with self.assertLogs("safe_pickle.audit", logging.INFO) as logs:
            c.dumps(1)
            with self.assertRaises(sp.Refused):
                c.loads(b"x")
        self.assertEqual([r.levelname for r in logs.records], ["INFO", "WARNING"])
        self.assertEqual(json.loads(logs.records[1].getMessage())["outcome"], "unsigned")

    def test_no_line_no_load(self):
        def full(line, refused):
            raise OSError("no space")

        data = self.c.dumps(1)
        with self.assertRaises(OSError):
            self.channel("jobs", audit=full).loads(data)
        with self.assertRaises(OSError):
            self.channel("jobs", audit=full).dumps(1)


class Threads(Case):
    def test_threads(self):
        def work(n):
            c = self.channel("c%d" % (n % 4))
            value = [n, carried.Job(str(n))] * 20
            data = c.dumps(value)
            assert c.loads(data) == value
            for other in range(4):
                if other != n % 4:
                    try:
                        self.channel("c%d" % other).loads(data)
                    except sp.Refused:
                        continue
                    return False
            return True

        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            self.assertTrue(all(pool.map(work, range(200))))

    def test_bytes_that_change(self):
        good = self.c.dumps(["x" * 64] * 50)
        shared, stop = bytearray(good), threading.Event()
        evil = pickled(glob("carried", "leave_mark"), short(self.mark), b"\x85R")

        def change():
            while not stop.is_set():
                shared[24 : 24 + len(evil)] = evil
                shared[:] = good

        thread = threading.Thread(target=change)
        thread.start()
        try:
            for _ in range(300):
                try:
                    self.assertEqual(self.c.loads(shared), ["x" * 64] * 50)
                except (sp.Refused, BufferError):
                    pass
        finally:
            stop.set()
            thread.join()
        self.assertFalse(os.path.exists(self.mark))


class Isolated(Case):
    def test_plain(self):
        value = {"a": [1, (2, b"\0\xff", None, True, 1.5, 2**100)], "é\n": "\u2028", (1, 2): float("inf"), "d": {}}
        self.assertEqual(self.c.loads(self.c.dumps(value), isolated=True), value)
        self.assertEqual(self.c.load(io.BytesIO(self.c.dumps([1])), isolated=True), [1])
        line = self.lines[-1][0]
        self.assertEqual(line["outcome"], "ok")
        if LINUX:
            self.assertEqual(set(line["sealed"]) - {"network", "processes", "system-calls"}, {"memory", "cpu", "files", "writes"})

    def test_a_bad_signature_starts_nothing(self):
        saved = sp.subprocess.Popen
        sp.subprocess.Popen = None
        try:
            self.refused("signature", self.c.dumps(1)[:-1] + b"\0", isolated=True)
        finally:
            sp.subprocess.Popen = saved

    def test_not_plain(self):
        for value in carried.Job(), {1, 2}, carried.Point(1, 2), [carried.Job], collections.OrderedDict():
            with self.subTest(value=repr(value)):
                self.refused("not-plain", self.c.dumps(value), isolated=True)
        deep = []
        for _ in range(100):
            deep = [deep]
        self.refused("not-plain", self.c.dumps(deep), isolated=True)
        loop = []
        loop.append(loop)
        self.refused("not-plain", self.c.dumps(loop), isolated=True)

    def test_classes(self):
        self.refused("class", self.seal(pickled(glob("os", "system"))), isolated=True)
        self.refused("class", self.seal(pickled(glob("carried", "Outer.path"))), isolated=True)

    def test_timeout(self):
        began = time.monotonic()
        self.refused("timeout", self.c.dumps(carried.Spins(1)), self.channel("jobs", timeout=1.5), isolated=True)
        self.assertLess(time.monotonic() - began, 20)

    @unittest.skipUnless(LINUX, "memory is limited where the platform can")
    def test_memory(self):
        self.refused("worker", self.c.dumps(carried.Eats(1)), self.channel("jobs", timeout=60), isolated=True)

    def test_answers(self):
        huge = self.channel("jobs", answer=1000)
        self.refused("too-large", self.c.dumps("x" * 2000), huge, isolated=True)
        for answer in (
            b"", b"\n", b"x\n", b"[]\n{}\n", b'{"value": ["Job"]}\n', b'{"value": 1, "value2": 2}\n', b'{"value": [["list"]]}\n', b"[" * 100_000 + b"\n", b'{"value": ' + b"9" * 5000 + b"}\n",
            b'{"value": ["dict", [["list"], 1]]}\n', b'{"value": ["bytes", "?"]}\n', b'{"value": ["float", "1e999"]}\n', b'{"value": {"a": 1}}\n', b'{"refused": 1}\n', b'{"refused": [1, 2]}\n',
            b'{"refused": ["ok", "\\u001b[31m\\n"]}\n', b"\xff\n", b'{"value": ' + b'["list", ' * 80 + b"1" + b"]" * 80 + b"}\n",
        ):  # fmt: skip
            with self.subTest(answer=answer[:40]):
                err = self.refused("worker", self.seal(pickled(glob("carried", "Forges"), b")\x81", b"B", struct.pack("<I", len(answer)), answer, b"b")), isolated=True)
                self.assertNotRegex(str(err), r"[^ -~]")

    def tries(self, *what, **options):
        payload = pickled(glob("carried", "attempt"), *[short(w) for w in what], b"\x86R")
        got = self.channel("jobs", **options).loads(self.seal(payload), isolated=True)
        return got, self.lines[-1][0].get("sealed", [])

    @unittest.skipUnless(os.name == "posix", "forks")
    def outside(self, port):
        """Nothing is refused to a program by what it is, or the tests prove nothing."""
        other = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
        path = self.mark + ".other"
        program = "import carried, sys; assert carried.attempt(*sys.argv[1:]) == 'done', carried.attempt(*sys.argv[1:])"
        environ = dict(os.environ, SAFE_PICKLE_KEYS=RING)
        for what in ("fork", ""), ("exec", ""), ("thread-exec", ""), ("network", port), ("udp", ""), ("write", path), ("truncate", path), ("old-open", path), ("unlink", path), ("kill", str(other.pid)), ("limits", ""), ("keys", ""):
            subprocess.run([sys.executable, "-B", "-c", program, *what], cwd=HERE, env=environ, check=True)
        self.assertEqual(other.wait(), -signal.SIGKILL)
        other.stdin.close()

    def test_what_it_must_not(self):
        server = socket.socket()
        server.bind(("127.0.0.1", 0))
        server.listen(1)
        victim = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
        with open(self.mark + ".there", "w") as fh:
            fh.write("content")
        port = str(server.getsockname()[1])
        self.outside(port)
        try:
            for what, needs in (
                (("fork", ""), "processes"), (("exec", ""), "processes"), (("thread-exec", ""), "processes"), (("network", port), "network"),
                (("udp", ""), "system-calls"), (("write", self.mark), "system-calls"), (("truncate", self.mark + ".there"), "system-calls"), (("old-open", self.mark + ".there"), "old"),
                (("unlink", self.mark + ".there"), "system-calls"), (("kill", str(victim.pid)), "system-calls"), (("limits", ""), "system-calls"), (("keys", ""), ""), (("argv", ""), ""),
            ):  # fmt: skip
                with self.subTest(what=what[0]):
                    os.environ["SAFE_PICKLE_KEYS"] = RING
                    try:
                        got, sealed = self.tries(*what)
                    finally:
                        del os.environ["SAFE_PICKLE_KEYS"]
                    if needs == "old":
                        needs = "system-calls" if LINUX and os.uname().machine == "x86_64" else "no"
                    if needs == "" or needs in sealed:
                        self.assertRegex(got, "^refused: ")
                    elif needs != "no" and os.environ.get("WANT_SEALS"):
                        self.fail("the worker has not given up: " + needs)
            self.assertFalse(os.path.exists(self.mark))
            with open(self.mark + ".there") as fh:
                self.assertEqual(fh.read(), "content")
            self.assertIsNone(victim.poll())
        finally:
            server.close()
            victim.kill()
            victim.stdin.close()
            victim.wait()

    def test_other_programs(self):
        self.refused("worker", self.c.dumps(1), self.channel("jobs", worker_python=os.path.join(HERE, "no-such-file")), isolated=True)


if __name__ == "__main__":
    if hasattr(signal, "SIGALRM"):
        signal.alarm(500)
    unittest.main()
