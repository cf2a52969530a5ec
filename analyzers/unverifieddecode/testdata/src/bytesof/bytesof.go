// Package bytesof has a check on every way, of the bytes that are decoded and of others.
package bytesof

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/aes"
	"crypto/cipher"
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/gob"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"slices"
	"strings"
)

import stdcrypto "crypto"

var errBad = errors.New("bad signature")

type envelope struct {
	Sum, Payload, Header []byte
}

func header(key, sum, head, data []byte, v any) error {
	mac := hmac.New(sha256.New, key)
	mac.Write(head)
	if !hmac.Equal(sum, mac.Sum(nil)) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want "fails: hmac.Equal on line 39: it is about `head`, and not about what is decoded"
}

func slice(key, blob []byte, v any) error {
	sum, data := blob[:32], blob[32:]
	mac := hmac.New(sha256.New, key)
	mac.Write(data)
	if !hmac.Equal(sum, mac.Sum(nil)) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
}

func sliceTwice(key, blob []byte, v any) error {
	mac := hmac.New(sha256.New, key)
	mac.Write(blob[32:])
	if !hmac.Equal(blob[:32], mac.Sum(nil)) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(blob[32:])).Decode(v) // want `verified`
}

func fromEnd(key, blob []byte, v any) error {
	mac := hmac.New(sha256.New, key)
	mac.Write(blob[:len(blob)-32])
	if !hmac.Equal(blob[len(blob)-32:], mac.Sum(nil)) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(blob[:len(blob)-32])).Decode(v) // want `verified`
}

func partOfSlice(key, blob []byte, v any) error {
	mac := hmac.New(sha256.New, key)
	mac.Write(blob[32:])
	if !hmac.Equal(blob[:32], mac.Sum(nil)) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(blob[40:])).Decode(v) // want `verified`
}

func wider(key, blob []byte, v any) error {
	mac := hmac.New(sha256.New, key)
	mac.Write(blob[40:])
	if !hmac.Equal(blob[:32], mac.Sum(nil)) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(blob[32:])).Decode(v) // want "fails: .*it is about `blob\\[40:\\]`|fails: .*part"
}

func partOnly(key, sum, data []byte, v any) error {
	mac := hmac.New(sha256.New, key)
	mac.Write(data[:64])
	if !hmac.Equal(sum, mac.Sum(nil)) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want "fails: .*it is about a part of what is decoded, `data\\[0?:64\\]`"
}

func wholeThenPart(key, sum, data []byte, v any) error {
	mac := hmac.New(sha256.New, key)
	mac.Write(data)
	if !hmac.Equal(sum, mac.Sum(nil)) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data[4:])).Decode(v) // want `verified`
}

func chunks(key, sum, name, data []byte, v any) error {
	mac := hmac.New(sha256.New, key)
	io.WriteString(mac, "v1")
	mac.Write(name)
	fmt.Fprintf(mac, "%d", len(data))
	mac.Write(data)
	if !hmac.Equal(sum, mac.Sum(nil)) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
}

func list(key, sum, name, data []byte, v any) error {
	mac := hmac.New(sha256.New, key)
	for _, part := range [][]byte{name, data} {
		mac.Write(part)
	}
	if !hmac.Equal(sum, mac.Sum(nil)) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
}

func reset(key, sum, name, data []byte, v any) error {
	mac := hmac.New(sha256.New, key)
	mac.Write(data)
	mac.Reset()
	mac.Write(name)
	if !hmac.Equal(sum, mac.Sum(nil)) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `fails: .*not about what is decoded`
}

func text(key []byte, sum, data string, v any) error {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(data))
	if !hmac.Equal([]byte(sum), mac.Sum(nil)) {
		return errBad
	}
	return gob.NewDecoder(strings.NewReader(data)).Decode(v) // want `verified`
}

func hexed(key []byte, sum string, data []byte, v any) error {
	mac := hmac.New(sha256.New, key)
	mac.Write(data)
	if !hmac.Equal([]byte(sum), []byte(hex.EncodeToString(mac.Sum(nil)))) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
}

