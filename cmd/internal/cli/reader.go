package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"github.com/pickle-lint/pickle-lint/pyscan"
)

// reader is what one worker opens files with and reads them to, one after the other.
type reader struct {
	// store is where files are read to; what stands there lasts until the next one.
	store []byte
	// dir is a directory of a tree, in which the last file was: the next one is there
	// as well, as a rule, and a tree opens one directory after the other on the way to
	// a file.
	dir  *os.Root
	tree *os.Root
	rel  string
}

const (
	// wholeSize is the size up to which a file is read at once: a scan reads a pickle
	// of a few hundred bytes six times otherwise.
	wholeSize = 64 << 10
	// mostStore bounds the memory that a reader keeps for the next source, in bytes.
	mostStore = 1 << 20
)

func newReader() *reader { return &reader{store: make([]byte, wholeSize)} }

// close lets go of the directory.
func (w *reader) close() {
	if w.dir != nil {
		_ = w.dir.Close() // it was only read
	}
	w.dir, w.tree = nil, nil
}

// open opens a file where it was met.
func (w *reader) open(f *file) (*os.File, fs.FileInfo, error) {
	if f.tree != nil && w.enter(f.tree, filepath.Dir(f.rel)) {
		if r, info, err := regular(w.dir.OpenFile(filepath.Base(f.rel), readOnly, 0)); err == nil {
			return r, info, nil
		}
		// It may be a symbolic link now, that leads out of the directory and not out of
		// the tree; or the tree tells what is wrong.
	}
	return f.open()
}

// enter opens a directory of a tree, if it is not open, and reports whether it is now.
func (w *reader) enter(tree *os.Root, rel string) bool {
	if w.dir != nil && w.tree == tree && w.rel == rel {
		return true
	}
	w.close()
	dir, err := tree.OpenRoot(rel)
	if err != nil {
		return false
	}
	w.dir, w.tree, w.rel = dir, tree, rel
	return true
}

// head is where the beginning of a file of size bytes is read to, or all of it.
func (w *reader) head(size int64) []byte {
	if size <= wholeSize {
		return w.store[:size]
	}
	return w.store[:headSize]
}

// source reads a Python source of size bytes.
func (w *reader) source(r io.ReaderAt, size int64) ([]byte, error) {
	if size > pyscan.MaxFile {
		return nil, fmt.Errorf("a Python source of %d bytes: more than %d are not read", size, pyscan.MaxFile)
	}
	src := bytes.NewBuffer(w.store[:0])
	src.Grow(int(size) + bytes.MinRead) // or it would grow again to see the end
	// The file may have grown since: one byte more than the limit tells.
	if _, err := src.ReadFrom(io.NewSectionReader(r, 0, pyscan.MaxFile+1)); err != nil {
		return nil, err
	}
	if src.Len() > pyscan.MaxFile {
		return nil, fmt.Errorf("a Python source of more than %d bytes is not read", pyscan.MaxFile)
	}
	if cap(src.Bytes()) <= mostStore {
		w.store = src.Bytes()[:cap(src.Bytes())]
	}
	return src.Bytes(), nil
}

// readOnly is how everything is opened. O_NONBLOCK: a file may have become a named
// pipe since it was listed, and opening one would wait for a writer.
const readOnly = os.O_RDONLY | syscall.O_NONBLOCK

// open opens the file where it was met.
func (f *file) open() (*os.File, fs.FileInfo, error) {
	if f.at != "" {
		return openRegular(f.at)
	}
	if f.tree == nil {
		return openRegular(f.path)
	}
	return regular(f.tree.OpenFile(f.rel, readOnly, 0))
}

// openRegular opens a file to read.
func openRegular(path string) (*os.File, fs.FileInfo, error) {
	return regular(os.OpenFile(path, readOnly, 0))
}

// regular refuses what was opened and is no regular file.
func regular(r *os.File, err error) (*os.File, fs.FileInfo, error) {
	if err != nil {
		return nil, nil, err
	}
	info, err := r.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = fmt.Errorf("not a regular file: %s", kindOf(info.Mode()))
	}
	if err != nil {
		return nil, nil, errors.Join(err, r.Close())
	}
	return r, info, nil
}
