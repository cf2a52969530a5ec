package ignore

import (
	"fmt"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// git runs git without the files of whoever runs the test.
func git(t *testing.T, dir, stdin string, args ...string) string {
	t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "HOME="+dir, "XDG_CONFIG_HOME="+dir, "GIT_CONFIG_NOSYSTEM=1", "GIT_CEILING_DIRECTORIES="+filepath.Dir(dir))
	cmd.Stdin = strings.NewReader(stdin)
	out, err := cmd.Output()
	if code := cmd.ProcessState.ExitCode(); err != nil && (args[0] != "check-ignore" || code != 1) {
		t.Fatalf("git %q: %v", args, err)
	}
	return string(out)
}

func needGit(t *testing.T) {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is the oracle: ", err)
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// walk lists what is not looked at below a directory, as a walk over it goes.
func walk(t *testing.T, d *Dir, dir string, ignored map[string]bool, under bool) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Name() == ".git" {
			continue
		}
		out := under
		if !out {
			if out, err = d.Ignored(e.Name(), e.IsDir()); err != nil {
				t.Fatal(err)
			}
		}
		if out {
			ignored[d.join(e.Name())] = true
		}
		if e.IsDir() {
			below, err := d.Enter(e.Name(), true)
			if err != nil {
				t.Fatal(err)
			}
			walk(t, below, filepath.Join(dir, e.Name()), ignored, out)
		}
	}
}

