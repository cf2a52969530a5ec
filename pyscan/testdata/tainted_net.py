# What comes over the network, from queues and stores: PKL203.
import asyncio
import base64
import email
import ftplib
import functools
import gzip
import imaplib
import io
import multiprocessing
import os
import pickle
import poplib
import socket
import socketserver
import sqlite3
import sys
import threading
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Client, Listener
from urllib.request import urlopen

import aiohttp
import asyncpg
import azure.storage.blob
import boto3
import dill
import httpx
import joblib
import kafka
import kombu
import memcache
import minio
import numpy as np
import paho.mqtt.client as mqtt
import pandas as pd
import paramiko
import pika
import psycopg2
import pymongo
import redis
import requests
import torch
import websockets
import zmq
from celery import Celery, shared_task
from confluent_kafka import Consumer
from google.cloud import pubsub_v1, storage
from kafka import KafkaConsumer
from redis import Redis, StrictRedis
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session


def sock_recv(host):
    s = socket.socket()
    s.connect((host, 99))
    return pickle.loads(s.recv(4096))  # want "tainted-load.*a socket"


def sock_loop():
    server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    server.bind(("", 9))
    server.listen()
    while True:
        conn, addr = server.accept()
        with conn:
            chunks = []
            while True:
                chunk = conn.recv(4096)
                if not chunk:
                    break
                chunks.append(chunk)
            print(pickle.loads(b"".join(chunks)))  # want "tainted-load"


def sock_udp():
    sock = socket.socket(type=socket.SOCK_DGRAM)
    data, peer = sock.recvfrom(65535)
    return pickle.loads(data)  # want "tainted-load"


def sock_file(conn):
    with conn.makefile("rb") as fh:
        pass
    f = socket.create_connection(("h", 1)).makefile("rb")
    return pickle.load(f)  # want "tainted-load"


def receive(conn):
    return pickle.loads(conn.recv(1024))  # want "tainted-load"


def recv_exactly(sock, n):
    buf = bytearray()
    while len(buf) < n:
        buf += sock.recv(n - len(buf))
    return bytes(buf)


def framed(sock):
    size = int.from_bytes(recv_exactly(sock, 4), "big")
    return pickle.loads(recv_exactly(sock, size))  # want "tainted-load"


def into(sock):
    view = memoryview(bytearray(100))
    sock.recv_into(view)
    return pickle.loads(view)  # want "tainted-load"


class Threaded:
    def __init__(self, host):
        self.sock = socket.socket()
        self.sock.connect((host, 1))
        self.buffer = b""

    def pump(self):
        self.buffer += self.sock.recv(1)

    def message(self):
        return pickle.loads(self.buffer)  # want "tainted-load"


def serve_one(conn, addr):
    raw = conn.recv(10)
    handle(raw)


def handle(raw):
    pickle.loads(raw)  # want "tainted-load"


def accept_all():
    srv = socket.create_server(("", 1))
    while True:
        c, a = srv.accept()
        threading.Thread(target=serve_one, args=(c, a)).start()


class TCP(socketserver.StreamRequestHandler):
    def handle(self):
        line = self.rfile.readline()
        pickle.loads(line)  # want "tainted-load"
        pickle.load(self.rfile)  # want "tainted-load"


class Raw(socketserver.BaseRequestHandler):
    def handle(self):
        self.data = self.request.recv(1024).strip()
        obj = pickle.loads(self.data)  # want "tainted-load"
        body, sock = self.request
        other = pickle.loads(body)  # want "tainted-load"


async def stream_client(reader, writer):
    data = await reader.readexactly(100)
    return pickle.loads(data)  # want "tainted-load"


async def client():
    r, w = await asyncio.open_connection("h", 1)
    return pickle.loads(await r.read())  # want "tainted-load"


async def on_client(r, w):
    return pickle.loads(await r.readline())  # want "tainted-load"


async def main():
    await asyncio.start_server(on_client, "", 1)


class Proto(asyncio.Protocol):
    def data_received(self, data):
        self.got = pickle.loads(data)  # want "tainted-load"


class Datagram(asyncio.DatagramProtocol):
    def datagram_received(self, data, addr):
        pickle.loads(data)  # want "tainted-load"


async def ws_handler(websocket):
    async for message in websocket:
        pickle.loads(message)  # want "tainted-load.*websocket"


async def ws_client():
    async with websockets.connect("ws://h") as ws:
        return pickle.loads(await ws.recv())  # want "tainted-load"


# zmq and multiprocessing.
def z():
    ctx = zmq.Context()
    sub = ctx.socket(zmq.SUB)
    a = pickle.loads(sub.recv())  # want "tainted-load.*zmq"
    topic, payload = sub.recv_multipart()
    b = pickle.loads(payload)  # want "tainted-load"
    c = sub.recv_pyobj()  # want "tainted-load"
    return a, b, c


def mp(address):
    with Client(address) as conn:
        return pickle.loads(conn.recv_bytes())  # want "tainted-load"


