// Package inventory joins the two ends of what carries pickles: the places that write
// and the places that load become the producers and consumers of channels, each with its
// services, trust boundary, verification, protocols, classes, retention and owner; and it
// judges what a channel shows that neither end shows alone (rules PKL501 to PKL510).
//
// It owns the record ([Inventory]) with its JSON form, the joining of names ([Joins]), the
// mapping of paths to services, and these rules. It walks no directories and parses no
// sources: whoever calls [Build] brings the facts ([Facts]). Formats for people and other
// tools are package inventory/render; many repositories are module inventory/db.
//
// Where to look:
//
//	document            what a record is, as types and JSON
//	facts, services     what comes in, and which service a path belongs to
//	names               do two names of channels meet?
//	build, gather       from facts to channels
//	pythons             which protocols a Python reads
//	owners              the CODEOWNERS file
//	judge, rule_*       what is wrong with a channel
package inventory
