package blob

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/pickle-lint/pickle-lint/internal/recipe"
)

// shell is a container around a pickle.
type shell struct {
	around func(p []byte) []byte
	// packed: the pickle does not stand in it as it is.
	packed bool
	// from: what is cut before is a whole pickle, and what stands behind it says
	// nothing.
	from int
}

// shells are containers of every format, made in memory.
func shells(t testing.TB) map[string]shell {
	pad := func(b []byte) []byte { return append(slices.Clone(b), make([]byte, (512-len(b)%512)%512)...) }
	return map[string]shell{
		"pickle":       {func(p []byte) []byte { return p }, false, 0},
		"two pickles":  {func(p []byte) []byte { return slices.Concat(good, p) }, false, len(good) + 2},
		"zip":          {func(p []byte) []byte { return zipped(t, zip.Store, "n/data.pkl", string(p), "n/version", "3\n") }, false, 0},
		"deflated zip": {func(p []byte) []byte { return zipped(t, zip.Deflate, "n/data.pkl", string(p), "n/version", "3\n") }, true, 0},
		"npz":          {func(p []byte) []byte { return zipped(t, zip.Store, "a.npy", string(npy("'|O'", "(1,)", p))) }, false, 0},
		"zip in zip": {func(p []byte) []byte {
			return zipped(t, zip.Store, "a.zip", string(zipped(t, zip.Store, "b.pkl", string(p))))
		}, false, 0},
		"npy":          {func(p []byte) []byte { return npy("[('a', '<i4'), ('b', 'O')]", "(1,)", p) }, false, 0},
		"tar":          {func(p []byte) []byte { return tarred(t, "a.pkl", p)[:512+len(p)] }, false, 0},
		"tar of torch": {func(p []byte) []byte { return tarred(t, "storages", p)[:512+len(p)] }, false, 0},
		"gzip":         {func(p []byte) []byte { return gzipped(t, p) }, true, 0},
		"tar.gz":       {func(p []byte) []byte { return gzipped(t, tarred(t, "a.pkl", p)) }, true, 0},
		"zlib":         {func(p []byte) []byte { return deflated(t, p) }, true, 0},
		"zlib of joblib": {func(p []byte) []byte {
			return slices.Concat([]byte("ZF0x1f               "), deflated(t, p))
		}, true, 0},
		"xz":   {xzed, true, 0},
		"lz4":  {lz4ed, true, 0},
		"zstd": {zstded, true, 0},
		"7z":   {sevenZipped, true, 0},
		"joblib": {func(p []byte) []byte {
			return joblibFile(t, fmt.Sprintf("FRAME *\nBINBYTES %q\nPOP\nPOP\nNONE\nSETITEMS\nSTOP\n", p))
		}, true, 0},
		"Django": {func(p []byte) []byte {
			return slices.Concat(recipe.MustAssemble("PROTO 4\nBINFLOAT 1.5\nSTOP\n"), deflated(t, p))
		}, true, 17},
		"base64": {func(p []byte) []byte { return []byte(base64.StdEncoding.EncodeToString(p)) }, true, 0},
		"kombu": {func(p []byte) []byte {
			return []byte(`{"body": "` + base64.StdEncoding.EncodeToString(p) + `", "content-type": "application/x-python-serialize", "properties": {"body_encoding": "base64"}}`)
		}, true, 0},
		"rdb": {func(p []byte) []byte {
			return slices.Concat([]byte("REDIS0011\xfa\x09redis-ver\x057.0.1\xfe\x00\x00\x01k"), []byte{byte(len(p))}, p, []byte("\xff12345678"))
		}, false, 0},
		"dbm.dumb": {func(p []byte) []byte { return slices.Concat(pad(good), p) }, false, 512 + len(evil) - 1},
		"literal":  {func(p []byte) []byte { return holding("BINBYTES", p) }, false, 0},
		"gdbm":     {func(p []byte) []byte { return slices.Concat([]byte("\xcf\x9a\x57\x13"), make([]byte, 300), p) }, false, 0},
	}
}

// scannedInTime scans a named file, and fails if that hangs or allocates more than
// 512 MiB in all. It takes milliseconds; the machine may be busy.
func scannedInTime(t *testing.T, name string, b []byte) (rules []string, skips int) {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := time.Now()
	_, findings, told := scanned(b, Default)
	if took := time.Since(start); took > 20*time.Second {
		t.Errorf("%s: %v", name, took)
	}
	if runtime.ReadMemStats(&after); after.TotalAlloc-before.TotalAlloc > 512<<20 {
		t.Errorf("%s: %d MiB", name, (after.TotalAlloc-before.TotalAlloc)>>20)
	}
	return ids(findings), len(told)
}

// Cut anywhere, a file has a finding or a skip; and where all of the payload is
// left, the finding is the same.
func TestCutContainers(t *testing.T) {
	for name, s := range shells(t) {
		whole := s.around(evil)
		behind := len(whole)
		if at := bytes.Index(whole, evil); !s.packed {
			behind = at + len(evil)
		}
		if got, _ := scannedInTime(t, name, whole); !slices.Contains(got, "PKL101") {
			t.Errorf("%s: %v", name, got)
		}
		for n := 0; n < len(whole); n += 1 + len(whole)/120 {
			got, skips := scannedInTime(t, fmt.Sprintf("%s cut to %d", name, n), whole[:n])
			switch {
			case len(got) == 0 && skips == 0 && n >= s.from:
				t.Errorf("%s cut to %d of %d bytes: silent", name, n, len(whole))
			case n >= behind && !slices.Contains(got, "PKL101"):
				t.Errorf("%s cut to %d, behind its payload: %v", name, n, got)
			}
		}
	}
}

// Whatever is changed, there is an end soon; and what is added behind changes
// nothing.
func TestDamagedContainers(t *testing.T) {
	for _, name := range slices.Sorted(maps.Keys(shells(t))) {
		whole := shells(t)[name].around(evil)
		step := 1 + len(whole)/60
		for i := 0; i < len(whole); i += step {
			for what, change := range map[string]func(b []byte) []byte{
				"flipped":   func(b []byte) []byte { b[i] ^= 1 << (i % 8); return b },
				"all set":   func(b []byte) []byte { b[i] = 0xff; return b },
				"huge":      func(b []byte) []byte { copy(b[i:], "\xff\xff\xff\x7f"); return b },
				"very huge": func(b []byte) []byte { copy(b[i:], binary.LittleEndian.AppendUint64(nil, 1<<62)); return b },
				"doubled":   func(b []byte) []byte { return slices.Concat(b[:i], b[:min(i+step, len(b))], b[i:]) },
				"left out":  func(b []byte) []byte { return slices.Concat(b[:i], b[min(i+step, len(b)):]) },
			} {
				scannedInTime(t, fmt.Sprintf("%s %s at %d", name, what, i), change(bytes.Clone(whole)))
			}
		}
		for what, tail := range map[string][]byte{"itself": whole, "zeros": make([]byte, 600), "noise": bytes.Repeat([]byte{0xff, 0x80, 4, 0x95}, 300)} {
			if name == "base64" || name == "kombu" {
				continue // of text the end is where it is
			}
			if got, _ := scannedInTime(t, name+" and "+what, slices.Concat(whole, tail)); !slices.Contains(got, "PKL101") {
				t.Errorf("%s, then %s: %v", name, what, got)
			}
		}
	}
}
