package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// target is one argument: a tree, a file, or standard input.
type target struct {
	arg   string
	path  string // absolute, symbolic links resolved; "" for standard input
	isDir bool
}

func (t target) stdin() bool { return t.path == "" }

// parseTargets turns arguments into targets. What cannot be one is returned
// beside the rest, so that one misspelled path does not lose the others.
func parseTargets(args []string, wings wingSet) ([]target, []error) {
	if len(args) == 0 {
		args = []string{"./..."}
	}
	var targets []target
	var errs []error
	for _, arg := range args {
		t, err := parseTarget(arg, wings)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		targets = append(targets, t)
	}
	return targets, errs
}

func parseTarget(arg string, wings wingSet) (target, error) {
	t := target{arg: arg}
	if arg == "-" {
		if wings != blobWing {
			return t, errors.New("-: standard input is read by \"pickle-lint blob -\" only")
		}
		return t, nil
	}
	if scheme, _, ok := strings.Cut(arg, "://"); ok {
		return t, fmt.Errorf("%s: stores named by %s:// are not supported by this version", arg, scheme)
	}
	path, tree := cutDots(arg)
	resolved, err := filepath.EvalSymlinks(path)
	if err != nil {
		return t, pathError(arg, err)
	}
	info, err := os.Stat(resolved)
	if err != nil {
		return t, pathError(arg, err)
	}
	t.isDir = info.IsDir()
	if tree && !t.isDir {
		return t, fmt.Errorf("%s: not a directory", arg)
	}
	if t.path, err = filepath.Abs(resolved); err != nil {
		return t, pathError(arg, err)
	}
	return t, nil
}

// pathError says in the reader's words what is wrong with an argument.
func pathError(arg string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s: no such file or directory", arg)
	}
	var pe *fs.PathError
	if errors.As(err, &pe) {
		err = pe.Err
	}
	return fmt.Errorf("%s: %w", arg, err)
}

// cutDots recognises the go command's "dir/..." form. A directory without the
// dots means the same: it is linted whole.
func cutDots(arg string) (path string, tree bool) {
	slash := filepath.ToSlash(arg)
	if slash == "..." {
		return ".", true
	}
	if dir, ok := strings.CutSuffix(slash, "/..."); ok {
		return filepath.FromSlash(dir + "/"), true
	}
	return arg, false
}
