import pickle

job = pickle.load(open("job", "rb"))  # want "PKL206"
