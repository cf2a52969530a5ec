// Package lint owns the words of pickle-lint as Go types: what a rule is, what
// a site, a finding and a skip are, where they lie, how a finding keeps its
// identity while the lines above it move, and the typed stream in which all of
// them leave a run (see [Handler]).
//
// It judges nothing, reads no file and knows no output format. The wings (blob,
// pyscan, analyzers) make these values; the formats under cmd/internal/report
// consume them; lint/justify owns the grammar of justifications.
package lint
