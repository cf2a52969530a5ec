package cli

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/pickle-lint/pickle-lint/lint"
)

// mostWrapper bounds what is read of a wrapper that is there.
const mostWrapper = 4 << 20

// wrapperFile is one file that wrapper init writes.
type wrapperFile struct {
	dir, name, show string
	// present is what the file holds now, and text what it is to hold.
	present, text string
	mode          fs.FileMode
	// said is the line about it.
	said string
}

// at looks at the place of a file. present is what has to be kept of one that is there: with
// --force nothing.
func (w *wrapping) at(dir, name string) (f wrapperFile, present string, err error) {
	f = wrapperFile{dir: dir, name: name, show: filepath.ToSlash(filepath.Join(dir, name)), mode: 0o644}
	info, err := os.Lstat(filepath.Join(dir, name))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return f, "", nil
	case err != nil:
		return f, "", err
	case info.Mode()&fs.ModeSymlink != 0:
		return f, "", fmt.Errorf("%s is a symbolic link: name the directory that it leads to", f.show)
	case !info.Mode().IsRegular():
		return f, "", fmt.Errorf("%s is no regular file", f.show)
	}
	f.mode = info.Mode().Perm()
	file, err := os.Open(filepath.Join(dir, name))
	if err != nil {
		return f, "", err
	}
	defer func() { _ = file.Close() }() // it was read only
	raw, err := io.ReadAll(io.LimitReader(file, mostWrapper+1))
	if err != nil {
		return f, "", err
	}
	if f.present = string(raw); w.force {
		return f, "", nil
	}
	if len(raw) > mostWrapper {
		return f, "", fmt.Errorf("%s has more than %d bytes, and is no wrapper of this command", f.show, mostWrapper)
	}
	if len(raw) == 0 {
		return f, "", fmt.Errorf("%s is there already, and empty; --force writes over it", f.show)
	}
	return f, f.present, nil
}

// write puts the file into its place in one step. A link that has come to be there meanwhile
// is replaced, and not followed.
func (f *wrapperFile) write() (err error) {
	if f.text == f.present {
		return nil
	}
	if info, err := os.Stat(f.dir); err == nil && !info.IsDir() {
		return fmt.Errorf("%s is no directory", filepath.ToSlash(f.dir))
	}
	if err := os.MkdirAll(f.dir, 0o755); err != nil {
		return fmt.Errorf("writing %s: %w", f.show, err)
	}
	dir, err := os.OpenRoot(f.dir)
	if err != nil {
		return fmt.Errorf("writing %s: %w", f.show, err)
	}
	defer func() { _ = dir.Close() }() // what was written is closed
	temp := ".pickle-lint-" + rand.Text()
	part, err := dir.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("writing %s: %w", f.show, err)
	}
	defer func() { _ = dir.Remove(temp) }() // it is gone if all went well
	_, err = part.WriteString(f.text)
	if err = errors.Join(err, part.Chmod(f.mode), part.Close()); err != nil {
		return fmt.Errorf("writing %s: %w", f.show, err)
	}
	if err := dir.Rename(temp, f.name); err != nil {
		return fmt.Errorf("writing %s: %w", f.show, err)
	}
	return nil
}

// showFiles prints files with their names, as head does with several.
func showFiles(streams Streams, files []wrapperFile) error {
	for i, f := range files {
		gap := ""
		if i > 0 {
			gap = "\n"
		}
		if err := say(streams, "%s==> %s <==\n%s", gap, lint.Printable(f.show), f.text); err != nil {
			return err
		}
	}
	return nil
}
