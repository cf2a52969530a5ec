// Package lsp owns the language server: the part of the Language Server Protocol 3.17
// that pickle-lint speaks, over any pair of streams, and what an editor is told when.
//
// It knows documents, positions and messages, and finds nothing itself: what is in a
// file a [Checker] says. One goroutine reads messages and changes documents; looking at
// them happens in others, and what they find is told only if the document is still the one
// that they looked at.
//
// The framing is fifty lines and the messages are a few structs of our own: see
// RATIONALE.md.
package lsp
