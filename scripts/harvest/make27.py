"""Make honest pickles with Python 2.7, whose names of modules and classes differ. Runs in Python 2.7 alone.

    python2.7 make27.py DIR

harvest.py --made DIR lists the globals that they need.
"""

import array, collections, cPickle, Cookie, copy, ConfigParser, datetime, decimal, email.message, errno, fractions, functools, io, itertools, json, operator, optparse, os, pickle, platform, Queue, random, re, sets, socket, string, StringIO, struct, sys, time, UserDict, UserList, UserString, urllib2, urlparse, uuid, xml.dom.minidom, xmlrpclib, zlib  # noqa: E401


class Old:
    def __init__(self):
        self.a = 1


class Initial:
    def __init__(self, a):
        self.a = a

    def __getinitargs__(self):
        return (self.a,)


class New(object):
    def __init__(self):
        self.a = u"x"


class Slots(object):
    __slots__ = ("a",)

    def __init__(self):
        self.a = 1

    def __getstate__(self):
        return self.a

    def __setstate__(self, a):
        self.a = a


def samples():
    import __builtin__
    import exceptions
    yield "primitives", [None, True, 1, 10**30, 1.5, 1j, "text", u"\xe4", (), (1,), [], {}, set([1]), frozenset([1]), xrange(3), slice(1, 2), Ellipsis, bytearray(b"x"), buffer]
    yield "types", [int, long, str, unicode, basestring, list, dict, object, type, len, max, sorted, file, unichr, reduce, map, zip, xrange, type(None), cmp, intern]
    yield "collections", [collections.OrderedDict([("a", 1)]), collections.deque([1], 3), collections.Counter("aab"), collections.defaultdict(list, a=[1]), collections.defaultdict(int), UserDict.UserDict(a=1), UserDict.IterableUserDict(a=1), UserList.UserList([1]), UserString.UserString("x"), sets.Set([1]), sets.ImmutableSet([1]), Queue.Empty(), Queue.Full()]
    yield "times", [datetime.date(2012, 1, 1), datetime.datetime(2012, 1, 1, 1), datetime.time(1), datetime.timedelta(1), time.gmtime(0)]
    yield "numbers", [decimal.Decimal("1.5"), fractions.Fraction(1, 3), decimal.Context(), random.Random(1), uuid.UUID(int=5)]
    yield "text", [re.compile("a"), string.Template("$a"), StringIO.StringIO("x"), io.BytesIO(b"x"), io.StringIO(u"x"), array.array("i", [1]), array.array("c", "ab")]
    yield "functions", [functools.partial(int, base=2), operator.itemgetter, operator.add, json.dumps, string.lower, string.join, copy.copy, itertools.chain, time.time, os.path.join, string.upper]
    yield "parts", [urlparse.urlparse("http://a/b"), os.stat("."), optparse.Values({"a": 1}), email.message.Message(), xml.dom.minidom.parseString("<a/>"), xmlrpclib.DateTime(0), xmlrpclib.Binary("x"), ConfigParser.NoSectionError("x"), socket.error(1, "x"), socket.timeout("x"), struct.error("x"), zlib.error("x"), urllib2.URLError("x"), Cookie.SimpleCookie("a=1"), platform.uname(), errno.errorcode]
    yield "own", [Old(), New(), Slots(), Initial(3), Old, New, samples]
    for name in dir(exceptions):
        e = getattr(exceptions, name)
        if isinstance(e, type) and issubclass(e, BaseException):
            for args in ((), ("x",), (2, "no"), ("utf-8", b"x", 0, 1, "why"), ("utf-8", u"x", 0, 1, "why")):
                try:
                    yield "exception", e(*args)
                except Exception:
                    continue


def main(out):
    folder = os.path.join(out, "stdlib")
    if not os.path.isdir(folder):
        os.makedirs(folder)
    n = failed = 0
    for label, obj in samples():
        for part in obj if type(obj) is list else [obj]:
            for name, module in (("c", cPickle), ("py", pickle)):
                for p in range(3):
                    try:
                        data = module.dumps(part, p)
                    except Exception as e:
                        sys.stderr.write("not pickled: %s %r: %s\n" % (label, part, e))
                        failed += 1
                        continue
                    n += 1
                    with open(os.path.join(folder, "%05d-%s.%s%d" % (n, label, name, p)), "wb") as f:
                        f.write(data)
    with open(os.path.join(out, "versions.json"), "w") as f:
        json.dump({"stdlib": platform.python_version()}, f)
    sys.stderr.write("%d files, %d not pickled\n" % (n, failed))


if __name__ == "__main__":
    main(sys.argv[1])
