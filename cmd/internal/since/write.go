package since

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// write gets the wanted objects from git, by one process. What is written is what the
// store has: a filter of .gitattributes might run anything, and the network too.
func (c *Comparison) write(ctx context.Context) (err error) {
	if len(c.wanted) == 0 {
		return nil
	}
	if c.dir, err = os.MkdirTemp("", temporary); err != nil {
		return fmt.Errorf("making a temporary directory: %w", err)
	}
	// The go command names files by their real paths.
	if c.dir, err = filepath.EvalSymlinks(c.dir); err != nil {
		return fmt.Errorf("making a temporary directory: %w", err)
	}
	var names strings.Builder
	for _, o := range c.wanted {
		names.WriteString(o.name + "\n")
	}
	cmd := c.git.command(ctx, "cat-file", "--batch")
	var errs bytes.Buffer
	cmd.Stdin, cmd.Stderr = strings.NewReader(names.String()), &errs
	out, err := cmd.StdoutPipe()
	if err != nil {
		return fmt.Errorf("git cat-file: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return explain(ctx, err, "cat-file", &errs)
	}
	err = c.read(bufio.NewReaderSize(out, 64<<10))
	if err != nil {
		_ = cmd.Process.Kill() // it would wait for somebody to read on
	}
	if werr := explain(ctx, cmd.Wait(), "cat-file", &errs); err == nil || ctx.Err() != nil {
		err = werr
	}
	return err
}

// read writes down the objects in the answer of git cat-file --batch.
func (c *Comparison) read(r *bufio.Reader) error {
	for _, o := range c.wanted {
		head, err := r.ReadString('\n')
		if err != nil {
			return fmt.Errorf("git cat-file: the answer ends too early: %w", err)
		}
		words := strings.Fields(head)
		if len(words) != 3 || words[1] != "blob" {
			_, name, _ := strings.Cut(filepath.ToSlash(o.file), "/")
			return fmt.Errorf("git has not the contents of %s (%s): a partial clone is completed by \"git fetch --refetch\"", name, strings.TrimSpace(head))
		}
		size, err := strconv.ParseInt(words[2], 10, 64)
		if err != nil {
			return fmt.Errorf("git cat-file: %q is not understood", head)
		}
		if err := place(filepath.Join(c.dir, o.file), r, size); err != nil {
			return err
		}
		if end, err := r.ReadByte(); err != nil || end != '\n' {
			return errors.New("git cat-file: an object is longer than it says")
		}
	}
	return nil
}

// place writes one file.
func place(path string, r io.Reader, size int64) (err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("writing an older file: %w", err)
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("writing an older file: %w", err)
	}
	_, err = io.CopyN(f, r, size)
	if err = errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("writing an older file: %w", err)
	}
	return nil
}
