package secretbox

func Open(out, box []byte, nonce *[24]byte, key *[32]byte) ([]byte, bool) { return nil, false }
