package prelex

// The methods here rewrite what the grammar does not know; see Normalise.

func (n *normaliser) name(t Token, first bool) {
	word := n.src[t.Start:t.End]
	if folded, ok := Fold(word); ok {
		word = folded
		if len(word) <= int(t.End-t.Start) {
			for i := range int(t.End - t.Start) {
				b := byte(' ')
				if i < len(word) {
					b = word[i]
				}
				n.set(int(t.Start)+i, b)
			}
		}
	}
	if n.visit != nil {
		n.visit(Name, word)
	}
	n.execute(t)
	switch string(word) {
	case "import", "from":
		if n.starting && string(n.word) == "lazy" {
			n.blank(n.last[0].Start, t.End)
			for i, b := range word {
				n.set(int(n.last[0].Start)+i, b)
			}
		}
	case "except":
		n.inExcept = first && n.lex.Depth() == 0
		n.star, n.commas = false, n.commas[:0]
	case "for":
		if k := len(n.open) - 1; k >= 0 && n.open[k].star > 0 && !n.open[k].comma {
			at := n.open[k].star - 1
			n.set(int(at), ' ')
			if n.src[at+1] == '*' {
				n.set(int(at)+1, ' ')
			}
		}
	}
	n.word = word
}

// notOperand are the words that may stand behind a variable named exec.
var notOperand = map[string]bool{"in": true, "is": true, "and": true, "or": true, "if": true, "else": true, "for": true, "not": true, "as": true}

// execute rewrites the statement of Python 2, of which the grammar reads only
// the simplest form.
func (n *normaliser) execute(t Token) {
	if !n.starting || string(n.word) != "exec" || n.last[0].End == t.Start {
		return
	}
	if t.Kind == Name && notOperand[string(n.src[t.Start:t.End])] {
		return
	}
	n.set(int(n.last[0].End), '=')
}

// template rewrites the prefix of a template string.
func (n *normaliser) template(t Token) {
	for i := int(t.Start); classes[n.src[i]] == letter; i++ {
		if c := n.src[i]; c|0x20 == 't' {
			n.set(i, c-'t'+'f')
		}
	}
}

func (n *normaliser) op(t Token) {
	c := n.src[t.Start]
	depth := n.lex.Depth()
	switch c {
	case '`':
		if n.tick >= 0 {
			n.set(int(t.Start), ')')
			n.tick = -1
		} else {
			n.execute(t)
			n.set(int(t.Start), '(')
			n.tick = int(t.Start)
		}
	case '{':
		n.execute(t)
	case '(', '[':
		if c == '(' && n.starting && string(n.src[n.last[0].Start:n.last[0].End]) == "type" {
			n.set(int(n.last[0].End)-1, '_')
		}
		if c == '[' && n.last[0].Kind == Name && n.last[1].Kind == Name && depth == 1 {
			switch string(n.src[n.last[1].Start:n.last[1].End]) {
			case "def", "class", "type":
				n.params, n.bound = depth, false
			}
		}
	case ']':
		if depth < n.params {
			n.params = 0
		}
	case '*':
		if n.inExcept && string(n.word) == "except" {
			// The grammar knows "except*" as one word.
			n.star = true
			n.set(int(t.Start), ' ')
			n.set(int(n.last[0].End), '*')
		}
		if depth > 0 && n.last[0].Kind == Op && n.src[n.last[0].Start] == ':' && classes[n.src[min(int(t.End), len(n.src)-1)]] == letter {
			n.set(int(t.Start), ' ')
		}
	case ',':
		if depth == 0 && n.inExcept {
			n.commas = append(n.commas, t.Start)
		}
		if depth == n.params {
			n.bound = false
		}
	case ':':
		if depth == n.params {
			n.bound = true
		}
		if depth == 0 {
			n.exceptEnds()
			n.starts = true
			return
		}
	case '=':
		n.defaultOf(t, depth)
	case ';':
		n.starts = depth == 0
		return
	}
	n.starts = false
}

// defaultOf writes the default of a type parameter as its bound.
func (n *normaliser) defaultOf(t Token, depth int) {
	if n.params == 0 || depth != n.params || int(t.End) < len(n.src) && n.src[t.End] == '=' {
		return
	}
	if before := n.src[t.Start-1]; before == '=' || before == '!' || before == '<' || before == '>' || before == ':' {
		return
	}
	b := byte(':')
	if n.bound {
		b = '|'
	}
	n.set(int(t.Start), b)
}

func (n *normaliser) exceptEnds() {
	if len(n.commas) >= 2 || n.star && len(n.commas) > 0 {
		for _, at := range n.commas {
			n.set(int(at), '|')
		}
	}
	n.inExcept, n.commas = false, n.commas[:0]
}

// brackets keeps the stars that stand first inside brackets.
func (n *normaliser) brackets(t Token) {
	depth := n.lex.Depth()
	for len(n.open) < depth {
		n.open = append(n.open, unpacking{})
	}
	n.open = n.open[:depth]
	if depth == 0 || t.Kind != Op {
		return
	}
	top := &n.open[depth-1]
	switch n.src[t.Start] {
	case '*':
		opener := n.last[1]
		if opener.Kind == Op && opener.End > opener.Start {
			switch n.src[opener.Start] {
			case '(', '[', '{':
				*top = unpacking{star: t.Start + 1}
			}
		}
	case ',':
		top.comma = true
	}
}
