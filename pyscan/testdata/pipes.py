# Both ends of a pipe belong to this program: an annotation alone says nothing.
import multiprocessing as mp
from multiprocessing.connection import Client, Connection


def worker(conn: Connection, log: "Connection"):
    log.recv()
    return conn.recv()


ours, theirs = mp.Pipe()
ours.recv()
mp.Queue().get()
mp.Process(target=worker, args=(theirs,)).start()
with mp.Pool() as pool:
    pool.map(f, xs)
Client(address).recv()  # want "multiprocessing.connection.Connection.recv"
