# What a pickle cannot name.
import functools
import pickle


def local_class():
    class Local:
        def __reduce__(self):
            return Local, ()  # want "PKL227 unimportable-reduce: __reduce__ hands out the class `Local`, which is defined inside of `local_class`"

    return Local


def own_class():
    class Local:
        def __reduce__(self):
            return self.__class__, ()  # want "which is defined inside of `own_class`"

    return Local


def local_function():
    def build(x):
        return x

    class C:
        def __reduce__(self):
            return build, (1,)  # want "hands out `build`, which is defined inside of `local_function`"

    return C


class Inside:
    def __reduce__(self):
        def build(x):
            return x

        return build, (1,)  # want "defined inside of `__reduce__`"


class LocalMade:
    def __reduce__(self):
        class Made:
            pass

        return Made, ()  # want "hands out the class `Made`"


def makes_global():
    global Global

    class Global:
        def __reduce__(self):
            return Global, ()


class BoundMethod:
    def build(self, x):
        return x

    def __reduce__(self):
        return self.build, (1,)  # want "a method of the object itself"


class BaseWithMethod:
    def build(self, x):
        return x

    @classmethod
    def create(cls, x):
        return cls()

    @staticmethod
    def __make(x):
        return x

    def __reduce__(self):
        return self.__make, (1,)  # want "spelled otherwise"


class DerivedFromIt(BaseWithMethod):
    def __reduce__(self):
        return self.build, (1,)  # want "a method of the object itself"

    def __reduce_ex__(self, protocol):
        return self.create, (1,)


class Mangled:
    class __Inner:
        pass

    def __reduce__(self):
        return Mangled.__Inner, ()  # want "spelled otherwise"


class Text:
    def __reduce__(self):
        return "MISSING"  # want "returns the text \"MISSING\", which is the name of a global, and the module has none"


class DottedText:
    def __reduce__(self):
        return "os.path"  # want "returns the text"


class GoodText:
    instance = None

    def __reduce__(self):
        return "GoodText.instance"


def deleted(x):
    return x


class Deleted:
    def __reduce__(self):
        return deleted, (1,)  # want "a name that the module deletes further down"


del deleted


class Replaced:
    def __reduce__(self):
        return Replaced, ()  # want "a name that the module gives to an object"


Replaced = Replaced()


class ReplacedByNothing:
    def __reduce__(self):
        return type(self), ()  # want "a name that the module gives to something else"


nothing = ReplacedByNothing()
ReplacedByNothing = None


def plain_decorator(f):
    def wrapper(*args):
        return f(*args)

    return wrapper


def good_decorator(f):
    @functools.wraps(f)
    def wrapper(*args):
        return f(*args)

    return wrapper


@plain_decorator
def hidden(x):
    return x


@good_decorator
def shown(x):
    return x


@functools.lru_cache(maxsize=None)
def cached(x):
    return x


class Hidden:
    def __reduce__(self):
        return hidden, (1,)  # want "a function inside of the decorator `plain_decorator`"


class Shown:
    def __reduce__(self):
        return shown, (1,)


class CachedOne:
    def __reduce__(self):
        return cached, (1,)


def renamed(x):
    return x


renamed.__qualname__ = "something.else"


class Renamed:
    def __reduce__(self):
        return renamed, (1,)  # want "whose __qualname__ is set to"


class Qualified:
    __qualname__ = "Nowhere"

    def __reduce__(self):
        return Qualified, ()  # want "whose __qualname__ is set to"


class Public:
    __module__ = "package"

    def __reduce__(self):
        return Public, ()


class ByNew:
    def __new__(cls, *args):
        return super().__new__(cls)

    def __reduce__(self):
        return self.__new__, (self.__class__,)


def test_in_a_test():
    class Local:
        def __reduce__(self):
            return Local, ()

    pickle.dumps(Local())


if __name__ == "__main__":

    def build_main(x):
        return x

    class Main:
        def __reduce__(self):
            return build_main, (1,)  # want "only defined if the file is the program"

    class OwnMain:
        def __reduce__(self):
            return OwnMain, ()  # want "only defined if the file is the program"
