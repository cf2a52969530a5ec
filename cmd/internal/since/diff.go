package since

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
)

// gitlink is the mode of a submodule.
const gitlink = "160000"

// change is one file that differs.
type change struct {
	oldMode, oldName string
	from, to         string // absolute paths, which differ if it was renamed
	unmerged         bool
	// submodule: it is one now.
	submodule bool
}

// diff reads git diff --raw. Submodules are other repositories, and of them only the commit
// counts.
func (c *Comparison) diff(ctx context.Context, args ...string) ([]change, error) {
	args = append([]string{"diff", "--raw", "-z", "--no-abbrev", "--no-ext-diff", "--no-textconv", "--no-color", "--ignore-submodules=dirty", "--no-relative"}, args...)
	out, err := c.git.run(ctx, append(args, "--")...)
	if err != nil {
		return nil, err
	}
	var changes []change
	fields := strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00")
	for len(fields) > 1 {
		// :100644 100644 NAME NAME M
		words := strings.Fields(strings.TrimPrefix(fields[0], ":"))
		if len(words) != 5 {
			return nil, fmt.Errorf("git diff: %q is not understood", fields[0])
		}
		status := words[4][0]
		ch := change{oldMode: words[0], oldName: words[2], unmerged: status == 'U', submodule: words[1] == gitlink}
		ch.from = c.abs(fields[1])
		ch.to = ch.from
		fields = fields[2:]
		if status == 'R' || status == 'C' {
			if len(fields) == 0 {
				return nil, errors.New("git diff: a rename without a new name")
			}
			ch.to = c.abs(fields[0])
			fields = fields[1:]
		}
		if status == 'C' {
			ch.from, ch.oldMode = ch.to, "000000"
		}
		changes = append(changes, ch)
	}
	return changes, nil
}

func (c *Comparison) abs(path string) string { return filepath.Join(c.Top, filepath.FromSlash(path)) }

// untracked lists the files that git does not know. A repository in the repository is a
// directory to git, and left alone.
func (c *Comparison) untracked(ctx context.Context, o Options) (paths []string, err error) {
	args := []string{"ls-files", "-z", "--others"}
	if !o.Ignored {
		args = append(args, "--exclude-standard")
	}
	out, err := c.git.run(ctx, args...)
	for _, name := range bytes.Split(out, []byte{0}) {
		if len(name) > 0 && name[len(name)-1] != '/' {
			paths = append(paths, c.abs(string(name)))
		}
	}
	return paths, err
}
