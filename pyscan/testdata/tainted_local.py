# A socket between the programs of one host is behind boundary=host.
import pickle
import socket


def local(path):
    s = socket.socket(socket.AF_UNIX)
    s.connect(path)
    # picklelint:trust boundary=host reason="the socket is in a directory of mode 0700"
    return pickle.loads(s.recv(10))


def without_claim(path):
    s = socket.socket(socket.AF_UNIX)
    return pickle.loads(s.recv(10))  # want "PKL203"
