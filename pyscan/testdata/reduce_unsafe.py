# What __reduce__ and its kin hand out that runs code, in all the ways to write it.
import builtins
import codecs
import copyreg
import functools
import importlib
import io
import marshal
import operator
import os
import pickle
import shutil
import socket
import subprocess
import sys
import types
import webbrowser
from functools import partial
from importlib import import_module
from os import popen, system as shell
from subprocess import Popen, check_output as out
from multiprocessing.reduction import ForkingPickler


class Eval:
    def __reduce__(self):
        return eval, ("1 + 1",)  # want "PKL225 unsafe-reduce: __reduce__ hands out builtins.eval, which whoever loads the pickle calls"


class Parenthesised:
    def __reduce__(self):
        return (exec, ("x = 1",))  # want "builtins.exec"


class ReduceEx:
    def __reduce_ex__(self, protocol):
        return os.system, ("id",)  # want "__reduce_ex__ hands out os.system"


class Imported:
    def __reduce__(self):
        return shell, ("id",)  # want "os.system"


class Popened:
    def __reduce__(self):
        return popen, ("id",)  # want "os.popen"


class Process:
    def __reduce__(self):
        return Popen, (("sh", "-c", "id"),)  # want "subprocess.Popen"


class Output:
    def __reduce__(self):
        return (out, (["ls"],))  # want "subprocess.check_output"


class Run:
    def __reduce__(self):
        return subprocess.run, (["ls"],), None, None, None  # want "subprocess.run"


class DunderImport:
    def __reduce__(self):
        return (__import__("os").system, ("id",))  # want "os.system"


class ImportModule:
    def __reduce__(self):
        return importlib.import_module("os").system, ("id",)  # want "os.system"


class Imports:
    def __reduce__(self):
        return import_module, (self.name,)  # want "importlib.import_module"


class ImportsToo:
    def __reduce__(self):
        return __import__, (self.name,)  # want "builtins.__import__"


class ByGetattr:
    def __reduce__(self):
        return getattr(os, "system"), ("id",)  # want "os.system"


class ByJoinedGetattr:
    def __reduce__(self):
        return getattr(builtins, "ev" + "al"), ("1",)  # want "builtins.eval"


class ByDict:
    def __reduce__(self):
        return builtins.__dict__["exec"], ("1",)  # want "builtins.exec"


class ByBuiltins:
    def __reduce__(self):
        return __builtins__.eval, ("1",)  # want "builtins.eval"


class ByTable:
    calls = {"run": os.system}

    def __reduce__(self):
        return self.calls["run"], ("id",)  # want "os.system"


class ByClassAttribute:
    call = os.system

    def __reduce__(self):
        return self.call, ("id",)  # want "os.system"


class ByInit:
    def __init__(self):
        self.call = eval

    def __reduce__(self):
        return self.call, ("1",)  # want "builtins.eval"


class ByVariable:
    def __reduce__(self):
        f = eval
        args = ("1",)
        return f, args  # want "builtins.eval"


class ByTuple:
    def __reduce__(self):
        result = (os.system, ("id",))
        return result  # want "os.system"


class ByList:
    def __reduce__(self):
        return tuple([os.system, ("id",)])  # want "os.system"


class BySum:
    def __reduce__(self):
        return (eval,) + (("1",),)  # want "builtins.eval"


class ByCondition:
    def __reduce__(self):
        return (eval, ("1",)) if self.x else (list, ())  # want "builtins.eval"


class ByChosenCallable:
    def __reduce__(self):
        return (exec if self.x else print), ("1",)  # want "builtins.exec"


class ByBranch:
    def __reduce__(self):
        if self.x:
            return list, ()
        try:
            return os.remove, (self.path,)  # want "os.remove"
        finally:
            pass


class ByOr:
    def __reduce__(self):
        return self.x and (eval, ("1",)) or (list, ())  # want "builtins.eval"


class ByWalrus:
    def __reduce__(self):
        return (r := (eval, ("1",)))  # want "builtins.eval"


def payload(command):
    return os.system, (command,)


class ByHelper:
    def __reduce__(self):
        return payload("id")  # want "os.system"


class ByMethod:
    def payload(self):
        return eval, ("1",)

    def __reduce__(self):
        return self.payload()  # want "builtins.eval"


