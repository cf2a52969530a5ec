// Package cli is the command: its flags, how arguments become files and Go
// packages, the workers, and the exit codes. It joins the three wings (blob,
// pyscan and analyzers through goload) and hands what they found, in a fixed
// order, to the formats of cmd/internal/report.
//
// It holds no rule and knows no format.
package cli
