import pickle

x = pickle.loads(b)
y = pickle.dumps(x)