// checkAgainstGit compares every path of a work tree.
func checkAgainstGit(t *testing.T, dir string) (ignored int) {
	t.Helper()
	var paths []string
	err := filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
		if err == nil && e.Name() == ".git" {
			if e.IsDir() {
				return filepath.SkipDir
			}
			return nil
		}
		if rel, _ := filepath.Rel(dir, path); rel != "." {
			paths = append(paths, filepath.ToSlash(rel))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	want := make(map[string]bool)
	for path := range strings.SplitSeq(git(t, dir, strings.Join(paths, "\x00")+"\x00", "check-ignore", "--stdin", "-z"), "\x00") {
		if path != "" {
			want[path] = true
		}
	}
	d, problems := Top(dir)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	got := make(map[string]bool)
	walk(t, d, dir, got, false)
	tracked := strings.Split(git(t, dir, "", "ls-files", "-z"), "\x00")
	for _, path := range paths {
		// git asks of a directory whether a pattern excludes it; a walk has to go
		// where something is tracked.
		info, err := os.Lstat(filepath.Join(dir, filepath.FromSlash(path)))
		if err != nil {
			t.Fatal(err)
		}
		if info.IsDir() && slices.ContainsFunc(tracked, func(f string) bool { return strings.HasPrefix(f, path+"/") }) {
			want[path] = false
		}
		if got[path] != want[path] {
			rules, _ := os.ReadFile(filepath.Join(dir, ".gitignore"))
			t.Errorf("%q: ignored is %v, git says %v; top .gitignore: %q", path, got[path], want[path], rules)
		}
	}
	return len(want)
}

func TestAgainstGit(t *testing.T) {
	needGit(t)
	names := []string{"a", "b", "ab", "foo", "foo.py", "bar.py", "x y", "z ", "#c", "!d", "a]b", "[", `q\r`, "é", "Foo", "-", "a-b", "b9"}
	pieces := []string{
		"a", "b", "foo", "foo.py", "*", "**", "/", "/", "?", "*.py", "[ab]", "[!a]", "[^f]oo", "[a-f]*", "[[:alpha:]]", "[[:digit:][:upper:]]*", "[]-]", "[a-]",
		"!", "#", `\#c`, `\!d`, `\*`, "**/", "/**", "fo*", "x y", " ", `\ `, "[", "é", `a\]b`, `[\]a]*`, "[:x:]", "[[:x:]]", "a[", "***", "f**o", "-", "[z-a]", "[!-a]",
	}
	r := rand.New(rand.NewSource(7))
	lines := func() string {
		var b strings.Builder
		for range 1 + r.Intn(5) {
			for range 1 + r.Intn(4) {
				b.WriteString(pieces[r.Intn(len(pieces))])
			}
			b.WriteString([]string{"\n", "\n", "\n", "/\n", "\r\n", " \n", "\t\n"}[r.Intn(7)])
		}
		return b.String()
	}
	rounds, seen := 150, 0
	if testing.Short() {
		rounds = 30
	}
	for round := range rounds {
		dir := t.TempDir()
		git(t, dir, "", "init", "-q")
		for range 25 {
			path := dir
			for range 1 + r.Intn(4) {
				path = filepath.Join(path, names[r.Intn(len(names))])
			}
			if os.MkdirAll(filepath.Dir(path), 0o755) == nil {
				_ = os.WriteFile(path, nil, 0o644) // it may be a directory already
			}
		}
		write(t, filepath.Join(dir, ".gitignore"), lines())
		if below, err := filepath.Glob(filepath.Join(dir, "*", "*")); err == nil && len(below) > 0 {
			write(t, filepath.Join(filepath.Dir(below[r.Intn(len(below))]), ".gitignore"), lines())
		}
		if round%3 == 0 {
			write(t, filepath.Join(dir, ".git", "info", "exclude"), lines())
		}
		if round%2 == 0 {
			if below, err := filepath.Glob(filepath.Join(dir, "*", "*")); err == nil && len(below) > 0 {
				git(t, dir, "", "add", "-f", "--", below[r.Intn(len(below))])
			}
		}
		seen += checkAgainstGit(t, dir)
		if t.Failed() {
			break
		}
	}
	if seen < rounds {
		t.Errorf("git ignored %d paths only: the test tests nothing", seen)
	}
}

func TestIndexVersions(t *testing.T) {
	needGit(t)
	for _, version := range []int{2, 3, 4} {
		for _, hash := range []string{"sha1", "sha256"} {
			t.Run(fmt.Sprint(version, hash), func(t *testing.T) {
				dir := t.TempDir()
				git(t, dir, "", "init", "-q", "--object-format="+hash)
				write(t, filepath.Join(dir, ".gitignore"), "*.log\nbuild/\n")
				write(t, filepath.Join(dir, "build", "deep", "kept.py"), "")
				write(t, filepath.Join(dir, "build", "lost.py"), "")
				write(t, filepath.Join(dir, "a.log"), "")
				write(t, filepath.Join(dir, "b.log"), "")
				for i := range 50 {
					write(t, filepath.Join(dir, "src", strings.Repeat("n", i+1)+".py"), "")
				}
				git(t, dir, "", "add", ".")
				git(t, dir, "", "add", "-f", "build/deep/kept.py", "b.log")
				if version == 3 {
					write(t, filepath.Join(dir, "later.py"), "")
					git(t, dir, "", "add", "-N", "later.py")
				} else {
					git(t, dir, "", "update-index", "--index-version", strconv.Itoa(version))
				}
				if raw, err := os.ReadFile(filepath.Join(dir, ".git", "index")); err != nil || int(raw[7]) != version {
					t.Fatalf("the index is not of version %d: %v", version, err)
				}
				if n := checkAgainstGit(t, dir); n < 2 {
					t.Errorf("%d paths are ignored", n)
				}
				d, _ := Top(dir)
				if ignored, err := d.Ignored("build", true); ignored || err != nil {
					t.Errorf("a directory with a tracked file: %v, %v", ignored, err)
				}
			})
		}
	}
}

func TestOpen(t *testing.T) {
	needGit(t)
	dir := t.TempDir()
	git(t, dir, "", "init", "-q")
	write(t, filepath.Join(dir, ".gitignore"), "*\n!*.py\n!*/\nout/\n")
	write(t, filepath.Join(dir, ".venv", ".gitignore"), "*\n")
	write(t, filepath.Join(dir, "src", "a.py"), "")
	write(t, filepath.Join(dir, "out", "b.py"), "")
	for _, tt := range []struct {
		open string
		name string
		want string // yes, no, or open: nothing counts as ignored
	}{
		{"", "a.txt", "yes"}, {"", "a.py", "no"}, {"", "out", "yes"}, {"src", "a.py", "no"},
		// Whoever names such a directory wants to see it.
		{"out", "b.py", "open"}, {".venv", "a.py", "open"},
	} {
		d, problems := Open(filepath.Join(dir, tt.open))
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		got := "open"
		if d != nil {
			ignored, err := d.Ignored(tt.name, tt.name == "out")
			if err != nil {
				t.Fatal(err)
			}
			got = map[bool]string{true: "yes", false: "no"}[ignored]
		}
		if got != tt.want {
			t.Errorf("%s in %q: %s, want %s", tt.name, tt.open, got, tt.want)
		}
	}
	if d, _ := Open(os.TempDir()); d != nil && d.repo.top == dir {
		t.Error("a directory outside of the work tree is in it")
	}
}

func TestFurtherWorkTree(t *testing.T) {
	needGit(t)
	base := t.TempDir()
	dir, other := filepath.Join(base, "one"), filepath.Join(base, "two")
	write(t, filepath.Join(dir, "a.log"), "")
	git(t, dir, "", "init", "-q")
	git(t, dir, "", "add", "-f", "a.log")
	git(t, dir, "", "-c", "user.name=n", "-c", "user.email=e@example.com", "commit", "-qm", "m")
	write(t, filepath.Join(dir, ".git", "info", "exclude"), "*.log\n")
	git(t, dir, "", "worktree", "add", "-q", other)
	write(t, filepath.Join(other, "b.log"), "")
	if n := checkAgainstGit(t, other); n != 1 {
		t.Errorf("git ignores %d paths of the further work tree, want b.log", n)
	}
}

// Hostile rules and indexes end, and end soon.
func TestHostile(t *testing.T) {
	p, ok := parseLine("/" + strings.Repeat("*a", 1000) + "b")
	if !ok || p.match(strings.Repeat("a", maxPattern), false) {
		t.Error("the pattern matches")
	}
	if _, whole := parse([]byte(strings.Repeat("a\n", maxPatterns+1))); whole {
		t.Error("too many patterns were taken as all")
	}
	if _, ok := parseLine(strings.Repeat("a", maxPattern+1)); ok {
		t.Error("a pattern longer than any path was taken")
	}
	for _, raw := range []string{"", "DIRC", "DIRC\x00\x00\x00\x02\xff\xff\xff\xff" + strings.Repeat("\x00", 100), "DIRC\x00\x00\x00\x04\x00\x00\x00\x01" + strings.Repeat("\xff", 200)} {
		if paths, err := readIndex([]byte(raw)); err == nil {
			t.Errorf("%q is an index of %q", raw, paths)
		}
	}
}

func FuzzIndex(f *testing.F) {
	f.Add([]byte("DIRC\x00\x00\x00\x02\x00\x00\x00\x01" + strings.Repeat("\x00", 62) + "a\x00" + strings.Repeat("\x00", 20)))
	f.Fuzz(func(t *testing.T, raw []byte) {
		paths, err := readIndex(raw)
		if err == nil && !slices.IsSorted(paths) {
			t.Error("paths are not sorted")
		}
	})
}
