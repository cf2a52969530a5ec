from utils import loads

loads(b)  # want "pickle.loads decodes `b`"
