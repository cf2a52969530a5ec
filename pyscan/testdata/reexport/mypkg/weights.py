from torch import load
