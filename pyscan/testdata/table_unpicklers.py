# Unpicklers that restrict, and that do not.
import builtins
import importlib
import io
import pickle
import sys
from pickle import Unpickler

ALLOWED_NAMES = frozenset({"collections.OrderedDict", "builtins.set"})
MAP = {("a", "B"): int}
CLASSES = {"Point": tuple, "Line": list}


class Joined(Unpickler):
    def find_class(self, module, name):
        if f"{module}.{name}" in ALLOWED_NAMES:
            return super().find_class(module, name)
        raise pickle.UnpicklingError("no")


class Joined2(Unpickler):
    def find_class(self, module, name):
        full = module + "." + name
        if full not in ALLOWED_NAMES:
            raise pickle.UnpicklingError(full)
        return super().find_class(module, name)


class ClassAttr(Unpickler):
    allowed = {("builtins", "set"), ("decimal", "Decimal")}

    def find_class(self, module, name):
        if (module, name) not in self.allowed:
            raise pickle.UnpicklingError(name)
        return super().find_class(module, name)


class Got(Unpickler):
    def find_class(self, module, name):
        cls = MAP.get((module, name))
        if cls is None:
            raise pickle.UnpicklingError(name)
        return cls


class Matched(Unpickler):
    def find_class(self, module, name):
        match module, name:
            case ("builtins", "set"):
                return set
            case ("collections", "OrderedDict"):
                return super().find_class(module, name)
            case _:
                raise pickle.UnpicklingError(name)


class Chain(Unpickler):
    def find_class(self, module, name):
        if module == "builtins":
            if name in ("set", "frozenset"):
                return getattr(builtins, name)
        elif module == "datetime" and name == "date":
            return super().find_class(module, name)
        raise pickle.UnpicklingError(name)


class Looped(Unpickler):
    def find_class(self, module, name):
        for m, n in (("builtins", "set"), ("decimal", "Decimal")):
            if m == module and n == name:
                return super().find_class(module, name)
        raise pickle.UnpicklingError(name)


class Stub(Unpickler):
    def find_class(self, module, name):
        return lambda *a, **k: None


class ByName(Unpickler):
    def find_class(self, module, name):
        try:
            return CLASSES[name]
        except KeyError as e:
            raise pickle.UnpicklingError(name) from e


class Derived(Joined):
    def persistent_load(self, pid):
        return pid


def use(fh, b):
    a = Joined(fh).load()
    c = Joined2(fh).load()
    d = ClassAttr(fh).load()
    e = Got(fh).load()
    f = Matched(fh).load()
    g = Chain(fh).load()
    h = Looped(io.BytesIO(b)).load()
    i = Stub(fh).load()
    j = ByName(fh).load()
    k = Derived(fh).load()
    return locals()


import builtins
import importlib
import logging
import os
import pickle
import re
import sys
from pickle import Unpickler

ALLOWED = {"numpy", "builtins"}
DANGEROUS = {("os", "system"), ("builtins", "set")}
EXTRA = set()


class Regex(Unpickler):
    def find_class(self, module, name):
        if re.match(r"numpy|pandas", module):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(name)


class OrLogic(Unpickler):
    def find_class(self, module, name):
        if module in ALLOWED or name in ("set",):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(name)


class Ends(Unpickler):
    def find_class(self, module, name):
        if not module.endswith(".models"):
            raise pickle.UnpicklingError(name)
        return super().find_class(module, name)


class Tuple(Unpickler):
    def find_class(self, module, name):
        if module.startswith(("numpy", "pandas.")):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(name)


class Bypass(Unpickler):
    def find_class(self, module, name):
        if os.environ.get("TRUST_PICKLES"):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(name)


class Underscore(Unpickler):
    def find_class(self, module, name):
        if name.startswith("_"):
            raise pickle.UnpicklingError(name)
        return super().find_class(module, name)


class Except(Unpickler):
    def find_class(self, module, name):
        try:
            return {"Point": tuple}[name]
        except KeyError:
            return super().find_class(module, name)


class ListsEval(Unpickler):
    def find_class(self, module, name):
        if (module, name) in {("builtins", "eval"), ("builtins", "set")}:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(name)


class Sys(Unpickler):
    def find_class(self, module, name):
        if module == "__main__":
            module = "app.models"
        __import__(module, level=0)
        return getattr(sys.modules[module], name)


class Gets(Unpickler):
    def find_class(self, module, name):
        cls = {"Point": tuple}.get(name)
        return cls or super().find_class(module, name)


class AssertOnly(Unpickler):
    def find_class(self, module, name):
        logging.debug("find %s", name)
        if module not in ALLOWED:
            logging.warning("odd module")
        return Unpickler.find_class(self, module, name)


class NotOverridden(Unpickler):
    def find_clas(self, module, name):
        raise pickle.UnpicklingError(name)


def use(fh):
    a = Regex(fh).load()  # want "pickle.Unpickler"
    b = OrLogic(fh).load()  # want "pickle.Unpickler"
    c = Ends(fh).load()  # want "pickle.Unpickler"
    d = Tuple(fh).load()  # want "pickle.Unpickler"
    e = Bypass(fh).load()  # want "pickle.Unpickler"
    f = Underscore(fh).load()  # want "pickle.Unpickler"
    g = Except(fh).load()  # want "pickle.Unpickler"
    h = ListsEval(fh).load()  # want "pickle.Unpickler"
    i = Sys(fh).load()  # want "pickle.Unpickler"
    j = Gets(fh).load()  # want "pickle.Unpickler"
    k = AssertOnly(fh).load()  # want "pickle.Unpickler"
    l = NotOverridden(fh).load()  # want "pickle.Unpickler"
    return locals()
