package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/cmd/internal/relpath"
	"github.com/pickle-lint/pickle-lint/internal/worktree"
	"github.com/pickle-lint/pickle-lint/lint"
)

// refuseLink is an error if the way to name leads over a symbolic link in what is linted, and
// ends outside of it: a repository may hold a link of the name that a report, or the
// directory of reports, has in CI, and what is written would go to a place of the user's.
// Links elsewhere are the user's own, and one within the repository leads nowhere that the
// repository could not have put a file.
func refuseLink(name string, targets []target) error {
	root, err := workingDir()
	if err != nil {
		return err
	}
	ours := []string{root}
	for _, t := range targets {
		if t.isDir && !t.stdin() {
			ours = append(ours, t.path)
		}
	}
	for i, dir := range ours {
		if dir, err = filepath.EvalSymlinks(dir); err != nil {
			continue // the run says what is wrong with it
		}
		if ours[i] = dir; worktree.Top(dir) != "" {
			ours[i] = worktree.Top(dir)
		}
	}
	inside := func(path string) bool {
		return slices.ContainsFunc(ours, func(dir string) bool { _, below := relpath.Below(dir, path); return below })
	}
	if link := throughLink(root, name, inside); link != "" {
		return fmt.Errorf("%s leads out of the directory over the symbolic link %s", lint.Printable(name), lint.Printable(relpath.Show(root, link)))
	}
	return nil
}

// mostLinks is how many links Linux follows.
const mostLinks = 40

// throughLink walks to name as the system does, one element after the other, and returns the
// last link that it meets inside, if the way ends elsewhere, or "".
func throughLink(at, name string, inside func(string) bool) (link string) {
	elements := func(path string) []string {
		if filepath.IsAbs(path) {
			at = filepath.VolumeName(path) + string(filepath.Separator)
			path = path[len(filepath.VolumeName(path)):]
		}
		return strings.FieldsFunc(path, func(r rune) bool { return r < 0x80 && os.IsPathSeparator(byte(r)) })
	}
	todo := elements(name)
	for followed := 0; len(todo) > 0; {
		next := todo[0]
		todo = todo[1:]
		if next == ".." {
			at = filepath.Dir(at)
			continue
		}
		path := filepath.Join(at, next)
		to, err := os.Readlink(path)
		if err != nil { // it is no link, or nothing is there
			at = path
			continue
		}
		if followed++; followed > mostLinks {
			return "" // nobody gets there
		}
		if inside(path) {
			link = path
		}
		todo = slices.Concat(elements(to), todo)
	}
	if inside(at) {
		return ""
	}
	return link
}
