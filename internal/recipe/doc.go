// Package recipe turns readable text into pickle bytes and back, so that hostile
// streams can stand in this repository, in rule pages and in the demo as recipes
// that are assembled in memory, and no virus scanner mistakes them for the thing
// itself.
//
// A recipe has one op a line, named as in CPython's pickletools:
//
//	# what `pickle.dumps` of an object with a hostile __reduce__ looks like
//	PROTO 4
//	FRAME *
//	GLOBAL posix system
//	SHORT_BINUNICODE 'id'
//	TUPLE1
//	REDUCE
//	STOP
//
// Numbers are decimal or 0x… . FRAME * announces the bytes up to the end of the
// recipe. A payload is quoted with ' or ", may have a b before it, and knows the
// escapes \\ \' \" \n \r \t \0 \xHH (one byte), \uHHHH and \UHHHHHHHH (UTF-8,
// surrogates too); LONG1 and LONG4 also take a number. The text of INT, LONG,
// FLOAT, GET, PUT, UNICODE and PERSID is one word as it is; that of STRING keeps
// its single quotes and escapes as they are; in double quotes, with the escapes
// above, it may hold anything. GLOBAL and INST take two words, each as it is or
// quoted, or both with a space between in one pair of single quotes.
//
// Two lines are not ops: HEX 80 04 … and RAW "…" stand for bytes. A # begins a
// comment at the start of a line or behind a space.
//
// The package knows encoding only. What ops mean is pickle's; it runs nothing.
package recipe
