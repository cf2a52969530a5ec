# Sinks that are methods of objects: what a call returns is followed to them.
import contextlib
import logging
import queue
import socket
import multiprocessing
import multiprocessing.connection
import multiprocessing.connection as mpc
import multiprocessing.managers
import torch.package
import yaml
import zmq
import zmq.asyncio
from multiprocessing.connection import Client, Listener
from multiprocessing.managers import BaseManager
from typing import Annotated, Optional, Union

import gensim
import pandas as pd
import pytorch_lightning as pl
from gensim.models import Word2Vec
from lightning.pytorch import LightningModule
from mpi4py import MPI
from pyspark import SparkContext
from pyspark.sql import SparkSession

Client(address).recv()  # want "multiprocessing.connection.Connection.recv decodes what `Client\\(address\\)` gives"
Client(address).recv_bytes()
Client(address).send(b)
multiprocessing.connection.Client(address).recv()  # want "Connection.recv"
mpc.Client(address).recv()  # want "Connection.recv"
Listener(address).accept().recv()  # want "Connection.recv"
conn = Client(address)
conn.recv()  # want "Connection.recv decodes what `conn` gives"
conn.recv_bytes()
receive = conn.recv
receive()  # want "Connection.recv"
pool.submit(conn.recv)  # want "Connection.recv is handed on|Connection.recv decodes"
pool.submit(conn.close)
conn = socket.socket()
conn.recv(1024)

with Client(address) as entered:
    entered.recv()  # want "Connection.recv"
    entered.poll()
with contextlib.closing(Client(address)) as closing, Listener(address) as listener:  # want "PKL202 .*Listener is used"
    closing.recv()  # want "Connection.recv"
    with listener.accept() as accepted:
        accepted.recv()  # want "Connection.recv"
with contextlib.ExitStack() as stack:
    stacked = stack.enter_context(Client(address))
    stacked.recv()  # want "Connection.recv"
with open(path) as fh:
    fh.recv()
if (walrus := Client(address)):
    walrus.recv()  # want "Connection.recv"
one, two = Client(address), socket.socket()
one.recv()  # want "Connection.recv"
two.recv(10)
for looped in (Client(a), Client(b)):
    looped.recv()  # want "Connection.recv"
comprehended = [Client(a) for a in addresses]
for item in comprehended:
    item.recv()  # want "Connection.recv"
comprehended[0].recv()  # want "Connection.recv"
[c.recv() for c in comprehended]  # want "Connection.recv"
appended = []
for a in addresses:
    appended.append(Client(a))
for item2 in appended:
    item2.recv()  # want "Connection.recv"
table = {}
table[name] = Client(address)
table[name].recv()  # want "Connection.recv"
for value in table.values():
    value.recv()  # want "Connection.recv"
either = Client(address) if far else None
either.recv()  # want "Connection.recv"
either and either.recv()  # want "Connection.recv"


class Peer:
    shared = Client(address)
    field: mpc.Connection
    texts: "Optional[mpc.Connection]" = None

    def __init__(self, sock, conn: mpc.Connection):
        self.conn = Client(address)
        self.sock = sock
        self.given: mpc.Connection = make()
        self.conns = []
        self.conns.append(Client(address))

    def read(self):
        self.sock.recv(10)
        self.conn.recv()  # want "Connection.recv decodes what `self.conn` gives"
        self.conn.recv_bytes()
        self.shared.recv()  # want "Connection.recv"
        self.field.recv()  # want "Connection.recv"
        self.texts.recv()  # want "Connection.recv"
        self.given.recv()  # want "Connection.recv"
        for conn in self.conns:
            conn.recv()  # want "Connection.recv"
        return self.opened().recv()  # want "Connection.recv"

    def opened(self):
        if not self.conn:
            self.conn = Client(address)
        return self.conn

    @property
    def lazy(self):
        return self.conn

    def lazily(self):
        return self.lazy.recv()  # want "Connection.recv"

    def __enter__(self):
        return self


with Peer() as peer:
    peer.conn.recv()  # want "Connection.recv"
Peer().opened().recv()  # want "Connection.recv"


def connect():
    return Client(address)


def typed() -> mpc.Connection:
    return magic()


