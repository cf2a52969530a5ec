package cli

import (
	"fmt"
	"io/fs"
	"syscall"
)

// identity says which file info is of, and when it was last changed in any way,
// which no program can set.
func identity(info fs.FileInfo) string {
	s, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return ""
	}
	return fmt.Sprint(s.Dev, s.Ino, s.Ctim.Sec, s.Ctim.Nsec)
}
