// Package rpcgob owns rule PKL306: a server of net/rpc, which decodes gob from whoever
// connects to it.
package rpcgob
