"""What is loaded is a parameter: the handlers are in other modules."""
import pickle


def load(data):
    return pickle.loads(data)  # want "PKL203 .*the bytes come from an HTTP request .`request` in testdata.tainted_in.app.web.handlers.py, line 11"


def load_named(prefix, data=None):
    return pickle.loads(data)  # want "PKL203 .*an HTTP request"


def load_path(path):
    with open(path, "rb") as f:
        return pickle.load(f)  # want "PKL204 .*an HTTP request"


def load_two(blob):
    return pickle.loads(blob)  # want "PKL203 .*an HTTP request"


def load_own(blob):
    return pickle.loads(blob)  # want "PKL201"


def load_other(first, blob):
    return pickle.loads(blob)  # want "PKL201"


def load_never(blob):
    return pickle.loads(blob)  # want "PKL201"


def load_same_name(blob):
    return pickle.loads(blob)  # want "PKL201"


def _private(blob):
    return pickle.loads(blob)  # want "PKL201"


def load_claimed(blob):
    # picklelint:trust boundary=host reason="the spool of this host, mode 0700, which only the handler writes"
    return pickle.loads(blob)
