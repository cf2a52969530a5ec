// Package helpers has checks in other functions than the decode.
package helpers

import (
	"bytes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/gob"
	"errors"
	"fmt"
	"hash"
	"io"
	"log"
	"net/http"
	"os"
	"sync"
	"testing"
)

var errBad = errors.New("bad signature")

func valid(key, sum, data []byte) bool {
	mac := hmac.New(sha256.New, key)
	mac.Write(data)
	return hmac.Equal(sum, mac.Sum(nil))
}

func check(key, sum, data []byte) error {
	if !valid(key, sum, data) {
		return fmt.Errorf("%w: %d bytes", errBad, len(data))
	}
	return nil
}

func must(key, sum, data []byte) {
	if err := check(key, sum, data); err != nil {
		log.Fatal(err)
	}
}

func mustNot(err error) {
	if err != nil {
		panic(err)
	}
}

func lenient(key, sum, data []byte) error {
	if !valid(key, sum, data) {
		log.Println(errBad)
	}
	return nil
}

func invalid(key, sum, data []byte) bool { return !valid(key, sum, data) }

func open(key, blob []byte) ([]byte, error) {
	if len(blob) < 32 {
		return nil, errBad
	}
	if !valid(key, blob[:32], blob[32:]) {
		return nil, errBad
	}
	return blob[32:], nil
}

func openLate(key, blob []byte) (data []byte, err error) {
	data = blob[32:]
	if !valid(key, blob[:32], data) {
		err = errBad
	}
	return data, err
}

func openOK(key, blob []byte) ([]byte, bool) {
	return blob[32:], valid(key, blob[:32], blob[32:])
}

func decrypt(aead cipher.AEAD, blob []byte) ([]byte, error) {
	return aead.Open(nil, blob[:12], blob[12:], nil)
}

