"""Helpers that leave the work to another module."""
from . import weak
from .signing import opened, verify


def checked(data, sig):
    verify(data, sig)


def payload(blob):
    return opened(blob)


def weakly(data, sig):
    weak.literal(data, sig)


def ring(data, sig):
    from .again import ring as further

    further(data, sig)
