# Where a claim stands, what stands beside it, and which claims are none.
import pickle, torch, asyncio, functools, dill, shelve

# -- on a line of the statement, beside the marks of other tools --
a = pickle.load(fh)  # noqa: S301  # picklelint:trust boundary=host reason="written by this program only"
a = pickle.load(fh)  # picklelint:trust boundary=host reason="written by this program only"  # noqa: S301
a = pickle.load(fh)  # type: ignore[no-any-return]  # picklelint:trust boundary=host reason="written by this program only"
a = pickle.load(fh)  # nosec B301 # picklelint:trust boundary=host reason="written by this program only"
a = pickle.load(fh)  # pylint: disable=invalid-name # noqa # picklelint:trust boundary=host reason="written by this program only"
a = pickle.load(fh)  # fmt: skip # picklelint:trust boundary=host reason="written by this program only" # pragma: no cover
a = pickle.load(fh)  # pragma: no cover  #picklelint:trust boundary=host reason="written by this program only"
a = pickle.load(fh)  ## picklelint:trust boundary=host reason="written by this program only"

# -- on lines of their own, stacked --
# picklelint:trust boundary=host reason="written by this program only"
# noqa: S301
# nosec B301
# type: ignore
a = pickle.load(fh)

# nosec B301
# pylint: disable=consider-using-with
# picklelint:trust boundary=host reason="written by this program only"
# fmt: off
a = pickle.load(fh)

# nosec B301 # picklelint:trust boundary=host reason="written by this program only"
a = pickle.load(fh)

# picklelint:trust boundary=host reason="written by this program only"
a = pickle.load(fh)  # nosec B301  # noqa: S301

# -- statements of several lines --
model = functools.reduce(
    merge,
    [
        pickle.loads(part)  # picklelint:trust boundary=host reason="written by this program only"
        for part in parts
    ],
)
value = (
    client.get(key)
    # picklelint:trust boundary=host reason="written by this program only"
    .then(pickle.loads)
    .result()
)
value = both(
    first,
    pickle.load(
        fh,
    ),
)  # picklelint:trust boundary=host reason="written by this program only"
# picklelint:trust boundary=host reason="written by this program only"
value = {
    "a": pickle.load(fh),
    "b": [pickle.load(fh), dill.load(fh)],
}
value = \
    pickle.load(fh)  # picklelint:trust boundary=host reason="written by this program only"
# picklelint:trust boundary=host reason="written by this program only"
value = \
    pickle \
    .load(fh)
assert pickle.loads(
    b
) == 3, (
    "message"  # picklelint:trust boundary=host reason="written by this program only"
)
text = f"""
{pickle.loads(b)}
"""  # picklelint:trust boundary=host reason="written by this program only"

# -- one-liners: the claim is about the logical line, for its first statement with a site --
# picklelint:trust boundary=host reason="written by this program only"
if flag: pickle.load(fh)
if flag: pickle.load(fh)  # picklelint:trust boundary=host reason="written by this program only"
# picklelint:trust boundary=host reason="written by this program only"
with open("x", "rb") as fh: value = pickle.load(fh)
# picklelint:trust boundary=host reason="written by this program only"
x = 1; y = pickle.load(fh)
# picklelint:trust boundary=host reason="written by this program only"
x = pickle.load(fh); y = pickle.load(fh)  # want "PKL201"
# picklelint:trust boundary=host reason="written by this program only"
if pickle.load(fh): pickle.load(fh)  # want "PKL201"
# picklelint:trust boundary=host reason="written by this program only"
def one(b): return pickle.loads(b)
# picklelint:trust boundary=host reason="written by this program only"
class One: value = pickle.loads(b)
f = lambda b: pickle.loads(b)  # picklelint:trust boundary=host reason="written by this program only"

# -- headers --
try:
    pass
# picklelint:trust boundary=host reason="written by this program only"
except pickle.loads(b):
    pass
else:
    # picklelint:trust boundary=host reason="written by this program only"
    value = pickle.load(fh)
finally:
    value = pickle.load(fh)  # picklelint:trust boundary=host reason="written by this program only"

with (
    open("x", "rb") as fh,
    # picklelint:trust boundary=host reason="written by this program only"
    pickle.load(fh) as it,
):
    pickle.load(fh)  # want "PKL201"

