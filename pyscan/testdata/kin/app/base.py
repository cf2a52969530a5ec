# Bases of classes of use.py. What is wrong with one is told where it shows.
import threading


class Locked:
    def __init__(self):
        self.value = 0
        self.lock = threading.Lock()


class Plain:
    def __init__(self):
        self.value = 0


class Dropping:
    def __init__(self):
        self.lock = threading.Lock()

    def __getstate__(self):
        state = self.__dict__.copy()
        del state["lock"]
        return state

    def __setstate__(self, state):
        self.__dict__.update(state)
        self.lock = threading.Lock()


class Listing:
    def __init__(self):
        self.a, self.b = 1, 2

    def __getstate__(self):
        state = {"a": self.a}
        if self.b:
            state["b"] = self.b
        return state


class Taking:
    def __init__(self):
        self.a, self.b = 1, 2

    def __setstate__(self, state):
        self.a = state["a"]
        self.b = state.get("b", 0)


class Versioned:
    def __getstate__(self):
        return {"version": 2, "a": self.a}

    def __setstate__(self, state):
        if state["version"] != 2:
            raise ValueError("another version")
        self.a = state["a"]


class Blind:
    def __getstate__(self):
        return {"version": 1, "a": 1, "b": 1}

    def __setstate__(self, state):  # want "PKL223 .*class Blind does not look at"
        self.a = state.get("a")
        self.b = state["b"]


class Writer:
    def __getstate__(self):  # want "PKL223|PKL221"
        return (1, self.a, self.b)


class Slots:
    __slots__ = ("a",)


class Open:
    __slots__ = ("b",)
    extra = {}


class Loose:
    pass


class Reducing:
    def __reduce__(self):
        return Reducing, ()


class Dynamic:
    def __getattr__(self, name):
        return self.made[name]


@decorate
class Decorated:
    def __init__(self):
        self.lock = threading.Lock()


class Owner:
    def __init__(self):
        self._file = None

    def open(self, path):
        self._file = open(path)

    def close(self):
        self._file = None
