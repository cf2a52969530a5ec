"""What web applications and helpers store: attrs, pydantic, SQLAlchemy, Django, Celery, Pillow; dill and cloudpickle."""

import datetime


def PIL():
    from PIL import Image, ImageFont
    yield "image", [Image.new("RGB", (2, 2)), Image.new("L", (1, 1))]
    yield "palette", Image.new("P", (1, 1))


def pydantic():
    import pydantic
    import pydantic.color as c
    yield "colour", c.Color("red")
    yield "secret", pydantic.SecretStr("x")
    yield "error", pydantic.ValidationError


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


def celery():
    from celery.exceptions import Retry, TaskRevokedError
    yield "exc", [Retry("x"), TaskRevokedError("x")]


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


def bs4():
    import bs4
    yield "soup", bs4.BeautifulSoup("<a>x</a>", "html.parser")


def markupsafe():
    import markupsafe
    yield "markup", markupsafe.Markup("x")


def yaml():
    import yaml
    yield "error", yaml.YAMLError("x")


SAMPLES = {f.__name__: f for f in (PIL, pydantic, sqlalchemy, django, celery, requests, bs4, markupsafe, yaml)}
