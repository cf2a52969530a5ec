package cli

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/internal/config"
	"github.com/pickle-lint/pickle-lint/internal/recipe"
	"github.com/pickle-lint/pickle-lint/lint"
)

// object is a recipe of an object of a class of module app.m whose state has one key.
func object(class, key string) string {
	return fmt.Sprintf("PROTO 2\nGLOBAL app.m %s\nEMPTY_TUPLE\nNEWOBJ\nEMPTY_DICT\nBINUNICODE '%s'\nNONE\nSETITEM\nBUILD\nSTOP\n", class, key)
}

// storedIn writes files and returns what finds states in them.
func storedIn(t *testing.T, files map[string][]byte, globs []string) (*states, *[]string) {
	t.Helper()
	dir := t.TempDir()
	var skips []string
	s := &states{
		ctx: context.Background(), set: &settings{root: dir, config: &config.Config{States: globs, Dir: dir}},
		tell: func(skip *lint.Skip) { skips = append(skips, skip.Path+": "+skip.Reason) },
	}
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		s.files = append(s.files, file{path: path, show: name})
	}
	slices.SortFunc(s.files, func(a, b file) int { return strings.Compare(a.path, b.path) })
	return s, &skips
}

func (s *states) keysOf(class string) string {
	var out []string
	for _, state := range s.of(class) {
		out = append(out, state.Path+":"+strings.Join(state.Keys, ","))
	}
	return strings.Join(out, " ")
}

// States are found by the name of their class, in pickles only, and in all streams of a
// file.
func TestStates(t *testing.T) {
	one, two := recipe.MustAssemble(object("Job", "a")), recipe.MustAssemble(object("Task", "b"))
	s, skips := storedIn(t, map[string][]byte{
		"tests/one.pkl":    one,
		"tests/both.p":     append(append([]byte{}, one...), two...),
		"tests/notes.txt":  one,
		"tests/torn.pkl":   one[:len(one)-3],
		"tests/empty.pkl":  nil,
		"tests/text.p":     []byte("Job is a class\n"),
		"tests/ü.pickle":   recipe.MustAssemble(object("Jöb", "u")),
		"tests/short.pkl":  recipe.MustAssemble(object("X", "s")),
		"tests/long.pkl":   recipe.MustAssemble(object("J"+strings.Repeat("o", 100)+"b", "l")),
		"tests/nested.pkl": recipe.MustAssemble("PROTO 4\nSHORT_BINUNICODE 'app.m'\nSHORT_BINUNICODE 'Outer.Inner'\nSTACK_GLOBAL\nEMPTY_TUPLE\nNEWOBJ\nEMPTY_DICT\nBUILD\nSTOP\n"),
	}, nil)
	for class, want := range map[string]string{
		"Job": "tests/both.p:a tests/one.pkl:a", "Task": "tests/both.p:b", "Nobody": "", "Jöb": "tests/ü.pickle:u", "X": "tests/short.pkl:s",
		"J" + strings.Repeat("o", 100) + "b": "tests/long.pkl:l", "Outer.Inner": "tests/nested.pkl:", "Inner": "",
	} {
		if got := s.keysOf(class); got != want {
			t.Errorf("%s: %q, want %q", class, got, want)
		}
	}
	if len(*skips) > 0 {
		t.Errorf("%q", *skips)
	}
	// What the configuration names is read, and nothing else.
	s, _ = storedIn(t, map[string][]byte{"old/one.dat": one, "new/one.pkl": one}, []string{"old/"})
	if got := s.keysOf("Job"); got != "old/one.dat:a" {
		t.Errorf("%q", got)
	}
	s, _ = storedIn(t, map[string][]byte{"one.pkl": one}, []string{})
	if got := s.keysOf("Job"); got != "" {
		t.Errorf("%q, though there are to be none", got)
	}
}

// Nothing is read before somebody asks, and a pickle is followed only if its bytes have
// the name.
func TestStatesAreReadLate(t *testing.T) {
	code := recipe.MustAssemble(object("Job", "a"))
	s, skips := storedIn(t, map[string][]byte{"a.pkl": code, "gone.pkl": code}, nil)
	for _, f := range s.files {
		if f.show == "gone.pkl" {
			if err := os.Remove(f.path); err != nil {
				t.Fatal(err)
			}
		}
	}
	if s.ready {
		t.Fatal("read before anybody has asked")
	}
	if got := s.keysOf("Nobody"); got != "" || len(s.stored) != 1 || s.stored[0].asked {
		t.Errorf("%q: followed for a name that it has not", got)
	}
	if got := s.keysOf("Job"); got != "a.pkl:a" || !s.stored[0].asked {
		t.Errorf("%q", got)
	}
	if len(*skips) != 1 || !strings.HasPrefix((*skips)[0], "gone.pkl: not read for the states in it") {
		t.Errorf("a file that cannot be read is told as %q", *skips)
	}
}

// Pickles that are made to cost much cost a bounded part of it, and the bound is told.
func TestHostileStates(t *testing.T) {
	job := recipe.MustAssemble(object("Job", "a"))
	var many bytes.Buffer
	many.WriteString("\x80\x02capp.m\nJob\nq\x000")
	for n := range 100_000 {
		fmt.Fprintf(&many, "h\x00)\x81}(X\x06\x00\x00\x00%06dNub0", n)
	}
	many.WriteString("N.")
	s, skips := storedIn(t, map[string][]byte{
		"calls.pkl":   recipe.MustAssemble("PROTO 2\nGLOBAL app.m Job\nPOP\nGLOBAL posix system\nSHORT_BINSTRING 'id'\nTUPLE1\nREDUCE\nSTOP\n"),
		"deep.pkl":    append([]byte("\x80\x02capp.m\nJob\n0"), bytes.Repeat([]byte("("), 3<<20)...),
		"length.pkl":  []byte("\x80\x02capp.m\nJob\n0X\xff\xff\xff\x7fx"),
		"many.pkl":    many.Bytes(),
		"streams.pkl": bytes.Repeat(job, 200),
	}, nil)
	got := s.of("Job")
	if len(got) != 256+maxStreams {
		t.Errorf("%d states", len(got))
	}
	var told []string
	for _, skip := range *skips {
		name, reason, _ := strings.Cut(skip, ": ")
		told = append(told, name)
		if !strings.Contains(reason, "state") {
			t.Errorf("%q", skip)
		}
	}
	if all := strings.Join(told, " "); len(told) != 2 || !strings.Contains(all, "many.pkl") || !strings.Contains(all, "streams.pkl") {
		t.Errorf("told of %q", *skips)
	}
	// What is left when the others have taken their time is told, too.
	s, skips = storedIn(t, map[string][]byte{"a.pkl": job}, nil)
	s.spent = maxStoredTime
	if got := s.of("Job"); len(got) > 0 || len(*skips) != 1 || !strings.Contains((*skips)[0], "others took 1m0s") {
		t.Errorf("%v, %q", got, *skips)
	}
}