class ByBase:
    def payload(self):
        return exec, ("1",)


class Derived(ByBase):
    def __reduce__(self):
        return self.payload()  # want "builtins.exec"


class ByReduce:
    def __reduce__(self):
        return eval, ("1",)  # want "builtins.eval"

    def __reduce_ex__(self, protocol):
        return self.__reduce__()  # want "builtins.eval"


class Partial:
    def __reduce__(self):
        return partial(os.system, "id"), ()  # want "os.system"


class PartialOfLambda:
    def __reduce__(self):
        return partial(lambda: 1), ()  # want "hands out a lambda"


class Kept:
    def __reduce__(self):
        return functools.partial, (os.system, "id")  # want "os.system"


class Mapped:
    def __reduce__(self):
        return map, (eval, ["1"])  # want "builtins.map"


class Filtered:
    def __reduce__(self):
        return list, (filter, eval)  # want "puts builtins.filter into the pickle"


class NewObj:
    def __reduce__(self):
        return copyreg.__newobj__, (subprocess.Popen, ["ls"])  # want "subprocess.Popen"


class NewObjEx:
    def __reduce__(self):
        return copyreg.__newobj_ex__, (subprocess.Popen, (["ls"],), {})  # want "subprocess.Popen"


class Reconstructor:
    def __reduce__(self):
        return copyreg._reconstructor, (subprocess.Popen, object, None)  # want "subprocess.Popen"


class Folded:
    def __reduce__(self):
        return functools.reduce, (eval, ["1", None])  # want "builtins.eval"


class AttrGetter:
    def __reduce__(self):
        return operator.attrgetter, ("system",)  # want "operator.attrgetter"


class MethodCaller:
    def __reduce__(self):
        return operator.methodcaller("system", "id"), (os,)  # want "operator.methodcaller"


class Function:
    def __reduce__(self):
        return types.FunctionType, (self.code, {})  # want "types.FunctionType"


class Code:
    def __reduce__(self):
        return types.CodeType, (0, 0)  # want "types.CodeType"


# A load that is handed on is one defect, of which this rule says more.
class Marshalled:
    def __reduce__(self):
        return marshal.loads, (b"",)  # want "PKL225.*marshal.loads"


class Nested:
    def __reduce__(self):
        return pickle.loads, (self.data,)  # want "PKL225.*pickle.loads"


class Writer:
    def __reduce__(self):
        return open, ("/tmp/x", "w")  # want "builtins.open"


class IoWriter:
    def __reduce__(self):
        return io.open, ("/tmp/x", "w")  # want "io.open"


class Remover:
    def __reduce__(self):
        return shutil.rmtree, ("/",)  # want "shutil.rmtree"


class Browser:
    def __reduce__(self):
        return webbrowser.open, ("http://example.com",)  # want "webbrowser.open"


class Connector:
    def __reduce__(self):
        return socket.create_connection, (("example.com", 80),)  # want "socket.create_connection"


class Exits:
    def __reduce__(self):
        return sys.exit, ()  # want "sys.exit"


class DunderCall:
    def __reduce__(self):
        return eval.__call__, ("1",)  # want "builtins.eval.__call__"


class Lambda:
    def __reduce__(self):
        return lambda: 1, ()  # want "PKL225 unsafe-reduce: __reduce__ hands out a lambda"


make = lambda x: x


class NamedLambda:
    def __reduce__(self):
        return make, (1,)  # want "hands out a lambda"


def run(source):
    exec(source, {})  # want "PKL226 setstate-side-effect: `run`, which __reduce__ hands out, runs while a pickle is loaded, and runs text as code"


class OwnFunction:
    def __reduce__(self):
        return run, (self.source,)  # want "hands out `run`, which gives what is in the pickle to builtins.exec"


def run_deep(source):
    text = source.strip()
    return run(text)  # want "by way of `run`"


class OwnDeepFunction:
    def __reduce__(self):
        return run_deep, (self.source,)  # want "hands out `run_deep`, which gives what is in the pickle to builtins.exec"


class Carried:
    def __reduce__(self):
        return self.__class__, (os.system,)  # want "puts os.system into the pickle as an argument"


class CarriedInState:
    def __reduce__(self):
        return CarriedInState, (), {"hook": subprocess.call}  # want "puts subprocess.call into the pickle"


