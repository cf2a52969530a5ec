package cli

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/pickle-lint/pickle-lint/cmd/internal/ignore"
	"github.com/pickle-lint/pickle-lint/cmd/internal/relpath"
	"github.com/pickle-lint/pickle-lint/internal/config"
	"github.com/pickle-lint/pickle-lint/internal/worktree"
	"github.com/pickle-lint/pickle-lint/inventory/lock"
	"github.com/pickle-lint/pickle-lint/lint"
)

// mostHashed is the size of files that a lint run hashes, in bytes: what takes longer to
// hash than to look at. Of larger ones it compares the size and what their pickles say.
const mostHashed = 64 << 20

// locked is a lock and where it is.
type locked struct {
	*lock.File
	name string // absolute
}

// lockName is the absolute path at which the lock of the project is looked for, and
// nowhere else: a further one, deep in the tree, says nothing. It is "" where the
// configuration wants none; required says that it names one.
func lockName(set *settings) (name string, required bool) {
	switch file := set.config.Lock.File; file {
	case config.Off:
		return "", false
	case "":
		return filepath.Join(first(set.config.Dir, set.anchor), lock.Name), false
	default:
		return file, true
	}
}

// lockBase is the absolute directory that the paths of the lock of the project lead from:
// that of the configuration, or the top of the checkout, wherever the file itself is.
func lockBase(set *settings) string {
	dir := first(set.config.Dir, set.anchor)
	if resolved, err := filepath.EvalSymlinks(dir); err == nil {
		return resolved
	}
	return dir
}

// openLock reads the lock of the project, as the view of the run has it; nil if there is
// none.
func openLock(set *settings) (*locked, error) {
	name, required := lockName(set)
	if name == "" {
		return nil, nil
	}
	show := lint.Printable(relpath.Show(set.root, name))
	at, there := set.view.actual(name)
	if !there || !exists(at) {
		if required {
			return nil, fmt.Errorf("%s: %w; \"pickle-lint lock\" writes it", show, errNoFile)
		}
		return nil, nil
	}
	text, err := readLock(at, false)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", show, err)
	}
	file, err := lock.Parse(text)
	if err != nil {
		return nil, lineIn(show, err)
	}
	return &locked{file, name}, nil
}

// lineIn puts the name of a file before an error that begins with a line.
func lineIn(show string, err error) error {
	line, rest, ok := strings.Cut(strings.TrimPrefix(err.Error(), "line "), ": ")
	if !ok || !strings.HasPrefix(err.Error(), "line ") {
		return fmt.Errorf("%s: %w", show, err)
	}
	return fmt.Errorf("%s:%s: %s", show, line, rest)
}

