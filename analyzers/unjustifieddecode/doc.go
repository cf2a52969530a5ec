// Package unjustifieddecode owns rule PKL301: a place in Go source where bytes
// become values and nobody says why that is fine. Which places there are is the
// business of package decodesite, what a justification must look like that of
// lint/justify.
package unjustifieddecode
