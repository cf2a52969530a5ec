# Claims that name what verifies the bytes.
import hashlib
import hmac
import os
import pickle

import ingest
from ingest import verify
from native import check_signature

KEY = os.environ["KEY"].encode()


def proved_anyway(sig, body):
    if not hmac.compare_digest(sig, hmac.new(KEY, body, hashlib.sha256).digest()):
        raise ValueError
    # picklelint:trust boundary=public reason="signed by the uploader with our key" verified-by=hmac.compare_digest expires=2027-06-30
    return pickle.loads(body)


def by_module(sig, body):
    ingest.verify(sig, body)
    # picklelint:trust boundary=partner reason="signed export, checked at ingest" verified-by=ingest.verify expires=2027-06-30
    return pickle.loads(body)


def by_import(sig, body):
    if not verify(sig, body):
        raise ValueError
    # picklelint:trust boundary=public reason="signed export, checked at ingest" verified-by=ingest.verify expires=2027-06-30
    return pickle.loads(body)


def not_called(sig, body):
    # picklelint:trust boundary=partner reason="signed export, checked at ingest" verified-by=ingest.verify expires=2027-06-30
    return pickle.loads(body)  # want "PKL205 .*\"ingest.verify\", by which the justification says that it is verified, is not called on every way"


def called_on_one_way(sig, body):
    if sig:
        ingest.verify(sig, body)
    # picklelint:trust boundary=partner reason="signed export, checked at ingest" verified-by=ingest.verify expires=2027-06-30
    return pickle.loads(body)  # want "PKL205 .*`sig` on line \\d+ decides on it"


def called_too_late(sig, body):
    # picklelint:trust boundary=public reason="signed export, checked at ingest" verified-by=check_signature expires=2027-06-30
    value = pickle.loads(body)  # want "PKL205 .*after the load"
    check_signature(sig, body)
    return value


def unused(sig, body):
    ok = check_signature(sig, body)
    # picklelint:trust boundary=public reason="signed export, checked at ingest" verified-by=native.check_signature expires=2027-06-30
    return ok, pickle.loads(body)  # want "PKL205 .*nothing is done with what it returns"


def out_of_reach(path):
    with open(path, "rb") as f:
        # picklelint:trust boundary=partner reason="signed export, checked by the gateway" verified-by=gateway.verify expires=2027-06-30
        return pickle.load(f)


def out_of_reach_and_public(path):
    with open(path, "rb") as f:
        # picklelint:trust boundary=public reason="signed export, checked by the gateway" verified-by=gateway.verify expires=2027-06-30
        return pickle.load(f)  # want "PKL201 .*needs a proved verification"


def always(sig, body):
    return True


def by_a_function_that_does_nothing(sig, body):
    if not always(sig, body):
        raise ValueError
    # picklelint:trust boundary=public reason="signed export, checked at ingest" verified-by=always expires=2027-06-30
    return pickle.loads(body)  # want "PKL201 .*needs a proved verification"


class Loader:
    def verify(self, sig, body):
        if not hmac.compare_digest(sig, hmac.new(KEY, body, hashlib.sha256).digest()):
            raise ValueError

    def load(self, sig, body):
        self.verify(sig, body)
        # picklelint:trust boundary=user reason="uploads are signed by our own client" verified-by=Loader.verify expires=2027-06-30
        return pickle.loads(body)

    def load_unasked(self, sig, body):
        # picklelint:trust boundary=internal reason="written by the nightly job on this host" verified-by=Loader.verify
        return pickle.loads(body)  # want "PKL205 .*\"Loader.verify\""
