// Package plugin registers the analyzers with golangci-lint's module plugin system, as the
// linter picklelint. A program that links golangci-lint imports it for that; see
// cmd/pickle-golangci and docs/drivers.md.
package plugin
