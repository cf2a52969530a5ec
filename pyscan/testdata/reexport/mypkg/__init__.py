from .serialization import load_blob, load
