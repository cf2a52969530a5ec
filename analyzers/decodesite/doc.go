// Package decodesite finds the places in Go source where bytes become values:
// every use of a function or method that the catalogue calls a go-sink, and of
// every function that declares itself one with boundary=caller. It gives facts
// and no verdict; what is thought of a site is the business of the analyzers
// that require this one.
//
// For who makes an inventory it also tells, when it is asked (see [Ends]), where
// values become bytes, and through what the bytes of both go.
//
// A use is found by its object, not by its text, so renamed and dot imports,
// aliases, embedded decoders, method values and method expressions, go and defer
// statements are all the same to it. What it does not see is a decoder that
// reaches its method through an interface, through reflection, or through
// unsafe; that needs the dynamic type.
//
// # What a justification covers
//
// One statement, as far as it is written in one go: of an if, for, switch,
// select clause or case only the header lines; within a composite literal whose
// elements stand on lines of their own, one element; within a var declaration,
// one specification. A function literal inside a statement has statements of its
// own, and neither covers the other.
package decodesite
