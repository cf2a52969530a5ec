package blob

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"context"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/internal/recipe"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/pickle"
)

var (
	evil = recipe.MustAssemble("PROTO 4\nFRAME *\nSHORT_BINUNICODE 'posix'\nMEMOIZE\nSHORT_BINUNICODE 'system'\nMEMOIZE\nSTACK_GLOBAL\nMEMOIZE\nSHORT_BINUNICODE 'id'\nMEMOIZE\nTUPLE1\nREDUCE\nSTOP\n")
	// evilText has no PROTO: any loader takes it.
	evilText = recipe.MustAssemble("GLOBAL posix system\nMARK\nSTRING 'id'\nTUPLE\nREDUCE\nSTOP\n")
	good     = recipe.MustAssemble("PROTO 4\nFRAME *\nEMPTY_DICT\nMEMOIZE\nSHORT_BINUNICODE 'a'\nMEMOIZE\nBININT1 1\nSETITEM\nSTOP\n")
)

// unnamed scans bytes as a walk over a directory does.
func unnamed(b []byte) (*Report, []*lint.Finding, []*lint.Skip) {
	rep := Scan(context.Background(), "f", bytes.NewReader(b), int64(len(b)), Options{})
	findings, skips := Judge(rep, catalog.Builtin(), Default)
	return rep, findings, skips
}

// expectRules judges a recipe and compares the rules that fire, in order.
func expectRules(t *testing.T, name, code string, want []string) {
	t.Helper()
	b, err := recipe.Assemble(code)
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	_, findings, _ := scanned(b, Default)
	if got := ids(findings); !slices.Equal(got, want) {
		t.Errorf("%s: rules %v, want %v", name, got, want)
		for _, f := range findings {
			t.Logf("  %s %s", f.Rule, f.Message)
		}
	}
}

