// Package e2e tests the command as its users meet it: it builds the binary, runs
// the scripts of testdata/script, and validates SARIF against the official schema.
//
// It is a module of its own, because what imports the product must not inherit a
// script runner and a schema validator.
package e2e
