// Package s3 stands for the real one.
package s3

import (
	"io"
)

type GetObjectOutput struct{ Body io.ReadCloser }
