package since

import "testing"

func TestRemoteName(t *testing.T) {
	for remote, want := range map[string]string{
		"git@github.com:org/repo.git":                  "github.com/org/repo",
		"https://user:secret@example.com/org/repo/":    "example.com/org/repo",
		"https://example.com:8443/org/repo.git":        "example.com/org/repo",
		"ssh://git@example.com:22/org/repo.git":        "example.com/org/repo",
		"/srv/git/repo.git":                            "repo",
		"../repo":                                      "repo",
		"file:///srv/git/repo.git":                     "repo",
		`C:\git\repo`:                                  "repo",
		"host.example.com:repo.git":                    "host.example.com/repo",
		"https://token@example.com/a/b/c.git?x=y#frag": "example.com/a/b/c",
	} {
		if got := remoteName(remote); got != want {
			t.Errorf("%s: %s, want %s", remote, got, want)
		}
	}
}
