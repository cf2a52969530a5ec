# What runs while a pickle is loaded, besides putting the object together.
import atexit
import importlib
import logging
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import psycopg2
import requests

logger = logging.getLogger(__name__)
REGISTRY = {}
INSTANCES = []
count = 0


class Files:
    def __setstate__(self, state):
        self.__dict__.update(state)
        self.file = open(state["path"])  # want "PKL226 setstate-side-effect: `__setstate__` of `Files` runs while a pickle is loaded, and opens or changes a file"
        self.log = open(self.path, "a")  # want "opens or changes a file"
        Path(self.path).touch()  # want "opens or changes a file"
        os.remove(state["old"])  # want "with what the pickle says"


class Network:
    def __setstate__(self, state):
        self.__dict__ = state
        self.sock = socket.create_connection((self.host, self.port))  # want "connects to another host"
        s = socket.socket()
        s.connect(state["address"])  # want "connects to another host"
        requests.post(self.url, json=state)  # want "connects to another host"
        urllib.request.urlopen(self.url)  # want "connects to another host"


class Databases:
    def __setstate__(self, state):
        self.db = sqlite3.connect(state["db"])  # want "connects to a database"
        self.pg = psycopg2.connect(**state["dsn"])  # want "connects to a database"


class Processes:
    def __setstate__(self, state):
        subprocess.Popen(state["command"])  # want "starts or ends a process"
        os.system("true")  # want "starts or ends a process"
        self.thread = threading.Thread(target=self.run)
        self.thread.start()  # want "starts a thread"
        threading.Thread(target=self.run).start()  # want "starts a thread"
        threading.Timer(1, self.run).start()  # want "starts a thread"


class Worker(threading.Thread):
    def __setstate__(self, state):
        self.__dict__.update(state)
        self.start()  # want "starts a thread"


class Code:
    def __setstate__(self, state):
        exec(state["source"])  # want "runs text as code"
        self.f = eval(state["f"])  # want "runs text as code"
        self.module = importlib.import_module(state["module"])  # want "imports what the pickle names"
        self.json = importlib.import_module("json")
        __import__(state["module"])  # want "imports what the pickle names"


class Process:
    def __setstate__(self, state):
        os.environ["TOKEN"] = state["token"]  # want "changes the environment"
        os.environ.update(state["env"])  # want "changes the environment"
        sys.path.insert(0, state["path"])  # want "changes the environment"
        os.chdir(state["cwd"])  # want "changes the environment"
        sys.modules[state["name"]] = self  # want "changes the environment"
        atexit.register(self.close)  # want "registers something for the whole process"
        signal.signal(signal.SIGTERM, self.stop)  # want "registers something"


class Registered:
    instances = []

    def __setstate__(self, state):
        global count
        self.__dict__.update(state)
        REGISTRY[self.name] = self  # want "registers something"
        INSTANCES.append(self)  # want "registers something"
        Registered.instances.append(self)  # want "registers something"
        type(self).instances.append(self)  # want "registers something"
        count += 1  # want "registers something"


class Hooks:
    def __setstate__(self, state):
        getattr(self, state["hook"])()  # want "calls what the state names"
        state["callback"](self)  # want "calls what the state names"
        hook = state.pop("on_load", None)
        if hook:
            hook(self)  # want "calls what the state names"


class Logging:
    def __setstate__(self, state):
        logger.info("restored %r", state)  # want "writes the state to the log"
        logging.debug(f"state: {state}")  # want "writes the state to the log"
        print(state)  # want "writes the state to the log"
        self.__dict__.update(state)
        self.logger.warning("now %s", self.__dict__)  # want "writes the state to the log"
        logger.info("restored %d items", len(state))
        logger.info("restored")


class ByMethod:
    def connect(self):
        self._open()

    def _open(self):
        self.file = open(self.path)

    def __setstate__(self, state):
        self.__dict__.update(state)
        self.connect()  # want "by way of `self.connect`"


class ByInit:
    def __init__(self, path):
        self.file = open(path)

    def __setstate__(self, state):
        self.__init__(state["path"])  # want "by way of `self.__init__`"


class Reader:
    def __init__(self, path):
        self.file = open(path)  # want "`__init__` of `Reader`, of which __reduce__ has an object made"

    def __reduce__(self):
        return Reader, (self.path,)


class BaseReader:
    def __init__(self, path):
        self.db = sqlite3.connect(path)  # want "`__init__` of `DerivedReader`"


class DerivedReader(BaseReader):
    def __reduce__(self):
        return self.__class__, (self.path,)


@dataclass
class Data:
    path: str

    def __post_init__(self):
        self.file = open(self.path)  # want "`__post_init__` of `Data`"

    def __reduce__(self):
        return type(self), (self.path,)


class New:
    def __new__(cls, path):
        self = super().__new__(cls)
        self.file = open(path)  # want "`__new__` of `New`"
        return self

    def __getnewargs__(self):
        return (self.path,)


def connect(address):
    return socket.create_connection(address)  # want "`connect`, which __reduce__ hands out"


class Connected:
    def __reduce__(self):
        return connect, (self.address,)


def set_state(obj, state):
    obj.__dict__.update(state)
    os.environ["X"] = state["x"]  # want "changes the environment"


class BySetter:
    def __reduce__(self):
        return BySetter, (), {}, None, None, set_state


class Filled(dict):
    def __setitem__(self, key, value):
        os.putenv(key, value)  # want "which takes the items that __reduce__ hands out"

    def __reduce__(self):
        return Filled, (), None, None, iter(self.items())


def restore(self, state):
    self.file = open(state["path"])  # want "`restore`, which is set as __setstate__"


class Assigned:
    __setstate__ = restore


class NotPickled:
    def __init__(self, path):
        self.file = open(path)

    def __new__(cls, path):
        os.makedirs(path)
        return super().__new__(cls)


class Appends:
    def __getstate__(self):
        return {key: value for key, value in self.__dict__.items() if key != "file"}

    def __setstate__(self, state):
        self.__dict__.update(state)
        self.file = open(self.path, "ab")  # want "opens or changes a file"
        self.other = open(self.path, self.mode)  # want "opens or changes a file"
        self.named = open(state["path"])  # want "opens or changes a file"
