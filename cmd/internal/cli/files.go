package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"github.com/pickle-lint/pickle-lint/blob"
	"github.com/pickle-lint/pickle-lint/cmd/internal/progress"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/pyscan"
)

// headSize is how much of a file is read to see what it is.
const headSize = 4096

// fileJob lints files with pyscan and blob.
type fileJob struct {
	set     *settings
	wings   wingSet
	results *results
	meter   *progress.Meter
	memory  *memory // nil: nothing is remembered
	loads   *loads  // nil: nobody is asked what sources load
	states  *states // nil: no stored pickles are read for the states in them
	locks   *locks  // nil: there is no lock
}

// all lints files with the configured number of workers.
func (j *fileJob) all(ctx context.Context, files []file) {
	j.each(ctx, files, func(f file, w *reader) { j.one(ctx, f, w) })
	if again := j.scanner().Again(); again != nil {
		wanted := make(map[string]bool)
		for _, show := range again.Paths() {
			wanted[show] = true
		}
		some := slices.DeleteFunc(slices.Clone(files), func(f file) bool { return !wanted[f.show] })
		j.each(ctx, some, func(f file, w *reader) { j.again(ctx, again, f, w) })
	}
	j.lintLoaded(ctx, files)
}

// each gives the files to as many workers as the run has, each of which has a reader.
func (j *fileJob) each(ctx context.Context, files []file, one func(f file, w *reader)) {
	next := make(chan file)
	var wait sync.WaitGroup
	for range min(j.set.jobs, len(files)) {
		wait.Go(func() {
			w := newReader()
			defer w.close()
			for f := range next {
				one(f, w)
			}
		})
	}
feed:
	for _, f := range files {
		select {
		case next <- f:
		case <-ctx.Done():
			break feed
		}
	}
	close(next)
	wait.Wait()
}

// caught makes a crash of ours an error of the file at which it happened: one file
// never ends a run.
func caught(err *error) {
	if r := recover(); r != nil {
		*err = fmt.Errorf("the scanner crashed: %v", r)
	}
}

// one lints a single file. Whatever goes wrong with it becomes a skip.
func (j *fileJob) one(ctx context.Context, f file, w *reader) {
	job := j.meter.Begin(f.show)
	size, findings, err := j.open(ctx, f, w)
	if err != nil {
		j.skip(f.show, reasonOf(err))
	}
	job.Done(size, findings)
}

func (j *fileJob) skip(show, reason string) {
	j.results.add(nil, nil, []*lint.Skip{{Location: lint.Location{Path: show}, Reason: reason}}, nil)
}

// open returns the size of the file, and how much was found in it.
func (j *fileJob) open(ctx context.Context, f file, w *reader) (size int64, findings int, err error) {
	defer caught(&err)
	r, info, err := w.open(&f)
	if err != nil {
		return 0, 0, err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	size = info.Size()
	head := w.head(size)
	n, err := r.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return size, 0, err
	}
	var in io.ReaderAt = r
	if int64(n) == size {
		in = bytes.NewReader(head)
	}
	kind := j.kindOf(f.show, head[:min(n, headSize)])
	var literals []pyscan.Literal
	switch {
	case kind == pyscan.NoPython || !j.wings.has(pythonWing):
	case kind == pyscan.Commands && size > pyscan.MaxFile:
		j.skip(f.show, fmt.Sprintf("not searched for Python in commands: it has more than %d bytes", pyscan.MaxFile))
	default:
		src := head[:n]
		if int64(n) != size {
			if src, err = w.source(r, size); err != nil {
				return size, 0, err
			}
			if int64(len(src)) == size {
				in = bytes.NewReader(src)
			}
		}
		findings, literals = j.python(ctx, f, kind, src)
	}
	source := kind != pyscan.NoPython || isGo(f.path)
	named := f.named && !source
	switch {
	case j.wings.has(blobWing):
		stored := j.input(ctx, f.show, in, size, &findings)
		reviewed := source && !binary(head[:min(n, headSize)])
		locked, atRest := j.locks.wants(&f, reviewed), j.set.inventory && !reviewed
		stored.named, stored.locked = named || blob.PromisesPickle(f.show), locked || atRest
		seen := j.blobOutside(ctx, stored, literals, &findings)
		if atRest && seen.Locked != nil {
			j.results.rests(f.show, info, seen.Locked)
		}
		if locked {
			if err := unchanged(r, info); err != nil {
				return size, findings, err
			}
			if err := j.locks.take(ctx, &f, in, size, seen.Locked); err != nil {
				return size, findings, err
			}
		}
	case kind != pyscan.NoPython && j.wings.has(pythonWing) || isGo(f.path) && j.wings.has(goWing):
		j.results.add(nil, nil, nil, func(sum *lint.Summary) { sum.Files++ })
	case !isGo(f.path) && j.members(ctx, f.show, in, size):
	case named:
		return size, findings, errNoSource
	}
	return size, findings, unchanged(r, info)
}

