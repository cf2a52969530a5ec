# Dumps to files that the same source loads again, and those it does not.
import os
import pickle
import shutil
import tempfile
from pathlib import Path
from tkinter.filedialog import asksaveasfilename

import joblib

INDEX = "/var/lib/app/index.pkl"
SPOOL = "/var/spool/app"
STATE = Path("state") / "now.pickle"


class Cache:
    def __init__(self, root):
        self.root = root
        self.other = root

    def _path(self, key):
        return os.path.join(self.root, key)

    def get(self, key):
        with open(self._path(key), "rb") as fh:
            return pickle.load(fh)  # want "PKL201"

    def set(self, key, value):
        fd, tmp = tempfile.mkstemp(dir=self.root)
        with os.fdopen(fd, "wb") as fh:
            pickle.dump(value, fh, protocol=pickle.HIGHEST_PROTOCOL)
        os.replace(tmp, self._path(key))

    def put(self, key, value):
        path = self._path(key)
        with open(path, "wb") as fh:
            pickle.dump(value, fh)

    def moved(self, key, value):
        fd, tmp = tempfile.mkstemp(dir=self.root)
        with os.fdopen(fd, "wb") as fh:
            pickle.dump(value, fh)  # want "PKL210"
        shutil.move(tmp, self.other)

    def export(self, value):
        with open(self.other, "wb") as fh:
            pickle.dump(value, fh)  # want "PKL210"


class Peer:
    def put(self, key, value):
        with open(self._path(key), "wb") as fh:
            pickle.dump(value, fh)  # want "PKL210"


def index():
    with open(INDEX, "rb") as f:
        return pickle.load(f)  # want "PKL201"


def reindex(x):
    with open(INDEX, "wb") as f:
        pickle.dump(x, f, -1)


def state():
    return pickle.loads(STATE.read_bytes())  # want "PKL201"


def keep(x):
    pickle.dump(x, STATE.open("wb"))


def trained(x):
    if os.path.exists("clf.pkl"):
        x = pickle.loads(Path("clf.pkl").read_bytes())  # want "PKL201"
    pickle.dump(x, open("clf.pkl", "wb"))
    pickle.dump(x, open("final.pkl", "wb"))  # want "PKL210"
    return x


def fetched(home):
    path = os.path.join(home, "covtype.pkz")
    if not os.path.exists(path):
        joblib.dump(download(), path)
    return joblib.load(path)  # want "PKL2.*joblib.load"


def take(path):
    with open(path, "rb") as f:
        return pickle.load(f)  # want "PKL201"


def give(x, path):
    with open(path, "wb") as f:
        pickle.dump(x, f)  # want "PKL210"


def spooled():
    with open(os.path.join(SPOOL, "in.pickle"), "rb") as f:
        return pickle.load(f)  # want "PKL201"


def spool(x):
    with open(os.path.join(SPOOL, "out.pickle"), "wb") as f:
        pickle.dump(x, f)  # want "PKL210"
    with open(os.path.join(SPOOL, "in.pickle"), "wb") as f:
        pickle.dump(x, f)


def convert(source, target):
    with open(source, "rb") as f:
        x = pickle.load(f)  # want "PKL201"
    with open(target, "wb") as f:
        pickle.dump(x, f)  # want "PKL210"


class Window:
    types = [("Pickle file", ".pickle")]

    def open(self):
        name = asksaveasfilename(filetypes=self.types, defaultextension=".pickle")
        with open(name, "rb") as f:
            return pickle.load(f)  # want "PKL201"

    def save(self, x):
        name = asksaveasfilename(filetypes=self.types, defaultextension=".pickle")
        with open(name, "wb") as f:
            pickle.dump(x, f)  # want "PKL210"


def serve(sock, x):
    y = pickle.loads(sock.recv(10))  # want "PKL203"
    sock.sendall(pickle.dumps(y))  # want "PKL210"


def both(f, x):
    pickle.dump(x, f)  # want "PKL210"
    f.seek(0)
    return pickle.load(f)  # want "PKL201"
