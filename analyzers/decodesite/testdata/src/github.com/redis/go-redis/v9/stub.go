package redis

import (
	"context"
	"time"
)

type StringCmd struct{}

func (*StringCmd) Bytes() ([]byte, error)  { return nil, nil }
func (*StringCmd) Result() (string, error) { return "", nil }
func (*StringCmd) Scan(any) error          { return nil }

type StatusCmd struct{}

func (*StatusCmd) Err() error { return nil }

type Cmdable interface {
	Get(ctx context.Context, key string) *StringCmd
	Set(ctx context.Context, key string, value any, expiration time.Duration) *StatusCmd
	RPush(ctx context.Context, key string, values ...any) *StatusCmd
}

type cmdable func()

func (cmdable) Get(ctx context.Context, key string) *StringCmd { return nil }
func (cmdable) Set(ctx context.Context, key string, value any, expiration time.Duration) *StatusCmd {
	return nil
}
func (cmdable) RPush(ctx context.Context, key string, values ...any) *StatusCmd { return nil }

type Client struct{ cmdable }