func useValid(key, sum, data []byte, v any) error {
	if !valid(key, sum, data) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified by hmac.Equal on line 26`
}

func useCheck(key, sum, data []byte, v any) error {
	if err := check(key, sum, data); err != nil {
		return err
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
}

func useMust(key, sum, data []byte, v any) error {
	must(key, sum, data)
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
}

func useMustNot(key, sum, data []byte, v any) error {
	mustNot(check(key, sum, data))
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
}

func useInvalid(key, sum, data []byte, v any) error {
	if invalid(key, sum, data) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
}

func useInvalidWrong(key, sum, data []byte, v any) error {
	if !invalid(key, sum, data) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `fails: .*decoded where it fails`
}

func useLenient(key, sum, data []byte, v any) error {
	if err := lenient(key, sum, data); err != nil {
		return err
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `fails: .*whether or not`
}

func ignoreCheck(key, sum, data []byte, v any) error {
	check(key, sum, data)
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `fails: .*nothing is done with the answer of check`
}

func blankCheck(key, sum, data []byte, v any) error {
	_ = check(key, sum, data)
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `fails: .*nothing is done with the answer of check`
}

func otherArgument(key, sum, head, data []byte, v any) error {
	if err := check(key, sum, head); err != nil {
		return err
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `fails: .*not about what is decoded|unchecked`
}

func useOpen(key, blob []byte, v any) error {
	data, err := open(key, blob)
	if err != nil {
		return err
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
}

func useOpenBlob(key, blob []byte, v any) error {
	if _, err := open(key, blob); err != nil {
		return err
	}
	return gob.NewDecoder(bytes.NewReader(blob[32:])).Decode(v) // want `verified`
}

func useOpenWhole(key, blob []byte, v any) error {
	if _, err := open(key, blob); err != nil {
		return err
	}
	return gob.NewDecoder(bytes.NewReader(blob)).Decode(v) // want `fails: .*part of what is decoded`
}

func useOpenLate(key, blob []byte, v any) error {
	data, err := openLate(key, blob)
	if err != nil {
		return err
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
}

func useOpenLateIgnored(key, blob []byte, v any) error {
	data, _ := openLate(key, blob)
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `fails: .*nothing is done with the answer of openLate`
}

func useOpenOK(key, blob []byte, v any) error {
	data, ok := openOK(key, blob)
	if !ok {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
}

func useDecrypt(aead cipher.AEAD, blob []byte, v any) error {
	plain, err := decrypt(aead, blob)
	if err != nil {
		return err
	}
	return gob.NewDecoder(bytes.NewReader(plain)).Decode(v) // want `verified by AEAD.Open`
}

func useDecryptIgnored(aead cipher.AEAD, blob []byte, v any) error {
	plain, err := decrypt(aead, blob)
	if err != nil {
		log.Println(err)
	}
	return gob.NewDecoder(bytes.NewReader(plain)).Decode(v) // want `fails: `
}

// decode is called behind a check only.
func decode(data []byte, v any) error {
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
}

func callDecode(key, sum, data []byte, v any) error {
	if err := check(key, sum, data); err != nil {
		return err
	}
	return decode(data, v)
}

func callDecodeToo(key, blob []byte, v any) error {
	data, err := open(key, blob)
	if err != nil {
		return err
	}
	return decodeDeep(data, v)
}

func decodeDeep(data []byte, v any) error { return decode(data, v) }

// Somebody may call it without any check.
func Decode(data []byte, v any) error {
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `unchecked`
}

func callExported(key, sum, data []byte, v any) error {
	if err := check(key, sum, data); err != nil {
		return err
	}
	return Decode(data, v)
}

// One of two callers checks.
func decodeTwo(data []byte, v any) error {
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `fails: |unchecked`
}

func callTwo(key, sum, data []byte, v any) error {
	if err := check(key, sum, data); err != nil {
		return err
	}
	return decodeTwo(data, v)
}

func callTwoBad(data []byte, v any) error { return decodeTwo(data, v) }

type store struct {
	key     []byte
	aead    cipher.AEAD
	pending []byte
}

func (s *store) valid(sum, data []byte) bool {
	mac := hmac.New(sha256.New, s.key)
	mac.Write(data)
	return hmac.Equal(sum, mac.Sum(nil))
}

func (s *store) load(sum, data []byte, v any) error {
	if !s.valid(sum, data) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
}

func (s *store) open(blob []byte, v any) error {
	plain, err := s.aead.Open(nil, blob[:12], blob[12:], nil)
	if err != nil {
		return fmt.Errorf("opening: %w", err)
	}
	return gob.NewDecoder(bytes.NewReader(plain)).Decode(v) // want `verified`
}

func (s *store) receive(sum, data []byte) {
	if s.valid(sum, data) {
		s.pending = data
	}
}

func (s *store) run(v any) error {
	return gob.NewDecoder(bytes.NewReader(s.pending)).Decode(v) // want `verified`
}

type message struct{ sum, body []byte }

func (m *message) verify(key []byte) error {
	mac := hmac.New(sha256.New, key)
	mac.Write(m.body)
	if !hmac.Equal(m.sum, mac.Sum(nil)) {
		return errBad
	}
	return nil
}

func (m *message) decode(v any) error {
	return gob.NewDecoder(bytes.NewReader(m.body)).Decode(v) // want `verified`
}

func receive(key []byte, m *message, v any) error {
	if err := m.verify(key); err != nil {
		return err
	}
	return m.decode(v)
}

func inline(key []byte, m *message, v any) error {
	if err := m.verify(key); err != nil {
		return err
	}
	return gob.NewDecoder(bytes.NewReader(m.body)).Decode(v) // want `verified`
}

func otherMessage(key []byte, m, n *message, v any) error {
	if err := m.verify(key); err != nil {
		return err
	}
	return gob.NewDecoder(bytes.NewReader(n.body)).Decode(v) // want `fails: |unchecked`
}

func worker(jobs chan []byte, v any) {
	for data := range jobs {
		gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `unchecked`
	}
}

func queue(key, sum, data []byte, v any) {
	jobs := make(chan []byte, 1)
	if err := check(key, sum, data); err == nil {
		jobs <- data
	}
	gob.NewDecoder(bytes.NewReader(<-jobs)).Decode(v) // want `verified`
}

func handler(key []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return
		}
		if !valid(key, []byte(r.Header.Get("X-Sum")), body) {
			http.Error(w, "bad signature", http.StatusForbidden)
			return
		}
		var v map[string]any
		gob.NewDecoder(bytes.NewReader(body)).Decode(&v) // want `verified`
	}
}

func handlerGoesOn(key []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return
		}
		if !valid(key, []byte(r.Header.Get("X-Sum")), body) {
			http.Error(w, "bad signature", http.StatusForbidden)
		}
		var v map[string]any
		gob.NewDecoder(bytes.NewReader(body)).Decode(&v) // want `fails: hmac.Equal on line 26: the bytes are decoded whether or not it is passed`
	}
}

//picklelint:verifier
func declared(data []byte) bool { return len(data) > 3 }

//picklelint:verifier
func declaredOpen(blob []byte) ([]byte, error) { return blob[4:], nil }

func useDeclared(data []byte, v any) error {
	if !declared(data) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified by helpers.declared`
}

