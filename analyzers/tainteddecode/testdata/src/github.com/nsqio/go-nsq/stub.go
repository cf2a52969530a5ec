// Package nsq stands for the real one.
package nsq

type Message struct{ Body []byte }
