from mypkg.weights import load


def checkpoint(f):
    return load(f)  # want "torch.load decodes `f`"
