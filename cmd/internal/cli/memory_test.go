package cli

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/pickle-lint/pickle-lint/blob"
	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/internal/config"
	"github.com/pickle-lint/pickle-lint/internal/recipe"
)

// heavy returns a pickle of many ops, at the end of which is a recipe.
func heavy(t *testing.T, ops int, end string) []byte {
	t.Helper()
	tail, err := recipe.Assemble("PROTO 4\n" + end)
	if err != nil {
		t.Fatal(err)
	}
	return append(append([]byte("\x80\x04"), bytes.Repeat([]byte("K\x010"), ops)...), tail[2:]...)
}

const callSystem = "GLOBAL posix system\nSHORT_BINUNICODE 'id'\nTUPLE1\nREDUCE\nSTOP\n"

// remembering is a memory in a new directory that takes everything, with settings
// of which it can be told apart whether something was remembered: without rules
// in the catalogue, posix.system is an unknown callable.
type remembering struct {
	*memory
	dir string
	set *settings
}

func newRemembering(t *testing.T) *remembering {
	t.Helper()
	r := &remembering{dir: filepath.Join(t.TempDir(), "cache"), set: &settings{config: new(config.Config), catalog: catalog.Builtin(), verdicts: &blob.Settings{Catalog: catalog.Builtin()}}}
	r.again()
	return r
}

// again begins the next run.
func (r *remembering) again() {
	r.memory = newMemory(r.set, func(name string) string { return map[string]string{cacheVariable: r.dir}[name] })
	r.worth = 0
}

// entries are those of results: one more says which build this is.
func (r *remembering) entries(t *testing.T) int {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(r.dir, "????????????????????????????????????????????????????????????????"))
	if err != nil {
		t.Fatal(err)
	}
	if len(names) > 0 && identityKnown(t) {
		return len(names) - 1
	}
	return len(names)
}

func identityKnown(t *testing.T) bool {
	t.Helper()
	info, err := os.Stat(os.Args[0])
	if err != nil {
		t.Fatal(err)
	}
	return identity(info) != ""
}

// rules are those of the findings of a file. The catalogue is swapped behind the
// memory's back, so that what is remembered differs from what would be seen.
func (r *remembering) rules(t *testing.T, cat *catalog.Catalog, in *input) []string {
	t.Helper()
	set := *r.set
	verdicts := *r.set.verdicts
	verdicts.Catalog = cat
	set.catalog, set.verdicts = cat, &verdicts
	s := r.look(t.Context(), &set, in)
	var ids []string
	for _, f := range s.Findings {
		ids = append(ids, f.Rule)
	}
	return ids
}

func fileOf(data []byte) *input {
	return &input{show: "a/evil.pkl", r: bytes.NewReader(data), size: int64(len(data)), named: true}
}

func TestResultsAreRemembered(t *testing.T) {
	r := newRemembering(t)
	data := heavy(t, 20_000, callSystem)
	first := r.look(t.Context(), r.set, fileOf(data))
	if len(first.Findings) != 1 || first.Findings[0].Rule != "PKL101" || len(first.Findings[0].Trace) == 0 || len(first.Blobs) != 1 {
		t.Fatalf("first: %+v", first)
	}
	if n := r.entries(t); n != 1 {
		t.Fatalf("%d entries", n)
	}
	r.again()
	if again := r.look(t.Context(), r.set, fileOf(data)); !reflect.DeepEqual(again, first) {
		t.Errorf("remembered:\n%+v\nseen:\n%+v", again, first)
	}
	empty := catalog.New()
	if got := r.rules(t, empty, fileOf(data)); len(got) != 1 || got[0] != "PKL101" {
		t.Errorf("not remembered: %v", got)
	}
	// The same without a memory, so that the test can tell.
	r.memory = nil
	if got := r.rules(t, empty, fileOf(data)); len(got) != 1 || got[0] == "PKL101" {
		t.Errorf("without a memory: %v", got)
	}
	if err := r.close(); err != nil {
		t.Errorf("a memory that is none has trouble: %v", err)
	}
}

type noSource struct{}

