package since

import (
	"context"
	"net/url"
	"path"
	"regexp"
	"strings"
)

// Head is what is checked out.
type Head struct {
	// Commit is the full hash, or "" before the first commit. Dirty reports tracked files
	// that differ from it.
	Commit string
	Dirty  bool
	// Remote is the host and path of the remote "origin", without credentials and without
	// the ending .git, or "".
	Remote string
}

// HeadOf asks git what is checked out around a directory.
func HeadOf(ctx context.Context, dir string) (*Head, error) {
	g := git{dir: dir}
	if _, err := g.line(ctx, "rev-parse", "--git-dir"); err != nil {
		return nil, err
	}
	h := new(Head)
	if commit, err := g.line(ctx, "rev-parse", "--verify", "--quiet", "HEAD^{commit}"); err == nil {
		h.Commit = commit
		changed, err := g.run(ctx, "status", "--porcelain=v1", "--untracked-files=no", "--ignore-submodules=all")
		if err != nil {
			return nil, err
		}
		h.Dirty = len(changed) > 0
	}
	if remote, err := g.line(ctx, "config", "--get", "remote.origin.url"); err == nil {
		h.Remote = remoteName(remote)
	}
	return h, nil
}

// scpLike is the short form of a remote behind ssh: user@host:path (git-clone(1)).
var scpLike = regexp.MustCompile(`^(?:[^/@:]+@)?([^/:]{2,}):([^/].*|/[^/].*)$`)

// remoteName is what the spellings of one remote have in common.
func remoteName(remote string) string {
	host, file := "", strings.ReplaceAll(remote, `\`, "/")
	if m := scpLike.FindStringSubmatch(remote); m != nil && !strings.Contains(remote, "://") {
		host, file = m[1], m[2]
	} else if u, err := url.Parse(remote); err == nil && len(u.Scheme) > 1 {
		host, file = u.Hostname(), u.Path
	}
	file = strings.TrimSuffix(strings.TrimSuffix(file, "/"), ".git")
	if host == "" {
		return path.Base(file) // a directory of this machine
	}
	return host + "/" + strings.Trim(file, "/")
}
