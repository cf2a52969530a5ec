from ...mypkg import nothing
from ..serialization import load_blob
from ..compat import *
from . import load as again
from .. import load_blob as top

load_blob(b)  # want "pickle.loads decodes `b`"
pickle.loads(b)  # want "pickle.loads decodes `b`"
again(fh)  # want "pickle.load decodes `fh`"
top(b)  # want "pickle.loads decodes `b`"
