// Package pyscan finds the places in Python source where bytes become objects,
// and judges whether somebody has said why each of them is safe.
//
// A [Scanner] takes one file at a time: its bytes are decoded as CPython would
// (internal/decode), a gate drops the files that cannot contain a site (most of
// them), the rest is written in plainer words (internal/prelex) and parsed
// (internal/syntax), names are followed through imports, scopes and rebinding
// (internal/names), and whatever resolves to a sink of the catalogue is a site.
// The form of the call may be safe in itself, perhaps only from some release of the
// library on, which the project declares (declared); otherwise it needs a check that the
// bytes pass on every way to it (internal/flow and internal/proof) or a justification
// (lint/justify), and where the bytes come from is told (internal/taint). Parts of a file
// that do not parse are searched by their tokens. What the classes of a file do when
// their objects are pickled is a question of its own (internal/classes, internal/rebuild).
//
// Files that hold Python in other forms are told by [KindOf]: the code cells of a
// notebook (internal/notebook), and commands of the form python -c (internal/command)
// become texts that know where in the file each byte comes from (internal/pieces), are
// linted as sources are, and what is found is moved to its place in the file.
//
// Where to look, by the names of the files:
//
//	scanner, look, source, comments,        one file from its bytes to its sites
//	errors
//	gate*, rough*, marks, folded            may it hold a site, from its words alone?
//	asides                                  what else a file is asked, by its words
//	thin*                                   what is left out before it is parsed
//	sites, classify, choice, reference,     what the tree says: sites, what is done with
//	methods, ran                            a reference, sinks that are methods, exec
//	form*, versions                         is a call safe by its arguments, by its release?
//	findclass*, restricted, yamlloaders     is a class of the file a restriction?
//	setting*                                settings: rule PKL202
//	rebuilding                              how objects are rebuilt: rules PKL225 to PKL228
//	tokens*                                 where there is no tree
//	inline                                  constants at a site
//	inventory*                              what is dumped, and through what bytes go, for who asks
//	protocol*                               what writes pickles: rules PKL210 to PKL213
//	kind, embedded, notebook, commands,     Python in other files
//	member
//	pickled, dumped, unpicklable,           how the classes of a file are pickled:
//	refused, pair, lost, uses,              rules PKL220 to PKL224
//	stateversion, migration, stored, kin,
//	inherited
//	evidence, proved*, tainted*             what following the bytes of a site says: rules PKL203 to PKL205
//	importgraph                             what a source may import, for who looks only at what a change reaches
//	mend, mendwrap, boundary                what may be done about a site or a directive
//	tables                                  what the names of a file stand for
//	again, imports, reexport, elsewhere     the second look: what modules give to each other
//	modules, modulefacts, definitions,      what modules define, for package blob
//	classfacts, callfacts
//	statement                               what a justification covers
//	wrapper*                                through what a project loads: rules PKL206, PKL207
//
// What the sinks are is data and belongs to the catalogue; walking directories
// and printing belong to the command. One file is looked at by itself, unless
// the Scanner has [Modules]: then what they give to each other is followed in a
// second look ([Scanner.Again]) at those files that import it.
//
// [Modules] answers a different question besides for package blob: what the sources of a
// project define, across files, for those names that a pickle asks for.
//
// Every file that was not looked at fully, for a syntax error, an encoding, a
// limit or because the program was built without cgo, is a skip, if its words
// could make a site.
package pyscan
