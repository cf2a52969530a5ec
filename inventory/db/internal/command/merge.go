package command

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/pickle-lint/pickle-lint/inventory"
	"github.com/pickle-lint/pickle-lint/inventory/db"
	"github.com/pickle-lint/pickle-lint/lint"
)

func (r *running) push(ctx context.Context, args []string) error {
	if len(args) == 0 {
		args = []string{"-"}
	}
	return r.merge(ctx, args)
}

// merge puts inventories into the database, each by itself. Of many, one that is wrong does
// not keep the others out.
func (r *running) merge(ctx context.Context, args []string) (err error) {
	files, err := r.files(args)
	if err != nil {
		return err
	}
	// One that is wrong should not even make a database.
	var first *inventory.Inventory
	if len(files) == 1 {
		if first, err = r.read(files[0]); err != nil {
			return err
		}
	}
	d, err := r.open(ctx, db.ToWrite)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	d.Wait = r.options.Wait
	if err := d.Migrate(ctx); err != nil {
		return err
	}
	failed := 0
	for _, file := range files {
		err := r.mergeFile(ctx, d, file, first)
		if _, trouble := errors.AsType[*db.Error](err); trouble || ctx.Err() != nil {
			// The next one would wait for the same database.
			return fmt.Errorf("%s: %w", file, err)
		}
		if err != nil && len(files) == 1 {
			return err
		}
		if err != nil {
			failed++
			complain(r.streams.Err, "%v", err)
		}
	}
	if len(files) >= manyFiles {
		if err := d.Analyze(ctx); err != nil {
			return err
		}
	}
	if failed > 0 {
		return fmt.Errorf("%d of %d inventories were not taken; the others are in %s", failed, len(files), d)
	}
	return nil
}

// manyFiles may be most of what a database holds.
const manyFiles = 50

func (r *running) mergeFile(ctx context.Context, d *db.DB, file string, read *inventory.Inventory) error {
	inv := read
	if inv == nil {
		var err error
		if inv, err = r.read(file); err != nil {
			return err
		}
	}
	out, err := d.Merge(ctx, inv, r.options.Replace)
	if err != nil {
		if _, trouble := errors.AsType[*db.Error](err); trouble {
			return err
		}
		return fmt.Errorf("%s: %w", file, err)
	}
	note := ""
	if out.Older {
		note = " (kept as history: a newer record is the current one)"
	}
	_, err = fmt.Fprintf(r.streams.Out, "%s at %s: %s%s\n", lint.Printable(out.Repository), lint.Printable(out.Revision), out.Done, note)
	return err
}

func (r *running) read(file string) (_ *inventory.Inventory, err error) {
	in, name := r.streams.In, "standard input"
	if file != "-" {
		f, err := os.Open(file)
		if err != nil {
			return nil, err
		}
		defer func() { err = errors.Join(err, f.Close()) }()
		in, name = f, file
	}
	inv, err := db.Read(in)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return inv, nil
}

// files are the arguments, and of directories all *.json in them. Links in these are not
// followed.
func (r *running) files(args []string) ([]string, error) {
	var out []string
	for _, arg := range args {
		info, err := os.Stat(arg)
		if arg == "-" || err == nil && !info.IsDir() {
			out = append(out, arg)
			continue
		}
		if err != nil {
			return nil, err
		}
		before := len(out)
		err = filepath.WalkDir(arg, func(path string, entry fs.DirEntry, err error) error {
			if err == nil && entry.Type().IsRegular() && strings.HasSuffix(path, ".json") {
				out = append(out, path)
			}
			return err
		})
		if err != nil {
			return nil, err
		}
		if len(out) == before {
			return nil, fmt.Errorf("%s: there is no *.json in it", arg)
		}
	}
	return out, nil
}
