package syntax

import (
	"context"
	"time"
)

// Cut is a range of a source that is not parsed.
type Cut struct{ Start, End uint32 }

// Parse parses src within budget. Any bytes give a tree; what is not Python is
// in [Tree.Broken]. The error is [ErrTimeout], [ErrTooLarge], [ErrTooDense],
// [ErrNoCgo] or that of the context.
func Parse(ctx context.Context, src []byte, budget time.Duration) (*Tree, error) {
	return ParseWithout(ctx, src, nil, budget)
}

// ParseWithout parses src as if the cuts were not there: even blanks take the parser
// a third of the time that code takes. The cuts are in order and do not touch; the
// tree has the places of src.
func ParseWithout(ctx context.Context, src []byte, cuts []Cut, budget time.Duration) (*Tree, error) {
	rest := src
	if len(cuts) > 0 {
		rest = without(src, cuts)
	}
	if len(rest) > MaxSource {
		return nil, ErrTooLarge
	}
	if len(rest) > MaxTokens && tokens(rest) > MaxTokens {
		return nil, ErrTooDense
	}
	tree, err := parseAll(ctx, rest, budget)
	if err == nil && len(cuts) > 0 {
		tree.Source = src
		tree.shift(cuts)
	}
	return tree, err
}

func without(src []byte, cuts []Cut) []byte {
	out := make([]byte, 0, len(src))
	at := uint32(0)
	for _, c := range cuts {
		out = append(out, src[at:c.Start]...)
		at = c.End
	}
	return append(out, src[at:]...)
}

// shift gives the nodes of a tree the places that they have with the cuts. What begins
// where something was cut begins behind the cut, and what ends there ends before it.
func (t *Tree) shift(cuts []Cut) {
	// firsts holds where each cut is in the text that was parsed, and gone how
	// much is missing behind it.
	firsts, gone := make([]uint32, len(cuts)), make([]uint32, len(cuts)+1)
	for i, c := range cuts {
		firsts[i], gone[i+1] = c.Start-gone[i], gone[i]+c.End-c.Start
	}
	// Nodes begin in order.
	next := 0
	for i := range t.Nodes {
		n := &t.Nodes[i]
		for next > 0 && firsts[next-1] > n.Start { // but for one that lost its star
			next--
		}
		for next < len(firsts) && firsts[next] <= n.Start {
			next++
		}
		before := next
		for before > 0 && firsts[before-1] >= n.End {
			before-- // an empty node
		}
		for before < len(firsts) && firsts[before] < n.End {
			before++
		}
		n.Start += gone[next]
		n.End = max(n.Start, n.End+gone[before])
	}
}
