// Package flow owns the order in which the code of one function runs: a control flow
// graph of small steps over the tree of package syntax, and a solver of forward
// questions over it.
//
// Every call is a step of its own, behind its arguments, so that what holds before one
// call and not before the next can be told. What Python does between two steps without
// binding, calling or testing anything is in none: names, attributes and operators are
// read out of the tree by whoever asks what a value is. Conditions are taken apart
// wherever they stand, in expressions too: each atomic one is a [Test] with two ways out.
//
// A graph is bounded. Beyond the bounds, and where the source has syntax errors, it is
// not [Graph.Trusted]: nothing may be concluded from it.
//
// What a call does, which name means what, and what follows from a test is not known
// here. Bodies of functions and lambdas that stand inside are graphs of their own; bodies
// of classes and comprehensions run where they stand.
package flow
