import pickle

job = pickle.loads(queue.get())  # want "PKL206"