def mp_listen():
    # picklelint:trust boundary=internal reason="the key is in the vault of the cluster only"
    with Listener(("", 1), authkey=KEY) as listener:
        with listener.accept() as conn:
            return conn.recv()  # want "tainted-load"


# HTTP clients.
def fetch(url):
    return pickle.loads(urlopen(url).read())  # want "tainted-load.*the answer of another server"


def fetch_with(url):
    with urllib.request.urlopen(url) as response:
        return pickle.load(response)  # want "tainted-load"


def fetch_requests(url):
    r = requests.get(url, timeout=3)
    r.raise_for_status()
    return pickle.loads(r.content)  # want "tainted-load"


def fetch_raw(url):
    return joblib.load(io.BytesIO(requests.get(url).content))  # want "tainted-load"


def fetch_session(url):
    s = requests.Session()
    with s.get(url, stream=True) as resp:
        return pickle.load(resp.raw)  # want "tainted-load"


def fetch_httpx(url):
    with httpx.Client() as client:
        return pickle.loads(client.get(url).content)  # want "tainted-load"


async def fetch_aio(url):
    async with aiohttp.ClientSession() as session:
        async with session.get(url) as resp:
            return pickle.loads(await resp.read())  # want "tainted-load"


def fetch_gz(url):
    return pickle.load(gzip.GzipFile(fileobj=urlopen(url)))  # want "tainted-load"


def fetch_pandas(url):
    return pd.read_pickle(io.BytesIO(requests.get(url).content))  # want "tainted-load"


def download(url):
    urllib.request.urlretrieve(url, "model.pkl")
    with open("model.pkl", "rb") as fh:
        return pickle.load(fh)  # want "tainted-load"


def download_to(url, path):
    with open(path, "wb") as out:
        out.write(requests.get(url).content)
    return joblib.load(path)  # want "tainted-load"


def download_stream(url, dest):
    with requests.get(url, stream=True) as r, open(dest, "wb") as f:
        for chunk in r.iter_content(8192):
            f.write(chunk)
    return torch.load(dest)  # want "tainted-load"


def download_name(url):
    name, headers = urllib.request.urlretrieve(url)
    return pickle.load(open(name, "rb"))  # want "tainted-load"


def ftp(host):
    conn = ftplib.FTP(host)
    buf = io.BytesIO()
    conn.retrbinary("RETR m.pkl", buf.write)
    buf.seek(0)
    return pickle.load(buf)  # want "tainted-load"


def ftp_file(host):
    conn = ftplib.FTP(host)
    with open("local.pkl", "wb") as fp:
        conn.retrbinary("RETR m.pkl", fp.write)
    return pickle.load(open("local.pkl", "rb"))  # want "tainted-load"


def sftp(host):
    ssh = paramiko.SSHClient()
    ssh.connect(host)
    sftp = ssh.open_sftp()
    with sftp.open("/data/m.pkl") as fh:
        a = pickle.load(fh)  # want "tainted-load"
    sftp.get("/data/n.pkl", "n.pkl")
    return a, joblib.load("n.pkl")  # want "tainted-load"


# Stores.
def cache(key):
    r = redis.Redis(host="cache")
    value = r.get(key)
    if value is not None:
        return pickle.loads(value)  # want "tainted-load.*a Redis server"


class Cache:
    def __init__(self, url):
        self.client = StrictRedis.from_url(url)

    def get(self, key):
        raw = self.client.get(key)
        return pickle.loads(raw) if raw else None  # want "tainted-load"

    def many(self, keys):
        return [pickle.loads(v) for v in self.client.mget(keys) if v]  # want "tainted-load"

    def all(self):
        return {k: pickle.loads(v) for k, v in self.client.hgetall("h").items()}  # want "tainted-load"


def typed(client: Redis, key):
    return pickle.loads(client.get(key))  # want "tainted-load"


def pubsub():
    p = redis.Redis().pubsub()
    for message in p.listen():
        pickle.loads(message["data"])  # want "tainted-load"


def mc(key):
    return pickle.loads(memcache.Client(["h"]).get(key))  # want "unsafe-config" "tainted-load.*memcached"


def s3(bucket, key):
    s3 = boto3.client("s3")
    obj = s3.get_object(Bucket=bucket, Key=key)
    return pickle.loads(obj["Body"].read())  # want "tainted-load.*object store"


def s3_resource(bucket, key):
    res = boto3.resource("s3")
    return pickle.loads(res.Object(bucket, key).get()["Body"].read())  # want "tainted-load"


def s3_fileobj(bucket, key):
    buf = io.BytesIO()
    boto3.client("s3").download_fileobj(bucket, key, buf)
    buf.seek(0)
    return joblib.load(buf)  # want "tainted-load"


def s3_file(bucket, key):
    client = boto3.client("s3")
    client.download_file(bucket, key, "model.joblib")
    return joblib.load("model.joblib")  # want "tainted-load"


def sqs(url):
    q = boto3.client("sqs")
    for m in q.receive_message(QueueUrl=url)["Messages"]:
        pickle.loads(base64.b64decode(m["Body"]))  # want "tainted-load"


