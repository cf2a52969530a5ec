//go:build unix

package fix

import (
	"io/fs"
	"os"
	"syscall"
)

// keepOwner gives a new file the owner and the group of an old one, or fails: a file that
// changes hands is not the same file.
func keepOwner(w *os.File, old fs.FileInfo) error {
	info, err := w.Stat()
	if err != nil {
		return err
	}
	was, ok := old.Sys().(*syscall.Stat_t)
	is, also := info.Sys().(*syscall.Stat_t)
	if !ok || !also || was.Uid == is.Uid && was.Gid == is.Gid {
		return nil
	}
	return w.Chown(int(was.Uid), int(was.Gid))
}
