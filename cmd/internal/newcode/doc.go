// Package newcode compares the results of two runs over two states of a project, and
// tells which findings are new. It knows nothing of git and runs nothing.
//
// Results are compared and not lines: a decode whose justification was deleted, or whose
// verification does not hold any more, stands on a line that nobody has touched. Such
// findings say what was there before.
package newcode
