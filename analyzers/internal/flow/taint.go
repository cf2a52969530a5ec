package flow

import (
	"go/constant"
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/pickle-lint/pickle-lint/catalog"
)

// Origin says who may have written some bytes.
type Origin int

// The origins, from the least to the most that is known against the bytes.
const (
	// Unknown: nothing is known of some of them.
	Unknown Origin = iota
	// Own: all of them are made by the program itself: constants, embedded files,
	// what was encoded in the same process.
	Own
	// Tainted: some of them come from outside.
	Tainted
)

// Taint is where the bytes at a place come from.
type Taint struct {
	Origin Origin
	// Source is what they come from as a part of a sentence: "the body of an HTTP
	// request".
	Source string
	// Network: whoever can connect may have written them.
	Network bool
	// Unbounded: whoever writes them writes as much as they like, and nothing on the way
	// limits it.
	Unbounded bool
	// Operator: whoever starts the program has written them, or what leads to them.
	Operator bool
	// from is the kind of the source, at the value where it is met, and guessed says that
	// some step to there is a guess.
	from    catalog.Origin
	at      ssa.Value
	guessed bool
	// Trace is the way from the source to the place, in that order.
	Trace []Step
}

// Step is one step of a way.
type Step struct {
	Pos  token.Pos
	Text string
}

// Taint finds out where the bytes of a value come from.
func (p *Package) Taint(v ssa.Value) Taint { return p.origin(v, false) }

// TaintOfFile finds out where the bytes of a file come from, of which a value is the
// name. Who spells the name has not written the file.
func (p *Package) TaintOfFile(name ssa.Value) Taint { return p.origin(name, true) }

// originKey is what a question about an origin is about.
type originKey struct {
	value ssa.Value
	path  bool
}

// origin remembers its answers: whoever finds sites asks, and whoever judges them.
func (p *Package) origin(v ssa.Value, path bool) Taint {
	p.build()
	key := originKey{v, path}
	answer, ok := p.origins[key]
	if !ok {
		answer = p.taint(&Hop{Value: v, path: path}, &walk{most: maxHops})
		p.origins[key] = answer
	}
	return answer
}

func (p *Package) taint(at *Hop, w *walk) Taint {
	at.walk, w.wary, w.files = w, true, true
	own := true
	var best *Hop
	var from *catalog.GoSource
	least := 0
	p.climb(at, func(h *Hop) bool {
		own = own && h.Leaf <= Known && !h.Guessed && !h.path
		s, typed := p.source(h)
		if s == nil {
			return true
		}
		own = false
		if h.path && s.Origin == catalog.FromOperator {
			return false // the operator's choice, and nobody else's
		}
		if n := rank(h, s, typed); best == nil || n < least {
			best, from, least = h, s, n
		}
		// Nothing that is found farther up says more.
		w.stopped = least == 0
		return typed
	})
	switch {
	case best != nil:
		return p.tainted(best, from)
	case own && w.made:
		return Taint{Origin: Own}
	}
	return Taint{}
}

// rank is lower for the source that says more: what is surely the bytes themselves,
// what anybody can reach, and what has a name and not a type only.
func rank(h *Hop, s *catalog.GoSource, typed bool) int {
	n := 0
	if h.Guessed {
		n += 8
	}
	if h.path {
		n += 4
	}
	if !s.Network() {
		n += 2
	}
	if typed {
		n++
	}
	return n
}

func (p *Package) tainted(h *Hop, s *catalog.GoSource) Taint {
	t := Taint{Origin: Tainted, Source: s.Called, Network: s.Network() && !h.path, Operator: s.Origin == catalog.FromOperator, from: s.Origin, at: h.Value, guessed: h.Guessed}
	if t.Network && s.Origin == catalog.FromNetwork && p.unixSocket(h) {
		t.Source, t.Network = "a Unix socket", false
	}
	if h.path {
		t.Source = "a file that " + s.Called + " names"
	}
	begin := "the bytes come from " + s.Called
	if h.path {
		begin = "the name of the file comes from " + s.Called
	}
	t.Unbounded = t.Network && s.Stream && !h.Bounded && !p.boundedElsewhere(h)
	t.Trace = append(t.Trace, Step{p.position(h), begin})
	for ; h.Down != nil; h = h.Down {
		if h.Text != "" {
			pos := h.Pos
			if !pos.IsValid() {
				pos = p.position(h)
			}
			t.Trace = append(t.Trace, Step{pos, h.Text})
		}
	}
	t.Trace = slices.CompactFunc(t.Trace, func(a, b Step) bool { return a == b })
	return t
}

// position is where a value is written, or what is nearest below it and is.
func (p *Package) position(h *Hop) token.Pos {
	for ; h != nil; h = h.Down {
		if h.source != nil && h.Pos.IsValid() {
			return h.Pos
		}
		if h.Value != nil {
			if g, ok := h.Value.(*ssa.Global); ok && g.Pkg.Pkg != p.pass.Pkg && h.Down != nil {
				continue // it stands elsewhere, its use stands here
			}
			if x, ok := h.Value.(*ssa.Extract); ok && x.Tuple.Pos().IsValid() {
				return x.Tuple.Pos()
			}
			if pos := h.Value.Pos(); pos.IsValid() {
				return pos
			}
		}
		if h.Pos.IsValid() {
			return h.Pos
		}
	}
	return token.NoPos
}

// unixSocket reports a connection of which the program says that it is a Unix socket: its
// peers are processes of the same host.
func (p *Package) unixSocket(h *Hop) bool {
	from := &Hop{Value: h.Value, frame: h.frame, walk: &walk{most: maxOwn, loose: true}}
	unix, other := false, false
	p.climb(from, func(h *Hop) bool {
		call := callOf(h.Value)
		if call == nil {
			return true
		}
		callee := Callee(call.Common())
		if callee == nil || callee.Pkg() == nil || callee.Pkg().Path() != "net" {
			return true
		}
		for _, arg := range call.Common().Args {
			if c, ok := arg.(*ssa.Const); ok && c.Value != nil && c.Value.Kind() == constant.String {
				if strings.HasPrefix(constant.StringVal(c.Value), "unix") {
					unix = true
				} else {
					other = true
				}
				return false
			}
		}
		return true
	})
	return unix && !other
}
