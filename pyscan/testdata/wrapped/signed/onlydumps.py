import pickle


def write(obj):
    return pickle.dumps(obj, protocol=4)  # want "PKL206"
