from .core import dumps, loads
