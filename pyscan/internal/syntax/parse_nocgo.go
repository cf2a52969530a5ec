//go:build !cgo

package syntax

import (
	"context"
	"time"
)

// Parse returns [ErrNoCgo]: the parser is C.
func Parse(context.Context, []byte, time.Duration) (*Tree, error) { return nil, ErrNoCgo }
