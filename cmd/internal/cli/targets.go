package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/pickle-lint/pickle-lint/lint"
)

// target is one argument: a tree, a file, or standard input.
type target struct {
	arg   string
	path  string // absolute, symbolic links resolved; "" for standard input
	isDir bool
	// all: what git ignores is looked at, too.
	all bool
	// linked: the argument leads to path through a symbolic link.
	linked bool
	// unreadable says why a path that may well exist cannot be looked at.
	unreadable error
}

func (t target) stdin() bool { return t.arg == "-" }

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
		if err == nil && t.stdin() && slices.ContainsFunc(targets, target.stdin) {
			err = errStdinOnce
		}
		if err != nil {
			errs = append(errs, err)
			continue
		}
		targets = append(targets, t)
	}
	return targets, errs
}

var errStdinOnce = errors.New("-: standard input can be read once")

func parseTarget(arg string, wings wingSet) (target, error) {
	t := target{arg: arg}
	if arg == "" {
		return t, errors.New("an empty argument names nothing")
	}
	if arg == "-" {
		if wings != blobWing {
			return t, errors.New("-: standard input is read by \"pickle-lint blob -\" only")
		}
		return t, nil
	}
	if scheme, _, ok := strings.Cut(arg, "://"); ok {
		return t, fmt.Errorf("%s: stores named by %s:// are not supported by this version", lint.Printable(arg), lint.Printable(scheme))
	}
	path, tree := cutDots(arg)
	resolved, info, err := resolve(path)
	switch {
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.ELOOP):
		t.unreadable, resolved = err, path
	case err != nil:
		return t, pathError(arg, err)
	case tree && !info.IsDir():
		return t, fmt.Errorf("%s: not a directory", lint.Printable(arg))
	default:
		t.isDir = info.IsDir()
	}
	if t.path, err = filepath.Abs(resolved); err != nil {
		return t, pathError(arg, err)
	}
	if written, err := filepath.Abs(path); err == nil {
		t.linked = written != t.path
	}
	return t, nil
}

// pathError says in the reader's words what is wrong with an argument.
func pathError(arg string, err error) error {
	arg = lint.Printable(arg)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s: %w", arg, errNoFile)
	}
	return fmt.Errorf("%s: %s", arg, reasonOf(err))
}

// errNoFile is what is wrong with an argument that may be a mistyped command.
var errNoFile = errors.New("no such file or directory")

// resolve follows symbolic links.
func resolve(path string) (resolved string, info fs.FileInfo, err error) {
	// Stat first: its errors are the system's, with names people know.
	if info, err = os.Stat(path); err != nil {
		return "", info, err
	}
	if resolved, err = filepath.EvalSymlinks(path); err != nil {
		// A link of /proc, such as /dev/fd/63, leads to what has no name.
		resolved, err = path, nil
	}
	return resolved, info, err
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
