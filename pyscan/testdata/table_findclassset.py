# A find_class that is set behind the class restricts nothing.
import pickle

PAIRS = {("collections", "OrderedDict")}


class Restricted(pickle.Unpickler):
    def find_class(self, module, name):
        if (module, name) in PAIRS:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(name)


def read(fh):
    unpickler = Restricted(fh)  # want "another one is set later"
    unpickler.find_class = lambda module, name: getattr(__import__(module), name)
    return unpickler.load()
