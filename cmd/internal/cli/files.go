package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"syscall"

	"github.com/pickle-lint/pickle-lint/blob"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/pickle"
	"github.com/pickle-lint/pickle-lint/pyscan"
)

// headSize is how much of a file is read to see what it is.
const headSize = 4096

// fileJob lints files with pyscan and blob.
type fileJob struct {
	set     *settings
	wings   wingSet
	results *results
}

// all lints files with the configured number of workers.
func (j *fileJob) all(ctx context.Context, files []file) {
	next := make(chan file)
	var wait sync.WaitGroup
	for range min(j.set.jobs, len(files)) {
		wait.Go(func() {
			for f := range next {
				j.one(ctx, f)
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

// one lints a single file. Whatever goes wrong with it becomes a skip.
func (j *fileJob) one(ctx context.Context, f file) {
	if err := j.open(ctx, f); err != nil {
		j.skip(f.show, reasonOf(err))
	}
}

func (j *fileJob) skip(show, reason string) {
	j.results.add(nil, nil, []*lint.Skip{{Location: lint.Location{Path: show}, Reason: reason}}, nil)
}

func (j *fileJob) open(ctx context.Context, f file) (err error) {
	r, size, err := openRegular(f.path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	head := make([]byte, min(headSize, size))
	n, err := r.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	python := j.wings == allWings && pyscan.IsPython(f.show, head[:n])
	if python {
		if err := j.python(ctx, f, r, size); err != nil {
			return err
		}
	}
	named := f.named && !python && !isGo(f.path)
	j.blob(ctx, f.show, r, size, named)
	return nil
}

// openRegular opens a file to read and returns its size.
func openRegular(path string) (*os.File, int64, error) {
	// O_NONBLOCK: a file may have become a named pipe since it was listed,
	// and opening one would wait for a writer.
	r, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, 0, err
	}
	info, err := r.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = fmt.Errorf("not a regular file: %s", kindOf(info.Mode()))
	}
	if err != nil {
		return nil, 0, errors.Join(err, r.Close())
	}
	return r, info.Size(), nil
}

func (j *fileJob) python(ctx context.Context, f file, r *os.File, size int64) error {
	if size > pyscan.MaxFile {
		return fmt.Errorf("a Python source of %d bytes: more than %d are not read", size, pyscan.MaxFile)
	}
	var src bytes.Buffer
	src.Grow(int(size))
	// The file may have grown since: one byte more than the limit tells.
	if _, err := src.ReadFrom(io.NewSectionReader(r, 0, pyscan.MaxFile+1)); err != nil {
		return err
	}
	if src.Len() > pyscan.MaxFile {
		return fmt.Errorf("a Python source of more than %d bytes is not read", pyscan.MaxFile)
	}
	s := &pyscan.Scanner{Catalog: j.set.catalog, Policy: j.set.trust}
	res := s.Scan(ctx, f.show, src.Bytes())
	j.results.add(res.Sites, res.Findings, res.Skips, func(sum *lint.Summary) { sum.Python++ })
	return nil
}

// blob lints stored bytes. A file that was named, or whose name promises a
// pickle, must be recognised or is a skip.
func (j *fileJob) blob(ctx context.Context, show string, r io.ReaderAt, size int64, named bool) {
	named = named || blob.PromisesPickle(show)
	rep := blob.Scan(ctx, show, r, size, blob.Options{
		Limits: blob.DefaultLimits(), Named: named, Reading: pickle.Options{States: j.set.catalog.States(), Apart: j.set.catalog.Data()},
	})
	findings, skips := blob.Judge(rep, j.set.catalog, j.set.policy)
	j.results.add(nil, findings, skips, func(sum *lint.Summary) {
		sum.Files++
		if rep.Recognised() {
			sum.Blobs++
		}
	})
}

// stdin lints standard input.
func (j *fileJob) stdin(ctx context.Context, in io.Reader) {
	err := spooled(ctx, in, func(r io.ReaderAt, size int64) error {
		j.blob(ctx, "-", r, size, true)
		return nil
	})
	if err != nil {
		j.skip("-", fmt.Sprintf("standard input: %v", err))
	}
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
