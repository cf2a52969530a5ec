package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"

	"github.com/pickle-lint/pickle-lint/lint"
)

// reportFile is a file that a run writes: whole in the end, or as it was before. What
// uploads reports would take half of one for a run that found less.
//
// It is written beside its place and renamed. That needs a regular file, or none, in a
// directory that takes new ones; a device, a pipe, a symbolic link to nothing and a
// file in a closed directory are written to as they are.
type reportFile struct {
	*os.File
	// path is where the file goes in the end; "" if it is there already.
	path string
}

// createReport makes sure that name can be written, and opens the file.
func createReport(name string) (*reportFile, error) {
	path, mode := name, fs.FileMode(0)
	switch info, err := os.Stat(name); {
	case err == nil && !info.Mode().IsRegular():
		return writtenInPlace(name)
	case err == nil:
		// A file that nobody may write to is not replaced, either.
		f, err := os.OpenFile(name, os.O_WRONLY, 0)
		if err != nil {
			return nil, err
		}
		if err := f.Close(); err != nil {
			return nil, err
		}
		mode = info.Mode().Perm()
		if path, err = filepath.EvalSymlinks(name); err != nil {
			return nil, err
		}
	case exists(name):
		return writtenInPlace(name)
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	dir, base := filepath.Split(path)
	tmp, err := os.OpenFile(filepath.Join(dir, fmt.Sprintf(".%s.%08x.tmp", base, rand.Uint32())), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o666)
	if err != nil {
		return writtenInPlace(name) // or the error that says what is wrong with the name itself
	}
	f := &reportFile{tmp, path}
	if mode != 0 {
		if err := tmp.Chmod(mode); err != nil {
			return nil, errors.Join(err, f.finish(err))
		}
	}
	return f, nil
}

func writtenInPlace(name string) (*reportFile, error) {
	// Not os.Create: whoever has a pipe open for reading, too, never learns that its reader
	// went away.
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o666)
	if err != nil {
		return nil, err
	}
	return &reportFile{File: f}, nil
}

// finish puts the file in its place, unless something went wrong before.
func (f *reportFile) finish(failed error) error {
	err := f.Close()
	if f.path == "" {
		return err
	}
	if err == nil && failed == nil {
		err = os.Rename(f.Name(), f.path)
	}
	if err != nil || failed != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}

// refuseInput is an error if name is one of the files that are read: writing it would
// empty it.
func refuseInput(name string, files []target) error {
	to, err := os.Stat(name)
	if err != nil || !to.Mode().IsRegular() {
		return nil //nolint:nilerr // what does not exist is not read
	}
	for _, t := range files {
		if from, err := os.Stat(t.path); err == nil && os.SameFile(to, from) {
			return fmt.Errorf("%s is read", lint.Printable(name))
		}
	}
	return nil
}

// createBeside makes a file that is none of those that are read.
func createBeside(name string, files []target) (*reportFile, error) {
	if err := refuseInput(name, files); err != nil {
		return nil, err
	}
	if err := refuseLink(name, files); err != nil {
		return nil, err
	}
	return createReport(name)
}

// written are the files that a run writes, by name. A walk passes over them, without a
// word: what is in them will be gone when the run is over.
type written map[string][]fs.FileInfo

func (w written) add(name string) {
	if info, err := os.Stat(name); err == nil && info.Mode().IsRegular() {
		w[filepath.Base(name)] = append(w[filepath.Base(name)], info)
	}
}

// has reports whether the entry of a directory is one of them.
func (w written) has(path string) bool {
	for _, mine := range w[filepath.Base(path)] {
		if info, err := os.Lstat(path); err == nil && os.SameFile(info, mine) {
			return true
		}
	}
	return false
}
