// Package trust has checks that are passed on every way, and prove something or nothing.
package trust

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha256"
	_ "embed"
	"encoding/gob"
	"encoding/hex"
	"encoding/json"
	"errors"
	"hash/crc32"
	"io"
	"net/http"
	"os"
	"reflect"

	"aead.dev/minisign"
	"github.com/fernet/fernet-go"
	"github.com/golang-jwt/jwt/v5"
	"github.com/gorilla/securecookie"
	"github.com/tink-crypto/tink-go/v2/tink"
	"golang.org/x/crypto/nacl/auth"
	"golang.org/x/crypto/nacl/box"
	"golang.org/x/crypto/nacl/secretbox"
	"golang.org/x/crypto/nacl/sign"
)

var errBad = errors.New("bad signature")

const secret = "correct horse battery staple"

var (
	literalKey = []byte("0123456789abcdef0123456789abcdef")
	devKey     = []byte("development")
	loadedKey  []byte
	pinned     = [32]byte{1, 2, 3}
	pinnedHex  = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
	pins       = map[string]string{"model": pinnedHex}
	publicKey  = ed25519.PublicKey("abcdefghijklmnopqrstuvwxyz012345")
)

const pinnedConst = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

func init() {
	loadedKey, _ = os.ReadFile("/etc/spool.key")
	if k := os.Getenv("SPOOL_KEY"); k != "" {
		devKey = []byte(k)
	}
}

func sumOf(key, data []byte) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write(data)
	return mac.Sum(nil)
}

func constantKey(sum, data []byte, v any) error {
	if !hmac.Equal(sum, sumOf([]byte(secret), data)) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `fails: hmac.Equal on line \d+: the key stands in the source, where everybody can read it`
}

func globalKey(sum, data []byte, v any) error {
	if !hmac.Equal(sum, sumOf(literalKey, data)) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `fails: .*the key stands in the source`
}

func bytesKey(sum, data []byte, v any) error {
	mac := hmac.New(sha256.New, []byte{1, 2, 3, 4})
	mac.Write(data)
	if !hmac.Equal(sum, mac.Sum(nil)) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `fails: .*the key stands in the source`
}

func defaultKey(sum, data []byte, v any) error {
	if !hmac.Equal(sum, sumOf(devKey, data)) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `fails: .*literal of the source unless something else is configured`
}

func defaultLocal(sum, data []byte, v any) error {
	key := os.Getenv("KEY")
	if key == "" {
		key = "changeme"
	}
	if !hmac.Equal(sum, sumOf([]byte(key), data)) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `fails: .*literal of the source unless something else is configured`
}

func emptyKey(sum, data []byte, v any) error {
	if !hmac.Equal(sum, sumOf([]byte(""), data)) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `fails: .*the key is empty`
}

func zeroKey(sum, data []byte, v any) error {
	mac := hmac.New(sha256.New, make([]byte, 32))
	mac.Write(data)
	if !hmac.Equal(sum, mac.Sum(nil)) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `fails: .*the key is empty`
}

var unsetKey []byte

func neverSet(sum, data []byte, v any) error {
	if !hmac.Equal(sum, sumOf(unsetKey, data)) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `fails: .*the key is empty`
}

func envKey(sum, data []byte, v any) error {
	if !hmac.Equal(sum, sumOf([]byte(os.Getenv("KEY")), data)) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
}

func fileKey(sum, data []byte, v any) error {
	if !hmac.Equal(sum, sumOf(loadedKey, data)) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
}

func filledKey(sum, data []byte, r io.Reader, v any) error {
	key := make([]byte, 32)
	if _, err := io.ReadFull(r, key); err != nil {
		return err
	}
	if !hmac.Equal(sum, sumOf(key, data)) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
}

func messageKey(blob []byte, v any) error {
	key, sum, data := blob[:32], blob[32:64], blob[64:]
	if !hmac.Equal(sum, sumOf(key, data)) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `fails: .*the key comes out of the message`
}

type signed struct{ Key, Sum, Data []byte }

func messagePublicKey(raw []byte, v any) error {
	var m signed
	if err := json.Unmarshal(raw, &m); err != nil {
		return err
	}
	if !ed25519.Verify(ed25519.PublicKey(m.Key), m.Data, m.Sum) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(m.Data)).Decode(v) // want `fails: ed25519.Verify on line \d+: the key comes out of the message`
}

