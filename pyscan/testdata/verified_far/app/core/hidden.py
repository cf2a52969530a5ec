"""Gives less than it has."""
from app.core.checks import is_signed

__all__ = ["shown"]


def shown():
    return 1


def verify_hidden(data, sig):
    if not is_signed(data, sig):
        raise ValueError("bad signature")
