# No name of a sink stands in this file: they are put together.
import importlib
import pickle

getattr(pickle, "lo" + "ads")(b)  # want "pickle.loads decodes `b`"
getattr(pickle, "l\x6fad")(b)  # want "pickle.load decodes `b`"
importlib.import_module("mar" "shal").__getattribute__("lo" + "ad")(b)  # want "marshal.load decodes `b`"
