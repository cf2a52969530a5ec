package s3

import (
	"context"
	"io"
)

type PutObjectInput struct {
	Bucket, Key *string
	Body        io.Reader
}

type GetObjectInput struct{ Bucket, Key *string }

type GetObjectOutput struct{ Body io.ReadCloser }

type Client struct{}

func (*Client) PutObject(ctx context.Context, in *PutObjectInput) (any, error) { return nil, nil }
func (*Client) GetObject(ctx context.Context, in *GetObjectInput) (*GetObjectOutput, error) {
	return nil, nil
}
