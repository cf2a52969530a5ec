package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/pickle-lint/pickle-lint/cmd/internal/cache"
)

// memory remembers what was seen in files, in the cache of the user. A nil memory
// remembers nothing. What is remembered, and why no more: see RATIONALE.md.
type memory struct {
	open func() (*opened, error) // once, when a file is worth it
	// asked: open was called.
	asked atomic.Bool
	// least and most are the sizes of files that are remembered, and worth is how
	// long looking at one must have taken.
	least, most int64
	worth       time.Duration
	// held is how many bytes of files are in memory.
	held atomic.Int64

	mu      sync.Mutex
	trouble error // the first, of writing
}

// opened is a cache with the key of everything that all entries depend on.
type opened struct {
	*cache.Cache
	context []byte
}

const (
	// leastRemembered is the size below which looking at a file costs no more than
	// looking for its entry, and worthIt some times what writing an entry takes.
	leastRemembered = 16 << 10
	worthIt         = time.Millisecond
	// mostRemembered bounds the file that is held in memory meanwhile, beside what
	// the decoder needs for one of its size, and mostHeld all of them together.
	mostRemembered = 8 << 20
	mostHeld       = 32 << 20
	// slowest is how long looking may take to be remembered: nothing that came
	// near a clock is, whether or not the clock is named in the result. The
	// shortest is that of a stream, 60 seconds.
	slowest = 20 * time.Second
	// probe is how much of the two ends of a file names its entry.
	probe = 4096
)

// cacheVariable moves the cache.
const cacheVariable = "PICKLE_LINT_CACHE"

// newMemory returns the memory of a run. Nothing is opened or made yet.
func newMemory(set *settings, getenv func(string) string) *memory {
	m := &memory{least: leastRemembered, most: mostRemembered, worth: worthIt}
	m.open = sync.OnceValues(func() (*opened, error) {
		dir, _, err := cacheDir(getenv)
		if err != nil {
			return nil, err
		}
		c, err := cache.Open(dir)
		if err != nil {
			return nil, err
		}
		build, err := buildKey(c)
		if err != nil {
			return nil, errors.Join(err, c.Close())
		}
		// Everything but the file that a result depends on. The built-in
		// catalogue and all rules are part of the build.
		key := cache.KeyOf([]byte("results 1"), build, set.catalogKey[:],
			[]byte(set.policy.String()), fmt.Appendf(nil, "%q", set.config.AllowPackages), fmt.Appendf(nil, "%+v", limits))
		return &opened{c, key[:]}, nil
	})
	return m
}

// look looks at a file, or remembers what was seen in an equal one.
func (m *memory) look(ctx context.Context, set *settings, in *input) *seen {
	// What the sources of a project say is in no key.
	if m == nil || set.verdicts.Source != nil || !m.hold(in.size) {
		return look(ctx, set, in, set.verbose)
	}
	defer m.held.Add(-in.size)
	m.asked.Store(true)
	c, err := m.open()
	if err != nil {
		return look(ctx, set, in, set.verbose)
	}
	file := cache.NewSnapshot(in.r, in.size)
	frozen := *in
	frozen.r = file
	key, err := c.keyOf(&frozen)
	if err != nil {
		return look(ctx, set, in, set.verbose) // which says what is wrong
	}
	if body := c.Get(key); body != nil {
		if s := recall(body, file, in.show); s != nil {
			return s
		}
	}
	begin := time.Now()
	s := look(ctx, set, &frozen, true)
	took := time.Since(begin)
	if ctx.Err() == nil && took >= m.worth && took < slowest && len(s.skips) == 0 && !in.holdsPython() && file.Mostly() {
		m.store(c, key, s, file)
	}
	return s
}

// hold reports whether a file of so many bytes may be held in memory.
func (m *memory) hold(size int64) bool {
	if size < m.least || size > m.most {
		return false
	}
	if m.held.Add(size) > mostHeld {
		m.held.Add(-size)
		return false
	}
	return true
}

// keyOf names the entry of a file: by its name, on which fingerprints depend, and
// by its size and its two ends. That costs no more than opening the file; whether
// the rest is the same too, the entry tells.
func (c *opened) keyOf(in *input) (cache.Key, error) {
	head := make([]byte, min(probe, in.size))
	tail := make([]byte, len(head))
	if _, err := in.r.ReadAt(head, 0); err != nil {
		return cache.Key{}, err
	}
	if _, err := in.r.ReadAt(tail, in.size-int64(len(tail))); err != nil {
		return cache.Key{}, err
	}
	return cache.KeyOf(c.context, []byte(in.show), strconv.AppendBool(nil, in.named), strconv.AppendBool(nil, in.member != nil), strconv.AppendBool(nil, in.locked), strconv.AppendInt(nil, in.size, 10), head, tail), nil
}

// remembered is the body of an entry.
type remembered struct {
	// Content is the digest of the file.
	Content []byte `json:"content"`
	seen
}

// recall returns what an entry says, if it is about this file.
func recall(body []byte, file *cache.Snapshot, show string) *seen {
	r, ok := decode(body)
	if !ok {
		return nil
	}
	for _, f := range r.Findings {
		if f == nil || f.Path != show {
			return nil
		}
	}
	if slices.Contains(r.Blobs, nil) {
		return nil
	}
	content, err := file.Sum()
	if err != nil || !bytes.Equal(content, r.Content) {
		return nil
	}
	return &r.seen
}

func decode(body []byte) (*remembered, bool) {
	r := new(remembered)
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.DisallowUnknownFields()
	return r, dec.Decode(r) == nil
}

// store remembers s. JSON has no bytes that are no UTF-8, so a result that does
// not come back as it was is not stored.
func (m *memory) store(c *opened, key cache.Key, s *seen, file *cache.Snapshot) {
	content, err := file.Sum()
	if err != nil {
		return
	}
	r := &remembered{content, *s}
	r.skips = nil
	body, err := json.Marshal(r)
	if err != nil || len(body) > cache.MaxBody {
		return
	}
	if back, ok := decode(body); !ok || !reflect.DeepEqual(back, r) {
		return
	}
	if err := c.Put(key, body); err != nil {
		m.mu.Lock()
		defer m.mu.Unlock()
		if m.trouble == nil {
			m.trouble = err
		}
	}
}

// close lets go of the cache, and returns why it was of no use, if so. Without a
// file that is worth it the cache was not even looked for.
func (m *memory) close() error {
	if m == nil || !m.asked.Load() {
		return nil
	}
	c, err := m.open()
	if err != nil {
		return err
	}
	return errors.Join(m.trouble, c.Close())
}

// cacheDir is where results are remembered, and the variable that says so.
func cacheDir(getenv func(string) string) (dir, variable string, err error) {
	if dir := getenv(cacheVariable); dir != "" {
		return dir, cacheVariable, nil
	}
	base, err := os.UserCacheDir()
	if err != nil {
		return "", "", err
	}
	return filepath.Join(base, "pickle-lint"), "", nil
}