func zipped(t testing.TB, method uint16, files ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for i := 0; i < len(files); i += 2 {
		f, err := w.CreateHeader(&zip.FileHeader{Name: files[i], Method: method})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(files[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func gzipped(t testing.TB, b []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	if _, err := w.Write(b); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func deflated(t testing.TB, b []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zlib.NewWriter(&out)
	if _, err := w.Write(b); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func tarred(t testing.TB, name string, b []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	if err := w.WriteHeader(&tar.Header{Name: name, Size: int64(len(b)), Mode: 0o600}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(b); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func npy(descr, shape string, data []byte) []byte {
	head := fmt.Sprintf("{'descr': %s, 'fortran_order': False, 'shape': %s, }", descr, shape)
	head += strings.Repeat(" ", 63-(10+len(head))%64) + "\n"
	return slices.Concat([]byte("\x93NUMPY\x01\x00"), []byte{byte(len(head)), byte(len(head) >> 8)}, []byte(head), data)
}

// Wherever the payload stands, an unnamed file has the same finding.
func TestEvilIsFoundEverywhere(t *testing.T) {
	stored := zipped(t, zip.Store, "net/data.pkl", string(evil), "net/version", "3\n", "net/data/0", string(make([]byte, 4096)))
	badCRC := slices.Clone(stored)
	for _, sig := range []string{"PK\x07\x08", "PK\x01\x02"} {
		for i := 0; ; {
			j := bytes.Index(badCRC[i:], []byte(sig))
			if j < 0 {
				break
			}
			at := i + j + 4
			if sig == "PK\x01\x02" {
				at = i + j + 16
			}
			badCRC[at] ^= 0xff
			i += j + 4
		}
	}
	noDirectory, _, _ := bytes.Cut(stored, []byte("PK\x01\x02"))
	for name, tt := range map[string]struct {
		data   []byte
		member string
	}{
		"plain":              {evil, ""},
		"text":               {evilText, ""},
		"second":             {slices.Concat(good, evil), ""},
		"after tiny ones":    {slices.Concat([]byte("N.N.I1\n.]."), evilText), ""},
		"after many":         {slices.Concat(bytes.Repeat(good, 500), evil), ""},
		"zip":                {stored, "net/data.pkl"},
		"zip, text pickle":   {zipped(t, zip.Store, "net/DATA.PKL", string(evilText)), "net/DATA.PKL"},
		"zip, odd name":      {zipped(t, zip.Deflate, "net/readme.txt", string(evil)), "net/readme.txt"},
		"zip, bad checksum":  {badCRC, "net/data.pkl"},
		"zip, no directory":  {noDirectory, "net/data.pkl"},
		"zip, junk before":   {slices.Concat(bytes.Repeat([]byte("#"), 1000), stored), "net/data.pkl"},
		"zip, trailing junk": {slices.Concat(stored, bytes.Repeat([]byte("#"), 1000)), "net/data.pkl"},
		"zip in zip":         {zipped(t, zip.Deflate, "a.zip", string(stored)), "a.zip/net/data.pkl"},
		"pickle, then zip":   {slices.Concat(evil, zipped(t, zip.Store, "a", "b")), ""},
		"gzip":               {gzipped(t, evil), "gzip"},
		"zlib":               {deflated(t, evil), "zlib"},
		"joblib's old zlib":  {slices.Concat([]byte("ZF0x1f               "), deflated(t, evil)), "zlib"},
		"tar":                {tarred(t, "storages", evil), "storages"},
		"tar.gz":             {gzipped(t, tarred(t, "x", evil)), "gzip/x"},
		"npy":                {npy("'|O'", "(1,)", evil), "objects"},
		"npy, structured":    {npy("[('a', '<i4'), ('b', 'O')]", "(1,)", evil), "objects"},
		"npy, in doubt":      {npy("'\\x4f'", "(1,)", evil), "objects"},
		"npy, second array":  {slices.Concat(npy("'<i4'", "(2,)", make([]byte, 8)), npy("'|O'", "(1,)", evil)), "objects"},
		"npy, behind":        {slices.Concat(npy("'<i4'", "(2,)", make([]byte, 8)), evil), "at 136"},
		"npz":                {zipped(t, zip.Deflate, "a.npy", string(npy("'|O'", "()", evil))), "a.npy/objects"},
		"xz":                 {xzed(evil), "xz"},
		"lz4":                {lz4ed(evil), "lz4"},
		"lz4, second frame":  {slices.Concat(lz4ed(good), lz4ed(evil)), "lz4"},
		"lz4, behind a skip": {slices.Concat([]byte("\x50\x2a\x4d\x18\x01\x00\x00\x00."), lz4ed(evil)), "zstd"},
		"zstd":               {zstded(evil), "zstd"},
		"7z":                 {sevenZipped(evil), "folder 0, file 0"},
		"7z in 7z":           {sevenZipped(sevenZipped(evil)), "folder 0, file 0/folder 0, file 0"},
		"zstd in xz in gzip": {gzipped(t, xzed(zstded(evil))), "gzip/xz/zstd"},
		"tar.xz":             {xzed(tarred(t, "x", evil)), "xz/x"},
		"gzip, padded":       {slices.Concat(gzipped(t, good), make([]byte, 512), gzipped(t, evil)), "gzip"},
		"django cache":       {slices.Concat(recipe.MustAssemble("PROTO 4\nBINFLOAT 1.5\nSTOP\n"), deflated(t, evil)), "at 12/zlib"},
	} {
		rep, findings, _ := unnamed(tt.data)
		if got := ids(findings); !slices.Contains(got, "PKL101") || !rep.Recognised() {
			t.Errorf("%s: rules %v, %d streams, problems %v", name, got, len(rep.Streams), rep.Problems)
			continue
		}
		for _, f := range findings {
			if f.Rule != "PKL101" {
				continue
			}
			if got := strings.Join(f.Member, "/"); got != tt.member || f.Path != "f" {
				t.Errorf("%s: found in %q, want %q", name, got, tt.member)
			}
			if !strings.HasPrefix(f.Message, "calls posix.system('id'): ") || f.Callable != "posix.system" || f.CWE != 502 || f.Fingerprint == "" {
				t.Errorf("%s: %+v", name, f)
			}
			if n := len(f.Trace); n < 4 || !f.Trace[n-1].Mark || f.Trace[n-1].Text != "REDUCE" || f.Trace[n-1].Offset != f.Offset {
				t.Errorf("%s: trace %+v", name, f.Trace)
			}
		}
	}
}

func TestTrace(t *testing.T) {
	_, findings, _ := unnamed(evil)
	var got []string
	for _, s := range findings[0].Trace {
		got = append(got, fmt.Sprintf("%d %s", s.Offset, s.Text))
	}
	want := "11 SHORT_BINUNICODE 'posix'|18 MEMOIZE|19 SHORT_BINUNICODE 'system'|27 MEMOIZE|28 STACK_GLOBAL|29 MEMOIZE|30 SHORT_BINUNICODE 'id'|34 MEMOIZE|35 TUPLE1|36 REDUCE"
	if strings.Join(got, "|") != want {
		t.Errorf("trace:\n%s\nwant\n%s", strings.Join(got, "|"), want)
	}
	long := recipe.MustAssemble("GLOBAL posix system\nMARK\n" + strings.Repeat("NONE\n", 100) + "TUPLE\nREDUCE\nSTOP\n")
	_, findings, _ = unnamed(long)
	steps := findings[0].Trace
	if len(steps) != 2*excerptOps+1 || steps[excerptOps].Text != "… 80 ops …" || !steps[len(steps)-1].Mark {
		t.Errorf("long trace: %d steps, %+v", len(steps), steps[excerptOps])
	}
}

// Behind an array of joblib nothing is known for sure, which is said; a payload
// there is found all the same.
func TestJoblib(t *testing.T) {
	const wrapper = `
PROTO 4
FRAME 60
EMPTY_DICT
MEMOIZE
GLOBAL joblib.numpy_pickle NumpyArrayWrapper
EMPTY_TUPLE
NEWOBJ
EMPTY_DICT
MEMOIZE
SHORT_BINUNICODE 'a'
NONE
SETITEM
BUILD
`
	for name, tt := range map[string]struct {
		rest string
		want []string
	}{
		"honest":  {"FRAME *\nMEMOIZE\nSETITEM\nSTOP\n", nil},
		"payload": {"FRAME *\nGLOBAL posix system\nSHORT_BINUNICODE 'id'\nTUPLE1\nREDUCE\nSTOP\n", []string{"PKL101"}},
	} {
		head := recipe.MustAssemble(wrapper)
		head[3] = byte(len(head) - 11)
		b := slices.Concat(head, []byte("\x02\xff\xff"), bytes.Repeat([]byte{1, 0, 0, 0x95}, 50_000), recipe.MustAssemble(tt.rest))
		_, findings, skips := unnamed(b)
		if got := ids(findings); !slices.Equal(got, tt.want) || len(skips) != 1 || !strings.Contains(skips[0].Reason, "array of joblib") {
			t.Errorf("%s: rules %v, skips %+v", name, got, skips)
		}
	}
}

// A file that is cut anywhere has a finding or a skip.
func TestTruncation(t *testing.T) {
	for name, whole := range map[string][]byte{
		"binary": evil, "text": evilText, "good": good, "zip": zipped(t, zip.Store, "n/data.pkl", string(evil)), "deflate": zipped(t, zip.Deflate, "n/data.pkl", string(evil)),
		"gzip": gzipped(t, good), "npy": npy("'|O'", "(1,)", good), // Behind its data a tar has only padding.
		"tar":    tarred(t, "a.pkl", good)[:512+len(good)],
		"rdb":    slices.Concat([]byte("REDIS0011\xfa\x09redis-ver\x057.0.1\xfe\x00\x00\x01k"), []byte{byte(len(evil))}, evil, []byte("\xff12345678")),
		"kombu":  []byte(`{"body": "` + base64.StdEncoding.EncodeToString(good) + `", "content-type": "application/x-python-serialize", "properties": {"body_encoding": "base64"}}`),
		"base64": []byte(base64.StdEncoding.EncodeToString(evil)),
	} {
		for n := range whole {
			rep, findings, skips := scanned(whole[:n], Default)
			// Text is any text, with a pickle in it that is whole.
			if len(findings)+len(skips) == 0 && (name != "kombu" || len(rep.Streams) == 0 || !rep.Streams[0].Trace.Complete) {
				t.Errorf("%s cut to %d of %d bytes: silent", name, n, len(whole))
			}
		}
	}
}

// Once the call stands in the file, no cut behind it and no junk takes the
// verdict back.
func TestErrorsLowerNoVerdict(t *testing.T) {
	call := bytes.IndexByte(evil, pickle.OpReduce) + 1
	for n := call; n < len(evil); n++ {
		for _, tail := range []string{"", "\xff", "\x80\x06", "h\x63", "(.", "\x97", "S'\\x'\n", "\x8d\xff\xff\xff\xff\xff\xff\xff\x7f", "R", "Pa\n"} {
			_, findings, _ := unnamed(slices.Concat(evil[:n], []byte(tail)))
			if !slices.Contains(ids(findings), "PKL101") {
				t.Errorf("cut to %d, then %q: rules %v", n, tail, ids(findings))
			}
		}
	}
}

func TestMillionCallsAreOneFinding(t *testing.T) {
	const calls = 1_000_000
	b := slices.Concat(recipe.MustAssemble("PROTO 2\nGLOBAL posix system\nBINPUT 0\nPOP\n"),
		bytes.Repeat(recipe.MustAssemble("BINGET 0\nEMPTY_TUPLE\nREDUCE\nPOP\n"), calls), []byte("N."))
	_, findings, _ := unnamed(b)
	if len(findings) != 1 || !strings.Contains(findings[0].Message, "more of this in the stream") {
		t.Errorf("%d findings: %v", len(findings), findings[0].Message)
	}
}

func TestFindingsAreCapped(t *testing.T) {
	var b strings.Builder
	for i := range 300 {
		fmt.Fprintf(&b, "GLOBAL mine f%d\nPOP\n", i)
	}
	b.WriteString("GLOBAL posix system\nPOP\nNONE\nSTOP\n")
	_, findings, _ := unnamed(recipe.MustAssemble(b.String()))
	if len(findings) != maxFindings+1 || !strings.HasPrefix(findings[maxFindings].Message, "201 more findings") {
		t.Errorf("%d findings, last %s", len(findings), findings[len(findings)-1].Message)
	}
	if !slices.Contains(ids(findings), "PKL101") {
		t.Error("the worst finding was dropped")
	}
	prints := map[lint.Fingerprint]bool{}
	for _, f := range findings {
		if prints[f.Fingerprint] {
			t.Errorf("two findings share fingerprint %s", f.Fingerprint)
		}
		prints[f.Fingerprint] = true
	}
}
