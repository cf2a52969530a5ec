import pickle, sys


def main():
    print(pickle.load(sys.stdin.buffer))


main()
