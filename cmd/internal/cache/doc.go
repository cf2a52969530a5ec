// Package cache keeps what a run has found out about files, for the next run. It
// is a directory of entries that check themselves: one that is damaged, or of
// another form, is as good as none. It knows nothing of what is in them.
//
// Whoever can write to the directory decides what is a finding, so it is used
// only if it belongs to the user and nobody else may write to it.
package cache
