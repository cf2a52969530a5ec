// Package signature signs a text and proves who signed it: with Ed25519 in the format of
// minisign, so that "minisign -V" and "minisign -S" are the other end, or with HMAC-SHA-256
// where both ends share a secret.
//
// It owns the two formats and the forms of the keys. Where keys come from, and who may read
// the files that hold them, is the caller's. Which of the two a signature must be, the key
// says and never the signature: whoever may choose would take a public key for a secret.
package signature
