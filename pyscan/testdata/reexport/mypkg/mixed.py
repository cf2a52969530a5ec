import marshal
from mypkg import load_blob

marshal.loads(b)  # want "marshal.loads decodes `b`"
load_blob(b)  # want "pickle.loads decodes `b`"
