package fernet

type Key [32]byte

func VerifyAndDecrypt(tok []byte, ttl int64, k []*Key) []byte { return nil }
