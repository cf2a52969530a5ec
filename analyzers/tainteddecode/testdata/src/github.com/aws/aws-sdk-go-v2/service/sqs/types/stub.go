// Package types stands for the real one.
package types

type Message struct{ Body *string }
