from mypkg.serialization import load_blob
import mypkg

load_blob(b)  # want "pickle.loads decodes `b`"
mypkg.load(fh)  # want "pickle.load decodes `fh`"
