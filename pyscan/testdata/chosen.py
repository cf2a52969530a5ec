# A module chosen among others, and names put together or got by other means.
import inspect
import json
import operator
import pickle
import sys


def chosen(b, fast, kind):
    (pickle if fast else json).loads(b)  # want "pickle.loads"
    (json if fast else pickle).loads(b)  # want "pickle.loads"
    (pickle if fast else json).dumps(b)
    (json if pickle else json).loads(b)
    (fast or pickle).loads(b)  # want "pickle.loads"
    ((pickle if fast else json)).loads(b)  # want "pickle.loads"
    (json, pickle)[fast].loads(b)  # want "pickle.loads"
    [json, pickle][fast].loads(b)  # want "pickle.loads"
    [json, pickle][0].loads(b)
    {"p": pickle, "j": json}[kind].loads(b)  # want "pickle.loads"
    {"p": pickle, "j": json}["j"].loads(b)
    {pickle: json}[kind].loads(b)
    (json, pickle)[fast].dumps(b)
    (json, pickle).count(b)
    f(pickle if fast else json).loads(b)


def spelled(b):
    getattr(pickle, "%ss" % "load")(b)  # want "pickle.loads"
    getattr(pickle, "%s%s" % ("load", "s"))(b)  # want "pickle.loads"
    getattr(pickle, "{}s".format("load"))(b)  # want "pickle.loads"
    getattr(pickle, "{}{}".format("load", "s"))(b)  # want "pickle.loads"
    getattr(pickle, "%s" % "dumps")(b)
    getattr(json, "%ss" % "load")(b)
    getattr(pickle, "%d" % "loads")(b)
    getattr(pickle, "{0}".format("loads"))(b)
    object.__getattribute__(pickle, "loads")(b)  # want "pickle.loads"
    inspect.getattr_static(pickle, "loads")(b)  # want "pickle.loads"
    inspect.getattr_static(pickle, "dumps")(b)
    __builtins__["__import__"]("pickle").loads(b)  # want "pickle.loads"
    __builtins__["__import__"]("json").loads(b)


def run(b):
    eval("__import__('pickle').loads(b)")  # want "pickle.loads"
    exec('import importlib; importlib.import_module("marshal").loads(b)')  # want "marshal.loads"
    eval("__import__('json').loads(b)")


def returned(b):
    load = operator.methodcaller("loads", b)
    value = load(pickle)  # want "pickle.loads"
    return value, [value]
