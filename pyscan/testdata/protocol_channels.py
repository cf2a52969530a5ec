# Where bytes go that are written without a protocol, or with the newest.
import base64
import gzip
import io
import os
import pickle
import sqlite3
import sys
import tempfile
import zlib
from pathlib import Path

import cloudpickle
import dill
import joblib
import pandas as pd
import redis
import zmq

HIGH = pickle.HIGHEST_PROTOCOL


def files(obj, path, fh, f, outfile, stream, dst):
    with open(path, "wb") as out:
        pickle.dump(obj, out)  # want "PKL210 missing-protocol: pickle.dump writes to `out` without a protocol"
        pickle.dump(obj, out, protocol=None)  # want "PKL210"
        pickle.dump(obj, out, None)  # want "PKL210"
        pickle.dump(obj, out, 4)
        pickle.dump(obj, out, protocol=5)
        pickle.dump(obj, file=out, protocol=-1)  # want "PKL212 unpinned-protocol: pickle.dump writes to `out` with -1, the newest protocol"
        pickle.dump(obj, out, HIGH)  # want "PKL212"
        pickle.dump(obj, out, pickle.DEFAULT_PROTOCOL)  # want "PKL212 .* the default protocol of whichever Python runs: 0 in Python 2"
        pickle.Pickler(out).dump(obj)  # want "PKL210"
        pickle.Pickler(out, -1).dump(obj)  # want "PKL212"
    pickle.dump(obj, fh)  # want "PKL210"
    pickle.dump(obj, f, -1)  # want "PKL212"
    pickle.dump(obj, outfile, pickle.HIGHEST_PROTOCOL)  # want "PKL212"
    pickle.dump(obj, stream)  # want "PKL210"
    pickle.dump(obj, dst, fix_imports=False)  # want "PKL210"
    pickle.dump(obj, f, pickle.DEFAULT_PROTOCOL)
    pickle.dump(obj, open(path, "wb"), pickle.DEFAULT_PROTOCOL)  # want "PKL212"
    pickle.dump(obj, gzip.open(path, "wb"))  # want "PKL210"
    pickle.dump(obj, Path(path).open("wb"))  # want "PKL210"
    pickle.dump(obj, sys.stdout.buffer)  # want "PKL210"
    Path(path).write_bytes(pickle.dumps(obj))  # want "PKL210"
    open(path, "wb").write(zlib.compress(pickle.dumps(obj, HIGH)))  # want "PKL212"
    os.write(3, pickle.dumps(obj))  # want "PKL210"


def paths(frame, model, path):
    joblib.dump(model, "model.joblib")  # want "PKL210 missing-protocol: joblib.dump writes to"
    joblib.dump(model, path, compress=3)  # want "PKL210"
    joblib.dump(model, path, 0, 4)
    joblib.dump(model, path, protocol=HIGH)  # want "PKL212"
    frame.to_pickle(path)  # want "PKL210 .* the newest is 2 in Python 2"
    frame.to_pickle(path, "gzip", 4)
    frame.to_pickle(path, protocol=pickle.HIGHEST_PROTOCOL)  # want "PKL212"
    pd.to_pickle(frame, path, protocol=4)
    pd.to_pickle(frame, path)  # want "PKL210"
    frame.to_pickle(io.BytesIO())
    joblib.dump(model, os.devnull)


class Store:
    def __init__(self, path):
        self.file = open(path, "wb")
        self.buf = io.BytesIO()
        self.client = redis.Redis()

    def save(self, obj):
        pickle.dump(obj, self.file)  # want "PKL210"
        pickle.dump(obj, self.buf)
        self.client.set("k", pickle.dumps(obj))  # want "PKL210"
        self.cache.set("k", pickle.dumps(obj, -1))  # want "PKL212"
        self.options.set("k", pickle.dumps(obj, -1))

    def serialize(self, obj):
        return pickle.dumps(obj, protocol=HIGH)  # want "PKL212"

    def fingerprint(self, obj):
        return pickle.dumps(obj, protocol=HIGH)


