// Package quic stands for the real one.
package quic

type Stream interface{ Read(p []byte) (int, error) }
