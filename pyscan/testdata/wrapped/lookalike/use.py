import pickle

x = pickle.loads(b)  # want "PKL201"
y = pickle.dumps(x)
