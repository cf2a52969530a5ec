import pickle

import mypkg.net
from flask import request
from mypkg import net as network

from . import net
from .net import body as get_body, own, passed, path

pickle.loads(get_body())  # want "PKL203 .*: the bytes come from an HTTP request \\(`get_body\\(\\)`\\)"
pickle.loads(net.receive(("h", 1)))  # want "PKL203 .* a socket"
pickle.loads(network.body()[2:])  # want "PKL203"
pickle.load(open(path(), "rb"))  # want "PKL204 .* the command line"
pickle.loads(passed(request.data))  # want "PKL203"
pickle.loads(own())  # want "PKL201"
pickle.loads(passed(unknown))  # want "PKL201"
pickle.loads(net.nothing())  # want "PKL201"
