import pickle


def dumps(obj):
    return pickle.dumps(obj)


def loads(data):
    return pickle.loads(data)  # want "PKL201"
