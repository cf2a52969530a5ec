package signature

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
)

// MACKey is a secret that both ends share: whoever can verify can sign.
type MACKey struct {
	key []byte
	id  string
}

// leastSecret is the size of a secret, in bytes: that of what it makes.
const leastSecret = 32

// ParseMACKey takes a secret as it stands in a file or a variable, without the end of its
// line. A key of minisign is refused: the public one is known to all.
func ParseMACKey(text []byte) (*MACKey, error) {
	key := bytes.TrimSuffix(bytes.TrimSuffix(text, []byte("\n")), []byte("\r"))
	if bytes.HasPrefix(key, []byte(untrusted)) {
		return nil, errors.New("this is a key of minisign, and no secret for HMAC")
	}
	if _, err := ParsePublicKey(key); err == nil {
		return nil, errors.New("this is a public key of minisign, and no secret for HMAC")
	}
	if len(key) < leastSecret {
		return nil, fmt.Errorf("the secret has %d bytes, and fewer than %d can be guessed: \"openssl rand -hex 32\" makes one", len(key), leastSecret)
	}
	k := &MACKey{key: bytes.Clone(key)}
	k.id = hex.EncodeToString(k.sum("key", nil)[:8])
	return k, nil
}

// ID names the key. Nothing about the key follows from it that does not follow from a
// signature.
func (k *MACKey) ID() string { return k.id }

// sum is the MAC of a text for one purpose.
func (k *MACKey) sum(purpose string, text []byte) []byte {
	m := hmac.New(sha256.New, k.key)
	m.Write([]byte("pickle-lint lock " + purpose + " 1\n"))
	m.Write(text)
	return m.Sum(nil)
}

const macHead = "# pickle.lock.sig hmac-sha256 key="

// Sign returns the signature of a text.
func (k *MACKey) Sign(text []byte) []byte {
	return fmt.Appendf(nil, "%s%s\n%x\n", macHead, k.id, k.sum("text", text))
}

// Verify returns why a signature is not that of a text with this key. It is compared as a
// whole, in constant time, so that nothing of it is free.
func (k *MACKey) Verify(text, sig []byte) error {
	if hmac.Equal(k.Sign(text), sig) {
		return nil
	}
	head, _, _ := bytes.Cut(sig, []byte("\n"))
	id, ok := bytes.CutPrefix(head, []byte(macHead))
	switch {
	case !ok:
		return errors.New("this is no signature with HMAC-SHA-256")
	case string(id) != k.id:
		return fmt.Errorf("it was signed with another key: its id is %q, and that of this key %s", id, k.id)
	}
	return errors.New("the signature is not of this text")
}
