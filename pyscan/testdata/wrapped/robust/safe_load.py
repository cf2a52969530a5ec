import pickle


def safe_load(path, default=None):
    try:
        with open(path, "rb") as fh:
            return pickle.load(fh)  # want "PKL207 unsound-wrapper: pickle.load decodes `fh` in the wrapper safe_load, and nothing checks the bytes before, and no find_class restricts what they import"
    except (OSError, EOFError):
        return default
