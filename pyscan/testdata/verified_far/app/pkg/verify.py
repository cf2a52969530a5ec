def nothing():
    """The module has the name of a function."""
