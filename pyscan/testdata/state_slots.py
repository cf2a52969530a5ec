# A state that is the slots of the class has no layout of its own (PKL222).


class View:
    __slots__ = ("_atlas", "_nodes")

    def __getstate__(self):
        return {"_atlas": self._atlas, "_nodes": self._nodes}

    def __setstate__(self, state):
        self._atlas = state["_atlas"]
        self._nodes = state["_nodes"]


class Part:
    __slots__ = ("_atlas", "_nodes", "_cache")

    def __getstate__(self):  # want "PKL222 unversioned-state: class Part"
        return {"_atlas": self._atlas, "_nodes": self._nodes}

    def __setstate__(self, state):
        self._atlas = state["_atlas"]
        self._nodes = state["_nodes"]
        self._cache = None


class Renamed:
    __slots__ = ("_atlas",)

    def __getstate__(self):  # want "PKL222 unversioned-state: class Renamed"
        return {"_atlas": dict(self._atlas)}

    def __setstate__(self, state):
        self._atlas = state["_atlas"]


class Row:
    __slots__ = ("a", "b")

    def __getstate__(self):  # want "PKL222 unversioned-state: class Row"
        return (self.a, self.b)

    def __setstate__(self, state):
        self.a, self.b = state
