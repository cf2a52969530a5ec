// Package storage stands for the real one.
package storage

import (
	"context"
)

type Reader struct{ n int }

func (r *Reader) Read(p []byte) (int, error) { return r.n, nil }

type ObjectHandle struct{ n int }

func (o *ObjectHandle) NewReader(ctx context.Context) (*Reader, error) { return nil, nil }
