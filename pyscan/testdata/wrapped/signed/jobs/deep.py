import pickle

rows = pickle.load(fh)  # want "PKL206"
