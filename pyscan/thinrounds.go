package pyscan

import (
	"bytes"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/prelex"
)

// maxRounds bounds how often the lines are gone through: names that lead to each other
// are a few in a row, where nobody has made them up.
const maxRounds = 24

// follow goes through the lines until nothing is learnt any more. It reports false if that
// takes too long, or if some name means something else than is taken for granted.
func (t *thin) follow() bool {
	t.known = t.bound
	for i := range t.known {
		t.known[i] |= t.lengths[i]
		if t.strung {
			t.known[i] |= openerLengths[i]
		}
	}
	for name := range t.renamed {
		t.known.add(name)
	}
	for again := true; again && !t.whole; t.round++ {
		if t.round == maxRounds {
			return false
		}
		t.before, t.learnt = t.learnt, nameLengths{}
		anew := t.unknown
		t.news = false
		for i := range t.lines {
			if t.at = int32(i); t.worth(&t.lines[i]) {
				t.line(&t.lines[i])
			}
		}
		t.anew = t.unknown && !anew
		again = t.news || t.anew
	}
	return !t.whole
}

// worth reports whether a line is worth a look: in the first one if it has a name that
// leads somewhere, or a string that is run, later if it has one that was learnt of since.
func (t *thin) worth(l *thinLine) bool {
	first := t.round == 0 || t.anew
	if first && (t.sets || t.unknown) {
		return true
	}
	for i := l.first; i < l.after; i++ {
		switch tok := &t.toks[i]; tok.Kind {
		case prelex.Name:
			word := t.text[tok.Start:tok.End]
			bit := uint64(1) << min(len(word), 63)
			if (t.learnt[word[0]]|t.before[word[0]])&bit != 0 && t.isWarm(i) || first && t.known[word[0]]&bit != 0 && t.isKnown(i, word) || bytes.HasSuffix(word, setter) {
				return true
			}
		case prelex.String:
			if first && isDashC(t.text[tok.Start:tok.End]) {
				return true
			}
		}
	}
	return false
}

var setter = []byte("setattr")

// isKnown reports a name that is warm from the beginning, that an import binds, or that gets
// at what strings name.
func (t *thin) isKnown(i int32, word []byte) bool {
	return t.isWarm(i) || t.isBound(word) || t.strung && (t.byName(word) || runs[string(word)])
}

// nameLengths holds the lengths of names by their first byte, as bits.
type nameLengths [256]uint64

func (n *nameLengths) add(name string) { n[name[0]] |= 1 << min(len(name), 63) }

func (n *nameLengths) may(word []byte) bool { return n[word[0]]>>min(len(word), 63)&1 != 0 }
