"""What web applications and their caches and queues store: Django, SQLAlchemy, Celery, requests, Scrapy, and helpers."""

import datetime


def PIL():
    from PIL import Image, ImageFont
    yield "image", [Image.new("RGB", (2, 2)), Image.new("L", (1, 1))]
    yield "palette", Image.new("P", (1, 1))
    yield "modes", [Image.new(m, (1, 1)) for m in ("1", "RGBA", "CMYK", "F", "I", "LA", "YCbCr", "HSV", "I;16")]
    yield "read", reread(Image)
    yield "parts", [Image.Resampling.BILINEAR, Image.Transpose.ROTATE_90, Image.UnidentifiedImageError("x"), Image.DecompressionBombWarning("x"), ImageFont.load_default(), Image.Exif()]


def reread(Image):
    import io
    out = []
    for f in ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP", "PPM"):
        b = io.BytesIO()
        try:
            Image.new("RGB", (2, 2)).save(b, f)
            b.seek(0)
            i = Image.open(b)
            i.load()
            out.append(i)
        except Exception:
            continue
    return out


def pydantic():
    import pydantic
    import pydantic.fields
    import pydantic.color as c
    yield "colour", c.Color("red")
    yield "secret", pydantic.SecretStr("x")
    yield "error", pydantic.ValidationError
    yield "types", [pydantic.SecretBytes(b"x"), pydantic.fields.FieldInfo(default=1), pydantic.TypeAdapter, pydantic.BaseModel, pydantic.AnyUrl("http://a/b"), pydantic.HttpUrl("http://a/b"), pydantic.ConfigDict(a=1), pydantic.Json, pydantic.EmailStr, pydantic.PositiveInt]
    from samples_user import models
    yield "models", [m for m in models(pydantic)]


def sqlalchemy():
    import sqlalchemy as sa
    m = sa.MetaData()
    t = sa.Table("t", m, sa.Column("a", sa.Integer, primary_key=True), sa.Column("b", sa.String(3)))
    yield "table", [t, m]
    yield "types", [sa.Integer(), sa.String(3), sa.DateTime(), sa.Numeric(3, 2)]
    e = sa.create_engine("sqlite://")
    with e.connect() as con:
        yield "row", con.execute(sa.text("select 1 as a")).fetchall()
    yield "select", sa.select(t.c.a) if hasattr(t, "c") else t
    yield "exc", [sa.exc.IntegrityError("s", {}, Exception("x")), sa.exc.NoResultFound("x")]
    yield "url", e.url
    from sqlalchemy import orm
    yield "mapped", mapped(sa, orm)
    # picklelint:trust boundary=process reason="made here to be pickled; nothing is read by it"
    yield "types_more", [sa.Boolean(), sa.Date(), sa.Enum("a", "b"), sa.Float(), sa.JSON(), sa.LargeBinary(), sa.PickleType(), sa.Text(), sa.Time(), sa.Interval(), sa.BigInteger(), sa.Uuid(), sa.ARRAY(sa.Integer)]
    yield "clauses", [t.c.a == 1, sa.and_(t.c.a > 1, t.c.b.like("x")), sa.func.count(t.c.a), sa.text("select 1"), sa.insert(t), sa.update(t), sa.delete(t), sa.literal(1), sa.null(), sa.desc(t.c.a), sa.select(t).where(t.c.a.in_([1])), sa.case((t.c.a == 1, 2))]
    yield "exc_more", [sa.exc.OperationalError("s", {}, Exception("x")), sa.exc.SQLAlchemyError("x"), sa.exc.MultipleResultsFound("x"), sa.exc.DataError("s", {}, Exception("x")), orm.exc.StaleDataError("x"), orm.exc.NoResultFound("x"), sa.exc.TimeoutError("x"), sa.exc.ArgumentError("x"), sa.exc.InvalidRequestError("x")]
    with e.connect() as con:
        yield "rows", [con.execute(sa.text("select 1 as a")).first(), con.execute(sa.text("select 1 as a")).mappings().all(), con.execute(sa.select(sa.literal(1))).all()]


