# Queues, jobs and caches whose default is pickle, and how it is chosen.
import aiocache
import json
import huey
import joblib
import requests_cache
import rq
import sqlalchemy
from aiocache.serializers import JsonSerializer, PickleSerializer
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from cashews import cache
from dogpile.cache import make_region
from dramatiq import set_encoder
from dramatiq.encoder import JSONEncoder, PickleEncoder
from prefect import flow
from rq.serializers import JSONSerializer

queue = rq.Queue("mail")  # want "PKL202 unsafe-config: rq.Queue is used without a justification: jobs are read"
queue = rq.Queue("mail", serializer=JSONSerializer)
timeout = rq.Queue.DEFAULT_TIMEOUT
jobs = rq.Queue.all(connection=redis)  # want "rq.Queue is handed on"
worker = rq.Worker([queue])  # want "rq.Worker"
jobs = huey.SqliteHuey("jobs")  # want "huey.SqliteHuey"
set_encoder(PickleEncoder())  # want "dramatiq.encoder.PickleEncoder"
set_encoder(JSONEncoder())
store = SQLAlchemyJobStore(url="sqlite:///jobs")  # want "apscheduler.jobstores.sqlalchemy.SQLAlchemyJobStore"
store = MemoryJobStore()
scheduler = BackgroundScheduler()
scheduler.add_jobstore("sqlalchemy", url="sqlite:///jobs")  # want "apscheduler.add_jobstore"
scheduler.add_jobstore("memory")
BackgroundScheduler({"apscheduler.jobstores.default": {"type": "redis"}})  # want "apscheduler.type"
SCHEDULER_DISK_QUEUE = "scrapy.squeues.PickleFifoDiskQueue"  # want "scrapy.SCHEDULER_DISK_QUEUE"
HTTPCACHE_STORAGE = "scrapy.extensions.httpcache.DbmCacheStorage"  # want "scrapy.HTTPCACHE_STORAGE"
HTTPCACHE_STORAGE = "project.storages.JsonStorage"
column = sqlalchemy.Column(sqlalchemy.PickleType)  # want "sqlalchemy.PickleType is handed on"
column = sqlalchemy.Column(sqlalchemy.PickleType(pickler=json))
types = {int, sqlalchemy.PickleType, joblib.Memory}
jobs = huey.RedisHuey("jobs", serializer=JSONSerializer())
connect(serializer="pickle")  # want "serializer is set to"
cached = requests_cache.CachedSession("x", serializer="pickle")  # want "requests_cache.CachedSession"
memory = joblib.Memory("/var/cache/x")  # want "joblib.Memory"
memory = joblib.Memory(location=None)
session = requests_cache.CachedSession("x")  # want "requests_cache.CachedSession"
session = requests_cache.CachedSession("x", serializer="json")
aiocache.Cache(aiocache.Cache.REDIS, serializer=PickleSerializer())  # want "serializer is set to `PickleSerializer\\(\\)`"
aiocache.Cache(aiocache.Cache.REDIS, serializer=JsonSerializer())
aiocache.caches.set_config({"default": {"serializer": {"class": "aiocache.serializers.PickleSerializer"}}})  # want "aiocache.class"
cache.setup("redis://localhost")  # want "cashews.setup"
cache.setup("redis://localhost", secret=key)
cache.setup("mem://")
region = make_region().configure("dogpile.cache.redis", arguments={})  # want "dogpile.backend"
region = make_region().configure("dogpile.cache.memory")
region = make_region(serializer=dumps, deserializer=loads)
region.configure("dogpile.cache.redis")


@flow(result_serializer="pickle")  # want "prefect.result_serializer"
def pipeline():
    pass


@flow(result_serializer="json")
def other():
    pass
