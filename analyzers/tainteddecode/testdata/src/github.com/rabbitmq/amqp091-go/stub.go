// Package amqp091 stands for the real one.
package amqp091

type Delivery struct{ Body []byte }
