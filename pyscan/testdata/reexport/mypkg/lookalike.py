from .json_compat import load_blob, pickle
from elsewhere.serialization import load

load_blob(b)
pickle.loads(b)
load(fh)