func pinnedPublicKey(sig, data []byte, v any) error {
	if !ed25519.Verify(publicKey, data, sig) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
}

func literalAEAD(nonce, sealed []byte, v any) error {
	block, err := aes.NewCipher([]byte("0123456789abcdef"))
	if err != nil {
		return err
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return err
	}
	plain, err := aead.Open(nil, nonce, sealed, nil)
	if err != nil {
		return err
	}
	return gob.NewDecoder(bytes.NewReader(plain)).Decode(v) // want `fails: AEAD.Open on line \d+: the key stands in the source`
}

func timing(key, sum, data []byte, v any) error {
	if !bytes.Equal(sum, sumOf(key, data)) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `fails: bytes.Equal on line \d+: the MAC is compared with bytes.Equal, and the time`
}

func timingText(key []byte, sum string, data []byte, v any) error {
	if hex.EncodeToString(sumOf(key, data)) != sum {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `fails: != on line \d+: the MAC is compared with !=`
}

func short(key, sum, data []byte, v any) error {
	if !hmac.Equal(sum, sumOf(key, data)[:4]) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `fails: .*only a few bytes of the digest`
}

func cutToLength(key, sum, data []byte, v any) error {
	if !hmac.Equal(sum, sumOf(key, data)[:len(sum)]) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `fails: .*only a few bytes of the digest`
}

func shortened(key, sum, data []byte, v any) error {
	if !hmac.Equal(sum, sumOf(key, data)[:16]) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
}

func itself(key, data []byte, v any) error {
	sum := sumOf(key, data)
	if !hmac.Equal(sum, sum) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `fails: .*compares a value with itself`
}

func checksum(blob []byte, want uint32, v any) error {
	if crc32.ChecksumIEEE(blob) != want {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(blob)).Decode(v) // want `fails: != on line \d+: a checksum is no signature`
}

func digestOfMessage(blob []byte, v any) error {
	sum := sha256.Sum256(blob[32:])
	if !bytes.Equal(sum[:], blob[:32]) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(blob[32:])).Decode(v) // want `fails: .*a digest without a key with one that comes along`
}

func digestHeader(r *http.Request, v any) error {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return err
	}
	sum := md5.Sum(body)
	if hex.EncodeToString(sum[:]) != r.Header.Get("Content-MD5") {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(body)).Decode(v) // want `fails: .*a digest without a key`
}

