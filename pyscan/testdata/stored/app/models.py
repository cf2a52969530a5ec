# Classes whose stored states, in stored_test.go, are older than they are.


class Account:
    def __init__(self, owner):
        self.owner = owner
        self.limit = 0

    def __setstate__(self, state):
        self.owner = state["owner"]
        self.limit = state["limit"]  # want "PKL224 .*__setstate__ of class Account asks for `limit`, which the state in old/a.pkl .and in 1 more. lacks"


class Popped:
    def __setstate__(self, state):
        self.owner = state.pop("owner")  # want "asks for `owner`, which the state in old/b.pkl lacks"
        self.extra = state.pop("extra", None)
        self.__dict__.update(state)


class Defaulted:
    def __setstate__(self, state):
        self.owner = state.get("owner", "")
        if "limit" in state:
            self.limit = state["limit"]


class Filled:
    def __setstate__(self, state):
        state.setdefault("limit", 0)
        state["rate"] = 1
        self.limit, self.rate = state["limit"], state["rate"]


class Refusing:
    def __setstate__(self, state):
        if state.get("version", 0) < 2:
            raise ValueError("a state of an older release")
        self.limit = state["limit"]


class Versioned:
    def __setstate__(self, state):
        version = state.get("version", 1)
        if version >= 2:
            self.limit = state["limit"]
        self.owner = state["owner"]  # want "asks for `owner`, which the state in old/f.pkl lacks"


class Tried:
    def __setstate__(self, state):
        try:
            self.limit = state["limit"]
        except KeyError:
            self.limit = 0


class Migrated:
    def __setstate__(self, state):
        state = migrate(state)
        self.limit = state["limit"]


class Pair:
    def __getstate__(self):
        return (1, self.a, self.b, self.c)

    def __setstate__(self, state):
        version, self.a, self.b, self.c = state  # want "takes 4 items, and the state in old/i.pkl has 3"
        check(version)


class Position:
    def __getstate__(self):
        return (self.a, self.b, self.c)

    def __setstate__(self, state):
        self.a = state[0]
        self.c = state[2] if len(state) > 2 else None
        self.b = state[1]  # want "asks for item 1, which the state in old/j.pkl lacks"


class Whole:
    def __init__(self, owner):
        self.owner = owner
        self.limit = 0
        self.cache = {}
        self.seen = None

    def __getstate__(self):
        state = self.__dict__.copy()
        del state["cache"]
        return state

    def __setstate__(self, state):  # want "gives nothing in the place of `limit`, which methods read and the state in old/k.pkl lacks"
        self.__dict__.update(state)
        self.cache = {}
        self.seen = False

    def left(self):
        return self.limit - len(self.cache) if self.seen else 0


class Given:
    limit = 0

    def __init__(self, owner, rate=None):
        self.owner = owner
        self.limit = 1
        self.unread = 2
        if rate:
            self.rate = rate

    def __setstate__(self, state):
        self.__dict__.update(state)

    def left(self):
        return self.limit - self.rate


class Outer:
    class Inner:
        def __setstate__(self, state):
            self.limit = state["limit"]  # want "class Outer.Inner asks for `limit`, which the state in old/m.pkl lacks"


class Open:
    def __setstate__(self, state):
        self.limit = state["limit"]


class Other:
    def __setstate__(self, state):
        self.limit = state["limit"]


class Base:
    def __setstate__(self, state):
        self.limit = state["limit"]  # want "__setstate__ of class Derived asks for `limit`, which the state in old/o.pkl lacks"


class Derived(Base):
    pass


class Moved:
    def __setstate__(self, state):
        self.limit = state["limit"]  # want "asks for `limit`, which the state in old/p.pkl lacks"