// binary reports what nobody sees in a review, whatever its name says: git tells of it with
// "Binary files differ", or it begins with what begins a pickle and no source.
func binary(head []byte) bool {
	return bytes.HasPrefix(head, []byte{0x80}) || bytes.IndexByte(head, 0) >= 0
}

// errNoSource is what is wrong with a file that was named where sources are wanted.
var errNoSource = errors.New("neither Python nor Go source")

// unchanged returns an error if somebody has written to a file since info was
// asked for: then what was seen are parts of two files.
func unchanged(r *os.File, info fs.FileInfo) error {
	now, err := r.Stat()
	if err != nil {
		return err
	}
	if now.Size() != info.Size() || !now.ModTime().Equal(info.ModTime()) {
		return errors.New("the file was written to while it was read")
	}
	return nil
}

// blob lints stored bytes, and returns how much was found. A file that was named,
// or whose name promises a pickle, must be recognised or is a skip.
func (j *fileJob) blob(ctx context.Context, show string, r io.ReaderAt, size int64, named bool) (findings int) {
	in := j.input(ctx, show, r, size, &findings)
	in.named = named || blob.PromisesPickle(show)
	j.blobOutside(ctx, in, nil, &findings)
	return findings
}

// input is a file whose Python members are linted as they are met; found, if not nil,
// counts what is found in them.
func (j *fileJob) input(ctx context.Context, show string, r io.ReaderAt, size int64, found *int) *input {
	in := &input{show: show, r: r, size: size, python: new(bool)}
	// The Python in a container is looked at by itself: it is what it was, if that is.
	if j.wings.has(pythonWing) && (show == "-" || !j.set.scope.keeps(absPath(j.set.root, show))) {
		in.member = func(way []string, head []byte, read func(int64) ([]byte, error)) {
			n := j.pythonMember(ctx, in, way, head, read)
			if found != nil {
				*found += n
			}
		}
	}
	return in
}

// blobOutside is blob without those texts of a source that were judged already.
func (j *fileJob) blobOutside(ctx context.Context, in *input, literals []pyscan.Literal, findings *int) *seen {
	seen := j.memory.look(ctx, j.set, in)
	found := outsideOf(seen.Findings, literals)
	j.results.add(nil, found, seen.skips, func(sum *lint.Summary) {
		sum.Files++
		if seen.Recognised {
			sum.Blobs++
		}
	})
	if j.set.verbose {
		j.results.facts(seen.Blobs)
	}
	*findings += len(found)
	return seen
}

// stdin lints standard input.
func (j *fileJob) stdin(ctx context.Context, in io.Reader) {
	job := j.meter.Begin("standard input")
	var length int64
	findings := 0
	err := spooled(ctx, in, func(r io.ReaderAt, size int64) (err error) {
		defer caught(&err)
		length = size
		findings = j.blob(ctx, "-", r, size, true)
		return nil
	})
	if err != nil {
		j.skip("-", fmt.Sprintf("standard input: %v", err))
	}
	job.Done(length, findings)
}

// spooled hands on what is read from standard input. It is spooled to a file,
// because containers are read at random and memory is not the place for a
// checkpoint of unknown size.
func spooled(ctx context.Context, in io.Reader, use func(r io.ReaderAt, size int64) error) (err error) {
	tmp, err := os.CreateTemp("", "pickle-lint-stdin-")
	if err != nil {
		return err
	}
	// Where an open file can be removed, nothing is left behind whatever ends
	// the program; elsewhere it is removed at the end.
	removed := os.Remove(tmp.Name()) == nil
	defer func() {
		err = errors.Join(err, tmp.Close())
		if !removed {
			err = errors.Join(err, os.Remove(tmp.Name()))
		}
	}()
	size, err := copyUnder(ctx, tmp, in)
	if err != nil {
		return err
	}
	if size > maxStdin {
		return fmt.Errorf("more than %d bytes are not read", int64(maxStdin))
	}
	return use(tmp, size)
}

// maxStdin bounds standard input, in bytes: a producer without an end must not
// fill the disk.
const maxStdin = 16 << 30

// copyUnder copies until the context ends, which a read from a silent pipe does
// not notice by itself; such a read is left behind.
func copyUnder(ctx context.Context, w io.Writer, r io.Reader) (int64, error) {
	type outcome struct {
		n   int64
		err error
	}
	done := make(chan outcome, 1)
	go func() {
		// The wrapping hides ReadFrom, whose errors blame the wrong end.
		n, err := io.Copy(struct{ io.Writer }{w}, io.LimitReader(struct{ io.Reader }{r}, maxStdin+1))
		done <- outcome{n, err}
	}()
	select {
	case o := <-done:
		return o.n, o.err
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// absPath is the inverse of relpath.Show.
func absPath(root, show string) string {
	native := filepath.FromSlash(show)
	if filepath.IsAbs(native) {
		return native
	}
	return filepath.Join(root, native)
}
