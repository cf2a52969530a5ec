package signature

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/crypto/blake2b"

	"github.com/pickle-lint/pickle-lint/lint"
)

// The two lines that are not base64 begin with these.
const (
	untrusted = "untrusted comment: "
	trusted   = "trusted comment: "
)

// mostComment bounds a comment as minisign does, in bytes.
const mostComment = 8192

// hashed is the algorithm of signatures of the BLAKE2b-512 of a text. The older one, of the
// text itself, minisign has not written since 0.10, and nobody needs here.
const hashed = "ED"

// keyID tells keys apart. It is no secret and proves nothing.
type keyID [8]byte

// String is as minisign prints it.
func (id keyID) String() string { return fmt.Sprintf("%016X", binary.LittleEndian.Uint64(id[:])) }

// PublicKey proves signatures.
type PublicKey struct {
	id  keyID
	key ed25519.PublicKey
}

// ID names the key.
func (k *PublicKey) ID() string { return k.id.String() }

// encoding has one form for each value: no bit of a signature is free.
var encoding = base64.StdEncoding.Strict()

// ParsePublicKey reads what "minisign -G" wrote, the file or its second line alone.
func ParsePublicKey(text []byte) (*PublicKey, error) {
	if bytes.HasPrefix(text, []byte(untrusted)) {
		_, text, _ = bytes.Cut(text, []byte("\n"))
	}
	raw, err := encoding.DecodeString(string(bytes.TrimSpace(text)))
	if err != nil || len(raw) != 2+8+ed25519.PublicKeySize || string(raw[:2]) != "Ed" {
		if len(raw) == secretSize {
			return nil, errors.New("this is a secret key of minisign: whoever verifies needs the public one only")
		}
		return nil, errors.New("this is no public key of minisign")
	}
	return &PublicKey{keyID(raw[2:10]), raw[10:]}, nil
}

// Sign signs a text, with a comment that is signed, too.
func (k *SecretKey) Sign(text []byte, comment string) ([]byte, error) {
	if strings.ContainsFunc(comment, func(r rune) bool { return !lint.PrintableRune(r) }) || len(comment) > mostComment {
		return nil, errors.New("a comment is one line of printable text")
	}
	digest := blake2b.Sum512(text)
	sig := ed25519.Sign(k.key, digest[:])
	global := ed25519.Sign(k.key, append(bytes.Clone(sig), comment...))
	var out bytes.Buffer
	raw := append(append([]byte(hashed), k.id[:]...), sig...)
	fmt.Fprintf(&out, "%ssignature by key %s, for minisign -V or pickle-lint lock verify\n%s\n%s%s\n%s\n",
		untrusted, k.id, encoding.EncodeToString(raw), trusted, comment, encoding.EncodeToString(global))
	return out.Bytes(), nil
}

// Verify returns the comment that was signed with the text, or why the signature is not one
// of this key and this text. Only what comes behind "untrusted comment: " may be anything.
func (k *PublicKey) Verify(text, sig []byte) (comment string, err error) {
	if bytes.ContainsRune(sig, '\r') {
		// The decoder of base64 would pass over it.
		return "", errors.New("the lines of the signature end with CR LF, as git on Windows may have made them: write \"pickle.lock* text eol=lf\" into .gitattributes")
	}
	lines := strings.SplitAfter(string(sig), "\n")
	if len(lines) != 5 || lines[4] != "" || !strings.HasPrefix(lines[0], untrusted) || !strings.HasPrefix(lines[2], trusted) {
		return "", errors.New("this is no signature of minisign: those have four lines, and two begin with comments")
	}
	raw, err := encoding.DecodeString(strings.TrimSuffix(lines[1], "\n"))
	if err != nil || len(raw) != 2+8+ed25519.SignatureSize {
		return "", errors.New("this is no signature of minisign: its second line is damaged")
	}
	switch alg := string(raw[:2]); {
	case alg == "Ed":
		return "", errors.New("the signature is of the older form of minisign (-l), which is not taken: sign it again")
	case alg != hashed:
		return "", errors.New("the signature is of an algorithm that is not known")
	}
	if id := keyID(raw[2:10]); id != k.id {
		return "", fmt.Errorf("it was signed with key %s, and not with key %s", id, k.id)
	}
	global, err := encoding.DecodeString(strings.TrimSuffix(lines[3], "\n"))
	if err != nil || len(global) != ed25519.SignatureSize {
		return "", errors.New("this is no signature of minisign: its last line is damaged")
	}
	comment = strings.TrimSuffix(strings.TrimPrefix(lines[2], trusted), "\n")
	digest := blake2b.Sum512(text)
	if !ed25519.Verify(k.key, digest[:], raw[10:]) {
		return "", errors.New("the signature is not of this text")
	}
	if !ed25519.Verify(k.key, append(bytes.Clone(raw[10:]), comment...), global) {
		return "", errors.New("the trusted comment is not the one that was signed")
	}
	return comment, nil
}
