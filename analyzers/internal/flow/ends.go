package flow

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/lint"
)

// Ends tells through what bytes go that leave the process, or come into it. Nobody but who
// makes an inventory asks.
type Ends struct {
	p       *Package
	catalog *catalog.Catalog
	// calls are those of the sources, by the position of their opening parenthesis.
	calls map[token.Pos]*ast.CallExpr
	// work counts the steps for one name.
	work int
}

// Ends returns what tells of the ends of channels, of which the catalogue says something that
// the one of the package may not say.
func (p *Package) Ends(cat *catalog.Catalog) *Ends {
	p.build()
	return &Ends{p: p, catalog: cat}
}

// answer is the best that was found.
type answer struct {
	channel *lint.Channel
	rank    int
}

// The ranks of what was found, from the best. A guess is worse by byGuess.
const (
	byName   = 0
	byCall   = 1
	byGuess  = 2
	bySource = 4
	byType   = 5
)

func (a *answer) add(c lint.Channel, rank int) {
	if (c.Name == "" || c.Name == hole) && rank < bySource {
		rank += byCall
	}
	switch {
	case a.channel == nil || rank < a.rank:
		a.channel, a.rank = &c, rank
	case rank == a.rank && c.Kind == a.channel.Kind && c.Name != a.channel.Name:
		// It is one of several, and nothing tells which.
		name := phrase{a.channel.Name, a.channel.From}.either(phrase{c.Name, c.From})
		a.channel.Name, a.channel.From = name.text, name.from
		a.channel.Normalize()
	}
}

// or returns what was found, or that nothing was.
func (a *answer) or() *lint.Channel {
	if a.channel == nil {
		return &lint.Channel{Kind: lint.UnknownChannel}
	}
	return a.channel
}

// kinds are the channels of sources of which no line tells more. A store may be anything.
var kinds = map[catalog.Origin]lint.ChannelKind{
	catalog.FromRequest: lint.NetworkChannel, catalog.FromNetwork: lint.NetworkChannel, catalog.FromMail: lint.NetworkChannel,
	catalog.FromQueue: lint.QueueChannel, catalog.FromDatabase: lint.TableChannel, catalog.FromFile: lint.FileChannel,
}

// From returns where the bytes of a value come from, or nil where they never left the
// process. file: the value is the name of the file that holds them.
func (e *Ends) From(v ssa.Value, file bool) *lint.Channel {
	if file {
		return e.file(v, nil, "")
	}
	if e.p.origin(v, false).Origin == Own {
		return nil
	}
	var best answer
	w := &walk{most: maxHops, wary: true, files: true, product: true}
	e.p.climb(&Hop{Value: v, walk: w}, func(h *Hop) bool {
		worse := 0
		if h.Guessed {
			worse = byGuess
		}
		if h.path {
			via := ""
			if call := callOf(h.Down.Value); call != nil {
				via = fullNameOf(Callee(call.Common()))
			}
			best.add(*e.file(h.Value, h.frame, via), byName+worse)
			return false
		}
		if c, ok := e.at(h); ok {
			best.add(c, byName+worse)
			w.stopped = best.rank == byName && h.frame == nil && h.alone()
			return false
		}
		if h.Value != nil {
			// Nothing comes out of what can only be written to.
			if c, ok := e.typed(h.Value.Type()); ok && (!writable(h.Value.Type()) || readerLike(h.Value.Type())) {
				best.add(c, byType+worse)
			}
		}
		if s, typed := e.p.source(h); s != nil && kinds[s.Origin] != "" {
			c := lint.Channel{Kind: kinds[s.Origin], Via: s.Name}
			if s.Function != "" {
				c.Via = "" // a shape, and no name of anything
			}
			c.Normalize()
			if typed {
				worse++
			}
			best.add(c, bySource+worse)
		}
		return true
	})
	return best.or()
}

// alone reports a hop to which one straight way leads, without a choice.
func (h *Hop) alone() bool {
	for ; h != nil; h = h.Down {
		switch h.Value.(type) {
		case *ssa.Phi, *ssa.Parameter, *ssa.FieldAddr, *ssa.Field, *ssa.Alloc, *ssa.Global:
			return false
		}
	}
	return true
}

