// Package taint answers where the bytes of an expression may come from: it follows them
// backwards, from the expression to the sources of the catalogue.
//
// A value is followed through what binds a name (assignments, tuples, with, for, walrus,
// match, parameters and their defaults), attributes of objects, containers and what is
// put into them, conditions, comprehensions, operators, f-strings, and calls: those of
// functions of the file to what they return, those of others to their arguments, those
// of methods to the object. A parameter is followed to the calls of its function, and
// where the function is handed on, to whatever calls it.
//
// Opening a file turns the question round: what is asked from there on is who chose the
// path, and what was written to the file of that path.
//
// The answer is a "may", and no proof. It is from one file, and whoever has others says
// what their functions give ([Elsewhere]). All is bounded: whoever is not
// found within the bounds is not found. Which findings follow from an answer is decided
// by pyscan, and where names lead by package names.
package taint
