# Unpicklers whose find_class is a restriction at first sight.
import pickle
import sys

PAIRS = {("collections", "OrderedDict"), ("datetime", "date")}


class System(pickle.Unpickler):
    def find_class(self, module, name):
        if (module, name) == ("os", "system"):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(name)


System(fh).load()  # want "its list holds os.system"


class Getattr(pickle.Unpickler):
    def find_class(self, module, name):
        if module + "." + name == "builtins.getattr":
            return super().find_class(module, name)
        raise pickle.UnpicklingError(name)


Getattr(fh).load()  # want "its list holds builtins.getattr"


class Harmless(pickle.Unpickler):
    def find_class(self, module, name):
        if (module, name) == ("collections", "OrderedDict") or f"{module}.{name}" == "datetime.date":
            return super().find_class(module, name)
        raise pickle.UnpicklingError(name)


Harmless(fh).load()


class Matched(pickle.Unpickler):
    def find_class(self, module, name):
        match (module, name):
            case ("builtins", "eval"):
                return super().find_class(module, name)
        raise pickle.UnpicklingError(name)


Matched(fh).load()  # want "its list holds builtins.eval"


class PartOfModule(pickle.Unpickler):
    def find_class(self, module, name):
        if (module.split(".")[0], name) in PAIRS:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(name)


PartOfModule(fh).load()  # want "no restriction"


class PartOfName(pickle.Unpickler):
    def find_class(self, module, name):
        if (module, name.split(".")[0]) in PAIRS:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(name)


PartOfName(fh).load()  # want "no restriction"


class PartJoined(pickle.Unpickler):
    def find_class(self, module, name):
        if module + "." + name.split(".")[0] in PAIRS:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(name)


PartJoined(fh).load()  # want "no restriction"


class Otherwise(pickle.Unpickler):
    def find_class(self, module, name):
        if MAP.get((module, name), True):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(name)


Otherwise(fh).load()  # want "no restriction"


class OtherwiseNone(pickle.Unpickler):
    def find_class(self, module, name):
        if MAP.get((module, name), ()):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(name)


OtherwiseNone(fh).load()


class Itself(pickle.Unpickler):
    def find_class(self, module, name):
        if (module, name) in ((module, name),):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(name)


Itself(fh).load()  # want "no restriction"


class Loaded(pickle.Unpickler):
    def find_class(self, module, name):
        if module in sys.modules and name in dir(sys.modules[module]):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(name)


Loaded(fh).load()  # want "no restriction"


class Restricted(pickle.Unpickler):
    def find_class(self, module, name):
        if (module, name) in PAIRS:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(name)


Restricted(fh).load()


class Reset(Restricted):
    find_class = pickle.Unpickler.find_class


Reset(fh).load()  # want "it is set to what is not looked into"


class Twice(pickle.Unpickler):
    def find_class(self, module, name):
        if (module, name) in PAIRS:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(name)

    def find_class(self, module, name):
        return super().find_class(module, name)


Twice(fh).load()  # want "it imports whatever it is asked for"


class Over(Restricted):
    find_class = None

    def find_class(self, module, name):
        if (module, name) in PAIRS:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(name)


Over(fh).load()
