package signature

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/subtle"
	"encoding/binary"
	"errors"
	"fmt"

	"golang.org/x/crypto/blake2b"
	"golang.org/x/crypto/scrypt"
)

// SecretKey signs.
type SecretKey struct {
	id  keyID
	key ed25519.PrivateKey
}

// secretSize is that of a secret key of minisign: algorithms, salt, two limits, then what
// is encrypted: id, key, check sum.
const (
	boxed      = 8 + ed25519.PrivateKeySize + blake2b.Size256
	secretSize = 2 + 2 + 2 + 32 + 8 + 8 + boxed
)

// NewKey makes a pair of keys.
func NewKey() (*SecretKey, error) {
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("making a key: %w", err)
	}
	k := &SecretKey{key: key}
	_, err = rand.Read(k.id[:])
	return k, err
}

// Public is the other half.
func (k *SecretKey) Public() *PublicKey {
	return &PublicKey{k.id, bytes.Clone(k.key[ed25519.PrivateKeySize-ed25519.PublicKeySize:])}
}

// ID names the key.
func (k *SecretKey) ID() string { return k.id.String() }

// Text is the key as minisign reads it, without a password.
func (k *SecretKey) Text() []byte {
	raw := make([]byte, secretSize)
	copy(raw, "Ed\x00\x00B2")
	box := raw[secretSize-boxed:]
	copy(box, k.id[:])
	copy(box[8:], k.key)
	return fmt.Appendf(nil, "%spickle-lint secret key %s, without a password\n%s\n", untrusted, k.id, encoding.EncodeToString(raw))
}

// Text is the key as minisign reads it.
func (k *PublicKey) Text() []byte {
	raw := append(append([]byte("Ed"), k.id[:]...), k.key...)
	return fmt.Appendf(nil, "%sminisign public key %s\n%s\n", untrusted, k.id, encoding.EncodeToString(raw))
}

// ParseSecretKey reads what "minisign -G" wrote. password is asked for where the key has
// one.
func ParseSecretKey(text []byte, password func() ([]byte, error)) (*SecretKey, error) {
	if bytes.HasPrefix(text, []byte(untrusted)) {
		_, text, _ = bytes.Cut(text, []byte("\n"))
	}
	raw, err := encoding.DecodeString(string(bytes.TrimSpace(text)))
	if err != nil || len(raw) != secretSize || string(raw[:2]) != "Ed" || string(raw[4:6]) != "B2" {
		return nil, errors.New("this is no secret key of minisign")
	}
	box := raw[secretSize-boxed:]
	switch string(raw[2:4]) {
	case "\x00\x00":
	case "Sc":
		words, err := password()
		if err != nil {
			return nil, err
		}
		if err := open(raw, words); err != nil {
			return nil, err
		}
	default:
		return nil, errors.New("the secret key is encrypted in a way that is not known")
	}
	k := &SecretKey{keyID(box[:8]), ed25519.NewKeyFromSeed(box[8 : 8+ed25519.SeedSize])}
	if !bytes.Equal(k.key, box[8:8+ed25519.PrivateKeySize]) {
		return nil, errors.New("the secret key is damaged: its halves do not belong together")
	}
	return k, nil
}

// mostMemory is what deriving a key from a password may take, in bytes: what minisign
// itself asks for.
const mostMemory = 1 << 30

// open decrypts the end of a secret key in its place.
func open(raw, password []byte) error {
	salt, ops, mem := raw[6:38], binary.LittleEndian.Uint64(raw[38:46]), binary.LittleEndian.Uint64(raw[46:54])
	if mem > mostMemory || ops > mostMemory {
		return fmt.Errorf("the secret key asks for %d bytes of memory to be opened: more than %d are not given", mem, mostMemory)
	}
	n, p := costs(ops, mem)
	stream, err := scrypt.Key(password, salt, n, 8, p, boxed)
	if err != nil {
		return fmt.Errorf("opening the secret key: %w", err)
	}
	box := raw[secretSize-boxed:]
	subtle.XORBytes(box, box, stream)
	sum := blake2b.Sum256(append([]byte("Ed"), box[:8+ed25519.PrivateKeySize]...))
	if subtle.ConstantTimeCompare(sum[:], box[8+ed25519.PrivateKeySize:]) != 1 {
		return errors.New("the password of the secret key is wrong")
	}
	return nil
}

// costs turns the limits of libsodium into the numbers of scrypt, as
// crypto_pwhash_scryptsalsa208sha256 does; r is 8.
func costs(ops, mem uint64) (n, p int) {
	const r = 8
	ops = max(ops, 32768)
	most := mem / (r * 128)
	small := ops < mem/32
	if small {
		most = ops / (r * 4)
	}
	log := 1
	for log < 63 && uint64(1)<<log <= most/2 {
		log++
	}
	if small {
		return 1 << log, 1
	}
	return 1 << log, max(1, int(min(ops/4>>log, 0x3fffffff)/r))
}