func prefixed(key []byte, sum string, data []byte, v any) error {
	mac := hmac.New(sha256.New, key)
	mac.Write(data)
	want := "sha256=" + hex.EncodeToString(mac.Sum(nil))
	if !hmac.Equal([]byte(sum), []byte(want)) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
}

func sprintf(key []byte, sum string, data []byte, v any) error {
	mac := hmac.New(sha256.New, key)
	mac.Write(data)
	if !hmac.Equal([]byte(sum), []byte(fmt.Sprintf("%x", mac.Sum(nil)))) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
}

func readAll(key []byte, r *http.Request, v any) error {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return err
	}
	mac := hmac.New(sha256.New, key)
	mac.Write(body)
	if !hmac.Equal([]byte(r.Header.Get("X-Signature")), mac.Sum(nil)) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(body)).Decode(v) // want `verified`
}

func readTwice(key, sum []byte, r io.Reader, v any) error {
	body, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	mac := hmac.New(sha256.New, key)
	mac.Write(body)
	if !hmac.Equal(sum, mac.Sum(nil)) {
		return errBad
	}
	return gob.NewDecoder(r).Decode(v) // want `fails: `
}

func copied(key, sum []byte, r io.Reader, v any) error {
	mac := hmac.New(sha256.New, key)
	if _, err := io.Copy(mac, r); err != nil {
		return err
	}
	if !hmac.Equal(sum, mac.Sum(nil)) {
		return errBad
	}
	return gob.NewDecoder(r).Decode(v) // want `fails: .*it has read the stream to its end`
}

func rewound(key, sum []byte, f *os.File, v any) error {
	mac := hmac.New(sha256.New, key)
	if _, err := io.Copy(mac, f); err != nil {
		return err
	}
	if !hmac.Equal(sum, mac.Sum(nil)) {
		return errBad
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return err
	}
	return gob.NewDecoder(bufio.NewReader(f)).Decode(v) // want `verified`
}

func copyOfBytes(key, sum, data []byte, v any) error {
	mac := hmac.New(sha256.New, key)
	io.Copy(mac, bytes.NewReader(data))
	if !hmac.Equal(sum, mac.Sum(nil)) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
}

func tee(key, sum []byte, r io.Reader, v any) error {
	mac := hmac.New(sha256.New, key)
	body, err := io.ReadAll(io.TeeReader(r, mac))
	if err != nil {
		return err
	}
	if !hmac.Equal(sum, mac.Sum(nil)) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(body)).Decode(v) // want `verified`
}

func teeLate(key, sum []byte, r io.Reader, v any) error {
	mac := hmac.New(sha256.New, key)
	if err := gob.NewDecoder(io.TeeReader(r, mac)).Decode(v); err != nil { // want `fails: .*before it is checked`
		return err
	}
	if !hmac.Equal(sum, mac.Sum(nil)) {
		return errBad
	}
	return nil
}

func teeBuffer(key, sum []byte, r io.Reader, v any) error {
	mac := hmac.New(sha256.New, key)
	var buf bytes.Buffer
	if _, err := io.Copy(&buf, io.TeeReader(r, mac)); err != nil {
		return err
	}
	if !hmac.Equal(sum, mac.Sum(nil)) {
		return errBad
	}
	return gob.NewDecoder(&buf).Decode(v) // want `verified`
}

func multi(key, sum []byte, r io.Reader, v any) error {
	mac := hmac.New(sha256.New, key)
	var buf bytes.Buffer
	if _, err := io.Copy(io.MultiWriter(mac, &buf), r); err != nil {
		return err
	}
	if !hmac.Equal(sum, mac.Sum(nil)) {
		return errBad
	}
	return gob.NewDecoder(&buf).Decode(v) // want `verified`
}

func buffer(key, sum []byte, r io.Reader, v any) error {
	var buf bytes.Buffer
	if _, err := buf.ReadFrom(r); err != nil {
		return err
	}
	mac := hmac.New(sha256.New, key)
	mac.Write(buf.Bytes())
	if !hmac.Equal(sum, mac.Sum(nil)) {
		return errBad
	}
	return gob.NewDecoder(&buf).Decode(v) // want `verified`
}

