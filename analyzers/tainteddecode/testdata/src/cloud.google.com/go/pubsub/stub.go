// Package pubsub stands for the real one.
package pubsub

type Message struct{ Data []byte }
