package relpath

import "testing"

func TestBelow(t *testing.T) {
	for _, tt := range []struct {
		dir, path, rel string
		ok             bool
	}{
		{"/a", "/a", ".", true},
		{"/a", "/a/b/c", "b/c", true},
		{"/a", "/a/..b", "..b", true},
		{"/a", "/ab", "", false},
		{"/a/b", "/a", "", false},
		{"/", "/x", "x", true},
		{"/a", "b", "", false},
	} {
		if rel, ok := Below(tt.dir, tt.path); rel != tt.rel || ok != tt.ok {
			t.Errorf("Below(%q, %q) = %q, %v", tt.dir, tt.path, rel, ok)
		}
	}
	if got := Show("/a", "/b/c"); got != "/b/c" {
		t.Errorf("Show outside = %q", got)
	}
}
