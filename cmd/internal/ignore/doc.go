// Package ignore answers which files of a work tree git ignores: those that match
// a .gitignore or .git/info/exclude and are not tracked. It is what
// `git check-ignore` says, without git and without the files of the user
// (core.excludesFile), so that everybody gets the same answer for a checkout.
package ignore
