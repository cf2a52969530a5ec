import json as pickle

load_blob = pickle.loads
