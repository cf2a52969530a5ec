//go:build !linux

package cli

import "io/fs"

// identity is not known here: the program is read each time.
func identity(fs.FileInfo) string { return "" }
