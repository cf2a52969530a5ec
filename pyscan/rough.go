package pyscan

import (
	"bytes"
	"encoding/binary"
	"iter"
	"math/bits"
	"slices"
	"unicode/utf8"

	"github.com/pickle-lint/pickle-lint/lint/justify"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/prelex"
)

// rough is the look at all words of a file, wherever they stand. Most files do
// not pass it, so it is what a run over a tree costs.
type rough struct {
	// marks are those of the words that are looked for.
	marks marks
	// needs are the sets of words of which one must be there, without the
	// words that are too short, which are looked for when the others are there.
	needs map[int][]roughNeed // by the last of the long words
}

type roughNeed struct {
	long  []int
	short []string
}

// window is how long the words are that are looked for.
const window = 4

// mention is how directives begin, near misses included, and mentionBegins its first
// bytes.
const mention = "pickle"

var mentionBegins = binary.LittleEndian.Uint32([]byte(mention))

func newRough(words []string, needs, hints [][]int) *rough {
	// A set of hints is as good as one of needs here.
	needs = slices.Concat(needs, hints)
	r := &rough{needs: make(map[int][]roughNeed)}
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
			// A sink of short words only: no word may be passed over.
			return nil
		}
		last := need.long[len(need.long)-1]
		r.needs[last] = append(r.needs[last], need)
	}
	for _, word := range append(words, importWord) {
		if len(word) >= window {
			r.marks.add(word)
		}
	}
	return r
}

// glimpse is what a rough look has seen.
type glimpse struct {
	words
	// imports is where the word import stands, in bytes.
	imports []uint32
}

// importPlaces yields where the word import stands.
func (s *glimpse) importPlaces() iter.Seq[int] {
	return func(yield func(int) bool) {
		for _, at := range s.imports {
			if !yield(int(at)) {
				return
			}
		}
	}
}

// rough reports whether the words of a file could make a site or a directive,
// which must be checked wherever it stands, and what it has seen, which is all that
// matters unless the file is open.
func (g *gate) rough(src []byte) (seen glimpse, open bool) {
	r := g.quick
	if r == nil {
		return g.roughly(src)
	}
	before := uint64(0) // 1 if the byte before the block is one of a word
	for at := 0; at < len(src); at += blockSize {
		in, high := wordBytes(src[at:])
		starts := in &^ (in<<1 | before)
		before = in >> (blockSize - 1)
		if high == 0 {
			// What is shorter than window cannot become longer by folding.
			starts &= (in>>1 | 1<<63) & (in>>2 | 3<<62) & (in>>3 | 7<<61)
		}
		for ; starts != 0; starts &= starts - 1 {
			from := bits.TrailingZeros64(starts)
			length := bits.TrailingZeros64(^(in >> from))
			start, stop := at+from, at+from+length
			beyond := byte(0)
			if from+length == blockSize {
				for stop < len(src) && inWord[src[stop]] {
					beyond |= src[stop]
					stop++
				}
			}
			if beyond >= utf8.RuneSelf || high>>from<<(blockSize-length) != 0 {
				if _, folds := prelex.Fold(src[start:stop]); folds {
					return g.roughly(src)
				}
				continue
			}
			if stop-start < window {
				continue
			}
			word := src[start:stop]
			if binary.LittleEndian.Uint32(word)|0x20202020 == mentionBegins && g.mentions(src, start, stop) {
				return seen, true
			}
			if !r.marks.has(word) {
				continue
			}
			if id, ok := g.look(word); ok {
				seen.add(g, id)
			} else if string(word) == importWord {
				seen.imports = append(seen.imports, uint32(start))
			}
		}
	}
	return seen, r.enough(seen.words, src) || g.settings.roughly(seen.words)
}

// blockSize is how many bytes wordBytes looks at.
const blockSize = 64

// wordBytes tells, of the first bytes of a text, which are in words as inWord has it,
// and which of them are outside ASCII; the first byte is the lowest bit.
func wordBytes(text []byte) (in, high uint64) {
	var store [blockSize]byte
	if len(text) < blockSize {
		copy(store[:], text)
		text = store[:]
	}
	text = text[:blockSize]
	all := uint64(0)
	for at := 0; at < blockSize; at += 8 {
		eight := binary.LittleEndian.Uint64(text[at:])
		all |= eight
		in |= topBits(wordTops(eight)) << at
	}
	if all&tops != 0 {
		for at := 0; at < blockSize; at += 8 {
			high |= topBits(binary.LittleEndian.Uint64(text[at:])) << at
		}
	}
	return in, high
}

// each has a byte in each byte of a word of eight, and tops the highest bits of all.
const (
	each = 0x0101010101010101
	tops = 0x80 * each
)

// wordTops sets the highest bit of each of eight bytes that is in a word, and perhaps
// others. The sums run over into no other byte, because what is added to has no highest
// bit, and set that of their own byte from some value on.
func wordTops(eight uint64) uint64 {
	low := eight &^ tops
	lower := low | 0x20*each
	letters := (lower + (0x80-'a')*each) &^ (lower + (0x80-'z'-1)*each)
	digits := (low + (0x80-'0')*each) &^ (low + (0x80-'9'-1)*each)
	others := (low ^ '_'*each) + 0x7f*each // all but the underscore
	return letters | digits | ^others | eight
}

// topBits gathers the highest bits of eight bytes; the product moves each of them to
// its place in the highest byte, and no two to the same.
func topBits(eight uint64) uint64 {
	return (eight & tops) * 0x0002040810204081 >> 56
}

// looksFor reports whether a rough look sees a word of the gate.
func (g *gate) looksFor(word string) bool {
	id, ok := g.ids[word]
	return ok && len(word) >= window && !g.settings.spared[id]
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

// roughly is rough one word at a time, for sources with words that are others after
// folding.
func (g *gate) roughly(src []byte) (seen glimpse, open bool) {
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
		} else if string(word) == importWord {
			seen.imports = append(seen.imports, uint32(start))
		}
		if g.mentions(src, start, i) {
			return seen, true
		}
	}
	return seen, seen.enough(g.anyNeeds) || seen.enough(g.hints) || g.settings.roughly(seen.words)
}

// mentions reports that a directive begins with the word from start to stop.
func (g *gate) mentions(src []byte, start, stop int) bool {
	return src[start]|0x20 == mention[0] && stop-start >= len(mention) && justify.Mentions(string(src[start:min(len(src), start+longMention)]))
}

// longMention is at least how long what justify.Mentions looks for can be.
const longMention = 32
