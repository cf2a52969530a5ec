// Package lock is pickle.lock: which stored pickles of a tree somebody has reviewed, one
// fact a line, so that the change of a blob reads as the change of a text.
//
// It owns the form of the file (reading it strictly, writing it in one way), what differs
// between a lock and what is there, bringing a lock up to date, and the rules PKL520 to
// PKL523. It reads no blob: whoever calls it brings the facts ([Blob]). Signatures are
// package inventory/lock/signature.
//
// Where to look:
//
//	file       what a lock holds, and what of it counts as a fact
//	words      how a word stands in a line
//	parse      from text, strictly or as far as it can be understood
//	write      to text
//	compare    what differs between an entry and a blob
//	update     bringing a lock up to date
//	judge      what is wrong, as findings; rule_* are the rules
package lock
