import pickle

# picklelint:trust boundary=host reason="written by this program only, mode 0600"
above = pickle.load(fh)

on = pickle.load(fh)  # picklelint:trust boundary=host reason="written by this program only, mode 0600"

# picklelint:trust boundary=host reason="written by this program only, mode 0600"
# more to say about it
stacked = pickle.load(fh)

# picklelint:trust boundary=host reason="written by this program only, mode 0600"  # want "PKL908"

gap = pickle.load(fh)  # want "PKL201"

lines = both(
    pickle.load(fh),
    # picklelint:trust boundary=host reason="written by this program only, mode 0600"
    other,
)

# picklelint:trust boundary=host reason="written by this program only, mode 0600"
if pickle.load(fh):
    inside = pickle.load(fh)  # want "PKL201"

# picklelint:trust boundary=host reason="written by this program only, mode 0600"  # want "PKL908"
if flag:
    inside = pickle.load(fh)  # want "PKL201"

with opened() as fh:
    # picklelint:trust boundary=host reason="written by this program only, mode 0600"
    pickle.load(fh)
    pickle.load(fh)  # want "PKL201"


# picklelint:trust boundary=host reason="written by this program only, mode 0600"  # want "PKL908"
def body(fh):
    return pickle.load(fh)  # want "PKL201"


# picklelint:trust boundary=host reason="written by this program only, mode 0600"
def header(fh, value=pickle.loads(b)):
    return pickle.load(fh)  # want "PKL201"


# picklelint:trust boundary=host reason="written by this program only, mode 0600"
@cached(pickle.loads(b))
@traced
def decorated():
    pass


if a:
    pass
# picklelint:trust boundary=host reason="written by this program only, mode 0600"
elif pickle.load(fh):
    pass

one = 1; two = pickle.load(fh)  # picklelint:trust boundary=host reason="written by this program only, mode 0600"

text = """
# picklelint:trust boundary=host reason="written by this program only, mode 0600"
"""

# picklelint:verifier
def check(b):
    return True


# picklelint:verifier
# a further note
@traced
def check_too(b):
    return True


# picklelint:verifier  # want "PKL910"
VALUE = 1

# Picklelint:trust boundary=host reason="written by this program only"  # want "PKL901" "PKL908"
# pickle-lint: trust  # want "PKL901" "PKL908"
