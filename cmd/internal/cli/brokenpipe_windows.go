package cli

import (
	"errors"
	"syscall"
)

// errNoData is ERROR_NO_DATA, which a pipe that is being closed gives.
const errNoData = syscall.Errno(232)

// isBrokenPipe reports that the reader of a pipe has gone.
func isBrokenPipe(err error) bool {
	return errors.Is(err, syscall.ERROR_BROKEN_PIPE) || errors.Is(err, errNoData)
}