def mapped(sa, orm):
    """Objects of classes of the project's own, as a cache keeps them: what SQLAlchemy adds to them is of interest."""
    import samples_user
    base = orm.declarative_base() if hasattr(orm, "declarative_base") else __import__("sqlalchemy.ext.declarative", fromlist=["x"]).declarative_base()
    attrs = {"__module__": "samples_user", "__tablename__": "m", "id": sa.Column(sa.Integer, primary_key=True), "name": sa.Column(sa.String)}
    attrs["parent_id"], attrs["children"] = sa.Column(sa.ForeignKey("m.id")), orm.relationship("Mapped")
    cls = samples_user.Mapped = type("Mapped", (base,), attrs)
    e = sa.create_engine("sqlite://")
    base.metadata.create_all(e)
    s = orm.Session(e)
    s.add(cls(id=1, name="x", children=[cls(id=2)]))
    s.commit()
    loaded = s.query(cls).all()
    [c.children for c in loaded]
    return loaded + [cls(id=3)]


def django():
    import django
    from django.conf import settings
    if not settings.configured:
        settings.configure(INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth"], SECRET_KEY="x", DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}})
    django.setup()
    from django.contrib.auth.models import User
    from django.core.exceptions import ValidationError
    from django.db.models import F, Q
    from django.http import HttpResponse, QueryDict
    from django.template.response import SimpleTemplateResponse
    from django.utils.datastructures import MultiValueDict
    from django.utils.functional import SimpleLazyObject
    from django.utils.safestring import mark_safe
    from django.utils.translation import gettext_lazy
    yield "model", User(username="a", date_joined=datetime.datetime(2026, 1, 1))
    yield "query", User.objects.filter(username="a").query
    yield "q", [Q(a=1), F("a")]
    yield "safe", mark_safe("x")
    yield "lazy", gettext_lazy("x")
    yield "response", HttpResponse("x")
    yield "dicts", [QueryDict("a=1"), MultiValueDict({"a": [1]})]
    yield "error", [ValidationError("x"), User.DoesNotExist("x")]
    yield "lazy_object", SimpleLazyObject(lambda: 3)
    from django.contrib.auth.models import AnonymousUser, Group, Permission
    from django.contrib.contenttypes.models import ContentType
    from django.core import exceptions, paginator, validators
    from django.core.cache.backends import locmem
    from django.core.files.base import ContentFile
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.core.mail import EmailMessage, EmailMultiAlternatives
    from django.core.management import call_command
    from django.db import connection, models, utils
    from django.http import Http404, HttpResponseRedirect, JsonResponse, StreamingHttpResponse
    from django.template.response import TemplateResponse
    from django.utils import timezone
    from django.utils.datastructures import ImmutableList
    from django.utils.functional import lazystr
    from django.utils.translation import gettext, ngettext_lazy, pgettext_lazy
    call_command("migrate", verbosity=0)
    User.objects.create(username="b")
    yield "querysets", [User.objects.all(), User.objects.filter(Q(username="b") | Q(id__gt=1)).order_by("id"), User.objects.values("id"), User.objects.values_list("id", flat=True), User.objects.values_list("id", named=True), User.objects.select_related(), User.objects.prefetch_related("groups"), User.objects.annotate(n=models.Count("groups")), User.objects.none(), User.objects.only("id"), User.objects.defer("email").get(), User.objects.exclude(groups__name="x"),
                        User.objects.filter(id__in=Group.objects.values("id")).query, User.objects.aggregate(models.Max("id")), User.objects.annotate(y=models.functions.Lower("username")).query, User.objects.filter(date_joined__year=2026).query, User.objects.filter(username__icontains="b").query, list(User.objects.all()), User.objects.annotate(c=models.Case(models.When(id=1, then=models.Value(1)), default=models.Value(2))).query, User.objects.filter(models.Exists(Group.objects.all())).query, User.objects.annotate(s=models.Subquery(Group.objects.values("id")[:1])).query, User.objects.distinct()[:3], User.objects.dates("date_joined", "year"), User.objects.raw("select * from auth_user")]
    yield "models", [AnonymousUser(), Group(name="x"), Permission(name="x", codename="y"), User.objects.get(), ContentType.objects.first(), User.objects.prefetch_related("groups").get()]
    yield "expressions", [models.Value(1), models.F("a") + 1, models.Count("a"), models.Q(a=1) & ~models.Q(b=2), models.functions.Now(), models.OuterRef("a"), models.When(a=1, then=2), models.Sum("a", filter=models.Q(b=1)), models.ExpressionWrapper(models.F("a"), models.IntegerField())]
    yield "fields", [User._meta.get_field("username"), models.CharField(max_length=3), models.IntegerField(), models.DateTimeField(auto_now=True), models.ForeignKey(User, models.CASCADE), models.DecimalField(max_digits=3, decimal_places=1), models.JSONField(), models.UUIDField(), models.CASCADE, models.NOT_PROVIDED]
    yield "http", [HttpResponseRedirect("/x"), JsonResponse({"a": 1}), rendered(TemplateResponse), HttpResponse("x", headers={"A": "b"}), cookied(HttpResponse("x")), HttpResponse(status=404), Http404("x")]
    yield "errors", [exceptions.ObjectDoesNotExist("x"), exceptions.PermissionDenied("x"), exceptions.ValidationError({"a": ["x"]}), exceptions.ValidationError("x", code="y", params={"a": 1}), exceptions.ImproperlyConfigured("x"), exceptions.SuspiciousOperation("x"), utils.IntegrityError("x"), utils.OperationalError("x"), User.MultipleObjectsReturned("x"), exceptions.FieldError("x"), exceptions.NON_FIELD_ERRORS]
    yield "validators", [validators.MinValueValidator(1), validators.RegexValidator("x"), validators.EmailValidator(), validators.URLValidator(), validators.MaxLengthValidator(1), validators.FileExtensionValidator(["x"]), validators.validate_slug, validators.validate_email]
    yield "lazy_more", [ngettext_lazy("a", "b", 1), pgettext_lazy("c", "x"), lazystr("x"), gettext("x"), ImmutableList([1]), gettext_lazy("x") + "y"]
    yield "mail", [EmailMessage("s", "b", "f@x", ["t@x"]), EmailMultiAlternatives("s", "b", "f@x", ["t@x"]), ContentFile(b"x", "n"), SimpleUploadedFile("n", b"x")]
    yield "other", [paginator.Paginator([1, 2], 1), paginator.Paginator([1, 2], 1).page(1), timezone.now(), timezone.get_fixed_timezone(60), timezone.utc, locmem.LocMemCache("x", {}).make_key("a"), connection.queries]
    yield "session", {"_auth_user_id": "1", "_auth_user_backend": "django.contrib.auth.backends.ModelBackend", "cart": [1], "m": mark_safe("x"), "_messages": [messages().Message(20, "x")]}


def messages():
    from django.contrib.messages.storage import base
    return base


def rendered(cls):
    from django.test import RequestFactory
    from django.template import engines  # noqa: F401
    r = cls(RequestFactory().get("/"), "x")
    r.content = b"x"
    return r


def cookied(r):
    r.set_cookie("a", "1", max_age=3)
    return r


def celery():
    from celery.exceptions import Retry, TaskRevokedError
    yield "exc", [Retry("x"), TaskRevokedError("x")]
    from celery import Celery, canvas, chain, chord, exceptions, group, schedules, states
    from celery.result import AsyncResult, EagerResult, ResultSet
    app = Celery("x", broker="memory://", backend="cache+memory://", set_as_current=True)
    add = app.task(name="add")(__import__("samples_user").function)
    sig = canvas.Signature("add", (1, 2), {})
    yield "canvas", [sig, add.s(1, 2), chain(sig, sig), group(sig, sig), chord([sig], sig), canvas.chunks("add", [(1,)], 1), canvas.xmap("add", [1])]
    yield "results", [AsyncResult("id"), ResultSet([AsyncResult("id")]), EagerResult("id", 1, states.SUCCESS), {"status": "SUCCESS", "result": 3, "traceback": None, "children": [], "task_id": "x"}]
    yield "message", [((1, 2), {"a": 1}, {"callbacks": None, "errbacks": None, "chain": None, "chord": None}), {"id": "x", "task": "add", "args": (1,), "kwargs": {}, "retries": 0, "eta": datetime.datetime(2026, 1, 1).isoformat()}, ("x", None, [1], {})]
    yield "schedules", [schedules.crontab(), schedules.crontab(minute=1, hour="*/2"), schedules.schedule(datetime.timedelta(1)), schedules.solar("sunrise", 1, 2), __import__("celery.beat", fromlist=["x"]).ScheduleEntry("n", "add", schedule=schedules.crontab(), app=app), states.state("SUCCESS")]
    yield "exc_more", [exceptions.SoftTimeLimitExceeded("x"), exceptions.TimeLimitExceeded(1), exceptions.MaxRetriesExceededError("x"), exceptions.Ignore("x"), exceptions.Reject("x"), exceptions.WorkerLostError("x"), exceptions.ChordError("x"), exceptions.TimeoutError("x"), exceptions.NotRegistered("x"), exceptions.BackendError("x"), exceptions.ImproperlyConfigured("x")]
    from billiard.einfo import ExceptionInfo
    try:
        {}["a"]
    except KeyError:
        yield "einfo", ExceptionInfo()
    from celery.utils.serialization import UnpickleableExceptionWrapper
    yield "wrapped", UnpickleableExceptionWrapper("m", "N", ("x",), "t")


def requests():
    import requests
    yield "session", requests.Session()
    yield "request", requests.Request("GET", "http://example.com")
    yield "error", requests.HTTPError("x")
    r = requests.Response()
    r._content = b"x"
    r.status_code = 200
    yield "response", r
    yield "jar", requests.cookies.RequestsCookieJar()
    jar = requests.cookies.RequestsCookieJar()
    jar.set("a", "1", domain="example.com", path="/")
    p = requests.Request("POST", "http://example.com", json={"a": 1}, auth=("u", "p")).prepare()
    r2 = requests.Response()
    r2._content, r2.status_code, r2.request, r2.encoding, r2.url, r2.elapsed, r2.headers = b"{}", 200, p, "utf-8", "http://example.com", datetime.timedelta(1), requests.structures.CaseInsensitiveDict(a="b")
    r2.cookies = jar
    yield "more", [jar, p, r2, requests.auth.HTTPBasicAuth("u", "p"), requests.auth.HTTPDigestAuth("u", "p"), requests.ConnectionError("x"), requests.Timeout("x"), requests.exceptions.JSONDecodeError("m", "d", 0), requests.exceptions.SSLError("x"), requests.exceptions.ReadTimeout("x"), requests.exceptions.TooManyRedirects("x"), requests.HTTPError("x", response=r2), requests.structures.CaseInsensitiveDict(a=1), requests.structures.LookupDict("x"), requests.adapters.HTTPAdapter(max_retries=3)]


def bs4():
    import bs4
    yield "soup", bs4.BeautifulSoup("<a>x</a>", "html.parser")
    soup = bs4.BeautifulSoup("<!DOCTYPE html><a class='b c'>x<!-- c --></a><p>", "html.parser")
    yield "more", [soup, soup.a, soup.a.string, bs4.BeautifulSoup("<a>x</a>", "lxml"), bs4.BeautifulSoup("<a>x</a>", "html5lib"), bs4.BeautifulSoup("<a>x</a>", "xml"), bs4.NavigableString("x"), bs4.Comment("x"), soup.find_all("a"), soup.a["class"], str(soup.a)]


def markupsafe():
    import markupsafe
    yield "markup", markupsafe.Markup("x")


def yaml():
    import yaml
    yield "error", yaml.YAMLError("x")
    yield "more", [yaml.Mark("n", 1, 1, 1, None, None), yaml.ScalarNode("t", "v"), yaml.scanner.ScannerError("c", None, "p", None), yaml.compose("a: 1"), yaml.dump("a"), yaml.SafeLoader]


def attr():
    import attr
    import samples_user
    yield "parts", [attr.NOTHING, attr.Factory(list), attr.validators.instance_of(int), attr.validators.optional(attr.validators.instance_of(int)), attr.validators.in_([1]), attr.asdict]
    cls = samples_user.Attrs = attr.make_class("Attrs", ["a", "b"], slots=True)
    cls.__module__ = "samples_user"
    yield "own", cls(1, [2])
    yield "field", [attr.fields(cls), attr.fields(cls).a, attr.exceptions.FrozenInstanceError(), attr.exceptions.NotAnAttrsClassError("x")]


def flask():
    import flask
    yield "markup", [flask.Config("."), flask.sessions.SecureCookieSession({"a": 1})]
    with flask.Flask("x").test_request_context():
        yield "response", [flask.make_response("x"), flask.jsonify(a=1), flask.redirect("/")]


def werkzeug():
    import werkzeug
    import werkzeug.routing
    from werkzeug import datastructures as d, exceptions
    yield "structures", [d.MultiDict({"a": 1}), d.ImmutableMultiDict({"a": 1}), d.Headers({"a": "b"}), d.ImmutableDict(a=1), d.CombinedMultiDict([d.MultiDict()]), d.ImmutableList([1]), d.CallbackDict({"a": 1}), d.Accept([("a", 1)]), d.Range("bytes", [(0, 1)]), d.EnvironHeaders({}), d.OrderedMultiDict({"a": 1}), d.Authorization("basic", {"username": "u"}), d.ETags(["a"]), d.HeaderSet(["a"]), d.IfRange("x"), d.RequestCacheControl({"a": 1}), d.FileStorage()]
    yield "errors", [exceptions.NotFound("x"), exceptions.BadRequest("x"), exceptions.Forbidden(), exceptions.BadRequestKeyError("x")]
    yield "wrappers", [werkzeug.Response("x"), werkzeug.routing.Rule("/x")]


def jinja2():
    import jinja2
    e = jinja2.Environment()
    yield "template", [jinja2.TemplateNotFound("x"), jinja2.TemplateSyntaxError("x", 1), jinja2.UndefinedError("x"), jinja2.Undefined(name="x"), e.compile("x", raw=True), e.parse("{{ a }}"), jinja2.nodes.Const(1), list(e.lex("{{ a }}"))]


def scrapy():
    import scrapy
    from scrapy import http, selector
    yield "request", [scrapy.Request("http://a/b"), scrapy.Request("http://a/b", meta={"a": 1}, headers={"a": "b"}).to_dict(), http.Headers({"a": "b"}), http.TextResponse("http://a", body=b"<a>x</a>", encoding="utf-8"), http.HtmlResponse("http://a", body=b"x", encoding="utf-8"), http.Response("http://a"), http.FormRequest("http://a"), http.JsonRequest("http://a")]
    yield "item", [scrapy.Item(), scrapy.Field(a=1), scrapy.exceptions.DropItem("x"), scrapy.exceptions.CloseSpider("x"), scrapy.link.Link("http://a"), scrapy.settings.Settings(), {"url": "http://a", "meta": {}, "callback": None, "errback": None, "cb_kwargs": {}, "priority": 0, "headers": {b"A": [b"b"]}}]


def rq():
    from rq import job
    yield "job", [("samples_user.function", None, (1,), {"a": 2}), job.Dependency(["x"]) if hasattr(job, "Dependency") else None, job.Retry(3) if hasattr(job, "Retry") else __import__("rq").Retry(3), __import__("rq.exceptions", fromlist=["x"]).NoSuchJobError("x"), __import__("rq.timeouts", fromlist=["x"]).JobTimeoutException("x")]


def apscheduler():
    from apscheduler.schedulers.background import BackgroundScheduler
    from apscheduler.triggers import combining, cron, date, interval
    import samples_user
    s = BackgroundScheduler(timezone="UTC")
    s.start(paused=True)
    yield "triggers", [cron.CronTrigger(hour=1, timezone="UTC"), interval.IntervalTrigger(hours=1, timezone="UTC"), date.DateTrigger("2027-01-01", timezone="UTC"), combining.OrTrigger([interval.IntervalTrigger(hours=1, timezone="UTC")]), cron.CronTrigger.from_crontab("1 2 * * *", timezone="UTC"), cron.CronTrigger(day="last sun", week="*/2", day_of_week="mon-fri", timezone="UTC")]
    yield "job", [j.__getstate__() for j in (s.add_job(samples_user.function, "interval", hours=1), s.add_job(samples_user.function, "cron", hour=1))]
    yield "whole", s.add_job(samples_user.function, "interval", hours=1)
    s.shutdown()


def cachetools():
    import cachetools as c
    for cls in (c.LRUCache, c.LFUCache, c.FIFOCache, c.RRCache, c.MRUCache, c.Cache):
        x = cls(3)
        x["a"] = 1
        yield "cache", x
    yield "keys", [c.TTLCache(3, 9), c.keys.hashkey(1, a=2), c.keys.typedkey(1)]


def dogpile():
    from dogpile.cache import api
    yield "value", [api.CachedValue(1, {"ct": 1.0, "v": 2}), api.NO_VALUE, api.NoValue.NO_VALUE]


def beaker():
    import beaker.session
    yield "session", {"_accessed_time": 1.0, "_creation_time": 1.0, "a": datetime.datetime(2026, 1, 1)}


def multidict():
    import multidict as m
    yield "dicts", [m.MultiDict(a=1), m.CIMultiDict(a=1), m.istr("A"), m.MultiDictProxy(m.MultiDict(a=1)), m.CIMultiDictProxy(m.CIMultiDict(a=1))]


def yarl():
    import yarl
    yield "url", [yarl.URL("http://a/b?c=d"), yarl.URL("/x")]


def aiohttp():
    import aiohttp
    import aiohttp.web
    yield "errors", [aiohttp.ClientError("x"), aiohttp.ClientPayloadError("x"), aiohttp.ServerTimeoutError("x"), aiohttp.InvalidURL("x"), aiohttp.ClientTimeout(3), aiohttp.BasicAuth("u", "p"), aiohttp.web.HTTPNotFound(), aiohttp.WSMessage(1, "x", None), aiohttp.FormData(), aiohttp.http_exceptions.HttpProcessingError(message="x"), aiohttp.WSMsgType.TEXT, aiohttp.HttpVersion(1, 1)]


def httpx():
    import httpx
    yield "parts", [httpx.URL("http://a/b"), httpx.Headers({"a": "b"}), httpx.Request("GET", "http://a"), httpx.Response(200, content=b"x", request=httpx.Request("GET", "http://a")), httpx.Cookies({"a": "1"}), httpx.QueryParams({"a": "b"}), httpx.Timeout(3), httpx.HTTPError("x"), httpx.ConnectError("x"), httpx.Limits()]


def boto3():
    import boto3
    import boto3.dynamodb.conditions
    import boto3.dynamodb.types
    from botocore import exceptions
    yield "errors", [exceptions.ClientError({"Error": {"Code": "x"}}, "op"), exceptions.BotoCoreError(), exceptions.NoCredentialsError(), exceptions.EndpointConnectionError(endpoint_url="x"), __import__("botocore.config", fromlist=["x"]).Config()]
    yield "conditions", [boto3.dynamodb.conditions.Key("a").eq(1), boto3.dynamodb.types.Binary(b"x")]


def bson():
    import bson
    yield "types", [bson.ObjectId(), bson.DBRef("a", 1), bson.Regex("a"), bson.Code("x"), bson.Timestamp(1, 1), bson.MinKey(), bson.Decimal128("1.5"), bson.Int64(1), bson.Binary(b"x", 5), bson.SON(a=1), bson.errors.InvalidId("x"), bson.codec_options.CodecOptions()]


def redis():
    import redis
    yield "errors", [redis.ConnectionError("x"), redis.TimeoutError("x"), redis.ResponseError("x"), redis.exceptions.WatchError("x"), redis.exceptions.LockError("x")]


def marshmallow():
    import marshmallow as m
    yield "errors", [m.ValidationError("x"), m.fields.Int(), m.missing, m.validate.Range(1, 2)]


def lxml():
    from lxml import etree, objectify
    yield "objects", [objectify.fromstring("<a><b>1</b></a>"), etree._ElementUnicodeResult("x"), etree.XMLSyntaxError("x", 1, 1, 1), etree.XPath("//a"), objectify.DataElement(3), etree.ParseError("x", 1, 1, 1)]


def tornado():
    from tornado import escape, httpclient, httputil, util, web
    yield "parts", [httputil.HTTPHeaders({"a": "b"}), web.HTTPError(404), util.ObjectDict(a=1), httpclient.HTTPRequest("http://a"), escape.json_encode, httpclient.HTTPResponse(httpclient.HTTPRequest("http://a"), 200)]


def twisted():
    from twisted.internet import error
    from twisted.python import failure
    yield "failure", [failure.Failure(ValueError("x")), error.ConnectionDone("x"), error.ConnectionLost("x"), error.TimeoutError("x")]


def feedparser():
    import feedparser
    yield "dict", [feedparser.FeedParserDict(a=1), feedparser.parse("<rss><channel><title>x</title><item><title>y</title></item></channel></rss>")]


SAMPLES = {f.__name__: (f,) for f in (PIL, pydantic, sqlalchemy, django, celery, requests, bs4, markupsafe, yaml, attr, flask, werkzeug, jinja2, scrapy, rq, apscheduler, cachetools, dogpile, beaker, multidict, yarl, aiohttp, httpx, boto3, bson, redis, marshmallow, lxml, tornado, twisted, feedparser)}
