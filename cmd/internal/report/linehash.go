package report

import (
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// lineHash returns what GitHub code scanning calls primaryLocationLineHash: a
// rolling hash over the next 100 UTF-16 units from the start of the line, blanks
// and tabs left out and line endings made equal, with an ordinal for equal lines.
// It must agree with github/codeql-action, src/fingerprints.ts, because the upload
// action computes it for files whose results have none, and warns if ours differs.
func (f *sourceFile) lineHash(line int) (string, bool) {
	if f == nil || line < 1 {
		return "", false
	}
	if f.hashes == nil {
		f.hashes = lineHashes(f.text)
	}
	if line > len(f.hashes) {
		return "", false
	}
	return f.hashes[line-1], true
}

const (
	hashBlock      = 100
	hashMultiplier = 37
	hashEnd        = 0xffff // the unit that stands for the end of the file
)

// lineHasher is the state of the rolling hash: a ring of the last units, and the
// line that begins at each of them.
type lineHasher struct {
	window [hashBlock]uint64
	starts [hashBlock]int // 1-based line, 0 for none
	at     int
	sum    uint64
	power  uint64 // hashMultiplier to the power of hashBlock, modulo 2^64
	seen   map[uint64]int
	hashes []string
}

func lineHashes(text []byte) []string {
	h := &lineHasher{power: 1, seen: make(map[uint64]int)}
	for range hashBlock {
		h.power *= hashMultiplier
	}
	line, lineStart, afterCR := 0, true, false
	feed := func(unit uint64) {
		if unit == ' ' || unit == '\t' || afterCR && unit == '\n' {
			afterCR = false
			return
		}
		afterCR = unit == '\r'
		if afterCR {
			unit = '\n'
		}
		h.emit()
		if lineStart {
			line++
			h.starts[h.at] = line
		}
		lineStart = unit == '\n'
		h.push(unit)
	}
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		text = text[size:]
		if r > 0xffff {
			hi, lo := utf16.EncodeRune(r)
			feed(uint64(hi))
			feed(uint64(lo))
			continue
		}
		feed(uint64(r))
	}
	feed(hashEnd)
	for range hashBlock {
		h.emit()
		h.push(0)
	}
	return h.hashes
}

// emit writes down the hash of the line that began a whole block ago, if one did.
// Lines come out in order, so appending numbers them.
func (h *lineHasher) emit() {
	if h.starts[h.at] == 0 {
		return
	}
	h.starts[h.at] = 0
	h.seen[h.sum]++
	h.hashes = append(h.hashes, strconv.FormatUint(h.sum, 16)+":"+strconv.Itoa(h.seen[h.sum]))
}

func (h *lineHasher) push(unit uint64) {
	gone := h.window[h.at]
	h.window[h.at] = unit
	h.sum = h.sum*hashMultiplier + unit - h.power*gone
	h.at = (h.at + 1) % hashBlock
}