def sent(sock, producer, queue, ws, obj, conn):
    sock.sendall(pickle.dumps(obj))  # want "PKL210"
    data = pickle.dumps(obj)  # want "PKL210"
    size = len(data)
    sock.send(size)
    sock.sendall(data)
    ws.send(base64.b64encode(cloudpickle.dumps(obj)))  # want "PKL210 .* cloudpickle.dumps writes what leaves the process without a protocol: the newest is"
    producer.send("topic", value=dill.dumps(obj))  # want "PKL210"
    zmq.Context().socket(zmq.PUSH).send_multipart([b"", pickle.dumps(obj, -1)])  # want "PKL212"
    queue.put(pickle.dumps(obj, -1))
    conn.send(obj)


def stored(obj, cursor, conn, bucket, db, collection):
    cursor.execute("insert into t values (?)", (pickle.dumps(obj),))  # want "PKL210"
    cursor.executemany("insert into t values (?)", [(pickle.dumps(o),) for o in obj])  # want "PKL210"
    conn.execute("update t set x = ?", [sqlite3.Binary(pickle.dumps(obj, 2 + 2))])
    conn.execute("update t set x = ?", [sqlite3.Binary(pickle.dumps(obj, -1))])  # want "PKL212"
    bucket.put_object(Key="k", Body=pickle.dumps(obj))  # want "PKL210"
    db[b"k"] = pickle.dumps(obj)  # want "PKL210"
    collection.insert_one({"data": pickle.dumps(obj)})  # want "PKL210"
    data = blob = pickle.dumps(obj)
    text = pickle.dumps(obj, HIGH).hex()  # want "PKL212"
    cursor.execute("insert into t values (?)", (text,))


def memory(obj, s3, path):
    buf = io.BytesIO()
    pickle.dump(obj, buf, -1)  # want "PKL212"
    s3.upload_fileobj(buf, "bucket", "key")
    inner = io.BytesIO()
    pickle.dump(obj, inner)  # want "PKL210"
    open(path, "wb").write(inner.getvalue())
    alone = io.BytesIO()
    pickle.dump(obj, alone)
    pickle.Pickler(alone, -1).dump(obj)
    return alone.tell()


def moved(obj, path):
    with tempfile.NamedTemporaryFile(delete=False) as fh:
        pickle.dump(obj, fh)  # want "PKL210"
    os.replace(fh.name, path)


class Column:
    def process_bind_param(self, value, dialect):
        return pickle.dumps(value)  # want "PKL210"

    def get_prep_value(self, value):
        if (data := pickle.dumps(value, -1)):  # want "PKL212"
            return data


def walrus(obj, sock):
    if (data := pickle.dumps(obj)):  # want "PKL210"
        sock.sendall(data)


def view(request, obj):
    if request.path == "/new":
        return HttpResponse(pickle.dumps(obj))  # want "PKL210"
    return Response(content=base64.b64encode(pickle.dumps(obj, -1)), status=200)  # want "PKL212"


def encode_message(obj):
    return len(obj), pickle.dumps(obj, protocol=pickle.HIGHEST_PROTOCOL)  # want "PKL212"


def fetch(requests, s3, obj, url):
    requests.post(url, data=pickle.dumps(obj))  # want "PKL210"
    s3.Object("b", "k").put(Body=pickle.dumps(obj))  # want "PKL210"
    registry.put(pickle.dumps(obj))


def remember(response, piped, value):
    response.set_cookie("state", base64.b64encode(pickle.dumps(value)).decode())  # want "PKL210"
    # Whoever was started with another program may be another Python.
    piped.stdin.write(pickle.dumps(value))  # want "PKL210"


def moved(value, target):
    made = tempfile.mkdtemp()
    path = os.path.join(made, "value.pkl")
    with open(path, "wb") as f:
        pickle.dump(value, f)  # want "PKL210"
    os.replace(path, target)
