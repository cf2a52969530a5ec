// Package starter makes what a project begins with: its .pickle-lint.yml, from the keys of
// package config and from what was found in the repository, and a snippet for its CI. It
// owns the texts; looking into the repository and writing files is the command's.
package starter
