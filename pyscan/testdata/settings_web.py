# Django, Flask and what signs cookies.
import os
import pickle
import dill
from beaker.middleware import SessionMiddleware
from django.core import signing
from django.contrib.sessions.serializers import PickleSerializer
from mysite.serializers import PickleSerializer as Renamed
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from flask_caching import Cache
from itsdangerous import Serializer, URLSafeSerializer, URLSafeTimedSerializer
from pyramid.session import SignedCookieSessionFactory

SESSION_SERIALIZER = "django.contrib.sessions.serializers.PickleSerializer"  # want "django.SESSION_SERIALIZER"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",  # want "django.CACHES"
        "LOCATION": "redis://127.0.0.1:6379",
    },
    "files": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache"},  # want "django.CACHES"
    "table": {"BACKEND": "django.core.cache.backends.db.DatabaseCache"},  # want "django.CACHES"
    "memcached": {"BACKEND": "django.core.cache.backends.memcached.PyMemcacheCache"},  # want "django.CACHES"
    "other": {"BACKEND": "django_redis.cache.RedisCache"},  # want "django.CACHES"
    "json": {
        "BACKEND": "django_redis.cache.RedisCache",
        "OPTIONS": {"SERIALIZER": "django_redis.serializers.json.JSONSerializer"},
    },
    "pickled": {
        "BACKEND": "django_redis.cache.RedisCache",  # want "django.CACHES"
        "OPTIONS": {"SERIALIZER": "django_redis.serializers.pickle.PickleSerializer"},  # want "django_redis.SERIALIZER"
    },
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "none": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
}
signing.loads(value, serializer=PickleSerializer)  # want "set to `PickleSerializer`"
signing.dumps(value, serializer=signing.JSONSerializer)
signing.loads(value, serializer=Renamed)  # want "set to `Renamed`"

app = Flask(__name__)
app.session_serializer = pickle  # want "flask.session_serializer is set to `pickle`"
app.config["SESSION_TYPE"] = "filesystem"  # want "flask_session.SESSION_TYPE"
app.config["CACHE_TYPE"] = "redis"  # want "flask_caching.CACHE_TYPE"
app.config.update(CACHE_TYPE="FileSystemCache", CACHE_DIR="/tmp")  # want "flask_caching.CACHE_TYPE"
app.config.from_mapping({"CACHE_TYPE": "flask_caching.backends.MemcachedCache"})  # want "flask_caching.CACHE_TYPE"
app.config.from_mapping(SESSION_TYPE="redis")  # want "flask_session.SESSION_TYPE"
Cache(app, config={"CACHE_TYPE": "RedisCache"})  # want "flask_caching.CACHE_TYPE"


class Pickled(SecureCookieSessionInterface):
    serializer = pickle  # want "is set to `pickle`"
    session_serializer = dill  # want "flask.session_serializer"


signer = URLSafeSerializer("key", serializer=pickle)  # want "itsdangerous.URLSafeSerializer"
signer = URLSafeTimedSerializer("key", salt="x", serializer=pickle)  # want "itsdangerous.URLSafeTimedSerializer"
signer = Serializer(secret, serializer=dill)  # want "itsdangerous.Serializer is used"
signer = Serializer("key", b"salt", pickle)  # want "itsdangerous.Serializer is used"
factory = SignedCookieSessionFactory("secret", serializer=PickleSerializer())  # want "pyramid.session.SignedCookieSessionFactory"
factory = SignedCookieSessionFactory("secret")  # want "pyramid.session.SignedCookieSessionFactory"
SessionMiddleware(wsgi, data_serializer="pickle")  # want "beaker.data_serializer"
SessionMiddleware(wsgi, {"session.data_serializer": "pickle"})  # want "beaker.data_serializer"

# Look-alikes.
SESSION_SERIALIZER = "django.contrib.sessions.serializers.JSONSerializer"
app.config["SESSION_TYPE"] = "null"
app.config["CACHE_TYPE"] = "SimpleCache"
app.config["CACHE_TYPE"] = "null"
Cache(app, config={"CACHE_TYPE": "simple"})
signer = URLSafeSerializer("key")
signer = URLSafeSerializer("key", serializer=self.serializer)
signer = Serializer("key", serializer=json)
SessionMiddleware(wsgi, {"session.data_serializer": "json"})
if settings.SESSION_SERIALIZER == "django.contrib.sessions.serializers.PickleSerializer":
    raise SystemExit
DATABASES = {"default": {"BACKEND": "django.db.backends.sqlite3"}}
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"


@override_settings(SESSION_SERIALIZER="django.contrib.sessions.serializers.PickleSerializer")
def test_old_sessions():
    pass
