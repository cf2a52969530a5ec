// Package pb stands for the real one.
package pb

import (
	"context"
	"google.golang.org/grpc"
)

type Blob struct{ Payload []byte }

func (b *Blob) ProtoReflect() int  { return 0 }
func (b *Blob) GetPayload() []byte { return b.Payload }

type Reply struct{ Data []byte }

func (*Reply) ProtoReflect() int { return 0 }

type BlobsClient interface {
	Fetch(ctx context.Context, in *Blob, opts ...grpc.CallOption) (*Reply, error)
}
type BlobsStream interface{ Recv() (*Blob, error) }
