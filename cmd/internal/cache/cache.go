package cache

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"sync/atomic"
	"syscall"
	"time"
)

// Key is a digest of everything that an entry depends on.
type Key [sha256.Size]byte

// KeyOf returns the key of some parts: ("ab","c") and ("a","bc") differ.
func KeyOf(parts ...[]byte) Key {
	h := sha256.New()
	for _, p := range parts {
		h.Write(strconv.AppendInt(nil, int64(len(p)), 10))
		h.Write([]byte{':'})
		h.Write(p)
	}
	return Key(h.Sum(nil))
}

// Cache is an open directory of entries. It is safe for concurrent use, also by
// several programs.
type Cache struct {
	root *os.Root
	now  func() time.Time
	puts atomic.Int64
	// mostBytes: see prune.
	mostBytes int64
}

// Open opens the directory, and makes it if there is none.
func Open(dir string) (*Cache, error) {
	if !filepath.IsAbs(dir) {
		return nil, fmt.Errorf("%q is not an absolute path", dir)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	// What was opened is checked, not what the path names by now.
	info, err := root.Stat(".")
	if err == nil {
		err = ours(info)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", dir, err), root.Close())
	}
	return &Cache{root: root, now: time.Now, mostBytes: mostBytes}, nil
}

// Close lets go of the directory.
func (c *Cache) Close() error { return c.root.Close() }

const (
	magic = "pickle-lint result 1\n"
	// headSize is the magic, the key, and the digest of the body.
	headSize = len(magic) + 2*sha256.Size
	// MaxBody is how long the body of an entry may be.
	MaxBody = 1 << 20
)

func (k Key) name() string { return hex.EncodeToString(k[:]) }

// Get returns the body of an entry, or nil if there is none that is whole.
func (c *Cache) Get(k Key) []byte {
	// O_NONBLOCK: whatever has that name, opening it must not wait.
	f, err := c.root.OpenFile(k.name(), os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil
	}
	defer func() { _ = f.Close() }() // it was only read
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() || info.Size() > int64(headSize+MaxBody) {
		return nil
	}
	entry, err := io.ReadAll(io.LimitReader(f, info.Size()+1))
	if err != nil {
		return nil
	}
	body, ok := open(k, entry)
	if !ok {
		return nil
	}
	// Entries that are used stay; see prune.
	if now := c.now(); now.Sub(info.ModTime()) > touchAfter {
		_ = c.root.Chtimes(k.name(), now, now)
	}
	return body
}

// open returns the body of an entry if it is the entry of k, and whole.
func open(k Key, entry []byte) ([]byte, bool) {
	rest, ok := bytes.CutPrefix(entry, []byte(magic))
	if !ok || len(rest) < 2*sha256.Size {
		return nil, false
	}
	body := rest[2*sha256.Size:]
	sum := sha256.Sum256(body)
	ok = bytes.Equal(rest[:sha256.Size], k[:]) && bytes.Equal(rest[sha256.Size:2*sha256.Size], sum[:])
	return body, ok
}

// Put writes an entry. Readers see the whole of it or nothing.
func (c *Cache) Put(k Key, body []byte) (err error) {
	if len(body) > MaxBody {
		return fmt.Errorf("an entry of %d bytes is more than %d", len(body), MaxBody)
	}
	if c.puts.Add(1)%pruneEvery == 1 {
		c.prune()
	}
	sum := sha256.Sum256(body)
	entry := bytes.Join([][]byte{[]byte(magic), k[:], sum[:], body}, nil)
	name := temporary + rand.Text()
	f, err := c.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(entry)
	if err = errors.Join(err, f.Close()); err == nil {
		err = c.root.Rename(name, k.name())
	}
	if err != nil {
		return errors.Join(err, c.root.Remove(name))
	}
	return nil
}
