import pickle

x = pickle.dumps(1)
