package pyscan

// owned reports a warm line in a function that loads nothing but what the same function
// has dumped: pickle.loads(pickle.dumps(x)), or of a name that is given nothing else and
// that nobody else sees. Who calls such a function, and what else it calls, has neither
// given the bytes nor checked them. Most loads of tests are such.
func (w *widening) owned(i int32) bool {
	l := &w.lines[i]
	if l.function < 0 || l.def || l.class || w.unknown || w.thin.sets || w.warmText(l) {
		return false
	}
	w.at = i
	loads := false
	for k := l.first; k < l.after; k++ {
		word := w.word(k)
		if word == nil || !w.isWarm(k) && (w.op(k-1, '.') || !w.isBound(word)) {
			continue
		}
		end := w.chainEnd(k)
		if !w.op(end+1, '(') {
			return false
		}
		switch string(w.word(end)) {
		case "dumps":
		case "loads":
			if !w.dumpedHere(end+2, l) {
				return false
			}
			loads = true
		default:
			return false
		}
		k = end
	}
	return loads
}

// warmText reports a line that may be warm for a string.
func (w *widening) warmText(l *thinLine) bool {
	if !w.strung && !l.folds {
		return false
	}
	for k := l.first; k < l.after; k++ {
		if w.isString(k) {
			return true
		}
	}
	return false
}

// chainEnd returns the last name of a dotted name.
func (w *widening) chainEnd(k int32) int32 {
	for w.op(k+1, '.') && w.word(k+2) != nil {
		k += 2
	}
	return k
}

// closing returns the bracket that closes one of a line, or -1.
func (w *widening) closing(k, after int32) int32 {
	depth := 0
	for ; k < after; k++ {
		switch {
		case w.opens(k):
			depth++
		case w.closes(k):
			if depth--; depth == 0 {
				return k
			}
		}
	}
	return -1
}

// ends reports what ends an argument.
func (w *widening) ends(k int32) bool { return w.op(k, ')') || w.op(k, ',') }

// dumpedHere reports an argument that is a call of dumps, or a name of such.
func (w *widening) dumpedHere(k int32, l *thinLine) bool {
	if end := w.dumpsCall(k, l); end >= 0 {
		return w.ends(end + 1)
	}
	name := string(w.word(k))
	return name != "" && w.ends(k+1) && w.keepsToItself(name, l.function)
}

// dumpsCall returns the end of a call of a function dumps of a module, or -1.
func (w *widening) dumpsCall(k int32, l *thinLine) int32 {
	if word := w.word(k); word == nil || !w.isBound(word) {
		return -1
	}
	end := w.chainEnd(k)
	if string(w.word(end)) != "dumps" || !w.op(end+1, '(') {
		return -1
	}
	return w.closing(end+1, l.after)
}

// keepsToItself reports a name of a function to which nothing is given but what dumps
// gives, and which stands nowhere else but in calls of loads.
func (w *widening) keepsToItself(name string, function int32) bool {
	if w.globals[name] {
		return false
	}
	given := false
	for i := function; int(i) < len(w.lines) && (i == function || w.lines[i].indent > w.lines[function].indent); i++ {
		l := &w.lines[i]
		if !w.spend(l.after - l.first) {
			return false
		}
		for k := l.first; k < l.after; k++ {
			switch {
			case string(w.word(k)) != name || w.op(k-1, '.') && k > l.first:
			case k == l.first && w.op(k+1, '=') && !w.compares(k+1):
				if w.dumpsCall(k+2, l) != l.after-1 {
					return false
				}
				given = true
			case w.op(k-1, '(') && string(w.word(k-2)) == "loads" && w.ends(k+1):
			default:
				return false
			}
		}
	}
	return given
}
