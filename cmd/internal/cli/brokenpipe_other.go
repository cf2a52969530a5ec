//go:build !windows

package cli

import (
	"errors"
	"syscall"
)

// isBrokenPipe reports that the reader of a pipe has gone.
func isBrokenPipe(err error) bool { return errors.Is(err, syscall.EPIPE) }
