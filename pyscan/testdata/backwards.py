__import__("elkcip"[::-1]).__dict__["".join(["lo", "ads"])](b)  # want "pickle.loads decodes `b`"
