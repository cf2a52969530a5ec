import pickle


def safe_load(path, default=None):
    try:
        with open(path, "rb") as fh:
            return pickle.load(fh)  # want "PKL207 unsound-wrapper: pickle.load decodes `fh` in the wrapper safe_load, which does not check the bytes before, and has no find_class that restricts what they import"
    except (OSError, EOFError):
        return default
