// Package cause owns one thing: what is wrong with a file, in the words of the system and
// without its path, for messages that begin with the path as messages show it.
package cause

import (
	"errors"
	"io/fs"
)

// Of returns the cause of an error about a file, or the error itself.
func Of(err error) error {
	if pe, ok := errors.AsType[*fs.PathError](err); ok {
		return pe.Err
	}
	return err
}
