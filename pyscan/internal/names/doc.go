// Package names answers which dotted name a piece of Python source may stand
// for: it follows imports and their aliases, scopes, plain rebinding and
// subclassing inside one file, so that pyscan can look the answer up in the
// catalogue.
//
// The answer is a "may": every binding of the name that can reach the place of
// use counts, where a binding that certainly runs before the use hides those
// above it. An import in a try statement and another in its except clause
// therefore both count, and a parameter, loop variable or later assignment
// named like a module hides it.
//
// Only names that a [Vocabulary] knows are followed; all others are opaque.
// They are followed through what they are put into as well: attributes of objects
// and of classes, displays and their items, defaults, partial functions, and the
// look-ups by constant strings that Python has. What is set to an attribute or an
// item of a name counts wherever that name is seen, whatever it is bound to.
// Files are looked at one at a time: what other modules give is in the vocabulary
// or unknown. Identifiers are expected in their NFKC form.
//
// What a call returns is followed where the vocabulary has a name for it, with
// brackets: an object of zmq.Socket is zmq.Socket(), and what its method returns
// zmq.Context().socket(). So is what functions of the file return and yield, what
// annotations say of a name, and objects that the file passes to its own functions;
// functions that are passed to others are not.
//
// [BuildModule] follows all names, those that the module defines and relative
// imports too; whoever has the tables of several modules follows names from one to
// the next.
//
// What a name means, and whether using it is wrong, is not decided here.
package names
