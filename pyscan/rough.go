package pyscan

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/lint/justify"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/prelex"
)

// rough is the look at all words of a file, wherever they stand. Most files do
// not pass it, so it is what a run over a tree costs. It leaps over the text as
// Wu and Manber do: the words of the gate are at least window bytes long, so a
// pair of bytes that is in none of their beginnings cannot be near one.
type rough struct {
	// leap says, for a pair of bytes, how far the next place is at which a
	// word's beginning could end with this pair, 0 for here.
	leap [1 << 16]uint8
	// begins holds hashes of the beginnings, as bits.
	begins [1 << 15 / 64]uint64
	// needs are the sets of words of which one must be there, without the
	// words that are too short, which are looked for when the others are there.
	needs map[int][]roughNeed // by the last of the long words
}

type roughNeed struct {
	long  []int
	short []string
}

// window is how long the beginnings of words are that are looked for.
const window = 4

// mention is how directives begin, near misses included.
const mention = "pickle"

func newRough(words []string, needs, hints [][]int) *rough {
	// A set of hints is as good as one of needs here.
	needs = slices.Concat(needs, hints)
	r := &rough{needs: make(map[int][]roughNeed)}
	for i := range r.leap {
		r.leap[i] = window - 1
	}
	for _, set := range needs {
		var need roughNeed
		for _, id := range set {
			if len(words[id]) >= window {
				need.long = append(need.long, id)
			} else if words[id] != "" {
				need.short = append(need.short, words[id])
			}
		}
		if len(need.long) == 0 {
			// A sink of short words only: nothing may be leapt over.
			return nil
		}
		last := need.long[len(need.long)-1]
		r.needs[last] = append(r.needs[last], need)
	}
	for _, word := range words {
		if len(word) >= window {
			r.begin(word[:window])
		}
	}
	// Directives are found in any case of letters.
	for mask := range 1 << window {
		begin := []byte(mention[:window])
		for i := range begin {
			if mask>>i&1 != 0 {
				begin[i] -= 'a' - 'A'
			}
		}
		r.begin(string(begin))
	}
	return r
}

func (r *rough) begin(begin string) {
	h := hash4(binary.LittleEndian.Uint32([]byte(begin)))
	r.begins[h/64] |= 1 << (h % 64)
	for end := 2; end <= window; end++ {
		pair := uint16(begin[end-2]) | uint16(begin[end-1])<<8
		r.leap[pair] = min(r.leap[pair], uint8(window-end))
	}
}

// hash4 mixes four bytes into fifteen bits.
func hash4(v uint32) uint32 { return v * 0x9e3779b1 >> 17 }

// rough reports whether the words of a file could make a site or a directive,
// which must be checked wherever it stands, and the words that it has seen, which
// are all that matter unless the file is open.
func (g *gate) rough(src []byte) (seen words, open bool) {
	r := g.leaps
	if r == nil || len(src) < window || !ascii(src) {
		return g.roughly(src)
	}
	for end := window; end <= len(src); {
		leap := r.leap[uint16(src[end-2])|uint16(src[end-1])<<8]
		if leap > 0 {
			end += int(leap)
			continue
		}
		start := end - window
		end++
		h := hash4(binary.LittleEndian.Uint32(src[start:]))
		if r.begins[h/64]>>(h%64)&1 == 0 || start > 0 && inWord[src[start-1]] {
			continue
		}
		stop := start
		for stop < len(src) && inWord[src[stop]] {
			stop++
		}
		if stop < start+window {
			// The hash of something that is no word: one may begin inside it.
			continue
		}
		if g.mentions(src, start, stop) {
			return seen, true
		}
		if id, ok := g.look(src[start:stop]); ok {
			seen.add(g, id)
		}
		end = stop + 1
	}
	return seen, r.enough(seen, src) || g.settings.roughly(seen)
}

// enough reports whether all words of one of the sets are there.
func (r *rough) enough(seen words, src []byte) bool {
	for id, there := range seen.seen {
		if there && slices.ContainsFunc(r.needs[id], func(need roughNeed) bool {
			return seen.all(need.long) && !slices.ContainsFunc(need.short, func(word string) bool { return !hasWord(src, word) })
		}) {
			return true
		}
	}
	return false
}

// hasWord reports whether a text has a word.
func hasWord(text []byte, word string) bool {
	for at := 0; ; {
		k := bytes.Index(text[at:], []byte(word))
		if k < 0 {
			return false
		}
		at += k
		end := at + len(word)
		if (at == 0 || !inWord[text[at-1]]) && (end == len(text) || !inWord[text[end]]) {
			return true
		}
		at = end
	}
}

// roughly is rough for sources outside ASCII, where a word may be another after
// folding, one word at a time.
func (g *gate) roughly(src []byte) (seen words, open bool) {
	for i := 0; i < len(src); {
		if !inWord[src[i]] {
			i++
			continue
		}
		start := i
		high := byte(0)
		for i < len(src) && inWord[src[i]] {
			high |= src[i]
			i++
		}
		word := src[start:i]
		if high >= 0x80 {
			word, _ = prelex.Fold(word)
		}
		if id, ok := g.look(word); ok {
			seen.add(g, id)
		}
		if g.mentions(src, start, i) {
			return seen, true
		}
	}
	return seen, seen.enough(g.anyNeeds) || seen.enough(g.hints) || g.settings.roughly(seen)
}

// mentions reports that a directive begins with the word from start to stop.
func (g *gate) mentions(src []byte, start, stop int) bool {
	return src[start]|0x20 == mention[0] && stop-start >= len(mention) && justify.Mentions(string(src[start:min(len(src), start+longMention)]))
}

// longMention is at least how long what justify.Mentions looks for can be.
const longMention = 16

// ascii reports whether all bytes are ASCII.
func ascii(src []byte) bool {
	for len(src) >= 8 {
		if binary.LittleEndian.Uint64(src)&0x8080808080808080 != 0 {
			return false
		}
		src = src[8:]
	}
	all := byte(0)
	for _, b := range src {
		all |= b
	}
	return bits.LeadingZeros8(all) > 0
}

// wordsOf returns the words of a gate by their numbers.
func wordsOf(ids map[string]int) []string {
	out := make([]string, len(ids))
	for word, id := range ids {
		out[id] = strings.Clone(word)
	}
	return out
}
