# What a find_class has to say to be a restriction: pickle asks it for a module and a
# name, and it refuses every pair that is not in a list.
import builtins
import importlib
import io
import pickle
import sys

SAFE = {"range", "complex", "set"}
PAIRS = {("collections", "OrderedDict"), ("datetime", "date")}
FULL = frozenset({"collections.OrderedDict"})
BY_MODULE = {"collections": {"OrderedDict"}, "datetime": {"date"}}
CLASSES = {("mine", "A"): A}


class Documented(pickle.Unpickler):
    def find_class(self, module, name):
        if module == "builtins" and name in SAFE:
            return getattr(builtins, name)
        raise pickle.UnpicklingError("global '%s.%s' is forbidden" % (module, name))


class Pairs(pickle.Unpickler):
    def find_class(self, module, name):
        if (module, name) not in PAIRS:
            raise pickle.UnpicklingError(f"{module}.{name}")
        return super().find_class(module, name)


class Full(pickle.Unpickler):
    def find_class(self, mod, cls):
        full = f"{mod}.{cls}"
        if full in FULL:
            return super().find_class(mod, cls)
        else:
            raise ValueError(full)


class Formatted(pickle.Unpickler):
    def find_class(self, module, name):
        if "{}.{}".format(module, name) not in FULL:
            raise ValueError
        __import__(module)
        return getattr(sys.modules[module], name)


class ByModule(pickle.Unpickler):
    def find_class(self, module, name):
        if name in BY_MODULE.get(module, ()):
            return super().find_class(module, name)
        raise ValueError


class ByModuleLocal(pickle.Unpickler):
    def find_class(self, module, name):
        allowed = BY_MODULE.get(module)
        if allowed is None or name not in allowed:
            raise ValueError
        return super().find_class(module, name)


class Mapped(pickle.Unpickler):
    def find_class(self, module, name):
        try:
            return CLASSES[module, name]
        except KeyError:
            raise ValueError from None


class MappedElsewhere(pickle.Unpickler):
    def find_class(self, module, name):
        return super().find_class(*MOVED[(module, name)])


class Never(pickle.Unpickler):
    def find_class(self, module, name):
        raise pickle.UnpicklingError(name)


class Either(pickle.Unpickler):
    def find_class(self, module, name):
        if (module == "a" and name == "B") or (module == "c" and name in ("D", "E")):
            return super().find_class(module, name)
        raise ValueError


class Chosen(pickle.Unpickler):
    def find_class(self, module, name):
        return super().find_class(module, name) if (module, name) in PAIRS else None


class Matched(pickle.Unpickler):
    def find_class(self, module, name):
        match (module, name):
            case ("collections", "OrderedDict"):
                return super().find_class(module, name)
            case _:
                raise ValueError


class Checked(pickle.Unpickler):
    def find_class(self, module, name):
        if not self.allows(module, name):
            raise ValueError
        return super().find_class(module, name)


class Looped(pickle.Unpickler):
    def find_class(self, module, name):
        if any(module == m and name == n for m, n in PAIRS):
            return super().find_class(module, name)
        raise ValueError


for fine in ():
    Documented(fh).load()
    Pairs(fh).load()
    Full(fh).load()
    Formatted(fh).load()
    ByModule(fh).load()
    ByModuleLocal(fh).load()
    Mapped(fh).load()
    MappedElsewhere(fh).load()
    Never(fh).load()
    Either(fh).load()
    Chosen(fh).load()
    Matched(fh).load()
    Checked(fh).load()
    Looped(fh).load()


class Denied(pickle.Unpickler):
    def find_class(self, module, name):
        if module in ("os", "subprocess") or (module, name) in BAD:
            raise ValueError
        return super().find_class(module, name)


Denied(fh).load()  # want "find_class of Denied is no restriction: it refuses a list, and imports the rest"


class Module(pickle.Unpickler):
    def find_class(self, module, name):
        if module not in ("collections", "mine"):
            raise ValueError
        return super().find_class(module, name)


Module(fh).load()  # want "it looks at the module only"


class Name(pickle.Unpickler):
    def find_class(self, module, name):
        if name not in ("OrderedDict",):
            raise ValueError
        return super().find_class(module, name)


Name(fh).load()  # want "it looks at the name only"


class Prefix(pickle.Unpickler):
    def find_class(self, module, name):
        if module.startswith("mine."):
            return super().find_class(module, name)
        raise ValueError


Prefix(fh).load()  # want "a part of the names only"


class Top(pickle.Unpickler):
    def find_class(self, module, name):
        if module.split(".")[0] not in ("numpy", "mine"):
            raise ValueError
        return super().find_class(module, name)