// readLock reads a lock or a signature of one. Where nobody has named the file, it is not a
// symbolic link: what that shows would be the business of somebody else.
func readLock(name string, links bool) (text []byte, err error) {
	if info, err := os.Lstat(name); err == nil && info.Mode()&fs.ModeSymlink != 0 && !links {
		return nil, errors.New("a symbolic link: a lock is a file")
	}
	r, info, err := openRegular(name)
	if err != nil {
		return nil, errors.New(reasonOf(err))
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	if info.Size() > lock.MaxSize {
		return nil, fmt.Errorf("%d bytes, and more than %d are not read", info.Size(), lock.MaxSize)
	}
	if text, err = io.ReadAll(io.LimitReader(r, lock.MaxSize+1)); err != nil {
		return nil, errors.New(reasonOf(err))
	}
	return text, nil
}

// locks gathers what a run meets of which a lock says something.
type locks struct {
	file *locked
	dir  string // that its paths lead from
	set  *settings
	// whole: every blob is hashed, whatever its size, and nothing is compared.
	whole bool

	mu    sync.Mutex
	blobs []*lock.Blob
	skips []*lint.Skip
	// plain are files without a pickle, by their paths in a lock.
	plain map[string]bool
	// trees are the tops of work trees.
	trees map[string]*ignore.Dir
}

// newLocks returns nil if there is nothing to gather.
func newLocks(set *settings, whole bool) *locks {
	if set.lock == nil && !whole {
		return nil
	}
	return &locks{file: set.lock, dir: lockBase(set), set: set, whole: whole, plain: make(map[string]bool), trees: make(map[string]*ignore.Dir)}
}

// wants reports a file of which a lock says something: any that is no source, and one that
// has become one. What looks like Python may be a pickle to whoever loads it.
func (k *locks) wants(f *file, source bool) bool {
	if k == nil {
		return false
	}
	if !source || k.file == nil {
		return !source
	}
	rel, below := relpath.Below(k.dir, f.path)
	return below && k.file.Find(rel) != nil
}

// take notes what is in a file. b says nothing of its path and digest, and is nil if it
// holds no pickle.
func (k *locks) take(ctx context.Context, f *file, r io.ReaderAt, size int64, b *lock.Blob) error {
	rel, below := relpath.Below(k.dir, f.path)
	if !below {
		return nil
	}
	var entry *lock.Blob
	if k.file != nil {
		entry = k.file.Find(rel)
	}
	is := &lock.Blob{Path: rel, Size: size}
	if b != nil {
		is.Containers, is.Pickles = b.Containers, b.Pickles
	}
	var skips []*lint.Skip
	switch {
	case b != nil && k.whole, entry != nil && size <= mostHashed:
		sum, err := sumOf(ctx, r, size)
		if err != nil {
			return err
		}
		is.SHA256 = sum
	case entry != nil && entry.Size == size:
		skips = append(skips, &lint.Skip{Location: lint.Location{Path: f.show}, Excluded: true, Reason: fmt.Sprintf(
			"of more than %d bytes, a lint run compares the size and the pickles with %s, and not the SHA-256: \"pickle-lint lock verify\" does", mostHashed, lock.Name)})
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.skips = append(k.skips, skips...)
	if b == nil {
		k.plain[rel] = true
	}
	if b != nil || entry != nil && !k.whole {
		k.blobs = append(k.blobs, is)
	}
	return nil
}

// sumOf returns the SHA-256 of what is read, in hexadecimal.
func sumOf(ctx context.Context, r io.ReaderAt, size int64) (string, error) {
	h := sha256.New()
	_, err := io.CopyBuffer(h, io.NewSectionReader(&interruptible{ReaderAt: r, ctx: ctx}, 0, size), make([]byte, min(size+1, 1<<20)))
	if err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// judge compares what was met with the lock.
func (k *locks) judge(ctx context.Context, targets []target, files []file) ([]*lint.Finding, []*lint.Skip) {
	if k == nil || k.whole {
		return nil, nil
	}
	for _, f := range files {
		if filepath.Base(f.path) == lock.Name && f.path != k.file.name {
			k.skips = append(k.skips, &lint.Skip{Location: lint.Location{Path: f.show}, Excluded: true, Reason: "not the lock of this run, which is " + relpath.Show(k.set.root, k.file.name)})
		}
	}
	var missing []*lock.Blob
	for _, entry := range k.file.Blobs {
		if ctx.Err() == nil && k.missing(targets, entry) {
			missing = append(missing, entry)
		}
	}
	j := &lock.Judging{Lock: k.file.File, Path: relpath.Show(k.set.root, k.file.name), Show: func(path string) string {
		return relpath.Show(k.set.root, filepath.Join(k.dir, filepath.FromSlash(path)))
	}}
	slices.SortFunc(k.blobs, func(a, b *lock.Blob) int { return cmp.Compare(a.Path, b.Path) })
	return j.Judge(k.blobs, missing), k.skips
}

// missing reports an entry whose file the run would have met, and which is not there, or
// not as a file. What git ignores others may have.
func (k *locks) missing(targets []target, entry *lock.Blob) bool {
	path := filepath.Join(k.dir, filepath.FromSlash(entry.Path))
	there := notRegular(k.dir, entry.Path) == nil
	if k.set.view.replaces(path) {
		there = k.set.view.exists(path)
	}
	return !there && k.set.wanted(targets, path) && !k.ignored(path)
}

// errAway is what is wrong with a file that is not there.
var errAway = errors.New("not there")

// notRegular says why a path does not lead to a regular file without a symbolic link on its
// way, or nil if it does.
func notRegular(dir, rel string) error {
	for _, end := range append(indexes(rel, '/'), len(rel)) {
		info, err := os.Lstat(filepath.Join(dir, filepath.FromSlash(rel[:end])))
		file := end == len(rel)
		switch {
		case err != nil:
			return errAway
		case info.Mode()&fs.ModeSymlink != 0 && file:
			return errors.New("a symbolic link, which is not followed")
		case info.Mode()&fs.ModeSymlink != 0:
			return fmt.Errorf("below a symbolic link, %s, which is not followed", lint.Printable(rel[:end]))
		case file && !info.Mode().IsRegular(), !file && !info.IsDir():
			return errAway
		}
	}
	return nil
}

// indexes are the places of a byte.
func indexes(s string, c byte) (at []int) {
	for i := range len(s) {
		if s[i] == c {
			at = append(at, i)
		}
	}
	return at
}

// ignored reports a path that git ignores, whether something is there or not.
func (k *locks) ignored(path string) bool {
	top := worktree.Top(filepath.Dir(path))
	rel, below := relpath.Below(top, path)
	if top == "" || !below {
		return false
	}
	dir := k.trees[top]
	if dir == nil {
		// What cannot be read ignores nothing; the walk has told it.
		dir, _ = ignore.Top(top)
		k.trees[top] = dir
	}
	names := strings.Split(rel, "/")
	for _, name := range names[:len(names)-1] {
		if out, err := dir.Ignored(name, true); out || err != nil {
			return out
		}
		below, err := dir.Enter(name, true)
		if err != nil {
			return false
		}
		dir = below
	}
	out, err := dir.Ignored(names[len(names)-1], false)
	return out && err == nil
}
