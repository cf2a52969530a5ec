import cloudpickle
import dill
import hashlib
import io
import joblib
import pickle
import pickle as p
import torch
from pickle import loads as decode, dumps


def loads_all(b, fh, path):
    a = pickle.loads(b)  # want "PKL206 wrapper-bypass: pickle.loads decodes `b` past the wrapper safe_pickle, without a justification: loading a pickle"
    c = p.load(fh)  # want "PKL206"
    d = decode(b)  # want "PKL206"
    e = pickle.Unpickler(fh).load()  # want "PKL206"
    f = dill.loads(b)  # want "PKL206"
    g = cloudpickle.load(fh)  # want "PKL206"
    h = list(map(pickle.loads, [b]))  # want "PKL206 .*pickle.loads is handed on past the wrapper safe_pickle"
    loaded = torch.load(path), joblib.load(path)  # want "PKL201" "PKL201"
    # picklelint:trust boundary=process reason="made by this process a line before"
    i = pickle.loads(b)
    # picklelint:trust boundary=process  # want "PKL902"
    j = pickle.loads(b)  # want "PKL206 .*that is not in order"
    return a, c, d, e, f, g, h, i, j, loaded


def dumps_all(obj, fh):
    a = pickle.dumps(obj, protocol=4)  # want "PKL206 wrapper-bypass: pickle.dumps writes past the wrapper safe_pickle, which signs what it writes"
    pickle.dump(obj, fh)  # want "PKL206 .*pickle.dump writes past"
    b = dumps(obj)  # want "PKL206"
    dill.dump(obj, fh)  # want "PKL206"
    pickle.Pickler(fh, 4).dump(obj)  # want "PKL206 .*pickle.Pickler writes past"
    # picklelint:trust boundary=process reason="handed to a child of this process over a pipe"
    c = pickle.dumps(obj)
    d = hashlib.sha256(pickle.dumps(obj, protocol=4)).hexdigest()
    e = len(pickle.dumps(obj))
    f = pickle.loads(pickle.dumps(obj))  # want "PKL206 .*pickle.loads decodes"
    return a, b, c, d, e, f, obj.dump(fh), io.BytesIO()


class Mine:
    def dumps(self, obj):
        return obj

    def use(self, obj):
        return self.dumps(obj)


def signs_itself(obj):
    payload = pickle.dumps(obj, 4)
    return sign(payload) + payload


def signs_too(obj):
    payload = pickle.dumps(obj, 4)
    return hmac.new(KEY, payload, "sha256").digest() + payload
