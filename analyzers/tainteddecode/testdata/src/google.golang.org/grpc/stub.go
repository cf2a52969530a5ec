// Package grpc stands for the real one.
package grpc

type CallOption interface{ before() error }
type Stream interface{ RecvMsg(m any) error }
type ServerStream interface{ RecvMsg(m any) error }
