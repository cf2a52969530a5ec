//go:build unix

package cli

import (
	"os"
	"syscall"
)

// ask asks a program to end.
func ask(p *os.Process) error { return p.Signal(syscall.SIGTERM) }
