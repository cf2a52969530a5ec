package lock

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// repository is a git repository for one test.
type repository struct {
	*testing.T
	dir string
}

func newRepository(t *testing.T) *repository {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed")
	}
	r := &repository{t, t.TempDir()}
	r.git("init", "-q", "-b", "main")
	return r
}

func (r *repository) try(args ...string) (string, error) {
	cmd := exec.Command("git", args...)
	cmd.Dir = r.dir
	cmd.Env = append(os.Environ(), "GIT_CONFIG_NOSYSTEM=1", "HOME="+r.dir, "GIT_AUTHOR_NAME=n", "GIT_AUTHOR_EMAIL=n@example.com", "GIT_COMMITTER_NAME=n", "GIT_COMMITTER_EMAIL=n@example.com")
	out, err := cmd.CombinedOutput()
	return string(out), err
}

func (r *repository) git(args ...string) string {
	r.Helper()
	out, err := r.try(args...)
	if err != nil {
		r.Fatalf("git %s: %v\n%s", args, err, out)
	}
	return out
}

func (r *repository) write(f *File) {
	r.Helper()
	if err := os.WriteFile(filepath.Join(r.dir, Name), f.Bytes(), 0o600); err != nil {
		r.Fatal(err)
	}
	r.git("add", Name)
	r.git("commit", "-q", "-m", "x")
}

func (r *repository) read() []byte {
	r.Helper()
	text, err := os.ReadFile(filepath.Join(r.dir, Name))
	if err != nil {
		r.Fatal(err)
	}
	return text
}

// Two branches that each change a lock merge cleanly where they speak of different places,
// and otherwise conflict where they do, and nowhere else.
func TestMerge(t *testing.T) {
	base := func() *File {
		return &File{Blobs: []*Blob{blob("b.pkl", "a.a"), blob("d.pkl", "a.a"), blob("f.pkl", "a.a"), blob("h.pkl", "a.a")}}
	}
	insert := func(f *File, b *Blob) *File {
		f.Update([]*Blob{b}, "2027-01-01", func(*Blob) bool { return false }, func(*Blob) bool { return false })
		return f
	}
	remove := func(f *File, path string) *File {
		f.Update(nil, "", func(b *Blob) bool { return b.Path == path }, nil)
		return f
	}
	for _, tt := range []struct {
		name         string
		ours, theirs *File
		want         string // the paths of the lock that comes out, or "" for a conflict
	}{
		{"a blob each", insert(base(), blob("a.pkl", "x.x")), insert(base(), blob("e.pkl", "y.y")), "a.pkl b.pkl d.pkl e.pkl f.pkl h.pkl"},
		{"at both ends", insert(base(), blob("a.pkl")), insert(base(), blob("z.pkl")), "a.pkl b.pkl d.pkl f.pkl h.pkl z.pkl"},
		{"a global of neighbours each", insert(base(), blob("b.pkl", "a.a", "z.z")), insert(base(), blob("d.pkl", "A.a", "a.a")), "b.pkl d.pkl f.pkl h.pkl"},
		{"one goes and one comes", remove(base(), "d.pkl"), insert(base(), blob("z.pkl")), "b.pkl f.pkl h.pkl z.pkl"},
		{"in the same place", insert(base(), blob("e1.pkl", "x.x")), insert(base(), blob("e2.pkl", "y.y")), ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := newRepository(t)
			r.write(base())
			r.git("checkout", "-q", "-b", "theirs")
			r.write(tt.theirs)
			r.git("checkout", "-q", "main")
			r.write(tt.ours)
			_, err := r.try("merge", "-q", "theirs")
			f, perr := Parse(r.read())
			if tt.want == "" {
				r.conflict(err, perr)
				return
			}
			if err != nil || perr != nil {
				t.Fatalf("%v, %v in\n%s", err, perr, r.read())
			}
			var paths []string
			for _, b := range f.Blobs {
				paths = append(paths, b.Path)
			}
			if got := strings.Join(paths, " "); got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
		})
	}
}

// conflict checks that a merge stopped in one place, that the lock says so, and that each
// side is still a lock: from there on, "pickle-lint lock" writes what is in the tree.
func (r *repository) conflict(merge, parse error) {
	text := string(r.read())
	if merge == nil || parse == nil || !strings.Contains(parse.Error(), "the mark of a merge") {
		r.Fatalf("%v, %v", merge, parse)
	}
	if strings.Index(text, "blob d.pkl") > strings.Index(text, "<<<<<<<") || strings.Index(text, "blob f.pkl") < strings.LastIndex(text, ">>>>>>>") {
		r.Errorf("a conflict elsewhere in\n%s", text)
	}
	for _, side := range []string{"--ours", "--theirs"} {
		r.git("checkout", "-q", side, Name)
		if f, err := Parse(r.read()); err != nil || len(f.Blobs) != 5 {
			r.Errorf("%s: %v", side, err)
		}
	}
}

// In a review, a new global is one line, below the path of its blob.
func TestReviewReads(t *testing.T) {
	r := newRepository(t)
	var many []string
	for i := range 30 {
		many = append(many, fmt.Sprintf("m.x%02d", i))
	}
	r.write(&File{Blobs: []*Blob{blob("a.pkl"), blob("models/net.pt", many...), blob("z.pkl")}})
	r.write(&File{Blobs: []*Blob{blob("a.pkl"), blob("models/net.pt", append(many, "builtins.eval", "n.n")...), blob("z.pkl")}})
	out := r.git("diff", "HEAD~", "--", Name)
	for _, want := range []string{"\n+    global builtins.eval\n", "\n+    global n.n\n", "@@ blob models/net.pt\n"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not in\n%s", want, out)
		}
	}
	if n := strings.Count(out, "\n+") - 1 + strings.Count(out, "\n-") - 1; n != 2 {
		t.Errorf("%d lines change in\n%s", n, out)
	}
}

// git applies a diff and has the other text.
func TestDiff(t *testing.T) {
	r := newRepository(t)
	random := rand.New(rand.NewPCG(5, 6))
	empty := new(File).Bytes()
	differing := 0
	for range 40 {
		before, after := randomLock(random), randomLock(random)
		for _, b := range after.Blobs {
			// Some lines in common, as between two days.
			if old := before.Find(b.Path); old != nil && random.IntN(2) == 0 {
				b.Pickles = append(old.Pickles[:len(old.Pickles)/2], b.Pickles...)
				b.Normalize()
			}
		}
		old, text := before.Bytes(), after.Bytes()
		diff := Diff(old, text)
		if bytes.Equal(old, text) {
			if diff != nil {
				t.Fatalf("a diff of nothing: %s", diff)
			}
			continue
		}
		differing++
		if err := os.WriteFile(filepath.Join(r.dir, Name), old, 0o600); err != nil {
			t.Fatal(err)
		}
		patch := filepath.Join(r.dir, "patch")
		if err := os.WriteFile(patch, diff, 0o600); err != nil {
			t.Fatal(err)
		}
		r.git("apply", "--whitespace=nowarn", patch)
		if !bytes.Equal(r.read(), text) {
			t.Fatalf("git makes another text of\n%s", diff)
		}
	}
	if differing < 20 {
		t.Errorf("%d differ", differing)
	}
	if diff := string(Diff(nil, empty)); !strings.HasPrefix(diff, "--- /dev/null\n+++ b/pickle.lock\n@@ -0,0 +1,5 @@\n+# pickle.lock 1\n") {
		t.Error(diff)
	}
}
