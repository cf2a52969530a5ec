// Package facts writes what stored bytes do, for people and for programs: the
// trace of each stream, its ops one by one, or a recipe of it. It takes a
// [blob.Report] and holds no verdict; what is thought of the facts is blob's.
//
// Everything is written while it is read, so that a stream of many million ops
// needs no more memory than one of ten. Names are chosen by strangers: nothing
// that a terminal obeys leaves this package as itself.
//
// The keys of the JSON are a contract (docs/facts.md). Keys may be added.
package facts
