"""Versions of states: PKL222, PKL223 and PKL224."""
import json

VERSION = 3


class Bare:
    def __getstate__(self):  # want "PKL222 .*class Bare has a state of its own layout without a version"
        return {"a": self.a, "b": self.b}

    def __setstate__(self, state):
        self.a = state["a"]
        self.b = state["b"]


class BareTuple:
    def __getstate__(self):  # want "PKL222"
        return (self.a, self.b)

    def __setstate__(self, state):
        self.a, self.b = state


class Copied:
    def __getstate__(self):
        return self.__dict__.copy()

    def __setstate__(self, state):
        self.__dict__.update(state)


class Defaults:
    def __getstate__(self):
        return {"a": self.a, "b": self.b}

    def __setstate__(self, state):
        self.a = state["a"]
        self.b = state.get("b", 0)


class ByLength:
    def __getstate__(self):
        return (self.a, self.b)

    def __setstate__(self, state):
        if len(state) == 2:
            self.a, self.b = state
        else:
            (self.a,) = state


class Checked:
    def __getstate__(self):
        return {"version": 1, "a": self.a}

    def __setstate__(self, state):
        if state["version"] != 1:
            raise ValueError("another version")
        self.a = state["a"]


class CheckedByName:
    def __getstate__(self):
        return {"version": VERSION, "a": self.a}

    def __setstate__(self, state):
        version = state.pop("version", 1)
        if version < VERSION:
            state = migrate(state, version)
        self.__dict__.update(state)


class CheckedAfter:
    _version = 2

    def __getstate__(self):
        state = self.__dict__.copy()
        state["_version"] = self._version
        return state

    def __setstate__(self, state):
        self.__dict__.update(state)
        if self._version < 2:
            self.b = 0


class CheckedInHelper:
    def __getstate__(self):
        return {"schema": 1, "a": self.a}

    def __setstate__(self, state):
        self.__dict__.update(self._migrate(state))

    def _migrate(self, state):
        if state["schema"] < 1:
            state["a"] = 0
        return state


class CheckedIn:
    def __getstate__(self):
        return {"version": 1, "a": self.a}

    def __setstate__(self, state):
        if "version" not in state:
            state["a"] = 0
        self.a = state["a"]


class Handed:
    def __getstate__(self):
        return {"version": 1, "a": self.a}

    def __setstate__(self, state):
        self.__dict__.update(migrate(state))


class Matched:
    def __getstate__(self):
        return {"version": 1, "a": self.a}

    def __setstate__(self, state):
        match state:
            case {"version": 1, "a": a}:
                self.a = a
            case _:
                raise ValueError


class Ignored:
    def __getstate__(self):
        return {"version": 1, "a": self.a}

    def __setstate__(self, state):  # want "PKL223 .*does not look at `version`, which __getstate__ writes"
        self.a = state["a"]


class IgnoredUpdate:
    def __getstate__(self):
        state = self.__dict__.copy()
        state["__version__"] = 2
        return state

    def __setstate__(self, state):  # want "PKL223 .*does not look at `__version__`"
        self.__dict__.update(state)


class ThrownAway:
    def __getstate__(self):
        return dict(self.__dict__, schema_version=VERSION)

    def __setstate__(self, state):  # want "PKL223"
        state.pop("schema_version", None)
        self.__dict__.update(state)


class DeletedUnread:
    def __getstate__(self):
        state = self.__dict__.copy()
        state["version"] = 1
        return state

    def __setstate__(self, state):  # want "PKL223"
        del state["version"]
        self.__dict__.update(state)


class NameUnread:
    def __getstate__(self):
        return {"version": 1, "a": self.a}

    def __setstate__(self, state):  # want "PKL223"
        version = state["version"]
        self.a = state["a"]


class OnlyKept:
    STATE_VERSION = 1

    def __getstate__(self):
        return {"version": self.STATE_VERSION, "a": self.a}

    def __setstate__(self, state):  # want "PKL223"
        self.loaded_version = state["version"]
        self.a = state["a"]


class NobodyReads:
    def __getstate__(self):
        state = self.__dict__.copy()
        state["_format"] = 4  # want "PKL223 .*there is no __setstate__ that reads it"
        return state


class TupleIgnored:
    def __getstate__(self):
        return (1, self.a, self.b)

    def __setstate__(self, state):  # want "PKL223 .*does not look at the version in position 0"
        _, self.a, self.b = state


class TupleChecked:
    def __getstate__(self):
        return (1, self.a, self.b)

    def __setstate__(self, state):
        version, self.a, self.b = state
        if version != 1:
            raise ValueError


class TupleByIndex:
    def __getstate__(self):
        return (VERSION, self.a)

    def __setstate__(self, state):
        if state[0] == VERSION:
            self.a = state[1]


class AttributeVersion:
    def __init__(self):
        self._state_version = 2
        self.a = 1

    def __getstate__(self):
        return self.__dict__.copy()

    def __setstate__(self, state):  # want "PKL223 .*`_state_version`"
        self.__dict__.update(state)


