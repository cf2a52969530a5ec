// Package blob looks at stored bytes: it finds the pickle streams in them, inside
// containers too, and says what those streams would do.
//
// It works in two steps. [Scan] turns bytes into a [Report]: facts, without an
// opinion (which streams are where, what each asks a loader to import and call,
// what could not be read). [Judge] turns a report into findings and skips, with
// the words of a catalogue and a policy. Each verdict is a rule with its page
// beside it.
//
// What a pickle means is the decoder's business (package pickle), what a name
// means the catalogue's, how members get out of a container that of
// blob/container. This package joins them, and nothing in it executes a stream,
// writes a file, or knows an output format.
//
// A file is everything it can be: a pickle at its first byte, and each container
// that is recognised in it. Recognition goes by content. An ordinary file that
// happens to begin like a pickle is told from a pickle by how far it gets; see
// recognise.go.
package blob
