//go:build cgo

package names

import (
	"fmt"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// A table for another vocabulary says the same as one that is built for it, and what is
// asked of it changes nothing for the first.
func TestTablesOfOneLayout(t *testing.T) {
	c, err := catalog.New().With("test.cat", strings.NewReader(testCatalog))
	if err != nil {
		t.Fatal(err)
	}
	more := NewVocabulary(c, "hmac.compare_digest", "flask.request", "queue.Queue", "queue.Queue().get")
	for _, src := range []string{
		"import pickle, hmac\nf = pickle.loads\ng = hmac.compare_digest\nf(1)\ng(1, 2)\n",
		"from flask import *\nfrom pickle import *\nrequest\nloads\ndef f():\n    return request, loads\n",
		"import queue as q\nclass A:\n    def __init__(self):\n        self.q = q.Queue()\n    def run(self):\n        x = self.q.get()\n        return x\n",
		"import dill\ndef late():\n    return early\nearly = dill.loads\nfor k in range(3):\n    early, k = k, early\n",
		"x = 1\n" + strings.Repeat("x = x or f\n", manyBindings+1) + "from pickle import load as x\nx\n",
		"import pickle\ndef f(load):\n    load()\nf(pickle.load)\nclass P(pickle.Unpickler): pass\nP().load()\n",
	} {
		first, tree := build(t, src)
		before := everyName(first, tree)
		other := everyName(first.In(more), tree)
		if alone := everyName(BuildIn(tree, more, "", false), tree); other != alone {
			t.Errorf("%q:\n in the layout of another: %s\n by itself: %s", src, other, alone)
		}
		if after := everyName(first, tree); before != after {
			t.Errorf("%q:\n before: %s\n after: %s", src, before, after)
		}
	}
	first, tree := build(t, "from flask import request as r\nr\n")
	if got := everyName(first, tree); strings.Contains(got, "flask") {
		t.Errorf("the first vocabulary has no flask: %s", got)
	}
	if got := everyName(first.In(more), tree); !strings.Contains(got, "flask.request") {
		t.Errorf("the second vocabulary has flask.request: %s", got)
	}
}

// everyName writes what all names, attributes and calls of a file may stand for.
func everyName(table *Table, tree *syntax.Tree) string {
	var b strings.Builder
	for i := range tree.Nodes {
		switch i := syntax.Index(i); tree.Kind(i) {
		case syntax.Identifier, syntax.Attribute, syntax.Call:
			r := table.Expression(i)
			for _, target := range r.Targets {
				fmt.Fprintf(&b, "%d:%s@%d ", i, target.Name, target.Via)
			}
			fmt.Fprintf(&b, "%d:%v%v ", i, r.Complete, r.objects)
		}
	}
	return b.String()
}
