package cli

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"time"

	"github.com/pickle-lint/pickle-lint/cmd/internal/cache"
)

// started is when this program began, near enough.
var started = time.Now()

// buildKey identifies this build: by the digest of the executable. What a build
// says of itself is less: a version or a revision knows nothing of files that were
// replaced (go build -overlay), of local copies of modules, or of the compiler.
// The digest is remembered by what the system says of the file.
func buildKey(c *cache.Cache) ([]byte, error) {
	name, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("finding this program: %w", err)
	}
	path := name
	if runtime.GOOS == "linux" {
		path = "/proc/self/exe" // also if the file was replaced since
	}
	f, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		f, err = os.Open(name) // no /proc
	}
	if err != nil {
		return nil, fmt.Errorf("reading this program: %w", err)
	}
	defer func() { _ = f.Close() }() // it was only read
	info, err := f.Stat()
	if err != nil {
		return nil, fmt.Errorf("reading this program: %w", err)
	}
	if info.ModTime().After(started) {
		return nil, errors.New("this program was replaced since it began")
	}
	key := cache.KeyOf([]byte("build 1"), []byte(name), fmt.Appendf(nil, "%d %d %s", info.Size(), info.ModTime().UnixNano(), identity(info)))
	if sum := c.Get(key); len(sum) == sha256.Size && identity(info) != "" {
		return sum, nil
	}
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return nil, fmt.Errorf("reading this program: %w", err)
	}
	sum := h.Sum(nil)
	if identity(info) != "" {
		_ = c.Put(key, sum) // it is computed again
	}
	return sum, nil
}
