package pickle_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/pickle"
)

// The oracle answers every look-up and call with a stub. Where the stub decides
// how a loader goes on, and not the stream, our trace says what both kinds of
// object would do (Call.If), or assumes what lets the loader go on. A reading of
// our trace in the oracle's words ends at the first such assumption that the
// stub does not meet; RATIONALE.md has the table ("Where does the decoder differ
// from CPython?").

// words is our trace in the words of the oracle.
type words struct {
	events []string
	// open: events stop short, because the stub is not what is assumed.
	open bool
	// all has everything, assumptions or not.
	all []string
}

// ours translates a trace for one loader and one profile.
func ours(t *pickle.Trace, b []byte, set pickle.LoaderSet, profile string) words {
	type at struct {
		offset int64
		order  int
		do     func(w *words) (stop bool)
	}
	var steps []at
	add := func(off int64, do func(w *words) bool) { steps = append(steps, at{off, len(steps), do}) }
	c := set&(pickle.CMem|pickle.CFile|pickle.CPeek) != 0
	say := func(w *words, format string, args ...any) {
		s := fmt.Sprintf(format, args...)
		w.all = append(w.all, s)
		if !w.open {
			w.events = append(w.events, s)
		}
	}
	coded := map[int32]bool{}
	// target names what an extension code gives as the oracle registers it.
	target := func(call *pickle.Call) string {
		root := call
		for root.Global < 0 && root.Via >= 0 {
			root = &t.Calls[root.Via]
		}
		name := latin1(call.Target)
		if root.Global >= 0 && t.Globals[root.Global].Extension {
			name = fmt.Sprintf("ext-module.%d%s", t.Globals[root.Global].Code, name[1:])
		}
		return name
	}
	states := map[int64]bool{} // where BUILD acts on an object
	for i := range t.Calls {
		if t.Calls[i].Op == pickle.OpBuild {
			states[t.Calls[i].Offset] = true
		}
	}
	asked := map[int64]map[pickle.ImplicitKind]bool{}
	for i := range t.Implicit {
		it := &t.Implicit[i]
		if it.Loaders&set == 0 {
			continue
		}
		if asked[it.Offset] == nil {
			asked[it.Offset] = map[pickle.ImplicitKind]bool{}
		}
		asked[it.Offset][it.Kind] = true
	}
	for off, kinds := range asked {
		literal := !states[off] && (kinds[pickle.ImplicitBool] || kinds[pickle.ImplicitItems] && c || kinds[pickle.ImplicitChanged])
		if kinds[pickle.ImplicitBuffer] || kinds[pickle.ImplicitIndex] || literal {
			add(off, func(*words) bool { return true })
		}
	}
	for i := range t.Persistent {
		if p := &t.Persistent[i]; p.Loaders&set != 0 {
			add(p.Offset, func(w *words) bool { say(w, "persid"); return false })
		}
	}
	for i := range t.Globals {
		g := &t.Globals[i]
		if g.Loaders&set == 0 {
			continue
		}
		add(g.Offset, func(w *words) bool {
			switch {
			case g.Extension:
				code := g.Code
				w.open = w.open || code <= 0 // pickle.py takes one that was put there
				if !coded[code] {
					coded[code] = true // the second time it is cached
					say(w, "ext %d", code)
				}
			case !g.Resolved && b[g.Offset] == pickle.OpStackGlobal:
				w.open = true
				say(w, "find ?")
			default:
				say(w, findFormat, latin1(g.RawModule), latin1(g.RawName), latin1(g.Module), latin1(g.Name()))
			}
			return false
		})
	}
	for i := range t.Calls {
		call := &t.Calls[i]
		if call.Loaders&set == 0 {
			continue
		}
		add(call.Offset, func(w *words) bool {
			// A stub is no tuple and no dict, and has no items.
			assumes := call.Assumes&set != 0
			state := call.Kind == pickle.KindSetState || call.Kind == pickle.KindSetAttr || call.Kind == pickle.KindDictSet
			if assumes && !state {
				w.open = true
			}
			if call.Kind == pickle.KindExtend && profile == "bare" && call.Fallback&set == 0 {
				w.open = true
			}
			happens := call.If == pickle.Always || profile == "rich" && call.If == pickle.IfDefined || profile == "bare" && call.If == pickle.IfMissing
			if state && asked[call.Offset][pickle.ImplicitChanged] {
				// Stubs change nothing: an empty state is one.
				if call.Kind == pickle.KindSetState && happens {
					say(w, "%s %s", call.Kind, target(call))
				}
				return false
			}
			if happens && (!assumes || !state || call.Kind == pickle.KindSetState) {
				say(w, "%s %s", call.Kind, target(call))
			}
			if profile == "rich" || !state {
				return false
			}
			if call.Kind == pickle.KindSetAttr && asked[call.Offset][pickle.ImplicitName] {
				return true
			}
			if call.Stores && !assumes {
				say(w, "dictset %s", target(call))
			}
			return assumes && c
		})
	}
	// Without __setstate__ a state that is no dict fails, after what it did.
	for i := range t.Calls {
		call := &t.Calls[i]
		if call.Kind == pickle.KindSetState && call.Loaders&set != 0 && call.Fallback&set == 0 && profile == "bare" {
			add(call.Offset, func(*words) bool { return true })
		}
	}
	slices.SortStableFunc(steps, func(a, b at) int { return cmp.Or(cmp.Compare(a.offset, b.offset), cmp.Compare(a.order, b.order)) })
	var w words
	for _, s := range steps {
		if s.do(&w) {
			w.open = true
		}
	}
	w.events, w.all = runsOnce(w.events), runsOnce(w.all)
	return w
}

