// Package tainteddecode owns rule PKL302: bytes that come from outside become Go
// values and nothing checked them on the way. Where bytes come from is found out by
// flow, which outsides there are stands in the catalogue (go-source).
package tainteddecode
