package retention

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/pickle-lint/pickle-lint/inventory/audit"
)

// Remover removes stale blobs below some directories, and nothing else.
type Remover struct {
	// Top is the directory that paths of blobs are named from.
	Top string
	// Roots are the directories below which something may be removed: absolute, and
	// without links in them.
	Roots []string
	// Log has a record of each removal before it happens.
	Log *audit.Log
	// By is who removes.
	By string

	// between is called between the record and the removal; for tests.
	between func()
}

// ErrLog is what errors of the log are: nothing is removed without a record.
var ErrLog = errors.New("nothing is removed without a record in the log")

// Resume closes what an interrupted run has left open: a file that is still there was kept,
// one that is not is gone.
func (r *Remover) Resume() (open int, err error) {
	for _, intent := range r.Log.Chain().Open {
		outcome := &audit.Record{Action: audit.Gone, By: r.By, Of: intent.Seq, Path: intent.Path}
		if _, err := os.Lstat(at(intent.Root, intent.Path)); err == nil {
			outcome.Action, outcome.Error = audit.Kept, "the run was interrupted before it was removed"
		}
		if err := r.Log.Append(outcome); err != nil {
			return open, errors.Join(ErrLog, err)
		}
		open++
	}
	return open, nil
}

// Remove removes one blob, and returns why it was kept, or an error if the log cannot be
// written, after which nothing more may be removed.
func (r *Remover) Remove(s *Stale) (kept, err error) {
	if !utf8.ValidString(at(r.Top, s.Path)) {
		return errors.New("its name is not UTF-8, and the log could not name it"), nil
	}
	dir, base, err := r.reach(s.Path)
	if err != nil {
		return err, nil // it is the reason
	}
	defer func() { _ = dir.Close() }() // it was only read
	intent, info, err := r.intent(dir, base, s)
	if err != nil {
		return err, nil // it is the reason
	}
	if err := r.Log.Append(intent); err != nil {
		return nil, errors.Join(ErrLog, err)
	}
	if r.between != nil {
		r.between()
	}
	outcome := &audit.Record{Action: audit.Removed, By: r.By, Of: intent.Seq, Path: s.Path}
	if kept = removeSame(dir, base, info); kept != nil {
		outcome.Action, outcome.Error = audit.Kept, kept.Error()
	}
	if err := r.Log.Append(outcome); err != nil {
		return kept, errors.Join(ErrLog, err)
	}
	return kept, nil
}

// removeSame removes a file that is the one that was seen, and as old.
func removeSame(dir *os.Root, base string, seen fs.FileInfo) error {
	now, err := dir.Lstat(base)
	if err != nil {
		return err
	}
	if !os.SameFile(now, seen) || now.Size() != seen.Size() || !now.ModTime().Equal(seen.ModTime()) {
		return errors.New("somebody has written to the file meanwhile")
	}
	return dir.Remove(base)
}

// intent reads the file once more: what is removed is what the record says.
func (r *Remover) intent(dir *os.Root, base string, s *Stale) (*audit.Record, fs.FileInfo, error) {
	info, err := dir.Lstat(base)
	if err != nil {
		return nil, nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, nil, errors.New("it is no regular file")
	}
	if info.ModTime().UTC().Format(time.DateOnly) != s.Modified {
		return nil, nil, errors.New("somebody has written to the file meanwhile")
	}
	file, err := dir.Open(base)
	if err != nil {
		return nil, nil, err
	}
	sum := sha256.New()
	_, err = io.Copy(sum, file)
	if opened, serr := file.Stat(); err == nil && (serr != nil || !os.SameFile(opened, info)) {
		err = errors.New("somebody has written to the file meanwhile")
	}
	if err := errors.Join(err, file.Close()); err != nil {
		return nil, nil, err
	}
	modified := info.ModTime().UTC()
	return &audit.Record{
		Action: audit.Remove, By: r.By, Root: r.Top, Path: s.Path, SHA256: hex.EncodeToString(sum.Sum(nil)), Size: info.Size(), Modified: &modified,
		Channel: s.Channel, Retention: s.Retention, Owners: s.Owners, Sensitivity: s.Sensitivity,
	}, info, nil
}

// reach opens the directory of a file, step by step from the root that it lies below, and
// over no link: what is opened is what was looked at, whatever becomes of the names.
func (r *Remover) reach(file string) (*os.Root, string, error) {
	file = at(r.Top, file)
	for _, top := range r.Roots {
		rel, err := filepath.Rel(top, file)
		rel = filepath.ToSlash(rel)
		if err != nil || rel == "." || rel == ".." || strings.HasPrefix(rel, "../") {
			continue
		}
		dir, err := os.OpenRoot(top)
		if err != nil {
			return nil, "", err
		}
		parts := strings.Split(path.Dir(rel), "/")
		for _, part := range parts {
			if part == "." {
				continue
			}
			below, err := step(dir, part)
			if err := errors.Join(err, dir.Close()); err != nil {
				return nil, "", err
			}
			dir = below
		}
		return dir, path.Base(rel), nil
	}
	return nil, "", errors.New("it does not lie below a directory that was named")
}

// step opens a directory in another one, unless it is a link.
func step(dir *os.Root, name string) (*os.Root, error) {
	info, err := dir.Lstat(name)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return nil, fmt.Errorf("%s on the way to it is no directory", name)
	}
	below, err := dir.OpenRoot(name)
	if err != nil {
		return nil, err
	}
	opened, err := below.Stat(".")
	if err == nil && !os.SameFile(opened, info) {
		err = fmt.Errorf("%s on the way to it is another directory now", name)
	}
	if err != nil {
		return nil, errors.Join(err, below.Close())
	}
	return below, nil
}

// at is where a path is that is named from a directory, or by itself.
func at(top, file string) string {
	file = filepath.FromSlash(file)
	if filepath.IsAbs(file) {
		return filepath.Clean(file)
	}
	return filepath.Join(top, file)
}
