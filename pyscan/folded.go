package pyscan

import (
	"bytes"
	"maps"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/names"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/prelex"
)

// hint adds the sets of words with which a name may be put together: a module and a
// function that takes attributes by name, or a function that takes modules by name
// and what one of them has, or again takes attributes by name.
func (g *gate) hint() {
	attributes := []string{"getattr", "vars", "__dict__", "attrgetter", "methodcaller", "__getattribute__"}
	for _, opener := range attributes {
		for _, module := range pickles {
			g.hints = append(g.hints, g.numbers([]string{opener, module}))
		}
	}
	lasts := make(map[string]bool)
	for _, sink := range g.catalog.PythonSinks() {
		if dot := strings.LastIndexByte(sink.Name, '.'); slices.Contains(pickles, sink.Name[:max(dot, 0)]) {
			lasts[sink.Name[dot+1:]] = true
		}
	}
	for _, last := range slices.Concat(slices.Sorted(maps.Keys(lasts)), attributes) {
		for _, opener := range []string{"import_module", "__import__"} {
			g.hints = append(g.hints, g.numbers([]string{opener, last}))
		}
	}
	g.hints = append(g.hints, g.numbers([]string{"resolve_name"})) // takes both in one string
}

// fold adds the words that strings make which stand side by side, are added or
// joined, have escapes, or are read backwards.
func (e *exact) fold(text []byte) {
	lex := prelex.NewLooseLexer(text)
	backwards := bytes.Contains(text, []byte("::-1"))
	var added, joined strings.Builder
	parts, all, escaped := 0, 0, false
	last := uint32(0) // where the last string begins
	flush := func(b *strings.Builder, worth bool) {
		if worth && b.Len() > 0 {
			e.words(b.String(), last)
		}
		b.Reset()
	}
	for {
		t := lex.Next()
		switch t.Kind {
		case prelex.EOF:
			flush(&added, parts > 1 || escaped)
			flush(&joined, all > 1)
			return
		case prelex.Join, prelex.Comment, prelex.Continuation:
		case prelex.String, prelex.Opening, prelex.Piece:
			part := string(text[t.Start:t.End])
			last = t.Start
			if t.Kind != prelex.Piece {
				part = strings.TrimLeft(part, "rRuUbBfFtT")
			}
			part = strings.Trim(part, `"'{}`)
			if backwards {
				back := []rune(part)
				slices.Reverse(back)
				e.words(string(back), last)
			}
			if strings.IndexByte(part, '\\') >= 0 {
				escaped = true
				part, _ = names.Unescape(part)
			}
			all++
			if parts++; added.Len()+len(part) <= maxDotted && joined.Len()+len(part) <= maxDotted {
				added.WriteString(part)
				joined.WriteString(part)
			}
		case prelex.Op:
			switch text[t.Start] {
			case '+', '{', '}':
			case ',':
				flush(&added, parts > 1 || escaped)
				parts, escaped = 0, false
			default:
				flush(&added, parts > 1 || escaped)
				flush(&joined, all > 1)
				parts, all, escaped = 0, 0, false
			}
		default:
			flush(&added, parts > 1 || escaped)
			flush(&joined, all > 1)
			parts, all, escaped = 0, 0, false
		}
	}
}

// words adds those of a string that was put together from parts up to the one at an offset.
func (e *exact) words(s string, at uint32) {
	for word := range strings.FieldsFuncSeq(s, func(r rune) bool { return r < 0x80 && !inWord[byte(r)] }) {
		if id, ok := e.gate.look([]byte(word)); ok {
			e.dotted.add(e.gate, id)
			e.spelled.add(e.gate, id)
			if n := len(e.folds); n == 0 || e.folds[n-1] != at {
				e.folds = append(e.folds, at)
			}
		}
	}
}
