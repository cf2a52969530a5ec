# Switches of the environment and of configurations, and guards that are taken off.
import builtins
import functools
import logging.config
import os
import subprocess
from collections import OrderedDict
from functools import partial
from multiprocessing.connection import Listener
from multiprocessing.managers import BaseManager, SyncManager

import keras
import msgpack_numpy
import numpy
import numpy as np
import rpyc
import Pyro4
import torch
from airflow.configuration import conf
from torch.serialization import add_safe_globals
import torch.serialization as ts

os.environ["TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD"] = "1"  # want "torch.TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD is set to `\"1\"`"
os.environ.setdefault("TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD", "1")  # want "torch.TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD"
os.environ.update(TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD="true")  # want "torch.TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD"
os.environ.update({"TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD": "yes"})  # want "torch.TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD"
os.environ |= {"TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD": "1"}  # want "torch.TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD"
os.putenv("TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD", "1")  # want "torch.TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD"
subprocess.run(["train"], env={**os.environ, "TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD": "1"})  # want "torch.TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD"
subprocess.run(["train"], env=dict(os.environ, TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD="1"))  # want "torch.TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD"
SWITCH = "TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD"
os.environ[SWITCH] = str(1)  # want "torch.TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD"
os.environb[b"TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD"] = b"1"  # want "torch.TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD"
os.system("TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD=1 python train.py")  # want "torch.TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD"
subprocess.run(["env", "TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD=1", "train"])  # want "torch.TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD"
subprocess.run(["env", "TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD=0", "train"])
print("set TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD=1 to load old checkpoints")
os.environ["TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD"] = "0"
os.environ["TORCH_FORCE_WEIGHTS_ONLY_LOAD"] = "1"
os.environ.pop("TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD", None)
if os.environ.get("TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD", "0") == "1":
    raise SystemExit
monkeypatch.setenv("TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD", "1")

os.environ["AIRFLOW__CORE__ENABLE_XCOM_PICKLING"] = "True"  # want "airflow.enable_xcom_pickling"
conf.set("core", "enable_xcom_pickling", "True")  # want "airflow.enable_xcom_pickling"
conf.set("core", "enable_xcom_pickling", "False")
conf.read_dict({"core": {"enable_xcom_pickling": "true"}})  # want "airflow.enable_xcom_pickling"
conf["core"]["donot_pickle"] = "False"  # want "airflow.donot_pickle"
BackfillJob(dag, donot_pickle=False)  # want "airflow.donot_pickle"
BackfillJob(dag, donot_pickle=True)
BackfillJob(dag, donot_pickle=donot_pickle)

server = rpyc.ThreadedServer(Service, protocol_config={"allow_pickle": True})  # want "rpyc.allow_pickle"
server = rpyc.ThreadedServer(Service, protocol_config={"allow_pickle": False})
Pyro4.config.SERIALIZER = "pickle"  # want "Pyro4.SERIALIZER"
Pyro4.config.SERIALIZERS_ACCEPTED.add("pickle")  # want "Pyro4.SERIALIZERS_ACCEPTED"
Pyro4.config.SERIALIZERS_ACCEPTED = {"json", "dill"}  # want "Pyro4.SERIALIZERS_ACCEPTED"
Pyro4.config.SERIALIZER = "serpent"
dask.config.set({"distributed.scheduler.pickle": True})  # want "dask.distributed.scheduler.pickle"
dask.config.set({"distributed.scheduler.pickle": False})
client = Client(serializers=["dask", "pickle"])  # want "dask.serializers is set to"
client = Client(serializers=["dask"], deserializers=("dask", "pickle"))  # want "dask.deserializers is set to"
client = Client(serializers=["dask", "pickle"], deserializers=["dask"])
header, frames = serialize(x, serializers=("dask", "pickle"))
frames = protocol.serialize_bytelist(x, serializers=["pickle"])
keras.config.enable_unsafe_deserialization()  # want "keras.config.enable_unsafe_deserialization is used"
msgpack_numpy.patch()  # want "msgpack_numpy.patch"

logging.config.listen(9030)  # want "logging.config.listen is used"
logging.config.listen(verify=None)  # want "logging.config.listen is used"
logging.config.listen(9030, verify=check)
logging.config.listen(9030, check)

KEY = b"secret"
Listener(("localhost", 6000), authkey=b"secret password")  # want "multiprocessing.connection.Listener"
Listener(("localhost", 6000), authkey=KEY)  # want "multiprocessing.connection.Listener"
Listener(("localhost", 6000), authkey="key".encode())  # want "multiprocessing.connection.Listener"
Listener(("localhost", 6000))  # want "multiprocessing.connection.Listener"
Listener(("0.0.0.0", 6000), authkey=os.environ["KEY"].encode())  # want "multiprocessing.connection.Listener"
Listener(("localhost", 6000), authkey=os.environ["KEY"].encode())
Listener(("localhost", 6000), authkey=secrets.token_bytes(32))


class QueueManager(BaseManager):
    pass


QueueManager.register("get_queue")
QueueManager(address=("", 50000), authkey=b"abracadabra")  # want "multiprocessing.managers.BaseManager"
QueueManager(address=("127.0.0.1", 50000), authkey=key)
SyncManager(("", 5000), key())  # want "multiprocessing.managers.BaseManager"
SyncManager()
QueueManager(shutdown_timeout=5)
BaseManager(ctx=context, **options)

add_safe_globals([eval])  # want "torch.add_safe_globals"
add_safe_globals([OrderedDict, getattr])  # want "torch.add_safe_globals"
ts.add_safe_globals([os.system, subprocess.Popen])  # want "torch.add_safe_globals"
LISTED = [(builtins.exec, "mine")]
torch.serialization.add_safe_globals(LISTED)  # want "torch.add_safe_globals"
with torch.serialization.safe_globals([os.system]):  # want "torch.safe_globals"
    pass
add_safe_globals([OrderedDict, MyClass, set])
add_safe_globals(listed())


def patches():
    load = np.load
    np.load = lambda *a, **k: load(*a, allow_pickle=True, **k)  # want "numpy.load is set to"
    numpy.load = partial(np.load, allow_pickle=True)  # want "numpy.load is set to"
    setattr(np, "load", functools.partial(load, allow_pickle=True))  # want "numpy.load is set to"
    np.load.__defaults__ = (None, True, True, "ASCII")  # want "numpy.load is set to"
    np.load.__kwdefaults__ = {"allow_pickle": True}  # want "numpy.load is set to"
    np.load.__kwdefaults__["allow_pickle"] = True  # want "numpy.load is set to"
    np.load.__kwdefaults__.update(allow_pickle=True)  # want "numpy.load is set to"
    np.load.__wrapped__.__defaults__ = (None, True)  # want "numpy.load is set to"
    np.load = load
    np.load.__kwdefaults__.update(allow_pickle=False)
    np.load = lambda *a, **k: load(*a, allow_pickle=False, **k)
    np.load.__defaults__ = (None, False, True, "ASCII")


original = torch.load


def anything(*args, **kwargs):
    kwargs["weights_only"] = False
    return original(*args, **kwargs)  # want "PKL201 unjustified-load: torch.load"


def guarded(*args, **kwargs):
    kwargs["weights_only"] = True
    return original(*args, weights_only=True)


torch.load = anything  # want "torch.load is set to `anything`"
torch.load = guarded
torch.load = partial(original, weights_only=False)  # want "torch.load is set to"
torch.load = partial(original, weights_only=True)
torch.load = original
with mock.patch("numpy.load", lambda *a: None):
    pass
