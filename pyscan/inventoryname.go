package pyscan

import (
	"strings"

	"github.com/pickle-lint/pickle-lint/lint"
)

// hole stands for what only the run knows.
const hole = lint.Hole

// How a name was found, see [lint.Channel].
const (
	fromLiteral  = "literal"
	fromConstant = "constant"
	fromFormat   = "format"
	fromConfig   = "config"
)

// phrase is a text as far as the source shows it, with holes, and how it was found.
type phrase struct{ text, from string }

// fromOf is how that was found which was made of two parts.
func fromOf(a, b phrase) string {
	rank := func(s phrase) int {
		switch {
		case s.from == fromFormat || strings.Contains(s.text, hole):
			return 3
		case s.from == fromConstant:
			return 2
		case s.from == fromLiteral:
			return 1
		}
		return 0
	}
	return []string{"", fromLiteral, fromConstant, fromFormat}[max(rank(a), rank(b))]
}

// maxPhrase bounds the text of a name, in bytes.
const maxPhrase = 1 << 10

// join puts two texts side by side.
func (a phrase) join(b phrase) phrase {
	if len(a.text)+len(b.text) > maxPhrase {
		return phrase{text: hole}
	}
	return phrase{lint.Stars(a.text + b.text), fromOf(a, b)}.checked()
}

// slash puts one below the other, as paths are.
func (a phrase) slash(b phrase) phrase {
	switch {
	case a == (phrase{}):
		return b
	case strings.HasPrefix(b.text, "/") || strings.HasPrefix(b.text, "~"):
		return b // an absolute path replaces what stands before it
	case b.text == "":
		return a
	case a.text == "":
		return phrase{b.text, fromOf(a, b)}
	}
	return a.join(phrase{text: "/" + b.text, from: b.from})
}

// checked: of a text that is nothing but a hole nothing was found.
func (a phrase) checked() phrase {
	if strings.Trim(a.text, "*/") == "" && strings.Contains(a.text, hole) {
		return phrase{text: hole}
	}
	return a
}

// normalise writes the name of a channel as the other end of it writes it, too.
func (w *ways) normalise(c *lint.Channel) {
	name := strings.TrimSpace(c.Name)
	cut := false
	if scheme, rest, ok := strings.Cut(name, ":"); ok && (strings.HasPrefix(rest, "/") || strings.HasPrefix(rest, hole)) && c.Kind != lint.CacheChannel && c.Kind != lint.TableChannel && c.Kind != lint.QueueChannel {
		if known, ok := w.gate.catalog.ChannelScheme(scheme); ok {
			c.Kind, cut = lint.ChannelKind(known.Kind), known.Cut
			if c.Kind != lint.NetworkChannel {
				rest = strings.TrimPrefix(rest, "//")
				if c.Kind != lint.FileChannel {
					rest = strings.TrimPrefix(rest, "/")
				}
				name = rest
			}
		}
	}
	if cut && c.Kind == lint.RegistryChannel {
		name, _, _ = strings.Cut(name, "/")
	}
	c.Name = name
	c.Normalize()
}
