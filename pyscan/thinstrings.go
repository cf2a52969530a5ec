package pyscan

import (
	"slices"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/prelex"
)

// isText reports a string that is a statement.
func (t *thin) isText(l *thinLine) bool {
	return l.after == l.first+1 && t.toks[l.first].Kind == prelex.String
}

// isSetting reports a name or a string with a word of a setting.
func (t *thin) isSetting(tok prelex.Token) bool {
	switch tok.Kind {
	case prelex.String, prelex.Opening, prelex.Piece:
	case prelex.Name:
		word := t.text[tok.Start:tok.End]
		return t.gate.settings.lines[string(word)] && !prelex.IsKeyword(word)
	default:
		return false
	}
	text, found := t.text[tok.Start:tok.End], false
	alone := isSpelled(text)
	eachWord(text, func(word []byte) bool {
		// In a sentence, "class" is a word like others.
		found = t.gate.settings.lines[string(word)] && (alone || !prelex.IsKeyword(word))
		return !found
	})
	return found
}

// leaves reports a line that leaves a string which may be a name where other
// functions get it: in an attribute or item, or by returning it.
func (t *thin) leaves(l *thinLine, first string) bool {
	out, target, depth := t.gives(l), t.globals[first], 0
	for i := l.first; i < l.after; i++ {
		if out && t.isString(i) && t.spells(t.toks[i]) {
			return true
		}
		switch {
		case t.opens(i):
			depth++
			target = target || t.op(i, '[')
		case t.closes(i):
			depth--
		case t.op(i, '.'):
			target = true
		case t.op(i, '='):
			out = out || target && depth == 0 && !t.compares(i)
		}
	}
	return false
}

// spells reports a string of the line that is a name with a word of a sink, or a source
// that is run and has one, or that is put together with others.
func (t *thin) spells(tok prelex.Token) bool {
	if t.lines[t.at].folds {
		return true
	}
	text := t.text[tok.Start:tok.End]
	if !t.runs && !isSpelled(text) {
		return false
	}
	found := false
	eachWord(text, func(word []byte) bool {
		id, ok := t.gate.look(word)
		found = ok && id < t.gate.sinkWords
		return !found
	})
	return found
}

// literal reports a string between two tokens.
func (t *thin) literal(i, after int32) bool {
	return slices.ContainsFunc(t.toks[i:after], func(tok prelex.Token) bool { return tok.Kind == prelex.String })
}

// plain reports strings between two tokens of which none is a name with a word of a
// sink, or a source with one.
func (t *thin) plain(i, after int32) bool {
	return t.spend(after-i) && t.literal(i, after) && !slices.ContainsFunc(t.toks[i:after], func(tok prelex.Token) bool {
		return tok.Kind == prelex.String && t.spells(tok) || tok.Kind == prelex.Opening || tok.Kind == prelex.Piece
	})
}

// isString reports a string or a part of one.
func (t *thin) isString(i int32) bool {
	switch t.toks[i].Kind {
	case prelex.String, prelex.Opening, prelex.Piece:
		return true
	}
	return false
}
