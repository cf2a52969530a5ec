"""What is done at night."""

import hashlib
import hmac
import os
import pickle

import redis

cache = redis.Redis()
queue = redis.Redis(db=1)
KEY = os.environb[b"STOCK_KEY"]


def remind(customer):
    # picklelint:trust boundary=process reason="we put the basket there ourselves a moment ago" retention=1d
    return pickle.loads(cache.get(f"basket:{customer}"))


def next_order():
    return pickle.loads(queue.lpop("orders"))


def write_report(day, report):
    with open(f"/srv/spool/report-{day}.pkl", "wb") as fh:
        pickle.dump(report, fh, protocol=pickle.HIGHEST_PROTOCOL)


def save_ranks(ranks):
    with open("/srv/spool/ranks.pkl", "wb") as fh:
        pickle.dump(ranks, fh, protocol=4)


def ranks():
    with open("/srv/spool/ranks.pkl", "rb") as fh:
        # picklelint:trust boundary=host reason="written by the job of the night before, mode 0600" retention=2d
        return pickle.load(fh)


def stock(day, signature):
    with open(f"/srv/incoming/stock-{day}.pkl", "rb") as fh:
        data = fh.read()
    if not hmac.compare_digest(hmac.new(KEY, data, hashlib.sha256).digest(), signature):
        raise ValueError("not from the partner")
    # picklelint:trust boundary=partner reason="signed by the partner's export, with a key that only the two of us have" verified-by=hmac.compare_digest owner=buyers expires=2027-06-30 retention=30d
    return pickle.loads(data)