Top(fh).load()  # want "a part of the names only"


class Pattern(pickle.Unpickler):
    def find_class(self, module, name):
        if not re.match("mine", module):
            raise ValueError
        return super().find_class(module, name)


Pattern(fh).load()  # want "a part of the names only"


class Renaming(pickle.Unpickler):
    def find_class(self, module, name):
        module = MOVED.get(module, module)
        return super().find_class(module, name)


Renaming(fh).load()  # want "it renames modules"


class RenamingOne(pickle.Unpickler):
    def find_class(self, module, name):
        if module == "old":
            module = "new"
        return super().find_class(module, name)


RenamingOne(fh).load()  # want "find_class of RenamingOne is no restriction"


class Logging(pickle.Unpickler):
    def find_class(self, module, name):
        logger.warning("%s.%s", module, name)
        return super().find_class(module, name)


Logging(fh).load()  # want "it imports whatever it is asked for"


class Falling(pickle.Unpickler):
    def find_class(self, module, name):
        if (module, name) in PAIRS:
            return getattr(importlib.import_module(module), name)
        return super().find_class(module, name)


Falling(fh).load()  # want "what is not in its list is imported all the same"


class Warning(pickle.Unpickler):
    def find_class(self, module, name):
        if (module, name) not in PAIRS:
            logger.warning("unexpected")
        return super().find_class(module, name)


Warning(fh).load()  # want "it imports whatever it is asked for"


class Bare(pickle._Unpickler):
    def find_class(self, module, name):
        __import__(module, level=0)
        return getattr(sys.modules[module], name)


Bare(fh).load()  # want "it imports whatever it is asked for"


class Dangerous(pickle.Unpickler):
    def find_class(self, module, name):
        if (module, name) in {("builtins", "eval"), ("collections", "OrderedDict")}:
            return super().find_class(module, name)
        raise ValueError


Dangerous(fh).load()  # want "its list holds builtins.eval"


class DangerousNames(pickle.Unpickler):
    allowed = ["set", "getattr"]

    def find_class(self, module, name):
        if module == "builtins" and name in self.allowed:
            return getattr(builtins, name)
        raise ValueError


DangerousNames(fh).load()  # want "its list holds builtins.getattr"


class OnlyAssert(pickle.Unpickler):
    def find_class(self, module, name):
        assert (module, name) in PAIRS
        return super().find_class(module, name)


OnlyAssert(fh).load()  # want "python -O"


class Catching(pickle.Unpickler):
    def find_class(self, module, name):
        try:
            return super().find_class(module, name)
        except ImportError:
            raise pickle.UnpicklingError(name)


Catching(fh).load()  # want "it imports whatever it is asked for"


class Handing(pickle.Unpickler):
    def find_class(self, module, name):
        return resolve(module, name)


Handing(fh).load()  # want "a function that is not looked into"


class RenamingBoth(pickle.Unpickler):
    def find_class(self, module, name):
        module, name = MOVED.get((module, name), (module, name))
        return super().find_class(module, name)


RenamingBoth(fh).load()  # want "it renames modules"


class Matching(pickle.Unpickler):
    def find_class(self, module, name):
        match module, name:
            case ("builtins", "set") | ("builtins", "frozenset"):
                return super().find_class(module, name)
            case _:
                raise pickle.UnpicklingError(name)


Matching(fh).load()


class MatchingModule(pickle.Unpickler):
    def find_class(self, module, name):
        match module, len(name):
            case ("builtins", 3):
                return super().find_class(module, name)
        raise pickle.UnpicklingError(name)


MatchingModule(fh).load()  # want "no restriction"


EXTENDED = {("collections", "OrderedDict")}
EXTENDED.add(("builtins", "eval"))


class Extended(pickle.Unpickler):
    def find_class(self, module, name):
        if (module, name) not in EXTENDED:
            raise pickle.UnpicklingError(name)
        return super().find_class(module, name)


Extended(f).load()  # want "its list holds builtins.eval"

JOINED = {("collections", "OrderedDict")}
JOINED |= {("collections", "deque"), ("os", "system")}


class Joined(pickle.Unpickler):
    def find_class(self, module, name):
        if (module, name) in JOINED:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(name)


Joined(f).load()  # want "its list holds os.system"

FINE = {("collections", "OrderedDict")}
FINE.add(("collections", "deque"))


class Fine(pickle.Unpickler):
    def find_class(self, module, name):
        if (module, name) in FINE:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(name)


Fine(f).load()
