from utils import loads

loads(b)
