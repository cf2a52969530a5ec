// Package kafka stands for the real one.
package kafka

import (
	"context"
)

type Message struct{ Key, Value []byte }
type Reader struct{ n int }

func (r *Reader) ReadMessage(ctx context.Context) (Message, error) { return Message{}, nil }
