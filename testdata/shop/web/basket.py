"""What customers have put aside, for the worker that reminds them."""

import pickle

import redis

cache = redis.Redis()
queue = redis.Redis(db=1)


class Basket:
    def __init__(self, customer, items):
        self.customer = customer
        self.items = items


def remember(customer, items):
    cache.set(f"basket:{customer}", pickle.dumps(Basket(customer, items), protocol=4))


def order(customer, items):
    queue.rpush("orders", pickle.dumps((customer, items), protocol=4))


def report(day):
    with open(f"/srv/spool/report-{day}.pkl", "rb") as fh:
        # picklelint:trust boundary=internal reason="reports of our own worker, in a directory that it alone writes" owner=web retention=30d
        return pickle.load(fh)
