// Package raft stands for the real one.
package raft

type Log struct{ Data []byte }