// merged puts the oracle's events into the same words.
func merged(events [][]any) []string {
	var out []string
	for _, e := range events {
		switch kind := e[0].(string); kind {
		case "hash", "iter", "items", "bool":
		case "persid":
			out = append(out, kind)
		case "ext":
			out = append(out, fmt.Sprintf("ext %d", int64(e[1].(float64))))
		case "find":
			out = append(out, fmt.Sprintf(findFormat, e[1:]...))
		default:
			out = append(out, fmt.Sprintf("%s %s", kind, e[1]))
		}
	}
	return runsOnce(out)
}

// runsOnce drops repetitions of what one op does to several items.
func runsOnce(events []string) []string {
	return slices.CompactFunc(slices.Clone(events), func(a, b string) bool {
		for _, kind := range []string{"find ", "ext ", "persid", "call ", "new "} {
			if len(a) >= len(kind) && a[:len(kind)] == kind {
				return false
			}
		}
		return a == b
	})
}

// differs compares one run with our reading of the same loader alone.
func differs(t *pickle.Trace, err error, b []byte, set pickle.LoaderSet, profile string, h heard, want []string) string {
	w := ours(t, b, set, profile)
	got := w.events
	if !h.OK && len(want) > 0 && len(got) == len(want) && !w.open {
		// A find that fails may not have got as far as the last name.
		if last := len(want) - 1; sameRaw(got[last], want[last]) {
			got = append(slices.Clone(got[:last]), want[last])
		}
	}
	switch {
	case !slices.Equal(got, want):
		return "events differ"
	case h.OK && w.open:
		return "CPython reaches STOP, our reading ends at an assumption"
	case h.OK && err != nil:
		return "CPython reaches STOP, we do not"
	case !h.OK && err == nil && !w.open:
		return "we reach STOP, CPython does not"
	}
	if h.OK && h.End != nil {
		if len(t.Next) != 1 || t.Next[0].Offset != *h.End {
			return fmt.Sprintf("CPython leaves the file at %d, we at %v", *h.End, t.Next)
		}
	}
	return ""
}

// findFormat is a look-up: as written, and as resolved.
const findFormat = "find %s\x1f%s\x1fas %s\x1f%s"

// sameRaw reports whether two finds have the same names as written.
func sameRaw(a, b string) bool {
	x, y := strings.Split(a, "\x1f"), strings.Split(b, "\x1f")
	return len(x) == 4 && len(y) == 4 && x[0] == y[0] && x[1] == y[1]
}

// unresolved reports whether ours is want of a name that depends on the encoding.
func unresolved(ours, want string) bool {
	kind, target, _ := strings.Cut(ours, " ")
	return strings.HasPrefix(want, kind+" ") && strings.HasPrefix(target, "?")
}

// contains reports whether the union has all that one loader did, in its order.
func contains(t *pickle.Trace, b []byte, set pickle.LoaderSet, profile string, want []string) (missing string, ok bool) {
	got := ours(t, b, set, profile).all
	i := 0
	for n, s := range want {
		for i < len(got) && got[i] != s && !unresolved(got[i], s) && (n < len(want)-1 || !sameRaw(got[i], s)) {
			i++
		}
		if i == len(got) {
			return s, false
		}
		i++
	}
	return "", true
}

// latin1 makes a character of each byte.
func latin1(s string) string {
	out := make([]rune, len(s))
	for i := range len(s) {
		out[i] = rune(s[i])
	}
	return string(out)
}
