//go:build unix

package audit

import (
	"os"
	"syscall"
)

// lock takes the log for this process, until it closes the file.
func lock(f *os.File) error {
	return syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
}
