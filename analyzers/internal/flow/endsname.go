package flow

import (
	"go/ast"
	"go/token"
	"go/types"
	"regexp"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/lint"
)

// hole stands for what only the run knows.
const hole = lint.Hole

// How a name was found, see [lint.Channel].
const (
	fromLiteral  = "literal"
	fromConstant = "constant"
	fromFormat   = "format"
)

// phrase is a text as far as the source shows it, with holes, and how it was found.
type phrase struct{ text, from string }

var unknownText = phrase{text: hole}

// maxPhrase bounds the text of a name, in bytes.
const maxPhrase = 1 << 10

// join puts two texts side by side.
func (a phrase) join(b phrase) phrase {
	if len(a.text)+len(b.text) > maxPhrase {
		return unknownText
	}
	out := phrase{lint.Stars(a.text + b.text), fromOf(a, b)}
	if strings.Trim(out.text, "*/") == "" && strings.Contains(out.text, hole) {
		return unknownText // of a text that is nothing but a hole nothing was found
	}
	return out
}

// slash puts one below the other, as paths are.
func (a phrase) slash(b phrase) phrase {
	switch {
	case a.text == "":
		return phrase{b.text, fromOf(a, b)}
	case b.text == "":
		return phrase{a.text, fromOf(a, b)}
	}
	return phrase{strings.TrimSuffix(a.text, "/"), a.from}.join(phrase{"/" + strings.TrimPrefix(b.text, "/"), b.from})
}

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

// constantly is a text that a name stands for.
func (a phrase) constantly() phrase {
	if a.from == fromLiteral {
		a.from = fromConstant
	}
	return a
}

// either is a text that is one of two: what both begin and end with, to the next mark, and a hole
// for what only the run knows.
func (a phrase) either(b phrase) phrase {
	if a.text == b.text {
		a.from = fromOf(a, b)
		return a
	}
	if a.text == hole || b.text == hole {
		return unknownText
	}
	short := min(len(a.text), len(b.text))
	n := 0
	for n < short && a.text[n] == b.text[n] {
		n++
	}
	n = strings.LastIndexAny(a.text[:n], marks) + 1
	m := 0
	for m < short-n && a.text[len(a.text)-1-m] == b.text[len(b.text)-1-m] {
		m++
	}
	end := a.text[len(a.text)-m:]
	if i := strings.IndexAny(end, marks); i >= 0 {
		end = end[i:]
	} else {
		end = ""
	}
	return phrase{a.text[:n], fromFormat}.join(phrase{text: hole}).join(phrase{end, fromFormat})
}

// marks stand between the words of names.
const marks = "/.:_-*"

// named puts the name of the channel of a call together.
func (e *Ends) named(t *catalog.GoThrough, call ssa.CallInstruction, f *frame, depth int) lint.Channel {
	c := lint.Channel{Kind: lint.ChannelKind(t.Kind), Via: fullNameOf(Callee(call.Common()))}
	for _, parts := range t.Names {
		try := c
		name, ok := e.parts(parts, call, f, &try, depth)
		if !ok || name.text == "" {
			continue
		}
		try.Name, try.From = name.text, name.from
		if try.Normalize(); try.Name != "" && try.Name != hole {
			return try
		}
	}
	c.Normalize()
	return c
}

func (e *Ends) parts(parts []catalog.GoThroughPart, call ssa.CallInstruction, f *frame, out *lint.Channel, depth int) (name phrase, ok bool) {
	for i, part := range parts {
		v := Argument(call.Common(), part.Arg)
		if v == nil {
			return phrase{}, false
		}
		var next phrase
		switch part.Role {
		case catalog.GoThroughChannel:
			c, ok := e.made(v, f, depth+1)
			if !ok {
				return phrase{}, false
			}
			if out.Kind = c.Kind; len(parts) == 1 {
				out.Via = c.Via
			}
			next = phrase{c.Name, c.From}
		case catalog.GoThroughSQL:
			if next = e.part(v, f, part.Path, depth); next.text == hole {
				return phrase{}, false
			}
			next = tableOf(next)
		default:
			next = e.part(v, f, part.Path, depth)
		}
		if part.Role != catalog.GoThroughChannel && len(part.Path) == 0 && e.spells(call, part) {
			next = next.constantly()
		}
		if i == 0 {
			name = next
		} else {
			name = name.slash(next)
		}
	}
	return name, true
}

// part is the text that fields and elements lead to.
func (e *Ends) part(v ssa.Value, f *frame, steps []string, depth int) phrase {
	for _, step := range steps {
		if v, f = e.step(v, f, step, depth); v == nil {
			return unknownText
		}
	}
	return e.text(v, f, depth)
}

// inStatement finds the tables that a statement names.
var inStatement = regexp.MustCompile("(?i)\\b(?:insert\\s+(?:or\\s+\\w+\\s+)?into|replace\\s+into|update|from|into)\\s+(?:only\\s+)?([\\w.\"`\\[\\]*$%-]+)")

func tableOf(statement phrase) phrase {
	m := inStatement.FindStringSubmatch(statement.text)
	if m == nil {
		return phrase{}
	}
	return phrase{strings.Trim(strings.NewReplacer(`"`, "", "`", "", "[", "", "]", "").Replace(m[1]), "."), statement.from}
}

// spells reports that names stand for what an argument is, as far as constants have none.
func (e *Ends) spells(call ssa.CallInstruction, part catalog.GoThroughPart) bool {
	if e.calls == nil {
		e.calls = make(map[token.Pos]*ast.CallExpr)
		for _, file := range e.p.pass.Files {
			ast.Inspect(file, func(n ast.Node) bool {
				if c, ok := n.(*ast.CallExpr); ok {
					e.calls[c.Lparen] = c
				}
				return true
			})
		}
	}
	expr := e.calls[call.Common().Pos()]
	if expr == nil || part.Arg == "recv" || int(part.Arg[0]-'0') >= len(expr.Args) {
		return false
	}
	named := false
	ast.Inspect(expr.Args[part.Arg[0]-'0'], func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			switch e.p.pass.TypesInfo.Uses[id].(type) {
			case *types.Const, *types.Var:
				named = true
			}
		}
		return !named
	})
	return named
}

// made returns the channel that something leads to: the client, the table or the topic that it
// was made as.
func (e *Ends) made(v ssa.Value, f *frame, depth int) (lint.Channel, bool) {
	var best answer
	if depth > maxFrames {
		return lint.Channel{}, false
	}
	e.p.climb(&Hop{Value: v, frame: f, walk: &walk{most: maxOwn, product: true}}, func(h *Hop) bool {
		if call := callOf(h.Value); call != nil {
			if t := e.line(Callee(call.Common())); t != nil {
				best.add(e.named(t, call, h.frame, depth), byName)
				return false
			}
		}
		return !h.Guessed
	})
	if best.channel == nil {
		return lint.Channel{}, false
	}
	return *best.channel, true
}
