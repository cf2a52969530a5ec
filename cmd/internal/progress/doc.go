// Package progress counts what a run has done, and draws that as one line of a
// terminal while somebody waits for it.
package progress