match pickle.load(fh):  # picklelint:trust boundary=host reason="written by this program only"
    # picklelint:trust boundary=host reason="written by this program only"
    case x if pickle.loads(x):
        # picklelint:trust boundary=host reason="written by this program only"
        pickle.loads(x)
    case _: pickle.loads(x)  # picklelint:trust boundary=host reason="written by this program only"

for item in pickle.load(fh):  # picklelint:trust boundary=host reason="written by this program only"
    pass

while (
    # picklelint:trust boundary=host reason="written by this program only"
    pickle.load(fh)
):
    pass


# picklelint:trust boundary=host reason="written by this program only"
@app.get("/")
@other
def view(default=pickle.loads(b)):
    pass


@app.get("/")
# picklelint:trust boundary=host reason="written by this program only"
def view2(default=pickle.loads(b)):
    pass


# picklelint:trust boundary=host reason="written by this program only"
@plain
@cached(pickle.loads(b))
def view3(default=pickle.loads(b)):  # want "PKL201"
    pass


class Holder(Base):
    # picklelint:trust boundary=host reason="written by this program only"
    table = pickle.load(fh)
    others: dict = pickle.load(fh)  # picklelint:trust boundary=host reason="written by this program only"

    async def get(self):
        # picklelint:trust boundary=host reason="written by this program only"
        async with await asyncio.to_thread(pickle.load, fh) as value:
            # picklelint:trust boundary=host reason="written by this program only"
            return await loop.run_in_executor(None, pickle.loads, value)

    def gen(self):
        # picklelint:trust boundary=host reason="written by this program only"
        yield from (pickle.loads(b) for b in self.parts)
        # picklelint:trust boundary=host reason="written by this program only"
        del self.x[pickle.loads(b)]
        # picklelint:trust boundary=host reason="written by this program only"
        global_name: int = pickle.loads(b)
        # picklelint:trust boundary=host reason="written by this program only"
        raise ValueError(pickle.loads(b)) from None

# -- settings --
# picklelint:trust boundary=cluster reason="broker reachable by our workers only"
app.conf.task_serializer = "pickle"
store = shelve.open("x")  # picklelint:trust boundary=host reason="written by this program only"

# -- claims that are dead, and why --
# picklelint:trust boundary=host reason="written by this program only"  # want "PKL908 .*: a blank line or other code stands between it and the next site"

pickle.load(fh)  # want "PKL201 .*without a justification"

# picklelint:trust boundary=host reason="written by this program only"  # want "PKL908 .*: a blank line or other code stands between it and the next site"
x = 1
pickle.load(fh)  # want "PKL201"

x = 1  # picklelint:trust boundary=host reason="written by this program only"  # want "PKL908 .*: it is about the code before it on its line, and the next site is in another statement"
pickle.load(fh)  # want "PKL201"

pickle.load(fh)  # want "PKL201"
# picklelint:trust boundary=host reason="written by this program only"  # want "PKL908 .*: it stands below the site above it"

if flag:
    pass
    # picklelint:trust boundary=host reason="written by this program only"  # want "PKL908 .*: it is indented otherwise than the next site"
pickle.load(fh)  # want "PKL201"

# picklelint:trust boundary=host reason="written by this program only"  # want "PKL908 .*: a blank line or other code stands between it and the next site"
if flag:
    pickle.load(fh)  # want "PKL201"

torch.load(p, weights_only=True)  # picklelint:trust boundary=host reason="written by this program only"  # want "PKL908 .*: torch.load is safe in itself there .weights_only=True."
# picklelint:trust boundary=host reason="written by this program only"  # want "PKL908 .*: torch.load is safe in itself there"
torch.load(p, weights_only=True)





# picklelint:trust boundary=host reason="written by this program only"  # want "PKL908 dead-justification: excuses nothing: no site stands in the statement it is about"
json.load(fh)





