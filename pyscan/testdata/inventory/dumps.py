"""What is dumped: its classes, its protocol, and forms of calls."""
import functools
import marshal
import pickle
from collections import OrderedDict
from typing import Optional

import cloudpickle
import jsonpickle

from shop.models import Order

PROTOCOL = 3


class Job:
    def save(self):
        pickle.dump(self, open("a", "wb"), PROTOCOL)  # dump pickle.dump 3 file:a literal builtins.open classes pkg.dumps.Job

    class Part:
        pass


class Pickler(pickle.Pickler):
    def __init__(self, file, own):
        super().__init__(file, 4)


def classes(order: Order, maybe: Optional[Job], x, **kw):
    pickle.dump(order, open("b", "wb"), protocol=pickle.HIGHEST_PROTOCOL)  # dump pickle.dump highest file:b literal builtins.open classes shop.models.Order
    pickle.dump(maybe, open("b", "wb"))  # dump pickle.dump default file:b literal builtins.open classes pkg.dumps.Job
    pickle.dump([Job(), Order(1)], open("b", "wb"), protocol=0)  # dump pickle.dump 0 file:b literal builtins.open classes pkg.dumps.Job,shop.models.Order
    parts = {"a": Job.Part(), "b": OrderedDict()}
    pickle.dump(parts, open("b", "wb"), **kw)  # dump pickle.dump - file:b literal builtins.open classes collections.OrderedDict,pkg.dumps.Job.Part
    pickle.dump(x, open("b", "wb"), protocol=x)  # dump pickle.dump - file:b literal builtins.open
    pickle.dump(dict(x), open("b", "wb"), protocol=None)  # dump pickle.dump default file:b literal builtins.open


def forms(x):
    pickle.Pickler(open("c", "wb"), 2).dump(Job())  # dump pickle.Pickler 2 file:c literal builtins.open classes pkg.dumps.Job
    p = pickle.Pickler(open("c", "wb"))  # dump pickle.Pickler default file:c literal builtins.open classes pkg.dumps.Job
    p.dump(Job())
    Pickler(open("c", "wb"), 1).dump(x)  # dump pickle.Pickler - unknown
    marshal.dump(x, open("d", "wb"))  # dump marshal.dump - file:d literal builtins.open
    cloudpickle.dump(x, open("e", "wb"))  # dump cloudpickle.dump highest file:e literal builtins.open
    open("f", "w").write(jsonpickle.encode(x))  # dump jsonpickle.encode - file:f literal builtins.open
    dumps = functools.partial(pickle.dumps, protocol=4)
    open("g", "wb").write(dumps(x))  # dump pickle.dumps 4 file:g literal builtins.open
    alias = pickle.dumps
    open("g", "wb").write(alias(x))  # dump pickle.dumps default file:g literal builtins.open
    register("pickle", pickle.dumps, pickle.loads)  # dump pickle.dumps - unknown site pickle.loads unknown