@contextlib.contextmanager
def managed():
    c = connect()
    yield c
    c.close()


def generated():
    for a in addresses:
        yield Client(a)


async def aconnect():
    return Client(address)


async def amain():
    (await aconnect()).recv()  # want "Connection.recv"
    c = await aconnect()
    c.recv()  # want "Connection.recv"


connect().recv()  # want "Connection.recv"
typed().recv()  # want "Connection.recv"
with managed() as m:
    m.recv()  # want "Connection.recv"
for g in generated():
    g.recv()  # want "Connection.recv"


def parameters(
    a: mpc.Connection,
    b: Optional[mpc.Connection],
    c: "mpc.Connection",
    d: Union[mpc.Connection, None] = None,
    e: mpc.Connection | None = None,
    f: Annotated[mpc.Connection, "peer"] = None,
    g: list[mpc.Connection] = (),
    h: socket.socket = None,
    *i: mpc.Connection,
    **j: mpc.Connection,
):
    a.recv()  # want "Connection.recv"
    b.recv()  # want "Connection.recv"
    c.recv()  # want "Connection.recv"
    d.recv()  # want "Connection.recv"
    e.recv()  # want "Connection.recv"
    f.recv()  # want "Connection.recv"
    g.recv()
    h.recv(10)
    i.recv()
    a.recv_bytes()


class Manager(BaseManager):
    pass


class Quiet(BaseManager):
    def connect(self):
        return None


manager = Manager(address=address, authkey=key)
manager.connect()  # want "multiprocessing.managers.BaseManager.connect decodes what `manager` gives"
manager.register("queue")
Quiet().connect()
BaseManager(address).get_server().serve_forever()  # want "BaseManager.get_server"
multiprocessing.Manager().dict()

context = zmq.Context()
sock = context.socket(zmq.PULL)
sock.recv_pyobj()  # want "zmq.Socket.recv_pyobj decodes what `sock` gives"
sock.recv_json()
sock.recv()
zmq.Context.instance().socket(zmq.PULL).recv_pyobj()  # want "zmq.Socket.recv_pyobj"


class Wrapped:
    def recv_pyobj(self):
        return self.json()


class Inherits(Wrapped):
    def read(self):
        return self.recv_pyobj()


class Own(zmq.Socket):
    def recv_pyobj(self, flags=0):
        return super().recv_pyobj(flags)  # want "zmq.Socket.recv_pyobj"

    def read(self):
        return self.recv_pyobj()


class Plain(zmq.Socket):
    def read(self):
        return self.recv_pyobj()  # want "zmq.Socket.recv_pyobj decodes what `self` gives"


async def receive(asock: zmq.asyncio.Socket, anything, wrapped: Wrapped):
    await asock.recv_pyobj()  # want "zmq.Socket.recv_pyobj"
    anything.recv_pyobj()  # want "PKL203 tainted-load: recv_pyobj decodes what `anything` gives"
    anything.sock.recv_pyobj(zmq.NOBLOCK)  # want "recv_pyobj decodes what `anything.sock` gives"
    handlers[0](anything).recv_pyobj()  # want "recv_pyobj"
    callback(anything.recv_pyobj)  # want "recv_pyobj"
    wrapped.recv_pyobj()
    Wrapped().recv_pyobj()
    queue.recv_pyobj()
    recv_pyobj(anything)
    anything.recv_pyobj = None
    anything.send_pyobj(1)


comm = MPI.COMM_WORLD
comm.recv(source=0)  # want "mpi4py.MPI.Comm.recv decodes what `comm` gives"
comm.bcast(data, root=0)  # want "mpi4py.MPI.Comm.bcast"
comm.Recv(buffer, source=0)
comm.Bcast(data)
comm.send(data, dest=1)
comm.barrier()
half = comm.Split(rank % 2)
half.gather(data)  # want "mpi4py.MPI.Comm.gather"
comm.Dup().allgather(data)  # want "mpi4py.MPI.Comm.allgather"
comm.mprobe().recv()  # want "mpi4py.MPI.Message.recv"
rank = MPI.COMM_WORLD.Get_rank()

