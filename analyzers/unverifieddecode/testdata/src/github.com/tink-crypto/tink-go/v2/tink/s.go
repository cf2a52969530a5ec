package tink

type Verifier interface {
	Verify(signature, data []byte) error
}

type MAC interface{ VerifyMAC(mac, data []byte) error }

type AEAD interface {
	Decrypt(ciphertext, associatedData []byte) ([]byte, error)
}
