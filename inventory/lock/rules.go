package lock

import "github.com/pickle-lint/pickle-lint/lint"

// Rules are the rules of the package.
var Rules = []*lint.Rule{
	UnlockedBlob,
	ChangedBlob,
	NewGlobal,
	StaleLock,
}
