// Package report writes the stream of a run in the formats that the command
// offers: one file a format, each a [lint.Handler]. The table in report.go is the
// only list of them.
//
// It imports nothing but lint. It opens no file, knows no terminal and judges
// nothing: sources for excerpts come through [Options.Source], colour is asked for
// in [Options.Color], and what a finding means was settled before it got here.
//
// What passes through was partly chosen by whoever wrote a blob or named a file.
// No format lets a byte through that could steer a terminal or reorder text: text
// writes it as an escape (see [lint.Printable]), JSON and SARIF as \uXXXX.
package report
