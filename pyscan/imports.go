package pyscan

import (
	"bytes"
	"hash/fnv"
	"iter"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/names"
)

// imports notes which modules among those in reach a source imports: what it does
// not import, it does not get from there.
func (m *Modules) imports(show string, src []byte, places iter.Seq[int]) {
	if m == nil {
		return
	}
	module, pkg := m.nameOf(show)
	if module == "" {
		return
	}
	var out []uint32
	eachImport(src, places, func(line []byte, open bool) bool {
		if open || len(out) >= maxImports {
			out = append(out[:min(len(out), maxImports)], anything)
		} else {
			out = m.importsOf(out, string(line), module, pkg)
		}
		return true
	})
	slices.Sort(out)
	out = slices.Clip(slices.Compact(out))
	m.shared.mu.Lock()
	m.shared.imports[show] = out
	m.shared.mu.Unlock()
}

// importWord stands in all statements that import.
const importWord = "import"

// importPlaces finds that word in a source, whatever stands around it.
func importPlaces(src []byte) iter.Seq[int] {
	return func(yield func(int) bool) {
		for from := 0; ; {
			at := bytes.Index(src[from:], []byte(importWord))
			if at < 0 || !yield(from+at) {
				return
			}
			from += at + len(importWord)
		}
	}
}

// eachImport hands on what may be the import statements of a source, by the places of
// the word, one by one, until the function returns false. open means that a statement
// is too long to be followed, and may import anything.
func eachImport(src []byte, places iter.Seq[int], do func(line []byte, open bool) bool) {
	from := 0
	for at := range places {
		if at < from {
			continue // another one of the same statement
		}
		start, end := at, at
		for start > from && (!endsImport[src[start-1]] || joins(src, start-1)) {
			start--
		}
		if start > 0 && src[start-1] == '#' {
			// The line of a comment does not go on, whatever it ends with.
			line := bytes.IndexAny(src[start:at], "\r\n")
			if line < 0 {
				from = at + lineLength(src[at:])
				continue
			}
			start += line
		}
		for end < len(src) && (src[end] == ':' || !endsImport[src[end]] || joins(src, end)) {
			end++
		}
		from = end
		line := bytes.TrimLeft(src[start:end], " \t\f>\\\r\n")
		if beginsWith(line, "lazy") {
			line = bytes.TrimLeft(line[len("lazy"):], " \t\f\\\r\n")
		}
		if !beginsWith(line, "from") && !beginsWith(line, importWord) {
			continue
		}
		if !do(line, len(line) > maxLine) {
			return
		}
	}
}

// endsImport are the bytes between which an import statement stands; behind a colon
// one may begin.
var endsImport = [256]bool{'\n': true, '\r': true, ';': true, '#': true, ':': true}

// lineLength is how long the first line of a text is, without its end.
func lineLength(text []byte) int {
	if end := bytes.IndexAny(text, "\r\n"); end >= 0 {
		return end
	}
	return len(text)
}

// joins reports that a backslash stands before the line end at an offset, so that the
// next line goes on.
func joins(src []byte, at int) bool {
	if src[at] == '\n' && at > 0 && src[at-1] == '\r' {
		at--
	}
	return at > 0 && src[at-1] == '\\' && (src[at] == '\n' || src[at] == '\r')
}

// beginsWith reports whether a text begins with a word.
func beginsWith(text []byte, word string) bool {
	return bytes.HasPrefix(text, []byte(word)) && (len(text) == len(word) || !inWord[text[len(word)]])
}

// importWords splits a statement that imports; "from.x" is two words.
func importWords(line string) []string {
	if rest, ok := strings.CutPrefix(line, "from."); ok {
		line = "from ." + rest
	}
	return strings.FieldsFunc(line, func(r rune) bool { return r < utf8.RuneSelf && partsImport[r] })
}

// partsImport are the bytes between the words of a statement that imports.
var partsImport = [utf8.RuneSelf]bool{' ': true, ',': true, '\t': true, '\f': true, '(': true, ')': true, '\r': true, '\n': true, '\\': true}

// maxImports bounds the modules that are noted of one source; more of them stand for
// any.
const maxImports = 1 << 12

// anything stands for every module.
const anything = 0

// below stands behind the name of a package for any module in it.
const below = "."

// importsOf adds hashes of the modules that one line imports. It may take a line for
// an import that is none.
func (m *Modules) importsOf(out []uint32, line, module string, pkg bool) []uint32 {
	if from, ok := strings.CutPrefix(line, "from "); ok && from != "" && from[0] != '.' {
		// Most modules are none of those in reach.
		end := 0
		for end < len(from) && from[end] != ';' && (from[end] >= utf8.RuneSelf || !partsImport[from[end]]) {
			end++
		}
		if end > 0 && !m.holds(from[:end]) {
			return out
		}
	}
	words := importWords(line)
	if len(words) < 2 {
		return out
	}
	switch words[0] {
	case "from":
		of := strings.TrimSuffix(words[1], "import") // from .import x
		if rest := strings.TrimLeft(of, "."); rest != of {
			full, ok := names.Relative(module, pkg, len(of)-len(rest), rest)
			if !ok {
				return out
			}
			of = full
		}
		out = m.inReach(out, of)
		for _, word := range words[2:] {
			if m.holds(word) {
				out = append(out, hashOf(of+"."+word))
			}
		}
		if strings.IndexByte(line, '(') >= 0 && strings.IndexByte(line, ')') < 0 {
			out = append(out, hashOf(of+below))
		}
		return out
	case "import":
		for _, word := range words[1:] {
			// The packages around it are bound, too.
			for i, b := range word {
				if b == '.' {
					out = m.inReach(out, word[:i])
				}
			}
			out = m.inReach(out, word)
		}
	}
	return out
}

// inReach adds the hash of a module if there may be a source of it.
func (m *Modules) inReach(out []uint32, module string) []uint32 {
	if !m.holds(module) {
		return out
	}
	return append(out, hashOf(module))
}

// holds reports whether there may be a source of a module, by the last part of its name.
func (m *Modules) holds(module string) bool {
	last := module[strings.LastIndexByte(module, '.')+1:]
	return m.stems.has([]byte(last)) && len(m.files[last]) > 0
}

// hashOf numbers a module.
func hashOf(module string) uint32 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(module)) // never fails
	return max(h.Sum32(), anything+1)
}