importer = torch.package.PackageImporter(path)  # want "torch.package.PackageImporter decodes `path`"
importer.load_pickle("model", "model.pkl")


def imported(importer: torch.package.PackageImporter):
    return importer.load_pickle("model", "model.pkl")  # want "torch.package.PackageImporter.load_pickle"


store = pd.HDFStore(path)  # want "pandas.HDFStore"
store.get("frame")
store["frame"]


def frame(store: pd.HDFStore):
    return store.select("frame")  # want "pandas.HDFStore.select"


sc = SparkContext()
sc.pickleFile(path)  # want "pyspark.SparkContext.pickleFile decodes `path`"
sc.textFile(path)
spark = SparkSession.builder.appName("x").getOrCreate()
spark.sparkContext.pickleFile(path)  # want "pickleFile decodes `path`"


class Net(pl.LightningModule):
    @classmethod
    def restore(cls, path):
        return cls.load_from_checkpoint(path)  # want "pytorch_lightning.LightningModule.load_from_checkpoint decodes `path`"


class Other(LightningModule):
    @classmethod
    def load_from_checkpoint(cls, path):
        return super().load_from_checkpoint(path, weights_only=True)


Net.load_from_checkpoint(path)  # want "pytorch_lightning.LightningModule.load_from_checkpoint decodes `path`"
Net().load_from_checkpoint(path)  # want "pytorch_lightning.LightningModule.load_from_checkpoint decodes `path`"
Net.load_from_checkpoint(path, weights_only=True)
Other.load_from_checkpoint(path)
Imported.load_from_checkpoint(path)  # want "PKL201 unjustified-load: load_from_checkpoint decodes `path`"
Imported.load_from_checkpoint(path, weights_only=True)

vectors = Word2Vec(sentences)
vectors.load(path)  # want "gensim.models.Word2Vec.load decodes `path`"
vectors.save(path)


class Vectors(Word2Vec):
    pass


Vectors.load(path)  # want "gensim.models.Word2Vec.load decodes `path`"

yaml.Loader(stream).get_data()  # want "yaml.Loader decodes `stream`"
loader = yaml.UnsafeLoader(stream)  # want "yaml.UnsafeLoader decodes `stream`"
loader.get_single_data()
yaml.SafeLoader(stream).get_data()
yaml.load(stream, Loader=yaml.Loader)  # want "yaml.load decodes"
LOADERS = [yaml.Loader, yaml.SafeLoader]


class Tagged(yaml.FullLoader):
    pass


Tagged(stream).get_data()  # want "yaml.FullLoader decodes `stream`"


# What the file passes to its functions is followed to their parameters.
import threading


def serve(peer, log=None):
    log.recv()
    while True:
        answer(peer, peer.recv())  # want "Connection.recv decodes what `peer` gives"


def answer(peer, message):
    peer.send(message)
    deep(peer=peer)


def deep(*, peer):
    peer.recv()  # want "Connection.recv"
    peer = socket.socket()
    peer.recv(10)


def other(peer):
    peer.recv()


class Handler:
    def __init__(self, peer, name):
        self.peer = peer
        self.name = name

    def run(self):
        self.peer.recv()  # want "Connection.recv"
        self.name.recv()
        self.take(Client(address), None)

    def take(self, first, second):
        first.recv()  # want "Connection.recv"
        second.recv()

    def threaded(self, peer):
        peer.recv()  # want "Connection.recv"

    def start(self):
        threading.Thread(target=self.threaded, args=(self.peer,)).start()


with Listener(address) as server:  # want "PKL202 .*Listener is used"
    while True:
        client = server.accept()
        serve(client, logging)
        other(socket.socket())
        Handler(client, "a").run()
        threading.Thread(target=threaded, args=(client, 1)).start()
        pool.submit(submitted, client)


def threaded(peer, n):
    peer.recv()  # want "Connection.recv"
    n.recv()


def submitted(peer):
    peer.recv()  # want "Connection.recv"


def apply(function, b):
    return function(b)


apply(yaml.unsafe_load, b)  # want "yaml.unsafe_load is handed on"


if args.load_from_checkpoint:
    open(self.pickleFile)
args.load_from_checkpoint = True
print(args.pickleFile)
