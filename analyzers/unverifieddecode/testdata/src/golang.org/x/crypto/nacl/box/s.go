package box

func Open(out, box []byte, nonce *[24]byte, peersPublicKey, privateKey *[32]byte) ([]byte, bool) {
	return nil, false
}

func OpenAfterPrecomputation(out, box []byte, nonce *[24]byte, sharedKey *[32]byte) ([]byte, bool) {
	return nil, false
}

func OpenAnonymous(out, box []byte, publicKey, privateKey *[32]byte) ([]byte, bool) {
	return nil, false
}
