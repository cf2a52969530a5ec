package retention

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/pickle-lint/pickle-lint/inventory"
	"github.com/pickle-lint/pickle-lint/inventory/audit"
)

var today = time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)

func TestList(t *testing.T) {
	inv := &inventory.Inventory{Channels: []*inventory.Channel{
		{ID: "file:a", Retention: "30d", Owners: []string{"storage"}, Sensitivity: "pii", Blobs: []*inventory.Blob{
			{Path: "old", Modified: "2026-01-01"}, {Path: "last-day", Modified: "2026-01-30"}, {Path: "late", Modified: "2026-01-29"}, {Path: "no-day"},
		}},
		{ID: "file:b", Blobs: []*inventory.Blob{{Path: "x", Modified: "1999-01-01"}}},
	}}
	var got []string
	for _, s := range List(inv, today) {
		got = append(got, s.Path+" "+s.Since)
	}
	// What is kept for 30 days from 29 January has its last one on 28 February.
	if strings.Join(got, "|") != "old 2026-02-01|late 2026-03-01" {
		t.Error(got)
	}
}

// tree is a directory with a file that is stale, and a remover for it.
func tree(t *testing.T) (*Remover, *Stale, string) {
	t.Helper()
	top, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(top, "spool", "sub", "old.pkl"))
	log, err := audit.Open(filepath.Join(top, "log"), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = log.Close() })
	r := &Remover{Top: top, Roots: []string{filepath.Join(top, "spool")}, Log: log, By: "test"}
	return r, &Stale{Path: "spool/sub/old.pkl", Modified: "2026-01-01", Channel: "file:spool/*", Retention: "30d"}, top
}

func write(t *testing.T, name string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte("bytes"), 0o600); err != nil {
		t.Fatal(err)
	}
	written := time.Date(2026, 1, 1, 5, 0, 0, 0, time.UTC)
	if err := os.Chtimes(name, written, written); err != nil {
		t.Fatal(err)
	}
}

func actions(t *testing.T, top string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(top, "log"))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	if _, err := audit.Verify(bytes.NewReader(text), func(r *audit.Record) { out = append(out, r.Action) }); err != nil {
		t.Fatal(err)
	}
	return strings.Join(out, " ")
}

func there(name string) bool {
	_, err := os.Lstat(name)
	return err == nil
}

func TestRemove(t *testing.T) {
	r, s, top := tree(t)
	r.between = func() {
		if got := actions(t, top); got != "remove" {
			t.Errorf("before the removal the log says %q", got)
		}
		if !there(filepath.Join(top, s.Path)) {
			t.Error("it was removed before the log says so")
		}
	}
	if kept, err := r.Remove(s); kept != nil || err != nil {
		t.Fatal(kept, err)
	}
	if there(filepath.Join(top, s.Path)) {
		t.Error("it is still there")
	}
	if got := actions(t, top); got != "remove removed" {
		t.Error(got)
	}
}

// bystanders are the files that no removal of another one may touch.
var bystanders = []string{"log", "spool", "other.pkl", "target", "elsewhere/old.pkl", "spool/real/old.pkl"}