// at returns the channel of the call that a value is a result of, that fills it, or that hands
// it to a function literal; or of a variable.
func (e *Ends) at(h *Hop) (lint.Channel, bool) {
	if h.by != nil {
		return e.called(h.by, h.frame)
	}
	switch v := h.Value.(type) {
	case *ssa.Global:
		if v.Object() != nil && v.Pkg.Pkg != e.p.pass.Pkg {
			return e.variable(v)
		}
	case *ssa.Parameter:
		for _, call := range e.p.handed(v.Parent()) {
			if c, ok := e.called(call, nil); ok {
				return c, true
			}
		}
	case *ssa.Call, *ssa.Extract:
		if call := callOf(v); call != nil {
			return e.called(call, h.frame)
		}
	}
	return lint.Channel{}, false
}

func (e *Ends) variable(v *ssa.Global) (lint.Channel, bool) {
	name := fullName(v.Object())
	t, ok := e.catalog.GoThrough(name, "", "")
	if !ok {
		return lint.Channel{}, false
	}
	return lint.Channel{Kind: lint.ChannelKind(t.Kind), Via: name}, true
}

// typed returns the channel that everything of a type is.
func (e *Ends) typed(t types.Type) (lint.Channel, bool) {
	name := typeName(t)
	if name == nil || name.Pkg() == nil || name.Pkg() == e.p.pass.Pkg {
		return lint.Channel{}, false
	}
	line, ok := e.catalog.GoThrough(fullName(name), "", "")
	if !ok {
		return lint.Channel{}, false
	}
	c := lint.Channel{Kind: lint.ChannelKind(line.Kind), Via: line.Name}
	c.Normalize()
	return c, true
}

// line returns what the catalogue says of a function. A library does not use itself.
func (e *Ends) line(fn *types.Func) *catalog.GoThrough {
	if fn == nil || fn.Pkg() == nil || fn.Pkg() == e.p.pass.Pkg {
		return nil
	}
	t, ok := e.catalog.GoThrough(fullNameOf(fn), packagePath(fn.Pkg()), fn.Name())
	if !ok || t.Of != nil && fn.Signature().Recv() == nil {
		return nil
	}
	return t
}

// fullNameOf is a function as the catalogue writes it, or "".
func fullNameOf(fn *types.Func) string {
	if fn == nil || fn.Pkg() == nil {
		return ""
	}
	return strings.Replace(fn.FullName(), fn.Pkg().Path(), packagePath(fn.Pkg()), 1)
}

// called returns the channel that a call goes through.
func (e *Ends) called(call ssa.CallInstruction, f *frame) (lint.Channel, bool) {
	fn := Callee(call.Common())
	t := e.line(fn)
	if t == nil {
		return lint.Channel{}, false
	}
	e.work = 0
	return e.named(t, call, f, 0), true
}

// Call returns the channel of a call that is itself an end, if the catalogue has a line for it.
func (e *Ends) Call(instr ssa.Instruction) (lint.Channel, bool) {
	call, ok := instr.(ssa.CallInstruction)
	if !ok {
		return lint.Channel{}, false
	}
	return e.called(call, nil)
}

// file is the file of which a value is the name.
func (e *Ends) file(v ssa.Value, f *frame, via string) *lint.Channel {
	e.work = 0
	name := e.text(v, f, 0)
	c := &lint.Channel{Kind: lint.FileChannel, Name: name.text, From: name.from, Via: via}
	c.Normalize()
	return c
}

// Value returns the value of a call, its first result if it has several, or nil.
func Value(at ssa.Instruction) ssa.Value {
	call, ok := at.(*ssa.Call)
	if !ok {
		return nil
	}
	if _, several := call.Type().(*types.Tuple); !several {
		return call
	}
	for _, ref := range *call.Referrers() {
		if x, ok := ref.(*ssa.Extract); ok && x.Index == 0 {
			return x
		}
	}
	return call
}
