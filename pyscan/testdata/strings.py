# Code inside strings is code only in replacement fields.
import pickle

f"{pickle.loads(b)!r:>{width}}"  # want "pickle.loads decodes `b`"
f"{x:{pickle.loads(w)}}"  # want "pickle.loads decodes `w`"
"{pickle.loads(b)}"
f"{{pickle.loads(b)}}"
