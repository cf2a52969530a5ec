# Nobody imports the two: one is a wrapper by its name, and no dump need go through it.
import pickle

x = pickle.loads(b)  # want "PKL206 .*past the wrapper signed_pickle,"
y = pickle.dumps(x, 4)
