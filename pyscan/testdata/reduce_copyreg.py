# Registrations that do not run when the module is imported.
import copy_reg
import copyreg
import io
import pickle


class Point:
    pass


def reduce_point(p):
    return Point, ()


copyreg.pickle(Point, reduce_point)
copy_reg.pickle(Point, reduce_point)


def register_never():
    copyreg.pickle(Point, reduce_point)  # want "PKL228 unregistered-copyreg: copyreg.pickle is called in `[a-z_]*`, which nothing in this module calls"


def register_table():
    copyreg.dispatch_table[Point] = reduce_point  # want "nothing in this module calls"


def register_now():
    copyreg.pickle(Point, reduce_point)


register_now()


def register_deep():
    copyreg.pickle(Point, reduce_point)


def outer():
    register_deep()


outer()


def only_from_uncalled():
    copyreg.pickle(Point, reduce_point)  # want "nothing in this module calls"


def uncalled():
    only_from_uncalled()


def from_main():
    copyreg.pickle(Point, reduce_point)  # want "only runs if the file is the program"


class Plugin:
    def __init__(self):
        copyreg.pickle(Point, reduce_point)

    def setUp(self):
        copyreg.pickle(Point, reduce_point)

    def install(self):
        copyreg.pickle(Point, reduce_point)  # want "nothing in this module calls"


def on_start(f):
    return f


@on_start
def decorated():
    copyreg.pickle(Point, reduce_point)


for kind in (Point,):
    copyreg.pickle(kind, reduce_point)

try:
    copyreg.pickle(Point, reduce_point)
except TypeError:
    pass


class Unused(pickle.Pickler):
    dispatch_table = {Point: reduce_point}  # want "the pickler `[A-Za-z]*` is used nowhere"


class UnusedToo(pickle.Pickler):
    def reducer_override(self, obj):  # want "the pickler `[A-Za-z]*` is used nowhere"
        return NotImplemented


class Used(pickle.Pickler):
    dispatch_table = {Point: reduce_point}


class OfSelf(pickle.Pickler):
    def __init__(self, file, table):
        super().__init__(file)
        self.dispatch_table = table


def use_it(file):
    return OfSelf(file, {})


def save(point):
    p = pickle.Pickler(io.BytesIO())
    p.dispatch_table = {Point: reduce_point}  # want "pickle.dumps makes a pickler of its own"
    q = pickle.Pickler(io.BytesIO())
    q.dispatch_table = {Point: reduce_point}
    q.dump(point)
    r = Used(io.BytesIO())
    r.dump(point)
    return pickle.dumps(point)


if __name__ == "__main__":
    copyreg.pickle(Point, reduce_point)  # want "only called if the file is the program"
    from_main()
