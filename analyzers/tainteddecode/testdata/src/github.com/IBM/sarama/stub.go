// Package sarama stands for the real one.
package sarama

type ConsumerMessage struct{ Key, Value []byte }
type ConsumerGroupClaim interface {
	Messages() <-chan *ConsumerMessage
}
