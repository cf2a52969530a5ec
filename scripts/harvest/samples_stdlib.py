"""Objects of the standard library that people store."""

import abc, argparse, array, ast, calendar, collections, concurrent.futures, configparser, contextlib, copy, csv  # noqa: E401
import dataclasses, datetime, decimal, difflib, email.message, email.policy, enum, errno, fractions, functools  # noqa: E401
import graphlib, heapq, hmac, html.parser, http, http.cookiejar, http.cookies, inspect, io, ipaddress, itertools  # noqa: E401
import json, logging, logging.handlers, mailbox, math, mimetypes, numbers, operator, optparse, os, pathlib  # noqa: E401
import platform, plistlib, pprint, queue, random, re, sched, selectors, shelve, signal, socket, sqlite3, ssl  # noqa: E401
import statistics, string, subprocess, sys, tarfile, textwrap, time, tokenize, tomllib, traceback, types, typing  # noqa: E401
import unittest, urllib.error, urllib.parse, urllib.request, urllib.robotparser, uuid, warnings, weakref  # noqa: E401
import xml.dom.minidom, xml.etree.ElementTree, xmlrpc.client, zipfile, zoneinfo  # noqa: E401


def email_message():
    m = email.message.EmailMessage()
    m["Subject"] = "Grüße"
    m["To"] = "a@example.com"
    m.set_content("text")
    return m


def old_message():
    m = email.message.Message()
    m["Subject"] = "x"
    m.set_payload("text")
    return m


def parsed_message():
    import email
    return email.message_from_string("Subject: x\nFrom: a@example.com\n\ntext", policy=email.policy.default)


def morsels():
    c = http.cookies.SimpleCookie()
    c["a"] = "1"
    c["a"]["path"] = "/"
    return c


def cookie():
    return http.cookiejar.Cookie(0, "a", "1", None, False, "example.com", True, False, "/", True, False, None, True, None, None, {})


def element():
    return xml.etree.ElementTree.fromstring("<a x='1'><b>text</b>tail</a>")


def record():
    return logging.LogRecord("n", logging.INFO, "f.py", 3, "text %s", ("a",), None)


def config():
    c = configparser.ConfigParser()
    c.read_string("[a]\nb = 1\n")
    return c


def template():
    return string.Template("$a")


def parser():
    p = optparse.OptionParser()
    v, _ = p.parse_args([])
    return v


def iterators():
    yield "list_iterator", iter([1, 2])
    yield "tuple_iterator", iter((1, 2))
    yield "dict_keys", iter({1: 2})
    yield "dict_items", iter({1: 2}.items())
    yield "set_iterator", iter({1})
    yield "str_iterator", iter("ab")
    yield "bytes_iterator", iter(b"ab")
    yield "range_iterator", iter(range(3))
    yield "range_long", iter(range(10**20))
    yield "bytearray_iterator", iter(bytearray(b"ab"))
    yield "array_iterator", iter(array.array("d", [1.0]))
    yield "deque_iterator", iter(collections.deque([1]))
    yield "odict_iterator", iter(collections.OrderedDict(a=1))
    yield "reversed", reversed([1, 2])
    yield "reversed_deque", reversed(collections.deque([1]))
    yield "enumerate", enumerate([1])
    yield "zip", zip([1], [2])
    yield "chain", itertools.chain([1], [2])
    yield "product", itertools.product([1], [2])
    yield "permutations", itertools.permutations([1, 2])
    yield "combinations", itertools.combinations([1, 2], 2)
    yield "combinations_r", itertools.combinations_with_replacement([1, 2], 2)
    yield "cycle", itertools.cycle([1])
    yield "islice", itertools.islice([1], 1)
    yield "count", itertools.count(3)
    yield "repeat", itertools.repeat(1, 3)
    yield "compress", itertools.compress([1], [1])
    yield "zip_longest", itertools.zip_longest([1], [2])


