"""Caches, queues, tables, buckets, registries, the network, processes and sessions."""
import base64
import io
import multiprocessing
import pickle
import shelve
import socket
import sqlite3
import sys
import zlib

import boto3
import mlflow
import redis
import requests
import torch.distributed as dist
from django.core.cache import cache
from flask import request
from google.cloud import storage
from kafka import KafkaConsumer, KafkaProducer
from sqlalchemy import Column, PickleType

r = redis.Redis()
PREFIX = "job:"


def caches(user, x):
    r.set(f"job:{user}", pickle.dumps(x, protocol=4))  # dump pickle.dumps 4 cache:job:* format set
    pickle.loads(r.get(PREFIX + user))  # site pickle.loads cache:job:* format get
    r.setex("k", 60, zlib.compress(pickle.dumps(x)))  # dump pickle.dumps default cache:k literal setex
    pickle.loads(zlib.decompress(r.get(b"k")))  # site pickle.loads cache:k literal get
    cache.set("view", pickle.dumps(x))  # dump pickle.dumps default cache:view literal django.core.cache.cache.set
    pickle.loads(cache.get("view"))  # site pickle.loads cache:view literal django.core.cache.cache.get
    r.hset("h", "field", pickle.dumps(x))  # dump pickle.dumps default cache:h literal hset
    data = r.hget("h", "field")
    pickle.loads(data)  # site pickle.loads cache:h literal hget
    r["item"] = pickle.dumps(x)  # dump pickle.dumps default cache:item literal __setitem__
    pickle.loads(r["item"])  # site pickle.loads cache:item literal __getitem__
    r.get(pickle.dumps(x))  # dump pickle.dumps default cache: get
    s = shelve.open("shelf.db")  # site shelve.open file:shelf.db literal shelve.open dump shelve.open - file:shelf.db literal shelve.open


def on_message(channel, method, properties, body):
    pickle.loads(body)  # site pickle.loads queue:tasks literal basic_consume


def queues(channel, sqs, x):
    channel.basic_publish(exchange="", routing_key="tasks", body=pickle.dumps(x))  # dump pickle.dumps default queue:tasks literal basic_publish
    channel.basic_publish(exchange="logs", routing_key="", body=pickle.dumps(x))  # dump pickle.dumps default queue:logs literal basic_publish
    channel.basic_consume(queue="tasks", on_message_callback=on_message)
    r.rpush("work", pickle.dumps(x))  # dump pickle.dumps default queue:work literal rpush
    pickle.loads(r.lpop("work"))  # site pickle.loads queue:work literal lpop
    producer = KafkaProducer()
    producer.send("topic", pickle.dumps(x))  # dump pickle.dumps default queue:topic literal send
    consumer = KafkaConsumer("topic")
    for message in consumer:
        pickle.loads(message.value)  # site pickle.loads queue:topic literal kafka.KafkaConsumer
    KafkaConsumer("topic", value_deserializer=pickle.loads)  # site pickle.loads queue:topic literal kafka.KafkaConsumer
    KafkaProducer(value_serializer=lambda v: pickle.dumps(v))  # dump pickle.dumps default queue: kafka.KafkaProducer
    KafkaProducer(value_serializer=pickle.dumps)  # dump pickle.dumps - queue: kafka.KafkaProducer
    body = base64.b64encode(pickle.dumps(x)).decode()  # dump pickle.dumps default queue:q1 literal send_message
    sqs.send_message(QueueUrl="q1", MessageBody=body)


def tables(conn, x):
    cur = conn.cursor()
    cur.execute("INSERT INTO jobs (data) VALUES (?)", (sqlite3.Binary(pickle.dumps(x)),))  # dump pickle.dumps default table:jobs literal execute
    cur.execute("SELECT data FROM Jobs WHERE id = %s", (1,))
    row = cur.fetchone()
    pickle.loads(row[0])  # site pickle.loads table:jobs literal fetchone
    for (blob,) in conn.execute('SELECT b FROM "other"'):
        pickle.loads(blob)  # site pickle.loads table:other literal execute
    db = conn.db
    db.models.insert_one({"model": pickle.dumps(x)})  # dump pickle.dumps default table:models literal insert_one
    pickle.loads(db["models"].find_one({})["model"])  # site pickle.loads table:models literal find_one


class Task:
    __tablename__ = "tasks"
    result = Column(PickleType)  # site sqlalchemy.PickleType table:tasks literal sqlalchemy.PickleType dump sqlalchemy.PickleType - table:tasks literal sqlalchemy.PickleType


