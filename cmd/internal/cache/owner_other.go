//go:build !unix

package cache

import (
	"errors"
	"io/fs"
)

// ours trusts the folder of the user's profile, which is closed to others.
func ours(info fs.FileInfo) error {
	if !info.IsDir() {
		return errors.New("not a directory")
	}
	return nil
}
