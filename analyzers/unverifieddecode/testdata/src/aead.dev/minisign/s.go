package minisign

type PublicKey struct{ id uint64 }

func Verify(publicKey PublicKey, message, signature []byte) bool { return false }
