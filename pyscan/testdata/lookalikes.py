# Names that look like sinks and are none.
import json
import mypickle
import torch.utils.cpp_extension
import xml.pickle
from torch.utils.cpp_extension import load
from json import load as jload

text = "pickle.loads(b)"
# pickle.loads(b)
json.loads(b)
mypickle.loads(b)
torch.utils.cpp_extension.load(name)
load(name)
jload(fh)
xml.pickle.loads(b)
pickle.loads(b)
self.pickle.loads(b)
f(pickle=1, loads=2)
model.load(path)
