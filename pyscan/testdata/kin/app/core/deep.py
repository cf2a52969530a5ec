from ..base import Locked


class Deeper(Locked):
    def __init__(self):
        super().__init__()
        self.depth = 2