func digestArgument(data []byte, digest string, v any) error {
	sum := sha256.Sum256(data)
	if hex.EncodeToString(sum[:]) != digest {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `fails: .*a digest without a key`
}

func digestExpected(data []byte, expectedDigest string, v any) error {
	sum := sha256.Sum256(data)
	if hex.EncodeToString(sum[:]) != expectedDigest {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
}

func digestConstant(data []byte, v any) error {
	sum := sha256.Sum256(data)
	if hex.EncodeToString(sum[:]) != pinnedConst {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified by != on line`
}

func digestArray(data []byte, v any) error {
	if sha256.Sum256(data) != pinned {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
}

func digestArrayEqual(data []byte, v any) error {
	if sum := sha256.Sum256(data); sum == pinned {
		return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
	}
	return errBad
}

func digestSlice(data []byte, v any) error {
	sum := sha256.Sum256(data)
	if !bytes.Equal(sum[:], pinned[:]) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified by bytes.Equal`
}

func digestGlobal(data []byte, v any) error {
	h := sha256.New()
	h.Write(data)
	if hex.EncodeToString(h.Sum(nil)) != pinnedHex {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
}

func digestMap(name string, data []byte, v any) error {
	sum := sha256.Sum256(data)
	want, ok := pins[name]
	if !ok || hex.EncodeToString(sum[:]) != want {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
}

type config struct{ Digest string }

func digestConfig(c *config, data []byte, v any) error {
	sum := sha256.Sum256(data)
	if hex.EncodeToString(sum[:]) != c.Digest {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
}

func deepEqual(data []byte, v any) error {
	if !reflect.DeepEqual(sha256.Sum256(data), pinned) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified by reflect.DeepEqual`
}

func secretBox(nonce *[24]byte, key *[32]byte, sealed []byte, v any) error {
	plain, ok := secretbox.Open(nil, sealed, nonce, key)
	if !ok {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(plain)).Decode(v) // want `verified by secretbox.Open`
}

func secretBoxIgnored(nonce *[24]byte, key *[32]byte, sealed []byte, v any) error {
	plain, _ := secretbox.Open(nil, sealed, nonce, key)
	return gob.NewDecoder(bytes.NewReader(plain)).Decode(v) // want `fails: secretbox.Open on line \d+: nothing is done with its answer`
}

func boxed(nonce *[24]byte, peer, own *[32]byte, sealed []byte, v any) error {
	plain, ok := box.Open(nil, sealed, nonce, peer, own)
	if ok {
		return gob.NewDecoder(bytes.NewReader(plain)).Decode(v) // want `verified by box.Open`
	}
	plain, ok = box.OpenAfterPrecomputation(nil, sealed, nonce, own)
	if ok {
		return gob.NewDecoder(bytes.NewReader(plain)).Decode(v) // want `verified by box.OpenAfterPrecomputation`
	}
	return errBad
}

func anonymous(peer, own *[32]byte, sealed []byte, v any) error {
	plain, ok := box.OpenAnonymous(nil, sealed, peer, own)
	if !ok {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(plain)).Decode(v) // want `unchecked`
}

func signedMessage(pub *[32]byte, msg []byte, v any) error {
	data, ok := sign.Open(nil, msg, pub)
	if !ok {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified by sign.Open`
}

func naclAuth(key *[32]byte, sum, data []byte, v any) error {
	if !auth.Verify(sum, data, key) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified by auth.Verify`
}

func cookie(codec *securecookie.SecureCookie, r *http.Request, v any) error {
	c, err := r.Cookie("state")
	if err != nil {
		return err
	}
	var raw []byte
	if err := codec.Decode("state", c.Value, &raw); err != nil {
		return err
	}
	return gob.NewDecoder(bytes.NewReader(raw)).Decode(v) // want `verified by SecureCookie.Decode`
}

func cookieMulti(r *http.Request, v any, codecs ...securecookie.Codec) error {
	c, err := r.Cookie("state")
	if err != nil {
		return err
	}
	var raw []byte
	if err := securecookie.DecodeMulti("state", c.Value, &raw, codecs...); err != nil {
		return err
	}
	return gob.NewDecoder(bytes.NewReader(raw)).Decode(v) // want `verified by securecookie.DecodeMulti`
}

type claims struct{ State []byte }

func claim(text string, key jwt.Keyfunc, v any) error {
	var c claims
	if _, err := jwt.ParseWithClaims(text, &c, key); err != nil {
		return err
	}
	return gob.NewDecoder(bytes.NewReader(c.State)).Decode(v) // want `verified by jwt.ParseWithClaims`
}

func tokenClaim(text string, key jwt.Keyfunc, v any) error {
	token, err := jwt.Parse(text, key)
	if err != nil {
		return err
	}
	state := token.Claims.(jwt.MapClaims)["state"].([]byte)
	return gob.NewDecoder(bytes.NewReader(state)).Decode(v) // want `verified by jwt.Parse`
}

func unverifiedToken(text string, p *jwt.Parser, v any) error {
	var c claims
	if _, _, err := p.ParseUnverified(text, &c); err != nil {
		return err
	}
	return gob.NewDecoder(bytes.NewReader(c.State)).Decode(v) // want `unchecked`
}

func tinkSignature(ver tink.Verifier, sig, data []byte, v any) error {
	if err := ver.Verify(sig, data); err != nil {
		return err
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified by Verifier.Verify`
}

func tinkMAC(m tink.MAC, sum, data []byte, v any) error {
	if m.VerifyMAC(sum, data) != nil {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified by MAC.VerifyMAC`
}

func tinkAEAD(a tink.AEAD, sealed []byte, v any) error {
	plain, err := a.Decrypt(sealed, nil)
	if err != nil {
		return err
	}
	return gob.NewDecoder(bytes.NewReader(plain)).Decode(v) // want `verified by AEAD.Decrypt`
}

func mini(pub minisign.PublicKey, sig, data []byte, v any) error {
	if !minisign.Verify(pub, data, sig) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified by minisign.Verify`
}

func fernetToken(tok []byte, keys []*fernet.Key, v any) error {
	plain := fernet.VerifyAndDecrypt(tok, 60, keys)
	if plain == nil {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(plain)).Decode(v) // want `verified by fernet.VerifyAndDecrypt`
}
