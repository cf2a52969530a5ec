package fix

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/pickle-lint/pickle-lint/internal/cause"
)

// Write puts the change on disk: in a new file in the same directory, with the mode and
// the owner of the old one, which takes its place at once. A file that is not the one
// that was read any more stays as it is. Whatever happens, nothing else is left behind.
func (c *Change) Write() error {
	if err := c.write(); err != nil {
		return fmt.Errorf("writing %s: %w", c.Show, cause.Of(err))
	}
	return nil
}

func (c *Change) write() (err error) {
	// All that follows goes through the directory itself: what its path leads to may
	// change.
	dir, err := os.OpenRoot(filepath.Dir(c.Path))
	if err != nil {
		return err
	}
	defer func() { _ = dir.Close() }() // what was written is synced
	name, temp := filepath.Base(c.Path), ".pickle-lint-"+rand.Text()
	w, err := dir.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = dir.Remove(temp) // the first error counts
		}
	}()
	_, err = w.Write(c.After)
	if err == nil {
		err = keepOwner(w, c.info)
	}
	if err == nil {
		err = w.Chmod(c.info.Mode() & (fs.ModePerm | fs.ModeSetuid | fs.ModeSetgid | fs.ModeSticky))
	}
	if err == nil {
		err = w.Sync()
	}
	if err = errors.Join(err, w.Close()); err != nil {
		return err
	}
	now, err := dir.Lstat(name)
	if err != nil {
		return err
	}
	text, err := dir.ReadFile(name)
	if err != nil {
		return err
	}
	if !os.SameFile(now, c.info) || !bytes.Equal(text, c.Before) {
		return errChanged
	}
	return dir.Rename(temp, name)
}
