//go:build unix

package cli

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/pickle-lint/pickle-lint/internal/config"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/pyscan"
)

// A constant path leads to a regular file below the root of the run, by whatever
// links inside it, or nowhere.
func TestStored(t *testing.T) {
	top := makeTree(t, "root/pkg/src/x.py", "root/pkg/src/near.pkl", "root/pkg/data/far.pkl", "root/top.pkl", "root/pkg/dir.pkl/", "outside.pkl", "other/y.py", "other/z.pkl")
	at := func(name string) string { return filepath.Join(top, filepath.FromSlash(name)) }
	for _, err := range []error{
		os.Symlink(at("outside.pkl"), at("root/pkg/out.pkl")),
		os.Symlink("../../outside.pkl", at("root/pkg/out2.pkl")),
		os.Symlink(at("other"), at("root/otherdir")),
		os.Symlink("../top.pkl", at("root/pkg/in.pkl")),
		os.Symlink("loop.pkl", at("root/pkg/loop.pkl")),
		syscall.Mkfifo(at("root/pkg/pipe.pkl"), 0o600),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	l := newLoads(&settings{root: at("root"), config: new(config.Config)}, []target{{path: at("other"), isDir: true}})
	defer l.close()
	for _, tt := range []struct {
		source, name string
		beside       bool
		want         string
	}{
		{"pkg/src/x.py", "near.pkl", false, "pkg/src/near.pkl"},
		{"pkg/src/x.py", "data/far.pkl", false, "pkg/data/far.pkl"},
		{"pkg/src/x.py", "pkg/data/far.pkl", false, "pkg/data/far.pkl"},
		{"pkg/src/x.py", "top.pkl", false, "top.pkl"},
		{"pkg/src/x.py", "../data/far.pkl", true, "pkg/data/far.pkl"},
		{"pkg/src/x.py", "data/far.pkl", true, ""},
		{"pkg/src/x.py", "dir.pkl", false, ""},
		{"pkg/src/x.py", "out.pkl", false, ""},
		{"pkg/src/x.py", "out2.pkl", false, ""},
		{"pkg/src/x.py", "otherdir/z.pkl", false, ""},
		{"pkg/src/x.py", "in.pkl", false, "top.pkl"},
		{"pkg/src/x.py", "loop.pkl", false, ""},
		{"pkg/src/x.py", "pipe.pkl", false, ""},
		{"pkg/src/x.py", "../../../outside.pkl", true, ""},
		{"pkg/src/x.py", "../../../outside.pkl", false, ""},
		{"pkg/src/x.py", "nosuch.pkl", false, ""},
		{filepath.ToSlash(at("other/y.py")), "z.pkl", false, filepath.ToSlash(at("other/z.pkl"))},
		{filepath.ToSlash(at("other/y.py")), "../outside.pkl", true, ""},
	} {
		if got := l.stored(tt.source, tt.name, tt.beside); got != tt.want {
			t.Errorf("%s of %s (beside: %t): %q, want %q", tt.name, tt.source, tt.beside, got, tt.want)
		}
	}
	var further []string
	for _, f := range l.further([]file{{path: at("root/top.pkl")}}) {
		further = append(further, f.show)
	}
	if len(further) != 3 || further[0] != filepath.ToSlash(at("other/z.pkl")) || further[1] != "pkg/data/far.pkl" || further[2] != "pkg/src/near.pkl" {
		t.Errorf("further files %q", further)
	}
}

// The worst finding about a file stands behind each site that loads it.
func TestNoteLoads(t *testing.T) {
	at := func(path string, offset int64, line int) lint.Location {
		return lint.Location{Path: path, Offset: offset, Line: line}
	}
	r := &results{
		sites: []*lint.Site{{Location: at("a.py", 5, 1), Loads: "m.pkl"}, {Location: at("a.py", 9, 2), Loads: "fine.pkl"}, {Location: at("a.py", 12, 3), Loads: "m.pkl"}, {Location: at("b.py", 1, 1)}},
		findings: []*lint.Finding{
			{Rule: "PKL104", Severity: lint.Note, Location: at("m.pkl", 1, 0), Message: "rebuilds x.Y: unknown"},
			{Rule: "PKL101", Severity: lint.Error, Location: at("m.pkl", 7, 0), Message: "calls os.system('id'): runs a shell command"},
			{Rule: pyscan.UnjustifiedLoad.ID, Location: at("a.py", 5, 1), Message: "one"},
			{Rule: pyscan.UnjustifiedLoad.ID, Location: at("a.py", 9, 2), Message: "two"},
			{Rule: pyscan.WrapperBypass.ID, Location: at("a.py", 12, 3), Message: "past the wrapper"},
			{Rule: pyscan.UnjustifiedLoad.ID, Location: at("b.py", 1, 1), Message: "three"},
		},
	}
	r.noteLoads()
	for k, want := range []string{"one (PKL101: calls os.system('id'); 2 findings)", "two", "past the wrapper (PKL101: calls os.system('id'); 2 findings)", "three"} {
		if got := r.findings[2+k].Message; got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// A text in a literal that a site decodes is no second finding; one beside it is.
func TestOutsideOf(t *testing.T) {
	in := func(member ...string) *lint.Finding {
		return &lint.Finding{Location: lint.Location{Path: "x.py", Member: member}}
	}
	all := []*lint.Finding{in("base64 at 12", "zlib"), in("hex at 40"), in(), in("data.pkl")}
	if got := outsideOf(all, []pyscan.Literal{{Start: 10, End: 40}}); len(got) != 3 || got[0] != all[1] || len(all) != 4 || all[0] == nil {
		t.Errorf("%v", got)
	}
}
