"""Objects of the standard library that people store."""

import abc, argparse, array, ast, calendar, collections, concurrent.futures, concurrent.futures.process, concurrent.futures.thread, configparser, contextlib, copy, csv  # noqa: E401
import dataclasses, datetime, decimal, difflib, email.message, email.policy, enum, errno, fractions, functools  # noqa: E401
import graphlib, heapq, hmac, html.parser, http, http.cookiejar, http.cookies, inspect, io, ipaddress, itertools  # noqa: E401
import json, logging, logging.handlers, mailbox, math, mimetypes, numbers, operator, optparse, os, pathlib  # noqa: E401
import platform, plistlib, pprint, queue, random, re, sched, selectors, shelve, signal, socket, sqlite3, ssl  # noqa: E401
import statistics, string, subprocess, sys, tarfile, textwrap, time, tokenize, tomllib, traceback, types, typing  # noqa: E401
import unittest, unittest.mock, html, collections.abc, http.client, urllib.error, urllib.parse, urllib.request, urllib.robotparser, uuid, warnings, weakref  # noqa: E401
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
    yield "session", {"user": 1, "cart": [("a", decimal.Decimal("1.5"))], "_auth": "x", "when": datetime.datetime(2026, 1, 1)}
    yield "job", ("module.function", None, (1, "a"), {"b": datetime.timedelta(1)})
    yield "nested", [{"a": {"b": [{"c": (1, {2}, frozenset([3]))}]}}, collections.OrderedDict([("a", collections.Counter("ab")), ("b", collections.deque([1]))]), collections.defaultdict(list, {1: [uuid.uuid4()]}), [datetime.date(2026, 1, 1)] * 3]
    yield "functions", [math.floor, math.ceil, math.log, math.exp, math.sin, math.isnan, math.hypot, math.pow, statistics.mean, statistics.median, statistics.stdev, operator.itemgetter, operator.sub, operator.truediv, operator.eq, operator.lt, operator.gt, operator.neg, operator.not_, operator.and_, operator.or_, operator.xor, operator.contains, operator.mod, operator.pow, json.dumps, json.loads,
                        json.JSONEncoder, str.title, str.capitalize, str.replace, str.join, str.startswith, str.isdigit, list.append, dict.get, repr, hash, round, divmod, pow, any, all, zip, map, filter, enumerate, reversed, iter, next, isinstance, issubclass, callable, id, ord, chr, hex, bin, oct, format, ascii, print, datetime.datetime.now, datetime.date.today, datetime.datetime.fromisoformat, datetime.datetime.strptime,
                        decimal.Decimal, fractions.Fraction, uuid.uuid4, uuid.UUID, time.time, random.random, random.choice, re.compile, os.path.join, os.path.basename, copy.copy, copy.deepcopy, functools.reduce, itertools.chain, pathlib.Path, collections.OrderedDict, collections.Counter, collections.namedtuple, textwrap.dedent, string.capwords, html.parser.HTMLParser, html.escape, urllib.parse.quote, heapq.nlargest, bytes.fromhex, bytes.decode, str.encode, dict.items, dict.keys, list.count, len, float.is_integer, int.bit_length, object.__init__]
    yield "abcs", [collections.abc.Mapping, collections.abc.Sequence, collections.abc.Callable, numbers.Number, numbers.Integral, abc.ABC, collections.abc.Iterable, collections.abc.Hashable, types.FunctionType, types.MethodType, types.SimpleNamespace, types.MappingProxyType, types.NoneType, types.EllipsisType, types.ModuleType, types.GeneratorType, enum.Enum, enum.IntEnum, enum.Flag, typing.NamedTuple, typing.TypedDict, typing.Generic, typing.Protocol]
    yield "typing_more", [typing.List, typing.Dict[str, typing.Any], typing.Set[int], typing.FrozenSet[int], typing.Sequence[int], typing.Mapping[str, int], typing.Iterable[int], typing.Type[int], typing.ClassVar[int], typing.Final[int], typing.Annotated[int, "x"], typing.ForwardRef("x"), typing.NoReturn, typing.TypeVar("T"), typing.AnyStr, typing.Text, typing.Literal[1], typing.Callable[..., int], typing.Tuple[()], typing.Self, typing.Never, typing.Required[int], typing.Deque[int], typing.DefaultDict[str, int], typing.Counter[str], typing.Pattern[str], typing.IO[str], list[int] | None, typing.Optional[list[int]], typing.Unpack[tuple[int]], typing.ParamSpec("P"), typing.Union[int, None, str], typing.Awaitable[int], typing.Iterator[int], typing.NewType("N", int)]
    yield "dataclass_parts", [dataclasses.field(default=1), dataclasses.MISSING, dataclasses.KW_ONLY]
    yield "futures", [concurrent.futures.process.BrokenProcessPool("x"), concurrent.futures.thread.BrokenThreadPool("x"), concurrent.futures.InvalidStateError("x"), remote_error(), __import__("multiprocessing").AuthenticationError("x"), __import__("multiprocessing.pool", fromlist=["x"]).MaybeEncodingError("x", "y")]
    yield "chained", [chained(), traceback.TracebackException.from_exception(ValueError("x")), noted()]
    yield "email_more", [__import__("email.mime.text", fromlist=["x"]).MIMEText("x"), __import__("email.mime.image", fromlist=["x"]).MIMEImage(b"x", "png"), __import__("email.mime.application", fromlist=["x"]).MIMEApplication(b"x"), email.policy.SMTP, email.policy.compat32, __import__("email.header", fromlist=["x"]).Header("x"), __import__("email.charset", fromlist=["x"]).Charset("utf-8"), __import__("email.headerregistry", fromlist=["x"]).Address("a", "b", "c.d"), attached()]
    yield "http_more", [http.cookies.SimpleCookie("a=1"), http.HTTPStatus.NOT_FOUND, http.cookiejar.CookieJar(), http.cookiejar.DefaultCookiePolicy(), urllib.error.HTTPError("u", 404, "m", None, None), urllib.error.ContentTooShortError("m", b"x"), urllib.parse.urlsplit(b"http://a"), http.client.HTTPMessage(), http.client.IncompleteRead(b"x"), http.client.BadStatusLine("x")]
    yield "log_more", [logging.StreamHandler, logging.NullHandler, logging.Formatter("{message}", style="{"), logging.Formatter("$message", style="$"), logging.LoggerAdapter(logging.getLogger("x"), {}), logging.INFO, logging.getLogger("a.b")]
    yield "structs", [__import__("struct").Struct("<i"), __import__("ctypes").c_int(3), __import__("ctypes").c_double(1.5), (__import__("ctypes").c_int * 3)(1, 2, 3), memoryview, weakref.WeakKeyDictionary, weakref.ref]
    yield "inspects", [inspect.Parameter("a", inspect.Parameter.POSITIONAL_ONLY), inspect.Signature(), inspect.getfullargspec(copy.copy), inspect.signature(textwrap.dedent)]
    yield "xml_more", [xml.etree.ElementTree.Element("a"), xml.etree.ElementTree.SubElement(element(), "b"), xml.dom.minidom.Document(), xml.etree.ElementTree.QName("a", "b")]
    yield "token", [list(tokenize.generate_tokens(io.StringIO("a = 1").readline)), tokenize.TokenInfo(1, "a", (1, 0), (1, 1), "a")]
    yield "time_more", [time.struct_time((2026, 1, 1, 0, 0, 0, 0, 1, 0)), time.localtime(), datetime.datetime(2026, 1, 1).isocalendar(), zoneinfo.ZoneInfo("Etc/UTC"), calendar.Day.MONDAY, calendar.month_name, datetime.UTC]
    yield "resources", [os.sched_param(1), __import__("resource").getrusage(0), __import__("grp").getgrgid(0), __import__("pwd").getpwuid(0), sys.version_info, sys.flags, sys.float_info, sys.implementation, os.stat("/")]
    yield "zlib_like", [tarfile.TarInfo("d/"), difflib.SequenceMatcher(None, "a", "b"), difflib.SequenceMatcher(None, "a", "b").find_longest_match(0, 1, 0, 1), json.JSONEncoder(), json.JSONDecoder(), random.SystemRandom]
    yield "unittest", [unittest.TestCase(), unittest.TestSuite(), unittest.TestResult(), unittest.mock.sentinel.x, unittest.mock.call(1)]
    yield "types_more", [types.MappingProxyType({"a": 1}), types.GenericAlias(list, (int,)), type(sys.implementation)(), types.SimpleNamespace(a=types.SimpleNamespace()), argparse.Namespace(f=int), types.CodeType]
    yield "shelve_like", {"k": pickle_like()}
    for o in (functools.partial(print, "x"), functools.partial(operator.mul, 2), functools.partial(sorted, reverse=True), functools.partial(str.split, sep=","), functools.partial(functools.partial(int, base=2)), functools.partialmethod(int), functools.partial(pow, 2)):
        yield "partial_more", o
    for o in (operator.attrgetter("a"), operator.methodcaller("lower"), operator.itemgetter(slice(1, 2)), map(len, ["a"]), filter(None, [1]), itertools.starmap(pow, [(1, 2)]), itertools.accumulate([1]), itertools.groupby([1]), itertools.takewhile(bool, [1]), itertools.dropwhile(bool, [1]), itertools.filterfalse(None, [1]), itertools.tee([1])[0], "a".upper, [1].append, {1: 2}.get, datetime.datetime(2026, 1, 1).isoformat):
        yield "bound", o


def remote_error():
    e = ValueError("x")
    e.__cause__ = concurrent.futures.process._RemoteTraceback("tb")
    return concurrent.futures.process._ExceptionWithTraceback(e, None)


def chained():
    try:
        try:
            {}["a"]
        except KeyError as e:
            raise ValueError("x") from e
    except ValueError as e:
        return e.with_traceback(None)


def noted():
    e = ValueError("x")
    e.add_note("n")
    e.detail = {"a": 1}
    return e


def attached():
    m = email_message()
    m.add_attachment(b"x", maintype="image", subtype="png", filename="a.png")
    return m


def pickle_like():
    import pickle
    return pickle.dumps([1, 2])


SAMPLES = {"stdlib": (samples,)}
