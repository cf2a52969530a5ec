// Package worktree owns one question: where does the git checkout begin that a directory
// lies in? It runs no git and reads no file, and leaves what is in the checkout to others.
package worktree

import (
	"os"
	"path/filepath"
)

// name is the directory of a repository in its work tree, or the file that leads to it in a
// submodule or a further work tree (git, gitrepository-layout).
const name = ".git"

// Is reports whether a directory is the top of a checkout.
func Is(dir string) bool {
	_, err := os.Lstat(filepath.Join(dir, name))
	return err == nil
}

// Top returns the top of the checkout that an absolute path lies in, or "".
func Top(path string) string {
	for !Is(path) {
		parent := filepath.Dir(path)
		if parent == path {
			return ""
		}
		path = parent
	}
	return path
}
