package blob

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"context"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pickle-lint/pickle-lint/catalog"
)

func zipOf(t testing.TB, comment string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	f, err := w.Create("a.txt")
	if err == nil {
		_, err = f.Write([]byte("hello"))
	}
	if err := errors.Join(err, w.SetComment(comment), w.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// packed compresses with what open makes.
func packed(t testing.TB, open func(io.Writer) io.WriteCloser) []byte {
	t.Helper()
	var b bytes.Buffer
	w := open(&b)
	if _, err := w.Write([]byte("hello")); err != nil || w.Close() != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func unhex(t testing.TB, text string) []byte {
	t.Helper()
	b, err := hex.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// containersWithAnEnd are honest containers of nothing.
func containersWithAnEnd(t testing.TB) map[string][]byte {
	t.Helper()
	database := make([]byte, 512)
	copy(database, "SQLite format 3\x00")
	binary.BigEndian.PutUint16(database[16:], 512)
	binary.BigEndian.PutUint32(database[28:], 1)
	database[100] = 13 // a leaf without rows
	return map[string][]byte{
		"zip":                zipOf(t, ""),
		"zip with a comment": zipOf(t, "no comment"),
		"tar":                tarred(t, "a.txt", []byte("hello")),
		"gzip":               packed(t, func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) }),
		"zlib":               packed(t, func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) }),
		// bz2.compress and lzma.compress of "hello".
		"bzip2":  unhex(t, "425a68393141592653591931653d00000081000244a000219a68334d07338bb9229c28480c98b29e80"),
		"xz":     unhex(t, "fd377a585a000004e6d6b4460200210116000000742fe5a301000468656c6c6f00000000b137b9dbe5da1e9b00011d05b82d80af1fb6f37d010000000004595a"),
		"sqlite": database,
		"npy":    append([]byte("\x93NUMPY\x01\x00\x37\x00{'descr': '<i8', 'fortran_order': False, 'shape': (1,)}"), make([]byte, 8)...),
		"rdb":    []byte("REDIS0003\xff"),
		"7z":     append([]byte("7z\xbc\xaf\x27\x1c\x00\x04"), make([]byte, 24)...),
	}
}

// What stands behind the end of a container is of no member, and is looked at.
func TestBehindTheEndOfAContainer(t *testing.T) {
	junk := "\x01\x02\x03\x04\x05"
	for name, b := range containersWithAnEnd(t) {
		if _, findings, skips := scanned(b, Strict); len(findings) > 0 || name != "gzip" && name != "zlib" && name != "bzip2" && name != "xz" && len(skips) > 0 {
			t.Errorf("%s: alone: %v, %v", name, ids(findings), skips)
		}
		for what, rest := range map[string]string{"PROTO": string(evil), "text": string(evilText)} {
			for _, named := range []bool{true, false} {
				whole := string(b) + rest
				rep := Scan(context.Background(), "f", strings.NewReader(whole), int64(len(whole)), Options{Named: named})
				if !slices.Contains(rulesOf(rep), "PKL101") {
					t.Errorf("%s: %s at once, named %v: %v, %v", name, what, named, rulesOf(rep), rep.Problems)
				}
			}
		}
		whole := string(b) + junk + string(evil)
		if _, findings, _ := scanned([]byte(whole), Default); !slices.Contains(ids(findings), "PKL101") {
			t.Errorf("%s: behind something: %v", name, ids(findings))
		}
	}
}

// rulesOf are the rules that a report breaks.
func rulesOf(rep *Report) []string {
	findings, _ := Judge(rep, catalog.Builtin(), Default)
	return ids(findings)
}

// So is what stands before a zip and between its entries and its directory, and what
// is behind its end as somebody sees it who takes the comment for a part of it.
func TestAroundTheEntriesOfAZip(t *testing.T) {
	z, c := zipOf(t, ""), zipOf(t, "no comment")
	directory := bytes.Index(z, []byte("PK\x01\x02"))
	for name, b := range map[string][]byte{
		"before the entries":                slices.Concat([]byte("junk"), evil, z),
		"before the directory":              slices.Concat(z[:directory], evil, z[directory:]),
		"text behind the comment":           slices.Concat(c, evilText),
		"text instead of the comment":       slices.Concat(zipOf(t, string(evilText))),
		"behind a comment that is not long": slices.Concat(zipOf(t, "x\n"), evilText),
	} {
		if _, findings, _ := scanned(b, Default); !slices.Contains(ids(findings), "PKL101") {
			t.Errorf("%s: %v", name, ids(findings))
		}
	}
}

// failing cannot be read from an offset on.
type failing struct {
	io.ReaderAt
	from int64
}

func (f failing) ReadAt(b []byte, off int64) (int, error) {
	if off+int64(len(b)) > f.from {
		return 0, errors.New("input/output error")
	}
	return f.ReaderAt.ReadAt(b, off)
}

// A value that cannot be read is told, one that only looks compressed is not.
func TestUnreadableValue(t *testing.T) {
	value := append([]byte("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03"), bytes.Repeat([]byte{0xff}, 2000)...)
	b := slices.Concat(containersWithAnEnd(t)["npy"], value)
	if rep := Scan(context.Background(), "f", bytes.NewReader(b), int64(len(b)), Options{}); len(rep.Problems) > 0 {
		t.Errorf("it only looks compressed: %v", rep.Problems)
	}
	r := failing{bytes.NewReader(b), 900}
	rep := Scan(context.Background(), "f", r, int64(len(b)), Options{})
	if !slices.ContainsFunc(rep.Problems, func(p Problem) bool { return len(p.Member) > 1 && strings.Contains(p.Reason, "input/output error") }) {
		t.Errorf("it cannot be read: %v", rep.Problems)
	}
}

// Why a file was not read to its end is one line.
func TestStoppedInOneLine(t *testing.T) {
	b := zipOf(t, "")
	interrupted, cancel := context.WithCancel(context.Background())
	cancel()
	late, cancel := context.WithDeadline(context.Background(), time.Now().Add(-time.Second))
	defer cancel()
	for want, ctx := range map[string]context.Context{"interrupted": interrupted, "out of time": late} {
		rep := Scan(ctx, "f", bytes.NewReader(b), int64(len(b)), Options{Named: true})
		if len(rep.Problems) == 0 {
			t.Fatalf("%s: no problem", want)
		}
		for _, p := range rep.Problems {
			if !strings.Contains(p.Reason, want) || strings.Contains(p.Reason, "\n") || want != "out of time" && strings.Contains(p.Reason, "out of time") {
				t.Errorf("%s: %q", want, p.Reason)
			}
		}
	}
}
