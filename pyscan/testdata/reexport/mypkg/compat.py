try:
    import cPickle as pickle
except ImportError:
    import pickle