def exceptions():
    for name in dir(__import__("builtins")):
        e = getattr(__import__("builtins"), name)
        if isinstance(e, type) and issubclass(e, BaseException):
            for args in ((), ("x",), (2, "no"), ("utf-8", b"x", 0, 1, "why"), ("utf-8", "x", 0, 1, "why"), ("x", 0, 1, "why"), ("g", [ValueError(1)])):
                try:
                    yield "exc_" + name, e(*args)
                except Exception:
                    continue
    try:
        open("/nonexistent/file")
    except OSError as e:
        yield "exc_file", e
    for e in (subprocess.CalledProcessError(1, "x"), subprocess.TimeoutExpired("x", 1), json.JSONDecodeError("m", "d", 0), queue.Empty(),
              queue.Full(), socket.timeout("x"), socket.gaierror(1, "x"), urllib.error.URLError("x"), configparser.NoSectionError("x"),
              configparser.NoOptionError("a", "b"), configparser.Error("x"), argparse.ArgumentTypeError("x"), argparse.ArgumentError(None, "x"),
              decimal.InvalidOperation(), decimal.DivisionByZero(), zoneinfo.ZoneInfoNotFoundError("x"), tarfile.ReadError("x"),
              zipfile.BadZipFile("x"), csv.Error("x"), sqlite3.OperationalError("x"), sqlite3.IntegrityError("x"), sqlite3.ProgrammingError("x"),
              sqlite3.DatabaseError("x"), xml.etree.ElementTree.ParseError("x"), concurrent.futures.CancelledError(), concurrent.futures.TimeoutError(), concurrent.futures.BrokenExecutor("x"),
              __import__("asyncio").TimeoutError(), __import__("asyncio").CancelledError(), __import__("asyncio").InvalidStateError(), __import__("asyncio").QueueEmpty(),
              __import__("struct").error("x"), __import__("binascii").Error("x"), __import__("zlib").error("x"), __import__("shutil").Error("x"), __import__("shutil").SameFileError("x"),
              __import__("pickle").PicklingError("x"), __import__("pickle").UnpicklingError("x"), re.error("x"), statistics.StatisticsError("x"),
              ssl.SSLError("x"), http.client.RemoteDisconnected("x") if hasattr(http, "client") else ValueError(), http.cookies.CookieError("x"),
              copy.Error("x"), dataclasses.FrozenInstanceError("x"), tomllib.TOMLDecodeError("x"), unittest.SkipTest("x"), tokenize.TokenError("x"), xmlrpc.client.Fault(1, "x"),
              __import__("multiprocessing").TimeoutError("x"), __import__("multiprocessing").ProcessError("x"), ipaddress.AddressValueError("x"), ipaddress.NetmaskValueError("x"),
              __import__("smtplib").SMTPException("x"), __import__("ftplib").error_perm("x"), __import__("lzma").LZMAError("x"), graphlib.CycleError("x", [1])):
        yield "exc_" + type(e).__name__, e


def enums():
    for e in (http.HTTPStatus.OK, http.HTTPMethod.GET, socket.AF_INET, socket.SOCK_STREAM, socket.MSG_PEEK, signal.SIGINT, signal.SIG_DFL, re.I, re.I | re.M, uuid.SafeUUID.safe,
              ssl.PROTOCOL_TLS_CLIENT, ssl.CERT_REQUIRED, ssl.TLSVersion.TLSv1_2, ssl.OP_NO_SSLv3, inspect.Parameter.KEYWORD_ONLY, plistlib.FMT_XML,
              enum.STRICT, enum.CONTINUOUS, selectors.EVENT_READ, tarfile.PAX_FORMAT, py_enum()):
        yield "enum", e


def py_enum():
    import pstats
    return pstats.SortKey.TIME


