package flow

// Analysis answers a forward question about a graph: what holds in front of each step.
// States are values: an analysis never changes one that it was given.
type Analysis[S any] interface {
	// Start is what holds at the beginning.
	Start() S
	// Join is what holds in front of a step that is reached in several ways, or in one
	// by which an exception comes. The states are those of the ways that are known to be
	// taken, in an order that does not change.
	Join(step int32, states []S) S
	// Transfer is what holds behind a step. falls is false if the step never comes to
	// its end: then only its way of exceptions is taken, with the state in front of it.
	Transfer(step int32, s *Step, before S) (after S, falls bool)
	// Refine is what holds on one way out of a Test, Match, Iterate or Catch. taken
	// means Next. It is false where the way cannot be taken.
	Refine(step int32, s *Step, taken bool, after S) (refined S, may bool)
	// Equal ends the rounds.
	Equal(a, b S) bool
}

// maxRounds bounds how often a step is looked at, on the average.
const maxRounds = 24

// Solution holds what an analysis found.
type Solution[S any] struct {
	// Before holds the state in front of each step, where Reached says that there is one.
	Before  []S
	Reached []bool
	// Complete: the bound on rounds was not hit. Nothing else may be relied on.
	Complete bool
}

// Solve runs an analysis over a graph, always in the same order.
func Solve[S any](g *Graph, a Analysis[S]) *Solution[S] {
	n := len(g.Steps)
	sol := &Solution[S]{Before: make([]S, n), Reached: make([]bool, n), Complete: true}
	if n == 0 {
		return sol
	}
	after := make([][3]S, n)
	flows := make([][3]bool, n)
	rank := make([]int, n)
	for i, step := range g.order {
		rank[step] = i
	}
	dirty := make([]bool, len(g.order))
	dirty[0] = true
	budget := maxRounds * len(g.order)
	var states []S
	for at := 0; at < len(g.order); {
		if !dirty[at] {
			at++
			continue
		}
		dirty[at] = false
		if budget--; budget < 0 {
			sol.Complete = false
			return sol
		}
		step := g.order[at]
		s := &g.Steps[step]
		states = states[:0]
		for _, w := range g.preds[step] {
			if flows[w.from][w.edge] {
				states = append(states, after[w.from][w.edge])
			}
		}
		var before S
		switch {
		case step == 0:
			before = a.Start()
		case len(states) == 0:
			at++
			continue
		case len(g.preds[step]) == 1:
			before = states[0]
		default:
			before = a.Join(step, states)
		}
		if sol.Reached[step] && a.Equal(before, sol.Before[step]) {
			at++
			continue
		}
		sol.Before[step], sol.Reached[step] = before, true
		done, falls := a.Transfer(step, s, before)
		earliest := at + 1
		give := func(e edge, state S, may bool) {
			to := s.out(e)
			if to == None {
				return
			}
			after[step][e], flows[step][e] = state, may
			dirty[rank[to]] = true
			earliest = min(earliest, rank[to])
		}
		switch s.Op {
		case Test, Match, Iterate, Catch, Swallow:
			yes, may := a.Refine(step, s, true, done)
			give(next, yes, may && falls)
			no, may := a.Refine(step, s, false, done)
			give(otherwise, no, may && falls)
		default:
			give(next, done, falls)
		}
		give(except, before, true)
		at = earliest
	}
	return sol
}
