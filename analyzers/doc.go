// Package analyzers lists the go/analysis passes of pickle-lint and the rules
// they report, and turns a configuration into their flags. Each analyzer lives in
// a package of its own and is exported there as Analyzer, which is what Bazel's
// nogo and other drivers want.
//
// The passes need no cgo, build no SSA and keep no state between packages but
// facts.
package analyzers
