package copies

import "third_party/github.com/nlpodyssey/gopickle/pickle"

func load(s string) (any, error) {
	pickle.Other(s)
	return pickle.Loads(s) // want `call github.com/nlpodyssey/gopickle/pickle.Loads of s`
}
