package overlaid

import (
	"os"
	"path/filepath"
	"testing"
)

func TestOverlay(t *testing.T) {
	name := filepath.Join(t.TempDir(), "overlay.json")
	if err := os.WriteFile(name, []byte(`{"Replace":{"/m/p/a.go":"/tmp/x/a.go","/m/p/b.go":""}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := Read(name)
	if err != nil {
		t.Fatal(err)
	}
	if got := f.Logical("/tmp/x/a.go"); got != "/m/p/a.go" {
		t.Errorf("the logical path is %q", got)
	}
	if got := f.Logical("/m/p/c.go"); got != "/m/p/c.go" {
		t.Errorf("a file that is not replaced became %q", got)
	}
	if got, ok := f.Actual("/m/p/a.go"); got != "/tmp/x/a.go" || !ok {
		t.Errorf("the actual path is %q, %v", got, ok)
	}
	if _, ok := f.Actual("/m/p/b.go"); ok {
		t.Error("a file that is away is there")
	}
	text := `{"path":"/tmp/x/a.go","message":"/tmp/x/a.go.orig stays, and \"/tmp/x/a.go\" in words"}`
	if got, want := f.Text(text), `{"path":"/m/p/a.go","message":"/tmp/x/a.go.orig stays, and \"/tmp/x/a.go\" in words"}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	var none *Files
	if got := none.Text(text); got != text || none.Logical("/a") != "/a" {
		t.Error("no overlay changes something")
	}
	if err := os.WriteFile(name, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Read(name); err == nil {
		t.Error("half an overlay was read")
	}
}
