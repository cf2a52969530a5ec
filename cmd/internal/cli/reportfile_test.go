package cli

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

func contents(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// A report is there whole, or what was there before is.
func TestReportFile(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "out.sarif")
	if err := os.WriteFile(name, []byte("old"), 0o640); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(dir, "link")
	if err := os.Symlink("out.sarif", link); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		failed error
		want   string
	}{{errors.New("disk full"), "old"}, {nil, "new"}} {
		f, err := createReport(link)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(f, "new"); err != nil {
			t.Fatal(err)
		}
		if got := contents(t, name); got != "old" {
			t.Errorf("%q while it is written", got)
		}
		if err := f.finish(tt.failed); err != nil {
			t.Fatal(err)
		}
		if got := contents(t, name); got != tt.want {
			t.Errorf("%q after %v", got, tt.failed)
		}
	}
	info, err := os.Lstat(link)
	if err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link was replaced: %v", err)
	}
	if info, err := os.Stat(name); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o640 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 2 {
		t.Errorf("left behind: %v, %v", entries, err)
	}
}

// What is no regular file is written to, and not replaced.
func TestReportFileInPlace(t *testing.T) {
	dir := t.TempDir()
	dangling := filepath.Join(dir, "dangling")
	if err := os.Symlink("made", dangling); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{os.DevNull, dangling} {
		f, err := createReport(name)
		if err != nil {
			t.Fatal(err)
		}
		if f.path != "" {
			t.Errorf("%s would be replaced by %s", name, f.Name())
		}
		_, err = io.WriteString(f, "x")
		if err := errors.Join(err, f.finish(errors.New("failed"))); err != nil {
			t.Error(err)
		}
	}
	if contents(t, filepath.Join(dir, "made")) != "x" {
		t.Error("nothing came through the link")
	}
}

func TestReportFileRefused(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{dir, filepath.Join(dir, "no", "such.html")} {
		if f, err := createReport(name); err == nil {
			t.Errorf("%s can be written", f.path)
		}
	}
	if os.Geteuid() == 0 {
		t.Skip("root may write everywhere")
	}
	closed := filepath.Join(dir, "closed")
	if err := os.WriteFile(closed, nil, 0o400); err != nil {
		t.Fatal(err)
	}
	if _, err := createReport(closed); err == nil {
		t.Error("a file that is closed to us would be replaced")
	}
}

// Standard output that has lost its reader takes no more, and fails nobody.
func TestDeaf(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	d := &deaf{w: w}
	for range 2 {
		if n, err := io.WriteString(d, "abc"); n != 3 || err != nil || !d.gone {
			t.Errorf("%d, %v, gone: %v", n, err, d.gone)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}

// A repository may hold a link of the name that a report has, or its directory.
func TestReportThroughLink(t *testing.T) {
	root, elsewhere := t.TempDir(), t.TempDir()
	t.Chdir(root)
	for _, dir := range []string{"sub/in", "tree/reports"} {
		if err := os.MkdirAll(filepath.FromSlash(dir), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	other := t.TempDir() // linted, too
	for name, to := range map[string]string{
		"out": filepath.Join(elsewhere, "victim"), "twice": "out", "sub/up": filepath.Join("..", "..", "x"), "sub/within": filepath.Join("..", "within"),
		"reports": elsewhere, "far": "reports", "near": "tree", "sub/around": filepath.Join("..", "..", filepath.Base(root), "tree"), "loop": "loop",
		filepath.Join(other, "reports"): elsewhere, filepath.Join(elsewhere, "mine"): other, filepath.Join(elsewhere, "own"): elsewhere,
	} {
		if err := os.Symlink(to, filepath.FromSlash(name)); err != nil {
			t.Skip(err)
		}
	}
	targets := []target{{path: root, isDir: true}, {path: other, isDir: true}, {arg: "-"}}
	for name, refused := range map[string]bool{
		"out": true, "twice": true, "sub/up": true, "sub/within": false, "none": false, os.DevNull: false,
		"reports/x.sarif": true, "./sub/../reports/x.sarif": true, "far/x.sarif": true, "reports/new/../x.sarif": true,
		"near/x.sarif": false, "near/reports/x.sarif": false, "sub/around/x.sarif": false,
		root + "/reports/x.sarif": true, other + "/reports/x.sarif": true, elsewhere + "/mine/reports/x.sarif": true,
		// What is named as it is, or over a link of the user's own, is meant.
		elsewhere + "/x.sarif": false, elsewhere + "/own/y.sarif": false, elsewhere + "/mine/z.sarif": false,
	} {
		if err := refuseLink(filepath.FromSlash(name), targets); (err != nil) != refused {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, name := range []string{"out", "reports/x.sarif"} {
		if _, err := createBeside(filepath.FromSlash(name), targets); err == nil {
			t.Errorf("%s was made", name)
		}
	}
	if _, err := createBeside("loop", targets); err == nil {
		t.Error("a link that leads to itself was written")
	}
	for _, name := range []string{"victim", "x.sarif"} {
		if _, err := os.Lstat(filepath.Join(elsewhere, name)); err == nil {
			t.Errorf("%s was written elsewhere", name)
		}
	}
}

// Of a repository all links count, in whichever directory of it the run starts.
func TestReportThroughLinkAbove(t *testing.T) {
	root := t.TempDir()
	if err := os.MkdirAll(filepath.Join(root, ".git"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(root, "sub"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(t.TempDir(), filepath.Join(root, "reports")); err != nil {
		t.Skip(err)
	}
	t.Chdir(filepath.Join(root, "sub"))
	if err := refuseLink(filepath.Join("..", "reports", "x.sarif"), nil); err == nil {
		t.Error("written over a link of the repository")
	}
}
