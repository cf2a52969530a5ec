// Package memberlist stands for the real one.
package memberlist

type Delegate interface{ NotifyMsg([]byte) }
