package safegob

import (
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"runtime"
	"strings"
	"syscall"
)

// mostKeyFile bounds what is read of a file of keys.
const mostKeyFile = 65_536

var keyID = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$`)

// Keys are one key to write with, and those that are read, by id.
type Keys struct {
	active  string
	keys    map[string][]byte
	retired map[string]bool
}

// String shows no key.
func (k Keys) String() string {
	return fmt.Sprintf("keys active=%s accepted=%d retired=%d", k.active, len(k.keys)-1, len(k.retired))
}

// GoString is String, for %#v.
func (k Keys) GoString() string { return k.String() }

// ParseKeys reads keys, one a line or behind a semicolon. where is what errors call the text.
func ParseKeys(text, where string) (*Keys, error) {
	k := &Keys{keys: make(map[string][]byte), retired: make(map[string]bool)}
	for i, line := range strings.FieldsFunc(strings.ReplaceAll(text, "\n", " \n "), func(r rune) bool { return r == '\n' || r == ';' }) {
		line, _, _ = strings.Cut(line, "#")
		if words := strings.Fields(line); len(words) > 0 {
			if err := k.add(words); err != nil {
				return nil, fmt.Errorf("%s, line %d: %w", where, i+1, err)
			}
		}
	}
	if k.active == "" {
		return nil, fmt.Errorf("%s: no key is active", where)
	}
	return k, nil
}

// add takes the words of one line. No error says what stands there: it may be a key in the
// wrong place.
func (k *Keys) add(words []string) error {
	id, state := words[0], strings.Join(words[1:min(2, len(words))], "")
	retired := state == "retired"
	if !keyID.MatchString(id) || !retired && (state != "active" && state != "accepted" || len(words) != 3) {
		return errors.New(`want "ID active|accepted HEX" or "ID retired"`)
	}
	if k.keys[id] != nil || k.retired[id] {
		return errors.New("the id is there twice")
	}
	if retired {
		k.retired[id] = true
		return nil
	}
	key, err := hex.DecodeString(words[2])
	if err != nil {
		return errors.New("the key is not hexadecimal")
	}
	if len(key) < 32 {
		return fmt.Errorf("the key has %d bytes, fewer than 32", len(key))
	}
	different := make(map[byte]bool)
	for _, b := range key {
		different[b] = true
	}
	if len(different) < 8 {
		return errors.New("the key is not random")
	}
	for _, other := range k.keys {
		if subtle.ConstantTimeCompare(key, other) == 1 {
			return errors.New("another id has the same key")
		}
	}
	if state == "active" {
		if k.active != "" {
			return errors.New("a second key is active")
		}
		k.active = id
	}
	k.keys[id] = key
	return nil
}

// KeysFromFile reads a key file that nobody else may read.
func KeysFromFile(path string) (*Keys, error) {
	f, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, fmt.Errorf("the key file: %w", err)
	}
	defer func() { _ = f.Close() }() // it was read only
	info, err := f.Stat()
	switch {
	case err != nil:
		return nil, fmt.Errorf("the key file: %w", err)
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("%s: the key file is no regular file", path)
	case runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0:
		return nil, fmt.Errorf("%s: the key file has mode %04o: others may read it; chmod 600", path, info.Mode().Perm())
	}
	raw, err := io.ReadAll(io.LimitReader(f, mostKeyFile+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("the key file: %w", err)
	case len(raw) > mostKeyFile:
		return nil, fmt.Errorf("%s: the key file has more than %d bytes", path, mostKeyFile)
	}
	return ParseKeys(string(raw), path)
}

// KeysFromEnvironment reads what SAFE_GOB_KEY_FILE names, or SAFE_GOB_KEYS.
func KeysFromEnvironment() (*Keys, error) {
	path, text := os.Getenv("SAFE_GOB_KEY_FILE"), os.Getenv("SAFE_GOB_KEYS")
	switch {
	case path != "" && text != "":
		return nil, errors.New("SAFE_GOB_KEY_FILE and SAFE_GOB_KEYS are both set: which keys hold is not to be guessed")
	case path != "":
		return KeysFromFile(path)
	case text != "":
		return ParseKeys(text, "SAFE_GOB_KEYS")
	}
	return nil, errors.New("no keys: set SAFE_GOB_KEY_FILE to a file of mode 0600, or SAFE_GOB_KEYS")
}
