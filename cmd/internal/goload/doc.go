// Package goload runs the Go analyzers on packages and turns what they report
// into sites, findings and skips, and into dumps for who makes an inventory.
//
// The driver is go vet with a vettool, which is pickle-lint itself or
// pickle-vet: that way build tags, workspaces, vendoring, cgo and the build cache
// are the go command's business and not ours. Two runs make one load: go list -e
// says which packages there are and which of them cannot be loaded, go vet -json
// analyses the rest.
//
// A package counts as looked at only if its analysis said so (see package
// analyzers/wire). Every other one is a skip with the first line of the reason:
// a package that does not type-check is never clean. If only its tests are
// broken, the package is analysed again without them.
//
// Files that build constraints leave out have no types and so no sites; each of
// them is a skip that is marked as excluded.
package goload