func bufferMore(key, sum, more []byte, r io.Reader, v any) error {
	var buf bytes.Buffer
	if _, err := buf.ReadFrom(r); err != nil {
		return err
	}
	mac := hmac.New(sha256.New, key)
	mac.Write(buf.Bytes())
	if !hmac.Equal(sum, mac.Sum(nil)) {
		return errBad
	}
	buf.Write(more)
	return gob.NewDecoder(&buf).Decode(v) // want `fails: .*others are put in their place`
}

func readFull(key, sum []byte, n int, r io.Reader, v any) error {
	buf := make([]byte, n)
	if _, err := io.ReadFull(r, buf); err != nil {
		return err
	}
	mac := hmac.New(sha256.New, key)
	mac.Write(buf)
	if !hmac.Equal(sum, mac.Sum(nil)) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(buf)).Decode(v) // want `verified`
}

func readAgain(key, sum []byte, n int, r io.Reader, v any) error {
	buf := make([]byte, n)
	if _, err := io.ReadFull(r, buf); err != nil {
		return err
	}
	mac := hmac.New(sha256.New, key)
	mac.Write(buf)
	if !hmac.Equal(sum, mac.Sum(nil)) {
		return errBad
	}
	if _, err := io.ReadFull(r, buf); err != nil {
		return err
	}
	return gob.NewDecoder(bytes.NewReader(buf)).Decode(v) // want `fails: .*between the check and the decode`
}

func cloned(key, sum, data []byte, v any) error {
	mac := hmac.New(sha256.New, key)
	mac.Write(data)
	if !hmac.Equal(sum, mac.Sum(nil)) {
		return errBad
	}
	mine := bytes.Clone(data)
	other := append([]byte(nil), slices.Clone(mine)...)
	return gob.NewDecoder(bytes.NewBuffer(other)).Decode(v) // want `verified`
}

func reassigned(key, sum, data []byte, fetch func() []byte, v any) error {
	mac := hmac.New(sha256.New, key)
	mac.Write(data)
	if !hmac.Equal(sum, mac.Sum(nil)) {
		return errBad
	}
	data = fetch()
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want "fails: .*`data` has got another value since"
}

func written(key, sum, data []byte, v any) error {
	mac := hmac.New(sha256.New, key)
	mac.Write(data)
	if !hmac.Equal(sum, mac.Sum(nil)) {
		return errBad
	}
	data[0] = 7
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `fails: .*between the check and the decode`
}

func copiedInto(key, sum, data, other []byte, v any) error {
	mac := hmac.New(sha256.New, key)
	mac.Write(data)
	if !hmac.Equal(sum, mac.Sum(nil)) {
		return errBad
	}
	copy(data[4:], other)
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `fails: .*between the check and the decode`
}

func joined(key, sum, data, other []byte, v any) error {
	mac := hmac.New(sha256.New, key)
	mac.Write(data)
	if !hmac.Equal(sum, mac.Sum(nil)) {
		return errBad
	}
	return gob.NewDecoder(io.MultiReader(bytes.NewReader(data), bytes.NewReader(other))).Decode(v) // want `fails: |unchecked`
}

func unzipped(key, sum, data []byte, v any) error {
	mac := hmac.New(sha256.New, key)
	mac.Write(data)
	if !hmac.Equal(sum, mac.Sum(nil)) {
		return errBad
	}
	zr, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return err
	}
	return gob.NewDecoder(zr).Decode(v) // want `verified`
}

func decodedText(key []byte, sum, enc string, v any) error {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(enc))
	if !hmac.Equal([]byte(sum), mac.Sum(nil)) {
		return errBad
	}
	raw, err := base64.StdEncoding.DecodeString(enc)
	if err != nil {
		return err
	}
	return gob.NewDecoder(bytes.NewReader(raw)).Decode(v) // want `verified`
}

