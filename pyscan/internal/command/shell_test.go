package command

import (
	"cmp"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// codes lists the Python of a script, in its order.
func codes(t *testing.T, form Form, src string) (out []string) {
	t.Helper()
	found, whole := Find(form, []byte(src))
	if !whole {
		t.Errorf("%q: not all was looked at", src)
	}
	slices.SortFunc(found, func(a, b Piece) int { return cmp.Compare(a.Code.At(0), b.Code.At(0)) })
	for _, p := range found {
		last := -1
		for i := range p.Code.Bytes {
			at := p.Code.At(i)
			if at < last || at >= len(src) {
				t.Fatalf("%q: byte %d of %q comes from %d", src, i, p.Code.Bytes, at)
			}
			last = at
		}
		out = append(out, string(p.Code.Bytes))
	}
	return out
}

// A shell says what its python is called with, or reads.
func TestAgainstShell(t *testing.T) {
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("bash is the oracle: ", err)
	}
	dir := t.TempDir()
	log := filepath.Join(dir, "log")
	fake := "#!/bin/sh\nif [ \"$1\" = -c ]; then printf '%s\\0' \"$2\" >> \"$LOG\"; else { cat; printf '\\0'; } >> \"$LOG\"; fi\n"
	if err := os.WriteFile(filepath.Join(dir, "python3"), []byte(fake), 0o700); err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewSource(11))
	pick := func(list ...string) string { return list[r.Intn(len(list))] }
	part := func() string {
		return pick("x", "x=1", "'a b'", "'a\"b#c'", "\"a 'b' c\"", `"a\"b\\c"`, `"a\`+"\n"+`b"`, `\ `, `\"`, `\'`, "\\\n", "$'a\\tb\\'c'", "'a\nb'", "\"a\nb\"", "''", "a#b", "=", "%", "'$x'", `"\$x"`, "\"\\q\"", "{a,", "'|'", "\";\"")
	}
	word := func() string {
		var b strings.Builder
		for range 1 + r.Intn(4) {
			b.WriteString(part())
		}
		return b.String()
	}
	command := func() string {
		switch r.Intn(6) {
		case 0:
			return "python3 - <<'E O'\nx = '$y'\n\tE\nE O"
		case 1:
			return "python3 <<-E\n\tx = \\$y \\\\ \\q\n\t\tz\n\tE"
		case 2:
			return "bash -c \"python3 -c 'x y'\""
		case 3:
			return "x=$(python3 -c " + pick("'x)'", "\"y\"", "z") + ")"
		default:
			return "python3 -c q" + word() + pick("", " more", " # it's", " >/dev/null 2>&1")
		}
	}
	for range 300 {
		var b strings.Builder
		for range 1 + r.Intn(4) {
			b.WriteString(command() + pick("\n", "\n", "\n# it's \"\n", "\n\n"))
		}
		src := b.String()
		if err := os.WriteFile(log, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command(bash, "-c", src)
		cmd.Env = []string{"PATH=" + dir + ":" + os.Getenv("PATH"), "LOG=" + log}
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%q: %v: %s", src, err, out)
		}
		text, err := os.ReadFile(log)
		if err != nil {
			t.Fatal(err)
		}
		want := strings.Split(strings.TrimSuffix(string(text), "\x00"), "\x00")
		if got := codes(t, Shell, src); !slices.Equal(got, want) {
			t.Fatalf("%s\ngot  %q\nwant %q", src, got, want)
		}
	}
}

func TestArguments(t *testing.T) {
	for src, want := range map[string]string{
		"python -c x": "x", "python -Ic x": "x", "python -uWi -c x": "x", "python -W i -c x": "x", "python -Xdev -cx": "x", "python --check-hash-based-pycs never -c x": "x",
		"python -bBdEhiOqsSv -c x": "x", "python -c": "", "python -m x -c y": "", "python x -c y": "", "python -mx -c y": "", "python": "", "pythonic -c x": "", "python3.12d -c x": "x",
		"py -c x": "", "./python.exe -c x": "x", "gcc -c x.python": "", "git log -c python": "", "env -i python -c x": "x", "$MY_PYTHON_BIN -c x": "x", "${PYTHON:-python3} -c x": "x", "PY=python; $PY -c x": "x", "${PY3:-python} -c x": "x", "PY=python; $(PY) -c x": "x", "PYX=python; $PYX -c x": "", "CP=python; $COPY -c x": "", "cp -c python x": "",
	} {
		if got := strings.Join(codes(t, Shell, src), "|"); got != want {
			t.Errorf("%q: %q, want %q", src, got, want)
		}
	}
}

func TestDedent(t *testing.T) {
	if got := codes(t, Shell, "python -c '\n  if x:\n    y\n\n  z'"); !slices.Equal(got, []string{"\nif x:\n  y\n\nz"}) {
		t.Errorf("%q", got)
	}
}

// Comments cost what their length is, however much stands behind them.
func TestManyComments(t *testing.T) {
	src := strings.Repeat("#\n", 500_000) + "python -c x"
	start := time.Now()
	if found, whole := Find(Shell, []byte(src)); len(found) != 1 || !whole {
		t.Errorf("%d commands, %v", len(found), whole)
	}
	if spent := time.Since(start); spent > 20*time.Second {
		t.Errorf("%v", spent)
	}
}
