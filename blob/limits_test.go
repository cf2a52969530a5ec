package blob

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/blob/container"
	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/internal/recipe"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/pickle"
)

func TestLimitsAreSkips(t *testing.T) {
	deep, coded := evil, evil
	for range 6 {
		deep = zipped(t, zip.Deflate, "f", string(deep))
	}
	for range 13 {
		coded = gzipped(t, coded)
	}
	many := make([]string, 0, 60)
	for i := range 30 {
		many = append(many, fmt.Sprintf("f%d", i), "text")
	}
	for name, tt := range map[string]struct {
		data []byte
		lim  Limits
		want string
	}{
		"depth":   {deep, Limits{}, "containers are nested deeper than 4"},
		"codings": {coded, Limits{}, "codings and literals are nested deeper than 12"},
		"values":  {slices.Concat(good, holding("BINBYTES", deflated(t, deflated(t, good)))), Limits{Container: container.Limits{Values: 1}}, "more than 1 values"},
		"entries": {zipped(t, zip.Store, many...), Limits{Container: container.Limits{Entries: 20}}, "more than 20 entries"},
		"ratio":   {gzipped(t, slices.Concat(recipe.MustAssemble("PROTO 4\n"), bytes.Repeat([]byte("N0"), 8<<20), evil)), Limits{}, "more than 100:1"},
		"bytes":   {gzipped(t, bytes.Repeat([]byte("\x80\x04N0N0N0N0"), 10_000)), Limits{Container: container.Limits{Bytes: 1000}}, "more than 1000 bytes"},
		"streams": {bytes.Repeat(good, 50), Limits{Streams: 20}, "more than 20 streams"},
		"ops":     {bytes.Repeat([]byte("N0"), 1<<20), Limits{Pickle: pickle.Limits{Ops: 1000}}, "not fully read"},
	} {
		rep := Scan(context.Background(), "f", bytes.NewReader(tt.data), int64(len(tt.data)), Options{Limits: tt.lim})
		_, skips := Judge(rep, catalog.Builtin(), Default)
		found := false
		for _, s := range skips {
			found = found || strings.Contains(s.Reason, tt.want)
		}
		if !found {
			t.Errorf("%s: no skip says %q: %+v", name, tt.want, rep.Problems)
		}
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	rep := Scan(ctx, "f", bytes.NewReader(evil), int64(len(evil)), Options{})
	if _, skips := Judge(rep, catalog.Builtin(), Default); len(skips) == 0 {
		t.Error("a cancelled scan is silent")
	}
}

func TestStrict(t *testing.T) {
	b := recipe.MustAssemble("GLOBAL mine Thing\nEMPTY_TUPLE\nNEWOBJ\nSTOP\n")
	for policy, want := range map[Policy]lint.Severity{Default: lint.Note, Strict: lint.Error} {
		_, findings, _ := scanned(b, policy)
		if len(findings) != 1 || findings[0].Severity != want || findings[0].Rule != "PKL104" {
			t.Errorf("%s: %+v", policy, findings)
		}
	}
	if p, err := ParsePolicy("strict"); err != nil || p != Strict {
		t.Errorf("strict: %v %v", p, err)
	}
	if _, err := ParsePolicy("lax"); err == nil {
		t.Error("an unknown word is a policy")
	}
}
