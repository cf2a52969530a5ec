package amqp

type Publishing struct {
	ContentType string
	Body        []byte
}

type Delivery struct{ Body []byte }

type Channel struct{}

func (*Channel) Publish(exchange, key string, mandatory, immediate bool, msg Publishing) error {
	return nil
}
func (*Channel) Consume(queue, consumer string, autoAck, exclusive, noLocal, noWait bool, args any) (<-chan Delivery, error) {
	return nil, nil
}
