# -*- coding: latin-1 -*-
import cPickle
from StringIO import StringIO

print "loading", cPickle.load(fh)  # want "pickle.load decodes `fh`"
print >>out, cPickle.loads(data)  # want "pickle.loads decodes `data`"
try:
    pass
except IOError, e:
    raise ValueError, cPickle.loads(x)  # want "pickle.loads decodes `x`"
if a <> b:
    cPickle.Unpickler(StringIO(x)).load()  # want "pickle.Unpickler"
