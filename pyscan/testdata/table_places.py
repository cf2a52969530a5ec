# Where a call may stand.
import pickle, json; from marshal import (loads
    as mloads, dumps)


def layout(raw, fh):
    b = (pickle  # want "pickle.loads"
         .loads(raw))
    c = (
        pickle.  # want "pickle.loads"
        # a comment in between
        loads(
            raw,  # trailing
        )
    )
    d = pickle . loads ( raw )  # want "pickle.loads"
    e = (pickle).loads(raw)  # want "pickle.loads"
    f = (pickle.loads)(raw)  # want "pickle.loads"
    g = ((pickle)).load((fh))  # want "pickle.load"
    if raw: h = pickle.loads(raw); print(h)  # want "pickle.loads"
    i = mloads(raw)  # want "marshal.loads"
    l = [
        x
      for x in
   (pickle.loads(raw),)  # want "pickle.loads"
    ]
    return (1, *pickle.loads(raw))  # want "pickle.loads"


def star_forms(raw, fh):
    yield *pickle.loads(raw), 1  # want "pickle.loads"
    print(*pickle.loads(raw), **pickle.loads(raw))  # want "pickle.loads" "pickle.loads"
    x = [*pickle.load(fh)]  # want "pickle.load"
    y = {**pickle.load(fh)}  # want "pickle.load"
    z = *pickle.load(fh), 1  # want "pickle.load"
    return 1, *pickle.loads(raw)  # want "pickle.loads"


def spread(raw):
    try:
        pass
    except* ValueError:
        pickle.loads(raw)  # want "pickle.loads"
    assert pickle.loads(raw), "no"  # want "pickle.loads"
    raise pickle.loads(raw)  # want "pickle.loads"
    del pickle.loads(raw)[0]  # want "pickle.loads"


def default(x=pickle.loads(b"N.")):  # want "pickle.loads"
    pass


class Meta(pickle.loads(b"N."), metaclass=pickle.loads(b"N.")):  # want "pickle.loads" "pickle.loads"
    attr: pickle.loads(b"N.") = 3  # want "pickle.loads"


@pickle.loads(b"N.")  # want "pickle.loads"
def decorated():
    pass


with pickle.load(open("x", "rb")) as ctx:  # want "pickle.load"
    pass

while pickle.load(open("x", "rb")):  # want "pickle.load"
    break

for obj in pickle.load(open("x", "rb")):  # want "pickle.load"
    pass

lst = [pickle.loads(b) for b in () if pickle.loads(b)]  # want "pickle.loads" "pickle.loads"
dct = {k: pickle.loads(v) for k, v in ()}  # want "pickle.loads"
gen = set(pickle.loads(b) for b in ())  # want "pickle.loads"
ter = pickle.loads(b"") if lst else None  # want "pickle.loads"
sub = dct[pickle.loads(b"N.")]  # want "pickle.loads"
ann: int = pickle.loads(b"I1\n.")  # want "pickle.loads"
neg = -pickle.loads(b"I1\n.") ** 2  # want "pickle.loads"
lst += pickle.loads(b"].")  # want "pickle.loads"
cmpd = 1 < pickle.loads(b"I1\n.") < 3  # want "pickle.loads"
lam = lambda x=pickle.loads(b"N."): x  # want "pickle.loads"


import pickle
from app import app


def g(raw, b, a):
    x = yield pickle.loads(b)  # want "pickle.loads"
    yield from pickle.load(raw)  # want "pickle.load"
    y = a[pickle.loads(b):]  # want "pickle.loads"
    z = a[1:pickle.loads(b), ...]  # want "pickle.loads"
    assert x, pickle.loads(b)  # want "pickle.loads"
    try:
        raise ValueError from pickle.loads(b)  # want "pickle.loads"
    except pickle.loads(b):  # want "pickle.loads"
        pass
    with (open(a) as f, pickle.load(f) as h):  # want "pickle.load"
        pass
    w = {pickle.loads(b): 1, "x": pickle.loads(b)}  # want "pickle.loads" "pickle.loads"
    v = {pickle.loads(b)}  # want "pickle.loads"
    u = not pickle.loads(b)  # want "pickle.loads"
    t = pickle.loads(b) if pickle.loads(b) else 1  # want "pickle.loads" "pickle.loads"
    s = a or pickle.loads(b) and 1  # want "pickle.loads"
    r = f(key=pickle.loads(b))  # want "pickle.loads"
    q = pickle.loads(b).attr.method()[0]  # want "pickle.loads"
    p = pickle.loads(pickle.loads(b))  # want "pickle.loads" "pickle.loads"
    o = lambda: (yield pickle.loads(b))  # want "pickle.loads"
    a[pickle.loads(b)] = 3  # want "pickle.loads"
    pickle.loads(b).x = 3  # want "pickle.loads"
    a.x, a.y = pickle.loads(b)  # want "pickle.loads"
    n = (m := pickle.loads(b))  # want "pickle.loads"
    print(pickle.loads(b), file=pickle.loads(b), sep="")  # want "pickle.loads" "pickle.loads"
    return x, y, z, w, v, u, t, s, r, q, p, o, n, m


@app.route(pickle.loads(b"N."))  # want "pickle.loads"
@app.cache
def h(x: pickle.loads(b"N."), *, y=1) -> pickle.loads(b"N."):  # want "pickle.loads" "pickle.loads"
    return x


class A:
    x = pickle.loads(b"N.")  # want "pickle.loads"

    class B:
        y = [pickle.loads(z) for z in ()]  # want "pickle.loads"

        def f(self):
            def g():
                return lambda: [pickle.loads(q) for q in ()]  # want "pickle.loads"
            return g


if 1:x=pickle.loads(b"N.");y=2  # want "pickle.loads"
if x: pass
elif y: pickle.loads(b"")  # want "pickle.loads"
else: pickle.loads(b"")  # want "pickle.loads"
try: pickle.loads(b"")  # want "pickle.loads"
finally: pass
x = ((((((pickle)))).loads))(b"")  # want "pickle.loads"
x = pickle.loads  (b"")  # want "pickle.loads"
x = pickle.loads(  # want "pickle.loads"
    b"N."
    b"x"
).get(
    "x"
)
x = [
    # comment
    pickle.loads(b""),  # want "pickle.loads"
    'pickle.loads(b"")',
]
"pickle.loads(1)"; x = pickle.loads(b"")  # want "pickle.loads"
type X = pickle.dumps(b"")
for x.y in pickle.loads(b""): pass  # want "pickle.loads"
for x[pickle.loads(b"")] in (): pass  # want "pickle.loads"
x: list[pickle.loads(b"")] = []  # want "pickle.loads"
x @= pickle.loads(b"")  # want "pickle.loads"
x = *a, *pickle.loads(b"")  # want "pickle.loads"
x = a if b else pickle.loads(b""),  # want "pickle.loads"
x = await_ (pickle.loads(b""))  # want "pickle.loads"
print >>f, pickle.loads(b"")  # want "pickle.loads"
