# Receivers that are something else, and modules that load no pickles.
import asyncio
import copy
import json
import multiprocessing.shared_memory
import plistlib
import queue
import socket
import tomllib
import xmlrpc.client
from collections import deque

import numpy
import zmq
from mpi4py import MPI
from myproject import Client, Connection, Listener, MPI as mine
from .connection import Client as Local
from yaml import SafeLoader
import net

copy.deepcopy(x)
xmlrpc.client.loads(text)
xmlrpc.client.ServerProxy(url).call()
plistlib.loads(b)
tomllib.load(fh)
json.load(fh)
numpy.memmap(path)
socket.socket().recv(10)
queue.Queue().get()
deque().pop()
multiprocessing.shared_memory.SharedMemory(name="x").buf
Client(address).recv()
Local(address).recv()
Listener(address).accept().recv()
mine.COMM_WORLD.recv()
MPI.COMM_SELF.Recv(buffer)
net.recv_pyobj(sock)
SafeLoader(stream).get_data()
Net.load_from_checkpoint(path)
importer.load_pickle("a", "b")


def typed(conn: Connection, sock: socket.socket, name: "str", other: "list[Connection]"):
    conn.recv()
    sock.recv(1)
    name.recv()


async def streams():
    reader, writer = await asyncio.open_connection(host, port)
    return await reader.read()


class Fake:
    def recv_pyobj(self):
        return None

    def recv(self):
        return self.recv_pyobj()

    def pickleFile(self):
        return self


class FakeToo(Fake):
    def more(self):
        return self.recv_pyobj()


def fake():
    return Fake()


fake().recv_pyobj()
fake().pickleFile().recv_pyobj()
Fake().recv()
[Fake()][0]
"text".recv_pyobj
Fake.recv_pyobj.__name__
anything.recv_pyobj.__doc__
isinstance(x, zmq.Socket)
