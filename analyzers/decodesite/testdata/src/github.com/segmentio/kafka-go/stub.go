package kafka

import "context"

type Message struct {
	Topic string
	Value []byte
}

type ReaderConfig struct{ Topic string }

type Reader struct{}

func NewReader(ReaderConfig) *Reader                         { return nil }
func (*Reader) ReadMessage(context.Context) (Message, error) { return Message{}, nil }

type Writer struct{ Topic string }

func (*Writer) WriteMessages(ctx context.Context, all ...Message) error { return nil }
