// Package mqtt stands for the real one.
package mqtt

type Message interface{ Payload() []byte }
