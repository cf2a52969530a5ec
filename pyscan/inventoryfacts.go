package pyscan

import (
	"regexp"
	"strings"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// factOf returns what the catalogue says of what a call calls, or of an attribute or a name that
// is read, or nil.
func (w *ways) factOf(i syntax.Index) *catalog.PythonThrough {
	i = w.unwrap(i)
	if kind := w.tree.Kind(i); kind != syntax.Identifier && kind != syntax.Attribute {
		return nil
	}
	name, _ := w.m.Name(i)
	if name == "" && w.tree.Kind(i) == syntax.Attribute {
		if of := w.m.Made(w.tree.Child(i, syntax.Object)); of != "" {
			name = of + "." + w.lastWord(i)
		}
	}
	if name != "" {
		if fact := w.factNamed(name); fact != nil {
			return fact
		}
	}
	if w.tree.Kind(i) != syntax.Attribute {
		// opener = gzip.open if packed else open
		if value := w.unwrap(w.m.OnlyValue(i)); w.tree.Kind(value) == syntax.ConditionalExpression && w.spend(0) {
			return w.factOf(w.tree.First(value))
		}
		return nil
	}
	return w.factOfMethod(w.lastWord(i), w.tree.Child(i, syntax.Object))
}

// factOfMethod looks up a method of something.
func (w *ways) factOfMethod(word string, of syntax.Index) *catalog.PythonThrough {
	for _, fact := range w.gate.catalog.PythonThrough("." + word) {
		// An item of what a call of a cache returned is none of the cache.
		if value := w.unwrap(w.m.OnlyValue(of)); strings.HasPrefix(word, "__") && w.tree.Kind(value) == syntax.Call {
			if name := w.lastWord(w.unwrap(w.tree.Child(value, syntax.Function))); name == "" || strings.ToLower(name[:1]) == name[:1] {
				continue
			}
		}
		switch {
		case fact.Of != nil:
			w.steps = 0
			if w.isOneOf(of, fact.Of) {
				return fact
			}
		case w.tree.Kind(of) != syntax.Identifier || !w.table.Imported(of):
			return fact // a function of a module is another thing
		}
	}
	return nil
}

// channelBy makes the channel of a fact at a call, an attribute, or what else it is about.
func (w *ways) channelBy(fact *catalog.PythonThrough, at syntax.Index, depth int) *lint.Channel {
	out := &lint.Channel{Kind: lint.ChannelKind(fact.Kind), Via: strings.TrimPrefix(strings.ReplaceAll(fact.Name, "()", ""), ".")}
	var a arguments
	receiver := at
	if w.tree.Kind(at) == syntax.Call {
		a = w.file.arguments(at, 0)
		receiver = w.unwrap(w.tree.Child(at, syntax.Function))
	}
	if w.tree.Kind(receiver) == syntax.Attribute {
		receiver = w.tree.Child(receiver, syntax.Object)
	} else {
		receiver = syntax.None
	}
	for _, parts := range fact.Names {
		name, ok := w.nameOf(parts, &a, receiver, at, depth, out)
		if !ok {
			continue
		}
		out.Name, out.From = name.text, name.from
		if name.text != "" && name.text != hole {
			break
		}
	}
	w.normalise(out)
	return out
}

// nameOf puts a name together from its parts. A part that is a channel itself also tells the
// kind of the whole.
func (w *ways) nameOf(parts []catalog.ThroughPart, a *arguments, receiver, at syntax.Index, depth int, out *lint.Channel) (name phrase, ok bool) {
	for k, part := range parts {
		value := receiver
		if !part.Receiver && part.Role != catalog.ThroughModel {
			var hidden bool
			if value, hidden = a.find(part.Argument); hidden {
				name = name.slash(phrase{text: hole})
				continue
			}
		}
		if value == syntax.None && part.Role != catalog.ThroughModel {
			return phrase{}, false
		}
		var next phrase
		switch part.Role {
		case catalog.ThroughModel:
			next = w.model(at)
		case catalog.ThroughWord:
			next = w.wordOf(value)
		case catalog.ThroughSQL:
			next = w.tableOf(value, part.Receiver, at, depth)
		case catalog.ThroughChannel:
			e := w.from(value, depth+1)
			if e.channel == nil || e.channel.Kind == lint.UnknownChannel {
				return phrase{}, false
			}
			if out.Kind = e.channel.Kind; len(parts) == 1 && out.Via != "writestr" {
				out.Via = e.channel.Via
			}
			next = phrase{e.channel.Name, e.channel.From}
		default:
			if next = w.text(value, depth+1); next.text == hole && out.Kind == lint.FileChannel {
				// It may be an open file.
				if e := w.from(value, depth+1); e.channel != nil && e.channel.Kind != lint.UnknownChannel {
					out.Kind, out.Via = e.channel.Kind, e.channel.Via
					next = phrase{e.channel.Name, e.channel.From}
				}
			}
		}
		if k == 0 {
			name = next
		} else {
			name = name.slash(next)
		}
	}
	return name, true
}

// model is the table of the class around a column: what the class calls it, or else its name.
func (w *ways) model(at syntax.Index) phrase {
	c := w.m.Around(at)
	if c == nil {
		return phrase{}
	}
	for _, word := range []string{"__tablename__", "db_table"} {
		if value, ok := c.Attrs[word]; ok && value != syntax.None {
			return w.text(value, 1)
		}
	}
	return phrase{c.Name, fromLiteral}
}

// wordOf is the last word of an expression: db.models, db["models"].
func (w *ways) wordOf(i syntax.Index) phrase {
	i = w.unwrap(i)
	switch w.tree.Kind(i) {
	case syntax.Attribute:
		if value := w.m.Attribute(i); value != syntax.None {
			return w.wordOf(value)
		}
		return phrase{w.lastWord(i), fromLiteral}
	case syntax.Subscript:
		if key := w.tree.Next(w.tree.First(i)); key != syntax.None {
			return w.text(key, 1)
		}
	case syntax.Identifier:
		if value := w.m.OnlyValue(i); value != syntax.None && value != i && w.spend(0) {
			return w.wordOf(value)
		}
	}
	return phrase{text: hole}
}

// inStatement finds the tables that a statement names.
var inStatement = regexp.MustCompile("(?i)\\b(?:insert\\s+(?:or\\s+\\w+\\s+)?into|replace\\s+into|update|from|into)\\s+(?:only\\s+)?([\\w.\"`\\[\\]*$%-]+)")

// tableOf is the table that a statement names, or one that was executed on something.
func (w *ways) tableOf(i syntax.Index, executed bool, at syntax.Index, depth int) phrase {
	if !executed {
		statement := w.text(i, depth+1)
		m := inStatement.FindStringSubmatch(statement.text)
		if m == nil {
			return phrase{}
		}
		return phrase{strings.Trim(strings.NewReplacer(`"`, "", "`", "", "[", "", "]", "").Replace(m[1]), "."), statement.from}
	}
	// cur.execute("SELECT ..."); cur.fetchone()
	of := w.unwrap(i)
	if w.tree.Kind(of) == syntax.Call {
		return w.executed(of, depth)
	}
	if value := w.valueOf(of); w.tree.Kind(value) == syntax.Call && w.calls(value, "execute") {
		return w.executed(value, depth)
	}
	text, best := string(w.tree.Text(of)), phrase{}
	around := w.around(at)
	for _, word := range []string{"execute", "executemany"} {
		for _, call := range w.callsOf(word) {
			if call < around || call >= min(w.tree.Nodes[around].After, at) && call != at || !w.spend(depth) {
				continue
			}
			object := w.tree.Child(w.unwrap(w.tree.Child(call, syntax.Function)), syntax.Object)
			if object != syntax.None && string(w.tree.Text(object)) == text {
				best = w.executed(call, depth)
			}
		}
	}
	return best
}

func (w *ways) calls(call syntax.Index, word string) bool {
	return w.lastWord(w.unwrap(w.tree.Child(call, syntax.Function))) == word
}

// executed is the table of the statement that a call executes.
func (w *ways) executed(call syntax.Index, depth int) phrase {
	if !w.spend(depth) {
		return phrase{}
	}
	if value := w.table.Argument(call, 0, "statement"); value != syntax.None && (w.calls(call, "execute") || w.calls(call, "executemany")) {
		return w.tableOf(value, false, call, depth+1)
	}
	return phrase{}
}
