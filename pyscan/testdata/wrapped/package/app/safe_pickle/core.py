import pickle

from .keys import check_tag, tag


def dumps(obj):
    payload = pickle.dumps(obj, 4)
    return tag(payload) + payload


def loads(blob):
    check_tag(blob[:32], blob[32:])
    return pickle.loads(blob[32:])
