package cache

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

func openTest(t *testing.T) (*Cache, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "new", "cache")
	c, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	return c, dir
}

func put(t *testing.T, c *Cache, k Key, body string) {
	t.Helper()
	if err := c.Put(k, []byte(body)); err != nil {
		t.Fatal(err)
	}
}

func TestPutAndGet(t *testing.T) {
	c, dir := openTest(t)
	a, b := KeyOf([]byte("ab"), []byte("c")), KeyOf([]byte("a"), []byte("bc"))
	if a == b {
		t.Fatal("parts run together")
	}
	if got := c.Get(a); got != nil {
		t.Errorf("of nothing: %q", got)
	}
	put(t, c, a, "first")
	put(t, c, a, "second")
	put(t, c, b, "")
	if got := c.Get(a); string(got) != "second" {
		t.Errorf("got %q", got)
	}
	if got := c.Get(b); got == nil || len(got) > 0 {
		t.Errorf("an empty body comes back as %q", got)
	}
	if err := c.Put(a, make([]byte, MaxBody+1)); err == nil {
		t.Error("a body without a bound was written")
	}
	for _, tt := range []struct {
		path string
		mode fs.FileMode
	}{{dir, 0o700}, {filepath.Join(dir, a.name()), 0o600}} {
		if info, err := os.Stat(tt.path); err != nil || info.Mode().Perm() != tt.mode {
			t.Errorf("%s: %v, %v", tt.path, info.Mode(), err)
		}
	}
}

// A damaged entry is as good as none, wherever it is damaged.
func TestDamage(t *testing.T) {
	c, dir := openTest(t)
	key := KeyOf([]byte("x"))
	put(t, c, key, "a body of some length")
	path := filepath.Join(dir, key.name())
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	check := func(entry []byte, what string, args ...any) {
		t.Helper()
		if err := os.WriteFile(path, entry, 0o600); err != nil {
			t.Fatal(err)
		}
		if got := c.Get(key); got != nil {
			t.Errorf("%s: %q", fmt.Sprintf(what, args...), got)
		}
	}
	for i := range whole {
		flipped := bytes.Clone(whole)
		flipped[i] ^= 1
		check(flipped, "byte %d", i)
		check(whole[:i], "the first %d bytes", i)
	}
	check(append(bytes.Clone(whole), 0), "one byte more")
	check(make([]byte, headSize+MaxBody+1), "a large file")

	// The whole entry of another key.
	put(t, c, KeyOf([]byte("y")), "another body")
	other, err := os.ReadFile(filepath.Join(dir, KeyOf([]byte("y")).name()))
	if err != nil {
		t.Fatal(err)
	}
	check(other, "another key")
	check(whole[:0], "nothing")

	// No file at all.
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(path, 0o700); err != nil {
		t.Fatal(err)
	}
	if got := c.Get(key); got != nil {
		t.Errorf("a directory: %q", got)
	}
	if err := c.Put(key, nil); err == nil {
		t.Error("a directory was replaced")
	}
	left, err := filepath.Glob(filepath.Join(dir, temporary+"*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %q, %v", left, err)
	}
}

func TestManyWriters(t *testing.T) {
	c, _ := openTest(t)
	key := KeyOf([]byte("x"))
	var wait sync.WaitGroup
	for i := range 8 {
		body := bytes.Repeat([]byte{byte('a' + i)}, 10_000)
		wait.Go(func() {
			for range 50 {
				if err := c.Put(key, body); err != nil {
					t.Error(err)
				}
				if got := c.Get(key); len(got) != len(body) || !bytes.Equal(got, bytes.Repeat(got[:1], len(body))) {
					t.Error("a mixture was read")
				}
			}
		})
	}
	wait.Wait()
}

func TestDirectoriesThatAreRefused(t *testing.T) {
	if _, err := Open("cache"); err == nil {
		t.Error("a relative path was opened")
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{file, filepath.Join(file, "below")} {
		if _, err := Open(path); err == nil {
			t.Errorf("%s was opened", path)
		}
	}
	for _, mode := range []fs.FileMode{0o770, 0o702, 0o777, 0o777 | fs.ModeSticky} {
		open := filepath.Join(dir, fmt.Sprintf("mode%o", mode))
		if err := os.Mkdir(open, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(open, mode); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(open); err == nil {
			t.Errorf("a directory of mode %v was opened", mode)
		}
	}
	if os.Geteuid() != 0 {
		return // only root can make what belongs to others
	}
	foreign := filepath.Join(dir, "foreign")
	if err := os.Mkdir(foreign, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Chown(foreign, 12345, 12345); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(foreign); err == nil {
		t.Error("a directory of somebody else was opened")
	}
}

// touch sets the age of a file.
func touch(t *testing.T, path string, now time.Time, age time.Duration) {
	t.Helper()
	if err := os.Chtimes(path, now.Add(-age), now.Add(-age)); err != nil {
		t.Fatal(err)
	}
}

func TestPrune(t *testing.T) {
	c, dir := openTest(t)
	now := time.Now()
	c.now = func() time.Time { return now }
	c.mostBytes = 8 * block
	names := func() (n int) {
		for _, e := range c.list() {
			if len(e.name) == 2*len(Key{}) {
				n++
			}
		}
		return n
	}
	key := func(i int) Key { return KeyOf([]byte{byte(i)}) }
	path := func(i int) string { return filepath.Join(dir, key(i).name()) }
	for i := range 12 {
		put(t, c, key(i), "x")
		touch(t, path(i), now, time.Duration(i)*time.Hour)
	}
	touch(t, path(3), now, mostAge+time.Hour)
	for name, age := range map[string]time.Duration{temporary + "old": 2 * abandoned, temporary + "new": 0, "notes": 10 * mostAge} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
		touch(t, filepath.Join(dir, name), now, age)
	}
	c.prune() // it was done today
	if n := names(); n != 12 {
		t.Errorf("%d entries, want all 12", n)
	}
	now = now.Add(pruneAfter)
	if c.Get(key(11)) == nil {
		t.Error("an entry is missing")
	}
	c.prune()
	if n := names(); n > 6 || n < 4 {
		t.Errorf("%d entries are left of a room for 8", n)
	}
	for i, there := range map[int]bool{0: true, 3: false, 10: false, 11: true} { // 11 was used
		if _, err := os.Stat(path(i)); (err == nil) != there {
			t.Errorf("entry %d: %v", i, err)
		}
	}
	for name, there := range map[string]bool{temporary + "old": false, "notes": true, marker: true} {
		if _, err := os.Stat(filepath.Join(dir, name)); (err == nil) != there {
			t.Errorf("%s: %v", name, err)
		}
	}
}
