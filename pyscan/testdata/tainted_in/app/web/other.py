def load_same_name(blob):
    return len(blob)
