// Package justify owns the trust-boundary justification: its grammar, which is
// one for Go and Python, the boundaries it may name, where it may stand, and the
// rules of hygiene (PKL9xx) that a claim must satisfy before it suppresses
// anything.
//
// The wings find comments and statements in their own languages and hand them
// over as [Comment] values and line ranges; this package answers which directive
// covers a statement, and reports every directive that is malformed, incomplete,
// out of date, in the wrong place or dead.
//
//	//picklelint:trust boundary=internal reason="spool written by this binary only, mode 0600"
//	# picklelint:trust boundary=build reason="table made by make tables" owner=data
package justify
