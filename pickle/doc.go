// Package pickle decodes the pickle language without executing anything.
//
// It has two layers. [Ops] is the lexer: it splits bytes into ops (opcode,
// argument, offset) and knows nothing of meaning. [Run] is the abstract machine:
// it follows stack, memo, marks and frames as the loaders do and records facts in
// a [Trace]: which globals are looked up, what is called, built and mutated.
//
// The package judges nothing: what a global means is the catalogue's word, and
// what follows from it is blob's. It imports only the standard library.
//
// Every loader that matters (CPython's C unpickler in its three input modes, and
// the pure-Python one) reads the same bytes a little differently, so Run follows
// the union: it goes on where any loader would go on, and says in
// [Call.Loaders] who gets there. Only one difference makes them read other bytes,
// a frame that ends inside an argument; the machine then follows the plain file
// in a pass of its own.
//
// Input is hostile. No argument's length is believed before the bytes are there,
// nothing recurses on input, and every bound in [Limits] that is hit is an error
// beside the facts found so far, never silence.
package pickle
