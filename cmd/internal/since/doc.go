// Package since asks git what lies between two states of a repository: a commit and the
// working tree, or the last commit and the index. It owns the git plumbing and nothing
// else: what the difference means for findings is the business of others.
//
// Neither state is checked out. Both are the working tree with some files in the place
// of others (an [Overlay]); only files that differ are written down, in one temporary
// directory. So a comparison costs what the change costs and not what the repository
// does, the index and the work of the user stay as they are, and no worktree can be left
// behind.
//
// The git command is called, because the forms of repositories (worktrees, alternates,
// partial clones, hash functions, formats of the index) are its business. It is asked to
// stay off the network, and to run nothing that the configuration of a repository names.
package since
