package pyscan

import (
	"slices"
	"strings"
	"unicode"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// namedWay tells from the name of a variable, or of the function that gave it, where it leads.
func (p *protocolJudge) namedWay(i syntax.Index, word string, path bool) channel {
	switch {
	case word == "":
		return unseen
	case p.partOf(word, catalog.NamesMemory):
		return staying
	case p.partOf(word, catalog.NamesTemporary):
		return p.temporary(i)
	case path:
		return leaving
	case p.partOf(word, catalog.NamesFile):
		return likely
	}
	return unseen
}

// partOf reports whether a name, or a part of it, is one of some kind.
func (p *protocolJudge) partOf(word string, kind catalog.ChannelKind) bool {
	is := func(word string) bool {
		ch, ok := p.gate.catalog.Channel(word)
		return ok && ch.Is(kind)
	}
	return is(word) || slices.ContainsFunc(parts(word), is)
}

// parts splits a name where it has underscores, capitals and digits, in lower case.
func parts(word string) (out []string) {
	var part strings.Builder
	flush := func() {
		if part.Len() > 0 {
			out = append(out, part.String())
			part.Reset()
		}
	}
	lower := false
	for _, r := range word {
		if r == '_' || unicode.IsDigit(r) {
			flush()
			lower = false
			continue
		}
		if unicode.IsUpper(r) && lower {
			flush()
		}
		lower = unicode.IsLower(r)
		part.WriteRune(unicode.ToLower(r))
	}
	flush()
	return out
}

func (p *protocolJudge) channel(word string) *catalog.Channel {
	ch, ok := p.gate.catalog.Channel(strings.TrimLeft(word, "_"))
	if !ok {
		return nil
	}
	return ch
}

// isOneOf reports whether an expression, or what it was bound to, has one of some words.
func (p *protocolJudge) isOneOf(i syntax.Index, words []string) bool {
	if i == syntax.None {
		return false
	}
	has := func(i syntax.Index) bool {
		for k := i; k < p.tree.Nodes[i].After && p.step(); k++ {
			if p.tree.Kind(k) != syntax.Identifier {
				continue
			}
			word := string(p.tree.Text(k))
			if slices.Contains(words, word) || slices.ContainsFunc(parts(word), func(part string) bool { return slices.Contains(words, part) }) {
				return true
			}
		}
		return false
	}
	if has(i) {
		return true
	}
	i = p.unwrap(i)
	if p.tree.Kind(i) != syntax.Identifier {
		return false
	}
	value := p.table.OnlyValue(i)
	return value != syntax.None && has(value)
}

// returnedWay tells by its name what a function is for that returns bytes.
func (p *protocolJudge) returnedWay(i syntax.Index) channel {
	function := p.around(i)
	name := p.tree.Child(function, syntax.Name)
	if p.tree.Kind(function) != syntax.FunctionDefinition || name == syntax.None {
		return unseen
	}
	switch ch := p.channel(string(p.tree.Text(name))); {
	case ch == nil:
		return unseen
	case ch.Is(catalog.Returns):
		return leaving
	case ch.Is(catalog.Serializes):
		return made
	}
	return unseen
}
