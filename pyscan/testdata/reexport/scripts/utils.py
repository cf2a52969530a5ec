from pickle import loads