class SourceCode:
    def __reduce__(self):
        return codecs.decode, ("__import__('os').system('id')", "rot13")  # want "source code into the pickle, which calls builtins.__import__"


class StateSetter:
    def __reduce__(self):
        return list, (), None, None, None, exec  # want "builtins.exec"


class SetLambda:
    pass


SetLambda.__reduce__ = lambda self: (os.system, ("id",))  # want "os.system"


class SetFunction:
    pass


def reduce_set(self):
    return os.system, ("id",)  # want "os.system"


SetFunction.__reduce__ = reduce_set  # want "__reduce__ gets `reduce_set`, which is not fit for that: hands out os.system"


class SetByName:
    pass


setattr(SetByName, "__reduce__", lambda self: (eval, ("1",)))  # want "builtins.eval"


class InBody:
    __reduce__ = lambda self: (eval, ("1",))  # want "builtins.eval"


Made = type("Made", (), {"__reduce__": lambda self: (eval, ("1",))})  # want "builtins.eval"
Made2 = type("Made2", (object,), dict(__reduce_ex__=lambda self, p: (exec, ("1",))))  # want "builtins.exec"


class Inner:
    class Payload:
        def __reduce__(self):
            return eval, ("1",)  # want "builtins.eval"


def exploit(command):
    class Exploit:
        def __reduce__(self):
            return os.system, (command,)  # want "os.system"

    return pickle.dumps(Exploit())


class A:
    pass


def reduce_a(a):
    return eval, (repr(a),)  # want "copyreg.pickle hands out builtins.eval"


copyreg.pickle(A, reduce_a)  # want "copyreg.pickle gets `reduce_a`"
copyreg.pickle(A, lambda a: (os.system, ("id",)))  # want "os.system"
copyreg.constructor(eval)  # want "copyreg.constructor hands out builtins.eval"
copyreg.pickle(A, None, os.system)  # want "os.system"
copyreg.dispatch_table[A] = lambda a: (exec, ("1",))  # want "builtins.exec"
copyreg.dispatch_table.update({A: lambda a: (eval, ("1",))})  # want "builtins.eval"
ForkingPickler.register(A, lambda a: (eval, ("1",)))  # want "builtins.eval"


class OwnPickler(pickle.Pickler):
    dispatch_table = copyreg.dispatch_table.copy()
    dispatch_table[A] = lambda a: (eval, ("1",))  # want "builtins.eval"

    def reducer_override(self, obj):
        if isinstance(obj, A):
            return eval, (obj.text,)  # want "reducer_override hands out builtins.eval"
        return NotImplemented


def with_table(file):
    p = OwnPickler(file)
    p.dispatch_table = {A: lambda a: (os.system, ("id",))}  # want "os.system"
    p.dump(A())


class Bound:
    def __init__(self, owner, name):
        self.owner, self.name = owner, name

    def __reduce__(self):
        return getattr, (self.owner, self.name)  # want "PKL225 unsafe-reduce: __reduce__ hands out getattr, which takes any attribute of `self.owner`"


class Walk:
    def __reduce__(self):
        return getattr, (os, "system")  # want "hands out getattr for os.system"


class ByData:
    def __init__(self, func, args):
        self.func, self.args = func, args

    def __reduce__(self):
        return self.func, self.args  # want "lets the object say what is called: `self.func`"


class ByItem:
    def __reduce__(self):
        return self.__dict__["f"], ()  # want "lets the object say what is called"


class Meta(type):
    def __reduce__(cls):
        return eval, (cls.__name__,)  # want "builtins.eval"


class Unpacked:
    def __reduce__(self):
        f, a = os.system, ("id",)
        return f, a  # want "os.system"


class StaticRun:
    def __reduce__(self):
        return StaticRun._restore, (self.x,)  # want "gives what is in the pickle to builtins.eval"

    @staticmethod
    def _restore(x):
        return eval(x)  # want "PKL226"


D8 = type("D8", (), {})
D8.__reduce__ = types.MethodType(lambda s: (eval, ("1",)), D8)  # want "builtins.eval"


# One defect, told once: that a module cannot be pickled says no more.
class Walks:
    def __reduce__(self):
        return getattr, (__import__("os"), "system")  # want "PKL225"
