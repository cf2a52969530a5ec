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
// the pure-Python one) reads the same bytes a little differently, and each release
// a little differently again. By default Run follows the union: it goes on where
// any loader would go on, and says in [Call.Loaders] who gets there. [Options] can
// name one loader of one release instead, which is then followed exactly; the
// tests compare it with CPython itself. [Walk] shows a stream op by op, and
// [Decompile] writes it as a program.
//
// Input is hostile. No argument's length is believed before the bytes are there,
// nothing recurses on input, and every bound in [Limits] that is hit is an error
// beside the facts found so far, never silence.
package pickle
