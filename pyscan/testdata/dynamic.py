# Names that are strings.
import builtins
import importlib
import importlib as il
import json
import operator
import pickle
import pkgutil
import pydoc
import sys
from importlib import import_module
from operator import attrgetter

getattr(pickle, "loads")(b)  # want "pickle.loads decodes `b`"
getattr(pickle, "lo" + "ads")(b)  # want "pickle.loads"
getattr(pickle, "lo" "ads")(b)  # want "pickle.loads"
getattr(pickle, "lo\x61ds")(b)  # want "pickle.loads"
getattr(pickle, r"lo\x61ds")(b)
getattr(pickle, f"load{'s'}")(b)  # want "pickle.loads"
getattr(pickle, f"load{x}")(b)
getattr(pickle, "".join(["lo", "ads"]))(b)  # want "pickle.loads"
getattr(pickle, "sdaol"[::-1])(b)  # want "pickle.loads"
getattr(pickle, "dumps")(b)
getattr(json, "loads")(b)
getattr(pickle, name)(b)
getattr(pickle, b"loads")(b)
getattr(pickle, "missing", pickle.loads)(b)  # want "pickle.loads decodes `b`"
NAME = "loads"
getattr(pickle, NAME)(b)  # want "pickle.loads"
load = getattr(pickle, "loads")
load(b)  # want "pickle.loads"
handed = getattr(pickle, "load")  # want "pickle.load is handed on"
pickle.__dict__["loads"](b)  # want "pickle.loads"
pickle.__dict__.get("loads")(b)  # want "pickle.loads"
pickle.__dict__["dumps"](b)
vars(pickle)["loads"](b)  # want "pickle.loads"
vars(json)["loads"](b)
pickle.__getattribute__("loads")(b)  # want "pickle.loads"
operator.attrgetter("loads")(pickle)(b)  # want "pickle.loads decodes `b`"
attrgetter("loads")(json)(b)
operator.methodcaller("loads", b)(pickle)  # want "pickle.loads decodes `b`"
get = attrgetter("loads")
get(pickle)(b)  # want "pickle.loads"
importlib.import_module("pickle").loads(b)  # want "pickle.loads"
import_module("pick" "le").loads(b)  # want "pickle.loads"
il.import_module(name="pickle").loads(b)  # want "pickle.loads"
import_module("json").loads(b)
import_module(name).loads(b)
import_module(".pickle", __package__).loads(b)
module = import_module("cPickle")
module.loads(b)  # want "pickle.loads"
module.dumps(b)
__import__("pickle").loads(b)  # want "pickle.loads"
__import__("joblib.numpy_pickle").numpy_pickle.load(f)  # want "joblib.load"
__import__("joblib.numpy_pickle", fromlist=["load"]).load(f)  # want "joblib.load"
__import__("json").loads(b)
getattr(__import__("pickle"), "loads")(b)  # want "pickle.loads"
builtins.__import__("pickle").loads(b)  # want "pickle.loads"
builtins.__dict__["__import__"]("pickle").loads(b)  # want "pickle.loads"
sys.modules["pickle"].loads(b)  # want "pickle.loads"
sys.modules.get("pickle").loads(b)  # want "pickle.loads"
sys.modules["json"].loads(b)
globals()["pickle"].loads(b)  # want "pickle.loads"
globals().get("load")(b)  # want "pickle.loads"
globals()["json"].loads(b)
pydoc.locate("pickle.loads")(b)  # want "pickle.loads"
pkgutil.resolve_name("pickle:loads")(b)  # want "pickle.loads"
pkgutil.resolve_name("json:loads")(b)
eval("pickle.loads")(b)  # want "pickle.loads"
eval("pickle.dumps")(b)
for which in ("pickle", "json"):
    import_module(which).loads(b)  # want "pickle.loads"


def getattr_is_mine(getattr):
    return getattr(pickle, "loads")(b)


def local_import(name="pickle"):
    return importlib.import_module(name).loads(b)  # want "pickle.loads"


exec("import dill; dill.loads(b)")  # want "dill.loads is called .*in a string that is run"
eval("pickle.loads(b)")  # want "pickle.loads is called .*in a string that is run"
builtins.exec("x = pickle" + ".load(fh)")  # want "pickle.load is called"
compile("from pickle import load\nload(fh)", "f", "exec")  # want "pickle.load is called"
exec("import json; json.loads(b)")
exec("pickle.dumps(x)")
exec("'pickle.loads(b)'")
exec(source)
print("import dill; dill.loads(b)")
operator.itemgetter("loads")(vars(pickle))(b)  # want "pickle.loads"
operator.itemgetter("loads")(vars(json))(b)


# Modules that tests ask for.
import pytest
from sympy.external import import_module as perhaps

thick = pytest.importorskip("dill")
thick.loads(b)  # want "dill.loads"
pytest.importorskip(modname="joblib").load(path)  # want "joblib.load"
pytest.importorskip("json").load(fh)
clouds = perhaps("cloudpickle")
clouds.loads(b)  # want "cloudpickle.loads"

space = pickle.__dict__
space["loads"](b)  # want "pickle.loads"
variables = vars(pickle)
variables["loads"](b)  # want "pickle.loads"
