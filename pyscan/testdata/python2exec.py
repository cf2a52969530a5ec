# Strings that are run, with names of the file around them, as Python 2 writes it.
import pickle as p


def run(s, ns):
    exec "p.loads(s)"  # want "in a string that is run as source"
    exec "p.loads(s)" in ns  # want "in a string that is run as source"
    exec "p.dumps(s)"
    exec("p.loads(s)")  # want "in a string that is run as source"
    exec """x = p.dumps(s)
"""
    print exec_(s)
