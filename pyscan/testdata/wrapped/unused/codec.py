import pickle
from cryptography.fernet import Fernet


class Codec:
    def __init__(self, key):
        self.box = Fernet(key)

    def encode(self, obj):
        return self.box.encrypt(pickle.dumps(obj, 4))

    def decode(self, token):
        return pickle.loads(self.box.decrypt(token))