def gcs(bucket, name):
    blob = storage.Client().bucket(bucket).blob(name)
    return pickle.loads(blob.download_as_bytes())  # want "tainted-load"


def gcs_file(bucket, name):
    blob = storage.Client().get_bucket(bucket).blob(name)
    blob.download_to_filename("g.pkl")
    return pickle.load(open("g.pkl", "rb"))  # want "tainted-load"


def azure_blob(conn_str):
    service = azure.storage.blob.BlobServiceClient.from_connection_string(conn_str)
    return pickle.loads(service.get_blob_client("c", "b").download_blob().readall())  # want "tainted-load"


# Queues.
def consume():
    for msg in KafkaConsumer("topic"):
        pickle.loads(msg.value)  # want "tainted-load.*Kafka"


consumer = KafkaConsumer("topic", value_deserializer=lambda v: pickle.loads(v))  # want "tainted-load"
other = KafkaConsumer("topic", value_deserializer=pickle.loads)  # want "tainted-load"


def confluent():
    c = Consumer({})
    while True:
        msg = c.poll(1.0)
        if msg is None or msg.error():
            continue
        pickle.loads(msg.value())  # want "tainted-load"


def on_message(ch, method, properties, body):
    pickle.loads(body)  # want "tainted-load"


def amqp():
    connection = pika.BlockingConnection()
    channel = connection.channel()
    channel.basic_consume(queue="q", on_message_callback=cb)
    method, props, body = channel.basic_get("q")
    pickle.loads(body)  # want "tainted-load"


def cb(c, m, p, b):
    pickle.loads(b)  # want "tainted-load.*RabbitMQ"


def kombu_cb(body, message):
    pickle.loads(body)  # want "tainted-load"


def on_mqtt(client, userdata, msg):
    pickle.loads(msg.payload)  # want "tainted-load"


def run_mqtt():
    client = mqtt.Client()
    client.on_message = on_any
    client.loop_forever()


def on_any(c, u, m):
    pickle.loads(m.payload)  # want "tainted-load"


app = Celery("t")


@app.task
def work(payload):
    return pickle.loads(base64.b64decode(payload))  # want "tainted-load.*a message of a queue"


@shared_task(bind=True)
def work2(self, blob):
    return pickle.loads(blob)  # want "tainted-load"


def pull(sub):
    subscriber = pubsub_v1.SubscriberClient()
    subscriber.subscribe(sub, callback=on_pubsub)


def on_pubsub(message):
    pickle.loads(message.data)  # want "tainted-load"


# Databases.
def row(id):
    conn = sqlite3.connect("x.db")
    cur = conn.cursor()
    cur.execute("select blob from t where id = ?", (id,))
    return pickle.loads(cur.fetchone()[0])  # want "tainted-load.*a database"


def rows():
    with psycopg2.connect("") as conn:
        with conn.cursor() as cur:
            cur.execute("select a, b from t")
            for a, b in cur:
                yield pickle.loads(b)  # want "tainted-load"


def unknown_cursor(cursor):
    return [pickle.loads(r[0]) for r in cursor.fetchall()]  # want "tainted-load"


def alchemy():
    engine = create_engine("x")
    with engine.connect() as conn:
        for r in conn.execute(text("select")):
            yield pickle.loads(r.blob)  # want "tainted-load"


def orm(session: Session, id):
    return pickle.loads(session.get(Thing, id).state)  # want "tainted-load"


def mongo(id):
    doc = pymongo.MongoClient().db.things.find_one({"_id": id})
    return pickle.loads(doc["blob"])  # want "tainted-load"


async def pg():
    conn = await asyncpg.connect("x")
    return pickle.loads(await conn.fetchval("select"))  # want "tainted-load"


# Mail.
def mails(host):
    m = imaplib.IMAP4_SSL(host)
    typ, data = m.fetch("1", "(RFC822)")
    msg = email.message_from_bytes(data[0][1])
    for part in msg.walk():
        pickle.loads(part.get_payload(decode=True))  # want "tainted-load.*mail"


# Operator.
def stdin():
    a = pickle.load(sys.stdin.buffer)  # want "tainted-load.*standard input"
    b = pickle.loads(sys.stdin.buffer.read())  # want "tainted-load"
    c = pickle.loads(base64.b64decode(os.environ["STATE"]))  # want "tainted-load.*the environment"
    d = pickle.loads(bytes.fromhex(sys.argv[1]))  # want "tainted-load.*the command line"
    e = pickle.loads(base64.b64decode(input("> ")))  # want "tainted-load"
    f = pickle.loads(os.getenv("X").encode("latin1"))  # want "tainted-load"
    return a, b, c, d, e, f


# Handed on.
def handed(r):
    conn = redis.Redis()
    a = list(map(pickle.loads, conn.lrange("l", 0, -1)))  # want "tainted-load"
    with ThreadPoolExecutor() as pool:
        b = pool.submit(pickle.loads, requests.get("u").content).result()  # want "tainted-load"
    c = functools.partial(pickle.loads)(conn.get("k"))  # want "tainted-load"
    return a, b, c
