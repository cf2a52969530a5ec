// Package proof owns the question whether the bytes that a call decodes are known, on
// every way to it, to be those that somebody signed; and if not, although something
// checks them, why that check does not hold.
//
// A run follows the values of one function through its graph (package flow). Values are
// terms: what was put together in the same way of the same parts is the same term, so that
// body after "sig, body = blob[:32], blob[32:]" is the slice of blob that was signed. A
// state holds the term of each variable and the facts: terms that were checked, with what
// is wrong about the check. Facts are met where ways meet, and dropped when what they speak
// of is made anew. Functions of the file are followed into, to a small depth.
//
// Which calls check something is data: package catalog. What to say of an answer is not
// decided here. Whatever is beyond a bound, or not understood, is no proof.
package proof
