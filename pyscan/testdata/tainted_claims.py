# Claims at bytes that come from outside: those that they contradict do not hold.
import pickle
import socket
import sys
import urllib.request

import pika
import redis
from flask import request


def process_request():
    # picklelint:trust boundary=process reason="only our own tests call this view"
    return pickle.loads(request.data)  # want "PKL203 tainted-load: pickle.loads decodes `request.data` against its justification: the claim says boundary=process, but the bytes come from an HTTP request"


def host_socket(conn):
    # picklelint:trust boundary=host reason="the port is not open to other machines"
    return pickle.loads(conn.recv(10))  # want "the claim says boundary=host, but the bytes come from a socket"


def build_download():
    raw = urllib.request.urlopen("https://example.org/x").read()
    return pickle.loads(raw)  # picklelint:trust boundary=build reason="fetched while the image is built"  # want "the claim says boundary=build, but"


def internal_request():
    # picklelint:trust boundary=internal reason="the gateway lets our own services in only"
    return pickle.loads(request.data)


def cluster_socket(conn):
    return pickle.loads(conn.recv(10))  # picklelint:trust boundary=cluster reason="peers prove themselves by their certificates"


def host_store():
    # picklelint:trust boundary=host reason="redis listens on a socket of this host only"
    return pickle.loads(redis.Redis().get("k"))


def operator_path():
    # picklelint:trust boundary=operator reason="the manual says that opening a file runs it"
    return pickle.load(open(sys.argv[1], "rb"))


def process_path():
    # picklelint:trust boundary=process reason="the parent passes the name of its own file"
    return pickle.load(open(sys.argv[1], "rb"))


def user_claim():
    # picklelint:trust boundary=user verified-by=check expires=2199-12-31 reason="the form field was signed by our own server"
    return pickle.loads(request.data)  # want "PKL203.*behind boundary=user, which needs a proved verification"


def no_reason():
    # picklelint:trust boundary=internal reason="todo" # want "PKL9"
    return pickle.loads(request.data)  # want "PKL203.*not in order"