func splitText(key []byte, token string, v any) error {
	enc, sig, ok := strings.Cut(token, ".")
	if !ok {
		return errBad
	}
	raw, err := base64.RawURLEncoding.DecodeString(sig)
	if err != nil {
		return err
	}
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(enc))
	if !hmac.Equal(raw, mac.Sum(nil)) {
		return errBad
	}
	data, err := base64.RawURLEncoding.DecodeString(enc)
	if err != nil {
		return err
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
}

func splitOther(key []byte, token string, v any) error {
	parts := strings.Split(token, ".")
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(parts[0]))
	if !hmac.Equal([]byte(parts[2]), mac.Sum(nil)) {
		return errBad
	}
	return gob.NewDecoder(strings.NewReader(parts[1])).Decode(v) // want `fails: .*other bytes|fails: .*not about what is decoded`
}

func splitSame(key []byte, token string, v any) error {
	parts := strings.Split(token, ".")
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(parts[1]))
	if !hmac.Equal([]byte(parts[2]), mac.Sum(nil)) {
		return errBad
	}
	return gob.NewDecoder(strings.NewReader(parts[1])).Decode(v) // want `verified`
}

func field(key []byte, env *envelope, v any) error {
	mac := hmac.New(sha256.New, key)
	mac.Write(env.Payload)
	if !hmac.Equal(env.Sum, mac.Sum(nil)) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(env.Payload)).Decode(v) // want `verified`
}

func otherField(key []byte, env *envelope, v any) error {
	mac := hmac.New(sha256.New, key)
	mac.Write(env.Header)
	if !hmac.Equal(env.Sum, mac.Sum(nil)) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(env.Payload)).Decode(v) // want "fails: .*it is about `env.Header`, and not about what is decoded"
}

func fieldSet(key []byte, env *envelope, other []byte, v any) error {
	mac := hmac.New(sha256.New, key)
	mac.Write(env.Payload)
	if !hmac.Equal(env.Sum, mac.Sum(nil)) {
		return errBad
	}
	env.Payload = other
	return gob.NewDecoder(bytes.NewReader(env.Payload)).Decode(v) // want `fails: .*between the check and the decode`
}

func localStruct(key, raw []byte, v any) error {
	var env envelope
	if err := json.Unmarshal(raw, &env); err != nil {
		return err
	}
	mac := hmac.New(sha256.New, key)
	mac.Write(env.Payload)
	if !hmac.Equal(env.Sum, mac.Sum(nil)) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(env.Payload)).Decode(v) // want `verified`
}

func insideOut(key, sum, raw []byte, v any) error {
	mac := hmac.New(sha256.New, key)
	mac.Write(raw)
	if !hmac.Equal(sum, mac.Sum(nil)) {
		return errBad
	}
	var env envelope
	if err := json.Unmarshal(raw, &env); err != nil {
		return err
	}
	return gob.NewDecoder(bytes.NewReader(env.Payload)).Decode(v) // want `verified`
}

func lengthPrefixed(key, blob []byte, v any) error {
	n := binary.BigEndian.Uint32(blob)
	body, sum := blob[4:4+n], blob[4+n:]
	mac := hmac.New(sha256.New, key)
	mac.Write(body)
	if !hmac.Equal(sum, mac.Sum(nil)) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(body)).Decode(v) // want `verified`
}

func signature(pub ed25519.PublicKey, sig, data []byte, v any) error {
	if !ed25519.Verify(pub, data, sig) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified by ed25519.Verify`
}

func signatureOptions(pub ed25519.PublicKey, sig, data []byte, v any) error {
	if err := ed25519.VerifyWithOptions(pub, data, sig, &ed25519.Options{}); err != nil {
		return err
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified by ed25519.VerifyWithOptions`
}

