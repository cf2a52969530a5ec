//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package progress

import (
	"os"
	"syscall"
	"unsafe"
)

// columns returns how many columns f has, and whether it is a terminal at all.
func columns(f *os.File) (n int, terminal bool) {
	// struct winsize, ioctl_tty(2).
	var size struct{ rows, columns, x, y uint16 }
	raw, err := f.SyscallConn()
	if err != nil {
		return 0, false
	}
	err = raw.Control(func(fd uintptr) {
		_, _, errno := syscall.Syscall(syscall.SYS_IOCTL, fd, syscall.TIOCGWINSZ, uintptr(unsafe.Pointer(&size)))
		terminal = errno == 0
	})
	return int(size.columns), terminal && err == nil
}