func (noSource) Define(string, []string) *blob.Definition { return nil }

// Whatever a result depends on makes it another one.
func TestWhatIsNotRemembered(t *testing.T) {
	data := heavy(t, 20_000, callSystem)
	middle := bytes.Clone(data)
	middle[len(middle)/2/3*3+3] = 2 // the number of one BININT1
	for name, change := range map[string]func(*remembering, *input){
		"name":      func(_ *remembering, in *input) { in.show = "b/evil.pkl" },
		"named":     func(_ *remembering, in *input) { in.named = false },
		"middle":    func(_ *remembering, in *input) { in.r = bytes.NewReader(middle) },
		"policy":    func(r *remembering, _ *input) { r.set.policy = blob.Strict },
		"packages":  func(r *remembering, _ *input) { r.set.config.AllowPackages = []string{"mine"} },
		"sources":   func(r *remembering, _ *input) { r.set.verdicts.Source = noSource{} },
		"catalogue": func(r *remembering, _ *input) { r.set.catalogKey[0]++ },
		"disabled":  func(r *remembering, _ *input) { r.memory = nil },
		"small":     func(r *remembering, in *input) { r.least = in.size + 1 },
		"large":     func(r *remembering, in *input) { r.most = in.size - 1 },
	} {
		r := newRemembering(t)
		r.look(t.Context(), r.set, fileOf(data))
		r.again()
		in := fileOf(data)
		least, most := r.least, r.most
		change(r, in)
		if r.memory != nil && r.least == least && r.most == most {
			r.again()
		}
		if got := r.rules(t, catalog.New(), in); len(got) != 1 || got[0] == "PKL101" {
			t.Errorf("%s: %v was remembered", name, got)
		}
	}
}

func TestWhatIsNotWorthAnEntry(t *testing.T) {
	plain := heavy(t, 20_000, "NONE\nSTOP\n")
	for name, tt := range map[string]struct {
		data   []byte
		change func(*remembering)
		ctx    func(context.Context) context.Context
	}{
		"a broken file": {data: append(bytes.Clone(plain[:len(plain)-1]), "cno\nsuch"...)},
		// One in which nearly nothing is read.
		"a large literal": {data: append(append([]byte("\x80\x04B\x00\x00\x10\x00"), make([]byte, 1<<20)...), '.')},
		"a quick one":     {data: plain, change: func(r *remembering) { r.worth = time.Hour }},
		"interrupted": {data: plain, ctx: func(ctx context.Context) context.Context {
			ctx, cancel := context.WithCancel(ctx)
			cancel()
			return ctx
		}},
		"too much at once": {data: plain, change: func(r *remembering) { r.held.Store(mostHeld) }},
	} {
		r := newRemembering(t)
		if tt.change != nil {
			tt.change(r)
		}
		ctx := t.Context()
		if tt.ctx != nil {
			ctx = tt.ctx(ctx)
		}
		s := r.look(ctx, r.set, fileOf(tt.data))
		if n := r.entries(t); n != 0 && len(s.skips)+len(s.Findings) == 0 || n > 0 && name != "a broken file" {
			t.Errorf("%s: %d entries", name, n)
		}
		if len(s.skips) > 0 && r.entries(t) > 0 {
			t.Errorf("%s: skips %v are remembered", name, s.skips)
		}
		if held := r.held.Load(); held != 0 && held != mostHeld {
			t.Errorf("%s: %d bytes are still held", name, held)
		}
	}
	r := newRemembering(t)
	if r.look(t.Context(), r.set, fileOf(plain)); r.entries(t) != 1 {
		t.Error("the plain file has no entry, so this test tells nothing")
	}
}

// brokenReader has bytes that cannot be read from somewhere on.
type brokenReader struct {
	io.ReaderAt
	after int64
}

func (b *brokenReader) ReadAt(p []byte, off int64) (int, error) {
	if off+int64(len(p)) > b.after {
		return 0, errors.New("input/output error")
	}
	return b.ReaderAt.ReadAt(p, off)
}

