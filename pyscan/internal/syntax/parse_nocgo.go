//go:build !cgo

package syntax

import (
	"context"
	"time"
)

// parseAll returns [ErrNoCgo]: the parser is C.
func parseAll(context.Context, []byte, time.Duration) (*Tree, error) { return nil, ErrNoCgo }
