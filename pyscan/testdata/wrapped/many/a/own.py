import pickle

x = pickle.loads(b)  # want "PKL206 .*past the wrapper a.safe_pickle"
