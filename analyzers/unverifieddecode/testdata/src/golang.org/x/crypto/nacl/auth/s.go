package auth

func Verify(digest, m []byte, key *[32]byte) bool { return false }
