# Objects that only travel between processes of one release, and those that are stored
# besides (PKL222).
import pickle
from multiprocessing import util


class Token:
    def __getstate__(self):
        return (self.kind, self.address)

    def __setstate__(self, state):
        self.kind, self.address = state


class Stored:
    def __getstate__(self):  # want "PKL222 unversioned-state: class Stored"
        return {"kind": self.kind, "address": self.address}

    def __setstate__(self, state):
        self.kind = state["kind"]
        self.address = state["address"]


def save(path):
    with open(path, "wb") as f:
        pickle.dump(Stored(), f, protocol=4)
