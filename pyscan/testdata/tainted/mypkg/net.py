"""Functions that give what comes from outside, to other modules."""
import socket
import sys

from flask import request


def receive(address):
    return socket.create_connection(address).recv(4096)


def body():
    return request.get_data()


def path():
    return sys.argv[1]


def own():
    return b"constant"


def passed(data):
    return data[4:]
