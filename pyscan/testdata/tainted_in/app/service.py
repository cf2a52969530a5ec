"""One hop more."""
from .store import load_two


def get(blob):
    return load_two(blob)
