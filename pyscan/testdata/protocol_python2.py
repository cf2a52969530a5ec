# Python 2 reads what this writes.
try:
    import cPickle as pickle
except ImportError:
    import pickle


def save(obj, path):
    with open(path, "wb") as f:
        pickle.dump(obj, f, 2)
        pickle.dump(obj, f, protocol=2)
        pickle.dump(obj, f, 0)  # want "PKL211"
        pickle.dump(obj, f, -1)  # want "PKL212"
        pickle.dump(obj, f)  # want "PKL210"
        pickle.dump(obj, f, bin=True)  # want "PKL211"
