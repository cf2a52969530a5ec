// Package flow answers two questions about the bytes that reach a place of one Go
// package: where they come from, and whether somebody checked, on every way there,
// that they are those that were signed. An inventory asks a third one, through what
// bytes go that leave the process or come into it, and what that is called: the files
// that begin with ends.
//
// It works on SSA, which it builds for itself and only when it is first asked: with
// facts every package of the standard library goes through the analyzers, and hardly
// any of them decodes anything. The analyzer buildssa would build all of them.
//
// What the functions of other packages do with bytes is in the catalogue (go-flow,
// go-source, go-verifier) and in the facts of decodesite. Which calls are sites,
// and what is said of an answer, is the business of others.
package flow