# -- claims that are wrong --
pickle.load(fh)  # picklelint:trust boundary=host reason="written by this program only" boundary=build  # want "PKL905 .*boundary is given twice" "PKL201 .*on line 213 that is not in order"
pickle.load(fh)  # picklelint:trust boundary=host reason="TODO"  # want "PKL903" "PKL201"
pickle.load(fh)  # picklelint:trust boundary=host reason="see ticket SEC-12"  # want "PKL903" "PKL201"
pickle.load(fh)  # picklelint:trust boundary=host reason="this is trusted data"  # want "PKL903" "PKL201"
pickle.load(fh)  # picklelint:trust boundary=host reason="<reason>"  # want "PKL903" "PKL201"
pickle.load(fh)  # picklelint:trust boundary=host reason="............."  # want "PKL903" "PKL201"
pickle.load(fh)  # picklelint:trust boundary=host reason="reason goes here"  # want "PKL903" "PKL201"
pickle.load(fh)  # picklelint:trust boundary=host reason="needs a justification"  # want "PKL903" "PKL201"
pickle.load(fh)  # picklelint:trust boundary=host reason="suppress the warning"  # want "PKL903" "PKL201"
pickle.load(fh)  # picklelint:trust boundary=host reason="aaaaaaaaaaaaaaaaaa"  # want "PKL903" "PKL201"
pickle.load(fh)  # picklelint:trust boundary=host  # want "PKL902 .*reason is missing" "PKL201"
pickle.load(fh)  # picklelint:trust reason="written by this program only"  # want "PKL902 .*boundary is missing" "PKL201"
pickle.load(fh)  # picklelint:trust  # want "PKL902" "PKL902" "PKL201"
pickle.load(fh)  # picklelint:trust boundary=localhost reason="written by this program only"  # want "PKL904 .*unknown boundary .localhost." "PKL201"
pickle.load(fh)  # picklelint:trust boundary=HOST reason="written by this program only"  # want "PKL904 .*did you mean .host." "PKL201"
pickle.load(fh)  # picklelint:trust boundary=host owner= reason="written by this program only"  # want "PKL901 .*owner: no value" "PKL201"
pickle.load(fh)  # picklelint:trust boundary=host, reason="written by this program only"  # want "PKL901 .*no comma" "PKL201"
pickle.load(fh)  # picklelint:trust boundary: host reason="written by this program only"  # want "PKL901 .*boundary=" "PKL201"
pickle.load(fh)  # picklelint:trust boundary = host reason="written by this program only"  # want "PKL901 .*no blank" "PKL201"
pickle.load(fh)  # picklelint:trust boundary=host reason=“written by this program only”  # want "PKL901 .*straight quotes" "PKL201"
pickle.load(fh)  # picklelint:trust boundary=host reason='written by this program only'  # want "PKL901 .*double quotes" "PKL201"
pickle.load(fh)  # picklelint:trust boundary=host reason=written by this program only  # want "PKL901 .*quotes" "PKL201"
pickle.load(fh)  # picklelint:trust(boundary=host, reason="written by this program only")  # want "PKL90[14] " "PKL201"
pickle.load(fh)  # picklelint:trust: boundary=host reason="written by this program only"  # want "PKL904 .*did you mean .trust." "PKL201"
pickle.load(fh)  # picklelint:TRUST boundary=host reason="written by this program only"  # want "PKL904 .*did you mean .trust." "PKL201"
pickle.load(fh)  # picklelint:ignore boundary=host reason="written by this program only"  # want "PKL904 .*want picklelint:trust or picklelint:verifier" "PKL201"
pickle.load(fh)  # picklelint: trust boundary=host reason="written by this program only"  # want "PKL901 .*no blank" "PKL201"
pickle.load(fh)  # picklelint : trust boundary=host reason="written by this program only"  # want "PKL901 .*spelled" "PKL201"
pickle.load(fh)  # picklelint trust boundary=host reason="written by this program only"  # want "PKL901 .*spelled" "PKL201"
pickle.load(fh)  # pickle-lint:trust boundary=host reason="written by this program only"  # want "PKL901 .*spelled .pickle-lint:., want .picklelint:." "PKL201"
pickle.load(fh)  # pickle_lint:trust boundary=host reason="written by this program only"  # want "PKL901 .*spelled" "PKL201"
pickle.load(fh)  # pickle lint: trust boundary=host reason="written by this program only"  # want "PKL901 .*spelled" "PKL201"
pickle.load(fh)  # PICKLELINT:TRUST boundary=host reason="written by this program only"  # want "PKL901" "PKL904" "PKL201"
pickle.load(fh)  # PickleLint:trust boundary=host reason="written by this program only"  # want "PKL901" "PKL201"
pickle.load(fh)  # picklelint-trust boundary=host reason="written by this program only"  # want "PKL901 .*spelled" "PKL201"
pickle.load(fh)  # picklelint=trust boundary=host reason="written by this program only"  # want "PKL901 .*spelled" "PKL201"
pickle.load(fh)  #: picklelint:trust boundary=host reason="written by this program only"  # want "PKL901 .*write # picklelint:" "PKL201"
pickle.load(fh)  # nosec picklelint:trust boundary=host reason="written by this program only"  # want "PKL910 .*# of its own" "PKL201"
pickle.load(fh)  # noqa: S301 picklelint:trust boundary=host reason="written by this program only"  # want "PKL910 .*# of its own" "PKL201"
pickle.load(fh)  # picklelint:trust boundary=host reason="written by this program only" # picklelint:trust boundary=build reason="made by the build"  # want "PKL905" "PKL201"
pickle.load(fh)  # picklelint:trust boundary=host reason="written by this program only" expires=2026-10-31  # want "PKL906" "PKL201"
pickle.load(fh)  # picklelint:trust boundary=host reason="written by this program only" expires=2026-11-01  # want "PKL911 .*its last day"
pickle.load(fh)  # picklelint:trust boundary=host reason="written by this program only" expires=31.12.2027  # want "PKL901 .*YYYY-MM-DD" "PKL201"
pickle.load(fh)  # picklelint:trust boundary=host reason="written by this program only" expires=2027/01/01  # want "PKL901 .*YYYY-MM-DD" "PKL201"
pickle.load(fh)  # picklelint:trust boundary=host reason="written by this program only" expires=2027-1-1  # want "PKL901 .*YYYY-MM-DD" "PKL201"
pickle.load(fh)  # picklelint:trust boundary=host reason="written by this program only" expires=20270101  # want "PKL901 .*YYYY-MM-DD" "PKL201"
pickle.load(fh)  # picklelint:trust boundary=host reason="written by this program only" expires=2027-02-30  # want "PKL901 .*YYYY-MM-DD" "PKL201"
pickle.load(fh)  # picklelint:trust boundary=host reason="written by this program only" expires=never  # want "PKL901 .*YYYY-MM-DD" "PKL201"
pickle.load(fh)  # picklelint:trust boundary=partner reason="signed export of the partner"  # want "PKL902 .*verified-by" "PKL902 .*expires" "PKL201"
pickle.load(fh)  # picklelint:trust boundary=public reason="signed export, checked at ingest" verified-by=check expires=2027-01-01  # want "PKL201 .*needs a proved verification"
# picklelint:trust boundary=host reason="written by this program only"  # want "PKL905"
pickle.load(fh)  # picklelint:trust boundary=build reason="made by the build of last week"  # want "PKL201"
# picklelint:trust boundary=host  # want "PKL902 .*reason is missing: a directive is one line, and the next one has reason="
#     reason="written by this program only"
pickle.load(fh)  # want "PKL201"