func useDeclaredIgnored(data []byte, v any) error {
	declared(data)
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `fails: helpers.declared on line \d+: nothing is done with its answer`
}

func useDeclaredOpen(blob []byte, v any) error {
	data, err := declaredOpen(blob)
	if err != nil {
		return err
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
}

var once sync.Once

func inOnce(key, sum, data []byte, v any) error {
	var err error
	once.Do(func() { err = check(key, sum, data) })
	if err != nil {
		return err
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `fails: `
}

func recursive(key, sum, data []byte, v any, n int) error {
	if n > 0 {
		return recursive(key, sum, data, v, n-1)
	}
	if !valid(key, sum, data) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
}

func closeFirst(key, sum, data []byte, c io.Closer) (err error) {
	defer c.Close()
	return check(key, sum, data)
}

func useCloseFirst(key, sum, data []byte, c io.Closer, v any) error {
	if err := closeFirst(key, sum, data, c); err != nil {
		return err
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
}

func joinedErrors(key, sum, data []byte, v any) error {
	if err := errors.Join(check(key, sum, data), nil); err != nil {
		return err
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
}

func shortCircuit(key, sum, data []byte, v any) (err error) {
	if err = check(key, sum, data); err == nil {
		err = gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
	}
	return err
}

func overwritten(key, sum, data []byte, v any) error {
	err := check(key, sum, data)
	_, err = io.Discard.Write(data)
	if err != nil {
		return err
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `fails: .*nothing is done with the answer of check`
}

type checked struct {
	body []byte
	ok   bool
}

func flagged(key, sum []byte, m *checked, v any) error {
	m.ok = valid(key, sum, m.body)
	if !m.ok {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(m.body)).Decode(v) // want `verified`
}

func both(key, sum, data []byte) (bool, error) {
	if len(key) == 0 {
		return false, errBad
	}
	return valid(key, sum, data), nil
}

func useBoth(key, sum, data []byte, v any) error {
	ok, err := both(key, sum, data)
	if err != nil || !ok {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
}

func useHalf(key, sum, data []byte, v any) error {
	_, err := both(key, sum, data)
	if err != nil {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `fails: `
}

//picklelint:verifier
func declaredBoth(data []byte) (bool, error) { return len(data) > 3, nil }

func useDeclaredBoth(data []byte, v any) error {
	if ok, err := declaredBoth(data); err != nil || !ok {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified by helpers.declaredBoth`
}

func useDeclaredHalf(data []byte, v any) error {
	if _, err := declaredBoth(data); err != nil {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `fails: `
}

func validAny[T ~[]byte | ~string](key, sum []byte, data T) bool {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(data))
	return hmac.Equal(sum, mac.Sum(nil))
}

func useGeneric(key, sum, data []byte, v any) error {
	if !validAny(key, sum, data) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
}

type signer struct{ mac hash.Hash }

func newSigner(key []byte) *signer { return &signer{mac: hmac.New(sha256.New, key)} }

func (s *signer) load(sum, data []byte, v any) error {
	s.mac.Reset()
	s.mac.Write(data)
	if !hmac.Equal(sum, s.mac.Sum(nil)) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
}

func decoderFirst(key, sum, data []byte, v any) error {
	dec := gob.NewDecoder(bytes.NewReader(data))
	if !valid(key, sum, data) {
		return errBad
	}
	return dec.Decode(v) // want `verified`
}

func inTest(t *testing.T, key, sum, data []byte, v any) {
	if !valid(key, sum, data) {
		t.Fatal("bad signature")
	}
	gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
}

func inTestGoesOn(t *testing.T, key, sum, data []byte, v any) {
	if !valid(key, sum, data) {
		t.Error("bad signature")
	}
	gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `fails: .*whether or not`
}

func reopened(key, sum []byte, path string, v any) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if !valid(key, sum, data) {
		return errBad
	}
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	return gob.NewDecoder(f).Decode(v) // want `fails: |unchecked`
}

func strictOnly(key, sum, data []byte, v any, strict bool) error {
	if err := check(key, sum, data); err != nil && strict {
		return err
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `fails: .*whether or not`
}