def samples():
    yield "primitives", [None, True, 1, -1, 10**30, 1.5, float("nan"), 1j, "text", "\u00e4\ud800", b"bytes", b"", bytes(range(256)), bytearray(b"x"), bytearray(),
                         (), (1,), (1, 2, 3, 4), [], {}, {"a": [1]}, set(), {1}, frozenset({1}), frozenset(), range(3), slice(1, 2), ..., NotImplemented, type(None), type(...), type(NotImplemented)]
    loop = []
    loop.append(loop)
    d = {}
    d["d"] = d
    yield "recursion", [loop, d]
    yield "types", [int, str, bytes, float, list, dict, tuple, set, frozenset, bool, complex, object, type, bytearray, range, slice, memoryview, len, sum, max, min, abs, sorted, math.sqrt, math.pi, operator.add, operator.mul, str.upper, str.lower, str.strip, str.split, dict.fromkeys, int.from_bytes]
    yield "collections", [collections.OrderedDict(a=1), collections.deque([1], 3), collections.deque([1]), collections.Counter("aab"), collections.ChainMap({}), collections.UserDict(a=1), collections.UserList([1]), collections.UserString("x"),
                          collections.defaultdict(list, a=[1]), collections.defaultdict(int), collections.defaultdict(None), collections.defaultdict(dict), collections.defaultdict(set), collections.defaultdict(collections.OrderedDict)]
    for f in (int, float, str, list, dict, set, tuple, collections.Counter, functools.partial(collections.defaultdict, int), functools.partial(int, 3)):
        yield "defaultdict", collections.defaultdict(f, a=f())
    yield "datetime", [datetime.date(2026, 1, 2), datetime.datetime(2026, 1, 2, 3, 4, 5, 6), datetime.datetime.now(datetime.timezone.utc), datetime.time(1), datetime.time(1, fold=1), datetime.timedelta(1), datetime.timezone.utc,
                       datetime.timezone(datetime.timedelta(hours=1), "CET"), datetime.datetime.min, datetime.date.max]
    yield "zoneinfo", [zoneinfo.ZoneInfo("Europe/Berlin"), datetime.datetime(2026, 1, 2, tzinfo=zoneinfo.ZoneInfo("UTC")), zoneinfo.ZoneInfo.no_cache("Europe/Paris")]
    yield "numbers", [decimal.Decimal("1.5"), decimal.Decimal("NaN"), fractions.Fraction(1, 3), statistics.NormalDist(1, 2)]
    yield "decimal_context", [decimal.Context(), decimal.getcontext()]
    yield "uuid", [uuid.UUID(int=5), uuid.uuid4()]
    yield "paths", [pathlib.PurePosixPath("a/b"), pathlib.PureWindowsPath("a"), pathlib.Path("a"), pathlib.PosixPath("/")]
    yield "ip", [ipaddress.ip_address("::1"), ipaddress.ip_address("1.2.3.4"), ipaddress.ip_network("10.0.0.0/8"), ipaddress.ip_network("fe80::/10"), ipaddress.ip_interface("10.0.0.1/8"), ipaddress.ip_interface("::1/8")]
    for code in "bBuhHiIlLqQfd":
        yield "array", array.array(code, "x" if code == "u" else [1])
    yield "re", [re.compile("a+", re.I), re.compile(b"x"), re.compile("x", re.M | re.S).pattern]
    yield "time", time.gmtime(0)
    yield "stat", os.stat(".")
    yield "statvfs", os.statvfs(".")
    yield "terminal", os.terminal_size((80, 24))
    yield "times", os.times()
    yield "uname", os.uname()
    yield "platform", platform.uname()
    yield "namespace", types.SimpleNamespace(a=1)
    yield "args", argparse.Namespace(a=1, b=[2])
    yield "optparse", parser()
    yield "random", random.Random(1)
    yield "io", [io.BytesIO(b"x"), io.StringIO("x")]
    for name, it in iterators():
        yield "iter_" + name, it
    yield from exceptions()
    yield from enums()
    yield "partial", [functools.partial(int, base=2), functools.partial(max, 1)]
    yield "operator", [operator.itemgetter(1), operator.itemgetter("a", "b")]
    yield "alias", [list[int], dict[str, int], tuple[int, ...]]
    yield "union_type", int | str
    yield "typing", [typing.Any, typing.Optional[int], typing.List[int], typing.Dict[str, int], typing.Union[int, str], typing.Callable[[int], str], typing.Tuple[int, ...], typing.Literal["a", 1]]
    yield "logging", [logging.getLogger("x"), logging.getLogger()]
    yield "record", record()
    yield "formatter", logging.Formatter("%(message)s")
    yield "filter", logging.Filter("a")
    yield "email", email_message()
    yield "email_old", old_message()
    yield "email_parsed", parsed_message()
    yield "email_policy", email.policy.default
    yield "mime", __import__("email.mime.multipart", fromlist=["x"]).MIMEMultipart()
    yield "cookies", morsels()
    yield "cookie", cookie()
    yield "element", element()
    yield "tree", xml.etree.ElementTree.ElementTree(element())
    yield "dom", xml.dom.minidom.parseString("<a x='1'><b/></a>")
    yield "config", config()
    yield "rawconfig", configparser.RawConfigParser()
    yield "template", template()
    yield "urls", [urllib.parse.urlparse("http://a/b?c"), urllib.parse.urlsplit("http://a/b"), urllib.parse.urldefrag("a#b"), urllib.parse.urlparse(b"http://a/b")]
    yield "request", urllib.request.Request("http://example.com")
    yield "calendar", [calendar.TextCalendar(), calendar.Calendar(), calendar.HTMLCalendar()]
    yield "difflib", difflib.Differ()
    yield "wrapper", textwrap.TextWrapper()
    yield "tarinfo", tarfile.TarInfo("a")
    yield "zipinfo", zipfile.ZipInfo("a")
    yield "topo", graphlib.TopologicalSorter({1: [2]})
    yield "xmlrpc", [xmlrpc.client.DateTime(0), xmlrpc.client.Binary(b"x")]
    yield "plist", plistlib.UID(3)
    yield "lxml_date", datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone(datetime.timedelta(hours=2)))
    yield "signature", inspect.signature(copy.copy)
    yield "frame_summary", traceback.extract_stack()[:1]
    yield "robot", urllib.robotparser.RobotFileParser()
    yield "warning", warnings.WarningMessage("m", UserWarning, "f", 1)
    yield "ast", ast.parse("a = 1\ndef f(x): return x + 1")
    yield "mailbox", mailbox.mboxMessage(old_message())
    yield "htmlparser", html.parser.HTMLParser()
    yield "ctx", contextlib.nullcontext(1)