func TestReadErrorsAreNotRemembered(t *testing.T) {
	r := newRemembering(t)
	in := fileOf(heavy(t, 60_000, callSystem))
	in.r = &brokenReader{in.r, 128 << 10}
	s := r.look(t.Context(), r.set, in)
	if len(s.skips) == 0 || r.entries(t) != 0 {
		t.Errorf("%+v, %d entries", s, r.entries(t))
	}
}

// Entries that are whole and say something else than an entry can are none.
func TestForeignEntries(t *testing.T) {
	data := heavy(t, 20_000, callSystem)
	for _, body := range []string{
		"", "null", "{}", "[]", `{"content":"AA==","recognised":true}`,
		`{"findings":[null]}`, `{"findings":[{"rule":"PKL101","severity":"loud"}]}`, `{"unknown":1}`,
	} {
		r := newRemembering(t)
		c, err := r.open()
		if err != nil {
			t.Fatal(err)
		}
		key, err := c.keyOf(fileOf(data))
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Put(key, []byte(body)); err != nil {
			t.Fatal(err)
		}
		if got := r.rules(t, r.set.catalog, fileOf(data)); len(got) != 1 || got[0] != "PKL101" {
			t.Errorf("%s: rules %v", body, got)
		}
	}
}

// Names that JSON cannot carry are not mistaken for others.
func TestNamesThatDoNotComeBack(t *testing.T) {
	r := newRemembering(t)
	in := fileOf(heavy(t, 20_000, callSystem))
	in.show = "evil\xff.pkl"
	first := r.look(t.Context(), r.set, in)
	if r.entries(t) != 0 {
		t.Error("there is an entry")
	}
	if again := r.look(t.Context(), r.set, in); !reflect.DeepEqual(again, first) {
		t.Errorf("%+v", again)
	}
}

// Without a directory everything is looked at, and the reason is known.
func TestNoCacheDirectory(t *testing.T) {
	r := newRemembering(t)
	r.dir = filepath.Join(r.dir, "file", "below")
	if err := os.MkdirAll(filepath.Dir(filepath.Dir(r.dir)), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Dir(r.dir), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	r.again()
	if got := r.rules(t, r.set.catalog, fileOf(heavy(t, 20_000, callSystem))); len(got) != 1 {
		t.Errorf("rules %v", got)
	}
	if err := r.close(); err == nil || !strings.Contains(err.Error(), "not a directory") {
		t.Errorf("trouble: %v", err)
	}
	// Nobody asked: nothing to tell.
	r.again()
	if err := r.close(); err != nil {
		t.Errorf("trouble: %v", err)
	}
}

// Whoever gives the run a new setting has to say whether results depend on it.
func TestEverySettingIsConsidered(t *testing.T) {
	considered := map[string]string{
		"catalog": "by catalogKey", "catalogKey": "in the key", "policy": "in the key",
		"catalogs": "by catalogKey", "config": "AllowPackages is in the key, the rest in other settings or, as proof and protocol, for sources only",
		"sources": "by verdicts", "verdicts": "nothing is remembered with sources, the rest in other settings",
		"failOn": "no", "root": "no, names are relative to it", "exclude": "no", "include": "no", "trust": "no, sources only", "modules": "no, sources only", "versions": "no, sources only", "tags": "no, Go only",
		"gitignore": "no", "commands": "no, sources only", "quick": "no, sources only", "levels": "no, they are given to what is remembered",
		"anchor": "no, fingerprints get it afterwards", "fixes": "no, blobs have none", "view": "no, it says which bytes", "scope": "no, it says which files",
		"lock": "no, what it is compared with is remembered, and in the key whether that was wanted", "jobs": "no", "written": "no", "verbose": "no, facts are always remembered",
		"inventory": "no, what a lock says of a blob is in the key",
	}
	for f := range reflect.TypeFor[settings]().Fields() {
		if considered[f.Name] == "" {
			t.Errorf("do remembered results depend on settings.%s?", f.Name)
		}
		delete(considered, f.Name)
	}
	if len(considered) > 0 {
		t.Errorf("no settings any more: %v", considered)
	}
}
