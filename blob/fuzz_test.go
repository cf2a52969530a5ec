package blob

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/base64"
	"io"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/pickle-lint/pickle-lint/blob/container"
	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/internal/recipe"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/pickle"
)

// Whatever the bytes are: no panic, an end in time, findings whose text is
// printable, the same again, and of a named file never nothing at all unless a
// whole pickle or container was read.
func FuzzScan(f *testing.F) {
	f.Add(evil)
	f.Add(evilText)
	f.Add(append(bytes.Clone(good), evil...))
	f.Add(zipped(f, zip.Store, "n/data.pkl", string(evil), "n/data/0", "\x00\x01"))
	f.Add(zipped(f, zip.Deflate, "n/data.pkl", string(evil)))
	f.Add(gzipped(f, evil))
	f.Add(deflated(f, good))
	f.Add(tarred(f, "storages", evil))
	f.Add(xzed(evil))
	f.Add(lz4ed(evil))
	f.Add(zstded(evil))
	f.Add(sevenZipped(evil))
	f.Add(npy("'|O'", "(1,)", evil))
	f.Add(store(f, "stores.sqlite"))
	f.Add(store(f, "redis7.rdb"))
	f.Add([]byte(base64.StdEncoding.EncodeToString(evil)))
	for _, r := range Rules {
		for _, e := range r.Page.Section("Example").Examples {
			f.Add(recipe.MustAssemble(e.Code))
		}
	}
	lim := Limits{
		Pickle:    pickle.Limits{Ops: 1 << 16, Stack: 1 << 12, Memo: 1 << 12, Duration: time.Second},
		Container: container.Limits{Entries: 100, Bytes: 1 << 20, Total: 4 << 20, Memory: 1 << 16},
		Streams:   100, Facts: 1000,
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		run := func() ([]*lint.Finding, []*lint.Skip, *Report) {
			rep := Scan(context.Background(), "f", bytes.NewReader(b), int64(len(b)), Options{Limits: lim, Named: true})
			findings, skips := Judge(rep, catalog.Builtin(), Strict)
			return findings, skips, rep
		}
		findings, skips, rep := run()
		again, _, _ := run()
		if len(findings) != len(again) {
			t.Fatalf("%d findings, then %d", len(findings), len(again))
		}
		for i, x := range findings {
			if x.Fingerprint != again[i].Fingerprint || x.Message != again[i].Message {
				t.Fatalf("finding %d differs: %q, %q", i, x.Message, again[i].Message)
			}
			if lint.Printable(x.Message) != x.Message || !utf8.ValidString(x.Message) {
				t.Fatalf("message %q", x.Message)
			}
			for _, s := range x.Trace {
				if lint.Printable(s.Text) != s.Text {
					t.Fatalf("step %q", s.Text)
				}
			}
		}
		if !rep.Recognised() && len(skips) == 0 {
			t.Fatal("silent")
		}
	})
}

// What the decoder finds at the start of a named file that has a PROTO is never
// lost on the way to the findings.
func FuzzNothingIsLost(f *testing.F) {
	f.Add(evil[2:])
	f.Add([]byte("cposix\nsystem\n)R.\xff"))
	f.Fuzz(func(t *testing.T, b []byte) {
		b = append([]byte{pickle.OpProto, 4}, b...)
		lim := pickle.Limits{Ops: 1 << 16, Duration: time.Second}
		trace, _ := pickle.Run(bytes.NewReader(b), int64(len(b)), 0, pickle.Options{Limits: lim})
		wanted := false
		for i := range trace.Globals {
			g := &trace.Globals[i]
			wanted = wanted || g.Resolved && catalog.Builtin().Global(g.Module, g.Name()).Class == catalog.Dangerous && g.Name() != "getattr"
		}
		rep := Scan(context.Background(), "f", bytes.NewReader(b), int64(len(b)), Options{Limits: Limits{Pickle: lim}})
		findings, _ := Judge(rep, catalog.Builtin(), Default)
		for _, x := range findings {
			if x.Rule == "PKL101" {
				wanted = false
			}
		}
		if wanted && len(findings) <= maxFindings {
			t.Fatalf("a dangerous global is lost: %v", trace.Globals)
		}
	})
}

// zeros is a large file that is no pickle.
type zeros struct{}

func (zeros) ReadAt(b []byte, _ int64) (int, error) { clear(b); return len(b), nil }

func BenchmarkSniff(b *testing.B) {
	for name, r := range map[string]struct {
		io.ReaderAt
		size int64
	}{
		"text":  {bytes.NewReader(bytes.Repeat([]byte("package main\n"), 1000)), 13000},
		"P":     {bytes.NewReader(bytes.Repeat([]byte("People and places\n"), 1000)), 18000},
		"zeros": {zeros{}, 1 << 40},
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if Scan(context.Background(), "f", r, r.size, Options{}).Recognised() {
					b.Fatal("recognised")
				}
			}
		})
	}
}

func BenchmarkSmallPickle(b *testing.B) {
	b.ReportAllocs()
	b.SetBytes(int64(len(evil)))
	for b.Loop() {
		rep := Scan(context.Background(), "f", bytes.NewReader(evil), int64(len(evil)), Options{})
		if findings, _ := Judge(rep, catalog.Builtin(), Default); len(findings) != 1 {
			b.Fatal(len(findings))
		}
	}
}
