// Package prelex reads Python by its tokens alone.
//
// It exists because the grammar behind internal/syntax is older than the newest
// Python, younger than the oldest, and guesses where it should count: a line
// inside brackets that is indented less than its block makes it close the block,
// which hides calls. So [Normalise] writes a source that means the same in plainer
// words, without moving one byte: line ends and comments inside brackets become
// blanks, template strings become formatted ones, and so on.
//
// A [Lexer] also serves where no tree is to be had: to tell from its names
// whether a file is worth parsing, and to find calls where the grammar fails.
//
// Nothing here fails. What is no Python is told as a [Fault], and the lexer goes
// on in a way that keeps what follows readable. Work is linear in the source.
package prelex
