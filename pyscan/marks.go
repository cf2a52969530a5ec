package pyscan

import "encoding/binary"

// marks is a set of words that may have more than were added: about one word in a
// hundred is taken for one of the thousand of a catalogue.
type marks [1 << markBits / 64]uint64

// markBits is how long the hash of a word is. The set must stay where the processor
// has it at hand.
const markBits = 16

func (m *marks) add(word string) {
	mark := markOf([]byte(word))
	m[mark/64] |= 1 << (mark % 64)
}

func (m *marks) has(word []byte) bool {
	mark := markOf(word)
	return m[mark/64]>>(mark%64)&1 != 0
}

// markOf is a hash of the two ends of a word, and of its length.
func markOf(word []byte) uint32 {
	first, last := uint32(0), uint32(0)
	if len(word) >= 4 {
		first, last = binary.LittleEndian.Uint32(word), binary.LittleEndian.Uint32(word[len(word)-4:])
	} else {
		for _, b := range word {
			first = first<<8 | uint32(b)
		}
	}
	return ((first^uint32(len(word)))*0x9e3779b1 ^ last*0x85ebca6b) >> (32 - markBits)
}
