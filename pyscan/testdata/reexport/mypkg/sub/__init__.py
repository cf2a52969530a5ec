from ..serialization import *
