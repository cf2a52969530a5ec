# /// script
# requires-python = ">=3.6"
# ///
"""Loggers are pickled since Python 3.7."""
import logging


class Worker:
    def __init__(self):
        self.log = logging.getLogger(__name__)  # want "PKL220 .*a logger"

    def __setstate__(self, state):
        self.__dict__.update(state)