func rsaSignature(pub *rsa.PublicKey, sig, data []byte, v any) error {
	h := sha256.Sum256(data)
	if err := rsa.VerifyPKCS1v15(pub, stdcrypto.SHA256, h[:], sig); err != nil {
		return err
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified by rsa.VerifyPKCS1v15`
}

func rsaHash(pub *rsa.PublicKey, sig, data []byte, v any) error {
	h := sha256.New()
	h.Write(data)
	if err := rsa.VerifyPSS(pub, stdcrypto.SHA256, h.Sum(nil), sig, nil); err == nil {
		return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified by rsa.VerifyPSS`
	}
	return errBad
}

func rsaOther(pub *rsa.PublicKey, sig, head, data []byte, v any) error {
	h := sha256.Sum256(head)
	if err := rsa.VerifyPKCS1v15(pub, stdcrypto.SHA256, h[:], sig); err != nil {
		return err
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `fails: .*not about what is decoded`
}

func rsaIgnored(pub *rsa.PublicKey, sig, data []byte, v any) error {
	h := sha256.Sum256(data)
	_ = rsa.VerifyPKCS1v15(pub, stdcrypto.SHA256, h[:], sig)
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `fails: .*nothing is done with its answer`
}

func rsaSwallowed(pub *rsa.PublicKey, sig, data []byte, v any) error {
	h := sha256.Sum256(data)
	if err := rsa.VerifyPKCS1v15(pub, stdcrypto.SHA256, h[:], sig); err != nil {
		fmt.Println(err)
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `fails: .*whether or not it is passed`
}

func rsaInverted(pub *rsa.PublicKey, sig, data []byte, v any) error {
	h := sha256.Sum256(data)
	if err := rsa.VerifyPKCS1v15(pub, stdcrypto.SHA256, h[:], sig); err == nil {
		return nil
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `fails: .*decoded where it fails`
}

func sealed(key, nonce, box []byte, v any) error {
	block, err := aes.NewCipher(key)
	if err != nil {
		return err
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return err
	}
	plain, err := aead.Open(nil, nonce, box, nil)
	if err != nil {
		return err
	}
	return gob.NewDecoder(bytes.NewReader(plain)).Decode(v) // want `verified by AEAD.Open`
}

func sealedOther(aead cipher.AEAD, nonce, box, data []byte, v any) error {
	if _, err := aead.Open(nil, nonce, box, nil); err != nil {
		return err
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `fails: .*what is decoded is not what it opens`
}

func sealedBox(aead cipher.AEAD, nonce, box []byte, v any) error {
	if _, err := aead.Open(nil, nonce, box, nil); err != nil {
		return err
	}
	return gob.NewDecoder(bytes.NewReader(box)).Decode(v) // want `fails: .*what is decoded is not what it opens`
}

func sealedIgnored(aead cipher.AEAD, nonce, box []byte, v any) error {
	plain, _ := aead.Open(nil, nonce, box, nil)
	return gob.NewDecoder(bytes.NewReader(plain)).Decode(v) // want `fails: .*nothing is done with its answer`
}

func sealedLogged(aead cipher.AEAD, nonce, box []byte, v any) error {
	plain, err := aead.Open(box[:0], nonce, box, nil)
	if err != nil {
		fmt.Println(err)
	}
	return gob.NewDecoder(bytes.NewReader(plain)).Decode(v) // want `fails: .*whether or not it is passed`
}

func sealedUnzipped(aead cipher.AEAD, blob []byte, v any) error {
	n := aead.NonceSize()
	plain, err := aead.Open(nil, blob[:n], blob[n:], nil)
	if err != nil {
		return err
	}
	zr, err := gzip.NewReader(bytes.NewReader(plain))
	if err != nil {
		return err
	}
	return gob.NewDecoder(zr).Decode(v) // want `verified by AEAD.Open`
}

func copiedArray(key, blob []byte, v any) error {
	var sum [32]byte
	copy(sum[:], blob)
	mac := hmac.New(sha256.New, key)
	mac.Write(blob[32:])
	if !hmac.Equal(sum[:], mac.Sum(nil)) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(blob[32:])).Decode(v) // want `verified`
}

func generic[T any](key, sum, data []byte) (out T, err error) {
	mac := hmac.New(sha256.New, key)
	mac.Write(data)
	if !hmac.Equal(sum, mac.Sum(nil)) {
		return out, errBad
	}
	err = gob.NewDecoder(bytes.NewReader(data)).Decode(&out) // want `verified`
	return out, err
}

func genericBad[T any](key, sum, data []byte) (out T, err error) {
	mac := hmac.New(sha256.New, key)
	mac.Write(data)
	hmac.Equal(sum, mac.Sum(nil))
	err = gob.NewDecoder(bytes.NewReader(data)).Decode(&out) // want `fails: `
	return out, err
}

func methodValue(key, sum, data []byte, v any) error {
	mac := hmac.New(sha256.New, key)
	mac.Write(data)
	equal := hmac.Equal
	if !equal(sum, mac.Sum(nil)) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
}

func opaqueMAC(sum, data []byte, macOf func([]byte) []byte, v any) error {
	if !hmac.Equal(sum, macOf(data)) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `unchecked`
}

func token(r *http.Request, secret []byte, v any) error {
	if !hmac.Equal([]byte(r.Header.Get("Authorization")), secret) {
		return errBad
	}
	return gob.NewDecoder(r.Body).Decode(v) // want `unchecked`
}

// "date|value|mac", with a sum of "name|date|value|".
func cookie(key []byte, name string, b []byte, v any) error {
	parts := bytes.SplitN(b, []byte("|"), 3)
	if len(parts) != 3 {
		return errBad
	}
	b = append([]byte(name+"|"), b[:len(b)-len(parts[2])]...)
	mac := hmac.New(sha256.New, key)
	mac.Write(b)
	if !hmac.Equal(parts[2], mac.Sum(nil)) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(parts[1])).Decode(v) // want `verified`
}

func cookieText(key []byte, text string, v any) error {
	parts := strings.SplitN(text, "|", 2)
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(text[:len(text)-len(parts[1])]))
	if len(parts) != 2 || !hmac.Equal([]byte(parts[1]), mac.Sum(nil)) {
		return errBad
	}
	return gob.NewDecoder(strings.NewReader(parts[0])).Decode(v) // want `verified`
}

func cookieLast(key, b []byte, v any) error {
	parts := bytes.SplitN(b, []byte("|"), 3)
	mac := hmac.New(sha256.New, key)
	mac.Write(b[:len(b)-len(parts[2])])
	if !hmac.Equal(parts[0], mac.Sum(nil)) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(parts[2])).Decode(v) // want `fails: hmac.Equal on line \d+: it is about `
}

