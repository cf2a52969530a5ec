//go:build unix

package cache

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
)

// ours refuses a directory that somebody else decides about.
func ours(info fs.FileInfo) error {
	stat, ok := info.Sys().(*syscall.Stat_t)
	switch {
	case !info.IsDir():
		return errors.New("not a directory")
	case ok && int64(stat.Uid) != int64(os.Geteuid()):
		return errors.New("the directory belongs to another user")
	case info.Mode().Perm()&0o022 != 0:
		return errors.New("other users may write to the directory")
	}
	return nil
}
