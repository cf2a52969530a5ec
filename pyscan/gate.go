package pyscan

import (
	"strings"
	"sync/atomic"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/lint/justify"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/names"
)

// gate tells, from the words of a file alone, whether it can contain a site: to
// use pickle.load it must spell both "pickle" and "load", as words. It also
// holds what else is derived once from a catalogue.
type gate struct {
	catalog *catalog.Catalog
	words   *names.Vocabulary
	// ids numbers the words that matter.
	ids map[string]int
	// lengths holds, for each first byte, the set of the lengths of words
	// that matter, as bits; it spares most words the look-up.
	lengths [256]uint64
	// needs lists the sets of words of which one must be there in full.
	needs [][]int
}

// lastGate remembers the gate of the catalogue that was used last: a run has
// one catalogue and thousands of files.
var lastGate atomic.Pointer[gate]

func gateFor(c *catalog.Catalog) *gate {
	if g := lastGate.Load(); g != nil && g.catalog == c {
		return g
	}
	g := newGate(c)
	lastGate.Store(g)
	return g
}

func newGate(c *catalog.Catalog) *gate {
	g := &gate{catalog: c, words: names.NewVocabulary(c, partialName), ids: make(map[string]int)}
	aliases := c.PythonAliases()
	for _, sink := range c.PythonSinks() {
		g.need(sink.Name)
		for alias, canonical := range aliases {
			if full, ok := g.words.Canonical(canonical); ok {
				canonical = full
			}
			if rest, ok := strings.CutPrefix(sink.Name, canonical); ok && (rest == "" || rest[0] == '.') {
				g.need(alias + rest)
			}
		}
	}
	return g
}

// need adds the words of a dotted name.
func (g *gate) need(name string) {
	var set []int
	for word := range strings.SplitSeq(name, ".") {
		id, ok := g.ids[word]
		if !ok {
			id = len(g.ids)
			g.ids[word] = id
			if word != "" {
				g.lengths[word[0]] |= 1 << min(len(word), 63)
			}
		}
		set = append(set, id)
	}
	g.needs = append(g.needs, set)
}

// inWord are the bytes of a Python identifier; those above ASCII may be.
var inWord = func() (t [256]bool) {
	for b := range t {
		t[b] = b == '_' || b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= 0x80
	}
	return t
}()

// opens reports whether the file may contain a site, or a directive, which must
// be checked wherever it stands.
func (g *gate) opens(src []byte) bool {
	seen := make([]bool, len(g.ids))
	hit := false
	for i := 0; i < len(src); {
		if !inWord[src[i]] {
			i++
			continue
		}
		start := i
		for i < len(src) && inWord[src[i]] {
			i++
		}
		first, length := src[start], i-start
		if g.lengths[first]>>min(length, 63)&1 != 0 {
			if id, ok := g.ids[string(src[start:i])]; ok {
				seen[id], hit = true, true
			}
		}
		if (first|0x20) == 'p' && length >= len("pickle") && justify.Mentions(string(src[start:min(len(src), start+16)])) {
			return true
		}
	}
	if !hit {
		return false
	}
	for _, set := range g.needs {
		if all(set, seen) {
			return true
		}
	}
	return false
}

func all(set []int, seen []bool) bool {
	for _, id := range set {
		if !seen[id] {
			return false
		}
	}
	return true
}