func cookieTail(key, b []byte, v any) error {
	parts := bytes.SplitN(b, []byte("|"), 3)
	mac := hmac.New(sha256.New, key)
	mac.Write(b[:len(b)-len(parts[1])])
	if !hmac.Equal(parts[2], mac.Sum(nil)) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(parts[1])).Decode(v) // want `fails: `
}

func cookieOther(key, b, other []byte, v any) error {
	parts := bytes.SplitN(other, []byte("|"), 3)
	mac := hmac.New(sha256.New, key)
	mac.Write(b[:len(b)-len(parts[2])])
	if !hmac.Equal(parts[2], mac.Sum(nil)) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(parts[1])).Decode(v) // want `fails: `
}

func cookieReplaced(key, b, other []byte, v any) error {
	parts := bytes.SplitN(b, []byte("|"), 3)
	mac := hmac.New(sha256.New, key)
	mac.Write(b[:len(b)-len(parts[2])])
	if !hmac.Equal(parts[2], mac.Sum(nil)) {
		return errBad
	}
	parts[1] = other
	return gob.NewDecoder(bytes.NewReader(parts[1])).Decode(v) // want `fails: `
}

func cookieAll(key, b []byte, v any) error {
	parts := bytes.SplitN(b, []byte("|"), -1)
	mac := hmac.New(sha256.New, key)
	mac.Write(b[:len(b)-len(parts[2])])
	if !hmac.Equal(parts[2], mac.Sum(nil)) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(parts[1])).Decode(v) // want `fails: `
}

var _, _ = generic[int], genericBad[int]