class Package:
    def __init__(self, name, version):
        self.name, self.version = name, version

    def __getstate__(self):  # want "PKL222"
        return {"name": self.name, "version": self.version}

    def __setstate__(self, state):
        self.name, self.version = state["name"], state["version"]


class NotWritten:
    def __getstate__(self):
        return {"version": 1, "host": self.host}

    def __setstate__(self, state):
        if state["version"] != 1:
            raise ValueError
        self.host = state["hostname"]  # want "PKL224 .*asks for `hostname`, which __getstate__ does not write"


class TakenOut:
    def __getstate__(self):
        state = self.__dict__.copy()
        del state["cache"]
        return state

    def __setstate__(self, state):
        self.cache = state["cache"]  # want "PKL224 .*asks for `cache`, which __getstate__ does not write"
        self.__dict__.update(state)


class AtTimes:
    def __getstate__(self):
        state = {"version": 1, "a": self.a}
        if self.b is not None:
            state["b"] = self.b
        return state

    def __setstate__(self, state):
        if state["version"] != 1:
            raise ValueError
        self.a = state["a"]
        self.b = state["b"]  # want "PKL224 .*asks for `b`, which __getstate__ does not always write"


class AtTimesPop:
    def __getstate__(self):
        state = {"a": self.a}
        if self.b is not None:
            state["b"] = self.b
        return state

    def __setstate__(self, state):
        self.b = state.pop("b")  # want "PKL224"
        self.a = state.get("a")


class AtTimesGuarded:
    def __getstate__(self):
        state = {"a": self.a}
        if self.b is not None:
            state["b"] = self.b
        return state

    def __setstate__(self, state):
        self.a = state["a"]
        self.b = state["b"] if "b" in state else None


class AtTimesTry:
    def __getstate__(self):
        state = {"a": self.a}
        if self.b is not None:
            state["b"] = self.b
        return state

    def __setstate__(self, state):
        self.a = state.get("a")
        try:
            self.b = state["b"]
        except KeyError:
            self.b = None


class AtTimesDefault:
    def __getstate__(self):
        state = {"a": self.a}
        if self.b is not None:
            state["b"] = self.b
        return state

    def __setstate__(self, state):
        state.setdefault("b", None)
        self.a = state["a"]
        self.b = state["b"]


# That the version is not looked at is one defect, and is told once.
class Second:
    def __getstate__(self):
        return {"version": 2, "owner": self.owner, "currency": self.currency}

    def __setstate__(self, state):  # want "PKL223"
        self.owner = state["owner"]
        self.currency = state["currency"]


class SecondMigrates:
    def __getstate__(self):
        return {"version": 2, "owner": self.owner, "currency": self.currency}

    def __setstate__(self, state):
        if state.get("version", 1) < 2:
            state["currency"] = "EUR"
        self.owner = state["owner"]
        self.currency = state["currency"]


class SecondRefuses:
    def __getstate__(self):
        return {"version": 2, "owner": self.owner}

    def __setstate__(self, state):
        if state["version"] != 2:
            raise ValueError
        self.owner = state["owner"]


class PointV1:
    def __getstate__(self):  # want "PKL222"
        return {"x": self.x, "y": self.y}

    def __setstate__(self, state):
        self.x, self.y = state["x"], state["y"]


class PointV2:
    def __getstate__(self):  # want "PKL222"
        return {"x": self.x, "y": self.y, "z": self.z}

    def __setstate__(self, state):
        self.x, self.y = state["x"], state["y"]
        self.z = state["z"]  # want "PKL224 .*asks for `z`, which states of class PointV1 lack"


class OldLine:
    def __getstate__(self):
        return {"a": self.a}


class Line:
    def __getstate__(self):
        return {"a": self.a, "b": self.b}

    def __setstate__(self, state):
        self.a = state["a"]
        self.b = state.get("b", 0)


class Counts:
    def __getstate__(self):  # want "PKL222"
        return (self.a, self.b, self.c)

    def __setstate__(self, state):
        self.a, self.b = state  # want "PKL224 .*takes 2 items, and __getstate__ writes 3"


class CountsStarred:
    def __getstate__(self):  # want "PKL222"
        return (self.a, self.b, self.c)

    def __setstate__(self, state):
        self.a, *self.rest = state


class Encoded:
    def __getstate__(self):
        return json.dumps({"a": self.a})

    def __setstate__(self, state):
        self.a = json.loads(state)["a"]


def migrate(state, version=1):
    return state


class OnlyLogged:
    def __getstate__(self):
        return {"version": 2, "a": self.a}

    def __setstate__(self, state):
        print("restoring", state["version"])
        self.a = state["a"]  # want "PKL224 setstate-without-migration: __setstate__ of class OnlyLogged asks for `a` without looking at the version: states of an older one may lack it"