func TestKept(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(t *testing.T, r *Remover, s *Stale, top string)
		want   string
	}{
		"outside": {func(t *testing.T, _ *Remover, s *Stale, top string) {
			write(t, filepath.Join(top, "other.pkl"))
			s.Path = "other.pkl"
		}, "does not lie below"},
		"dots":      {func(_ *testing.T, _ *Remover, s *Stale, _ string) { s.Path = "spool/../log" }, "does not lie below"},
		"root":      {func(_ *testing.T, _ *Remover, s *Stale, _ string) { s.Path = "spool" }, "does not lie below"},
		"beside":    {func(_ *testing.T, _ *Remover, s *Stale, _ string) { s.Path = "spoolx/a" }, "does not lie below"},
		"gone":      {func(t *testing.T, _ *Remover, s *Stale, top string) { must(t, os.Remove(filepath.Join(top, s.Path))) }, "no such file"},
		"directory": {func(_ *testing.T, _ *Remover, s *Stale, _ string) { s.Path = "spool/sub" }, "no regular file"},
		"younger": {func(t *testing.T, _ *Remover, s *Stale, top string) {
			now := time.Date(2026, 2, 28, 0, 0, 0, 0, time.UTC)
			must(t, os.Chtimes(filepath.Join(top, s.Path), now, now))
		}, "written to the file meanwhile"},
		"linked file": {func(t *testing.T, _ *Remover, s *Stale, top string) {
			write(t, filepath.Join(top, "target"))
			must(t, os.Remove(filepath.Join(top, s.Path)))
			must(t, os.Symlink(filepath.Join(top, "target"), filepath.Join(top, s.Path)))
		}, "no regular file"},
		"linked directory": {func(t *testing.T, _ *Remover, _ *Stale, top string) {
			write(t, filepath.Join(top, "elsewhere", "old.pkl"))
			must(t, os.RemoveAll(filepath.Join(top, "spool", "sub")))
			must(t, os.Symlink(filepath.Join(top, "elsewhere"), filepath.Join(top, "spool", "sub")))
		}, "no directory"},
		"linked directory inside": {func(t *testing.T, _ *Remover, _ *Stale, top string) {
			must(t, os.Rename(filepath.Join(top, "spool", "sub"), filepath.Join(top, "spool", "real")))
			must(t, os.Symlink("real", filepath.Join(top, "spool", "sub")))
		}, "no directory"},
		"swapped": {func(t *testing.T, r *Remover, s *Stale, top string) {
			r.between = func() {
				write(t, filepath.Join(top, "spool", "new"))
				must(t, os.Rename(filepath.Join(top, "spool", "new"), filepath.Join(top, s.Path)))
			}
		}, "written to the file meanwhile"},
		"directory swapped": {func(t *testing.T, r *Remover, s *Stale, top string) {
			r.between = func() {
				must(t, os.Rename(filepath.Join(top, "spool", "sub"), filepath.Join(top, "spool", "real")))
				write(t, filepath.Join(top, s.Path))
			}
		}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			r, s, top := tree(t)
			tt.change(t, r, s, top)
			before := make(map[string]bool)
			for _, file := range bystanders {
				before[file] = there(filepath.Join(top, file))
			}
			kept, err := r.Remove(s)
			if err != nil {
				t.Fatal(err)
			}
			if tt.want == "" {
				// What was opened was removed, and not what has its name now.
				if kept != nil || !there(filepath.Join(top, s.Path)) || there(filepath.Join(top, "spool", "real", "old.pkl")) {
					t.Errorf("kept: %v", kept)
				}
				return
			}
			if kept == nil || !strings.Contains(kept.Error(), tt.want) {
				t.Errorf("kept: %v, want %q", kept, tt.want)
			}
			for _, file := range bystanders {
				if before[file] && !there(filepath.Join(top, file)) {
					t.Errorf("%s was removed", file)
				}
			}
		})
	}
}

// A name that JSON cannot hold would break the chain for good: its file stays.
func TestNoText(t *testing.T) {
	r, s, top := tree(t)
	name := "spool/sub/a\xff.pkl"
	if err := os.WriteFile(filepath.Join(top, name), []byte("bytes"), 0o600); err != nil {
		t.Skip(err) // not every system has such names
	}
	if kept, err := r.Remove(&Stale{Path: name, Modified: time.Now().UTC().Format(time.DateOnly)}); kept == nil || err != nil || !strings.Contains(kept.Error(), "UTF-8") {
		t.Error(kept, err)
	}
	s.Channel, s.Owners = "file:\xff", []string{"\xfe"}
	if kept, err := r.Remove(s); kept != nil || err != nil {
		t.Error(kept, err)
	}
	if got := actions(t, top); got != "remove removed" || !there(filepath.Join(top, name)) {
		t.Error(got)
	}
	if err := r.Log.Append(&audit.Record{Action: audit.Remove, Path: name}); err == nil {
		t.Error("a record was written that cannot be verified")
	}
	if got := actions(t, top); got != "remove removed" {
		t.Error(got)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Without a record nothing is removed.
func TestNoLog(t *testing.T) {
	r, s, top := tree(t)
	must(t, r.Log.Close())
	if _, err := r.Remove(s); !errors.Is(err, ErrLog) {
		t.Errorf("with a closed log: %v", err)
	}
	if !there(filepath.Join(top, s.Path)) {
		t.Error("it was removed without a record")
	}
}

func TestResume(t *testing.T) {
	r, s, top := tree(t)
	gone := &audit.Record{Action: audit.Remove, Root: top, Path: "spool/sub/gone.pkl"}
	still := &audit.Record{Action: audit.Remove, Root: top, Path: s.Path}
	must(t, r.Log.Append(gone))
	must(t, r.Log.Append(still))
	must(t, r.Log.Close())
	log, err := audit.Open(filepath.Join(top, "log"), nil)
	must(t, err)
	r.Log = log
	if n, err := r.Resume(); n != 2 || err != nil {
		t.Fatal(n, err)
	}
	if kept, err := r.Remove(s); kept != nil || err != nil {
		t.Fatal(kept, err)
	}
	must(t, log.Close())
	if got := actions(t, top); got != "remove remove gone kept remove removed" {
		t.Error(got)
	}
}