# -- marks of other tools alone --
pickle.load(fh)  # nosec  # want "PKL909" "PKL201"
pickle.load(fh)  # noqa  # want "PKL909" "PKL201"
pickle.load(fh)  # noqa: S301  # want "PKL909" "PKL201"
pickle.load(fh)  # noqa: E501,S301  # want "PKL909" "PKL201"
pickle.load(fh)  # noqa: DUO103  # want "PKL909" "PKL201"
pickle.load(fh)  # NOSONAR  # want "PKL909" "PKL201"
pickle.load(fh)  # skipcq: BAN-B301  # want "PKL909" "PKL201"
pickle.load(fh)  # nosemgrep: python.lang.security.deserialization.pickle.avoid-pickle  # want "PKL909" "PKL201"
pickle.load(fh)  # pyre-fixme[6066]: trusted  # want "PKL909" "PKL201"
pickle.load(fh)  # noqa: E501  # want "PKL201"
pickle.load(fh)  # noqa: E402, F401  # want "PKL201"
pickle.load(fh)  # type: ignore[attr-defined]  # want "PKL201"
pickle.load(fh)  # pyre-fixme[16]: no attribute  # want "PKL201"
# nosec  # want "PKL909"
pickle.load(fh)  # want "PKL201"

# -- texts about claims --
# How to use it: picklelint:trust boundary=host reason="…" says who wrote the bytes.
# pickle-lint trusts nobody; see pickle-lint trust boundaries.
HELP = "picklelint:trust boundary=host reason='x'"


def documented():
    """picklelint:trust boundary=host reason="written by this program only" """
    return pickle.load(fh)  # want "PKL201 .*without a justification"


value = pickle.loads("# picklelint:trust boundary=host reason='written by this program only'")  # want "PKL201"