def buckets(user, x):
    s3 = boto3.client("s3")
    s3.put_object(Bucket="b", Key=f"m/{user}.pkl", Body=pickle.dumps(x))  # dump pickle.dumps default bucket:b/m/*.pkl format put_object
    pickle.loads(s3.get_object(Bucket="b", Key="m/%s.pkl" % user)["Body"].read())  # site pickle.loads bucket:b/m/*.pkl format get_object
    buffer = io.BytesIO()
    s3.download_fileobj("b", "x.pkl", buffer)
    buffer.seek(0)
    pickle.load(buffer)  # site pickle.load bucket:b/x.pkl literal download_fileobj
    out = io.BytesIO()
    pickle.dump(x, out)  # dump pickle.dump default bucket:b/y.pkl literal upload_fileobj
    s3.upload_fileobj(out, "b", "y.pkl")
    pickle.loads(boto3.resource("s3").Object("b", "z.pkl").get()["Body"].read())  # site pickle.loads bucket:b/z.pkl literal Object
    client = storage.Client()
    pickle.loads(client.bucket("g").blob("w.pkl").download_as_bytes())  # site pickle.loads bucket:g/w.pkl literal blob
    client.bucket("g").blob("w.pkl").upload_from_string(pickle.dumps(x))  # dump pickle.dumps default bucket:g/w.pkl literal blob


def registries(model):
    mlflow.pyfunc.load_model("models:/churn/Production")  # site mlflow.pyfunc.load_model registry:churn literal mlflow.pyfunc.load_model
    mlflow.sklearn.log_model(model, "model", registered_model_name="churn")  # dump mlflow.sklearn.log_model - registry:churn literal mlflow.sklearn.log_model


def network(x):
    pickle.loads(requests.get("https://host/m.pkl").content)  # site pickle.loads network:https://host/m.pkl literal requests.get
    requests.post("https://host/in", data=pickle.dumps(x))  # dump pickle.dumps default network:https://host/in literal requests.post
    pickle.loads(request.data)  # site pickle.loads network: flask.request
    sock = socket.create_connection(("host", 1))
    sock.sendall(pickle.dumps(x))  # dump pickle.dumps default network: sendall
    pickle.loads(sock.recv(4096))  # site pickle.loads network: recv
    pickle.load(sock.makefile("rb"))  # site pickle.load network: makefile


def processes(x):
    queue = multiprocessing.Queue()
    queue.put(x)  # dump multiprocessing.Queue.put default process:
    queue.put(pickle.dumps(x))  # dump multiprocessing.Queue.put default process: dump pickle.dumps default process: multiprocessing.Queue
    a, b = multiprocessing.Pipe()
    a.send_bytes(pickle.dumps(x))  # dump pickle.dumps default process: send_bytes
    pickle.loads(b.recv_bytes())  # site pickle.loads process: recv_bytes
    dist.broadcast_object_list([x])  # site torch.distributed.broadcast_object_list process: torch.distributed.broadcast_object_list dump torch.distributed.broadcast_object_list - process: torch.distributed.broadcast_object_list
    pickle.load(sys.stdin.buffer)  # site pickle.load process: sys.stdin
    pickle.dump(x, sys.stdout.buffer)  # dump pickle.dump default process: sys.stdout


def staying(x):
    pickle.loads(pickle.dumps(x))  # site pickle.loads - dump pickle.dumps default -
    len(pickle.dumps(x))  # dump pickle.dumps default -
    buffer = io.BytesIO()
    pickle.dump(x, buffer)  # dump pickle.dump default -
    pickle.loads(b"N.")  # site pickle.loads -


def not_staying(x, parts):
    data = pickle.dumps(x)  # dump pickle.dumps default unknown
    register(len(data), data)
    pickle.loads(b"".join(parts))  # site pickle.loads unknown
    pickle.load(io.BytesIO(parts))  # site pickle.load unknown
    out = io.BytesIO()
    pickle.dump(x, out)  # dump pickle.dump default unknown
    return out


def public_copy(data):
    return pickle.loads(data)  # site pickle.loads unknown


def copies(x):
    public_copy(pickle.dumps(x))  # dump pickle.dumps default -
    list(map(pickle.loads, r.lrange("many", 0, -1)))  # site pickle.loads cache:many literal lrange
    packed(pickle.dumps(x))  # dump pickle.dumps default unknown


def packed(data):
    return None if data is None else data.hex()


def item_of_answer(cache_client):
    entry = cache_client.lookup("k")
    pickle.loads(entry["value"])  # site pickle.loads unknown


def one_of_two(x, backend):
    data = backend.state()
    if x:
        data = pickle.dumps(x)  # dump pickle.dumps default unknown
        backend.save(data)
    pickle.loads(data)  # site pickle.loads unknown


def passed_on(x):
    return pickle.dumps(x)  # dump pickle.dumps default cache:passed literal set


def _store(key, value):
    r.set(key, value)


def passes(x):
    r.set("passed", passed_on(x))
    _store("given", pickle.dumps(x))  # dump pickle.dumps default cache:given constant set


app.conf.task_serializer = "pickle"  # site celery.task_serializer queue: config celery.task_serializer dump celery.task_serializer - queue: config celery.task_serializer
app.conf.accept_content = ["pickle"]  # site celery.accept_content queue: config celery.accept_content
SESSION_SERIALIZER = "django.contrib.sessions.serializers.PickleSerializer"  # site django.SESSION_SERIALIZER session: config django.SESSION_SERIALIZER dump django.SESSION_SERIALIZER - session: config django.SESSION_SERIALIZER
