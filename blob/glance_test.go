package blob

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pickle-lint/pickle-lint/internal/recipe"
)

// walkedOver are the rules that a file breaks that nobody named.
func walkedOver(b []byte) []string {
	return rulesOf(Scan(context.Background(), "f", bytes.NewReader(b), int64(len(b)), Options{}))
}

// Files that nobody named are glanced at.
func TestGlance(t *testing.T) {
	length := func(n int, order binary.ByteOrder, b []byte) []byte {
		head := make([]byte, n)
		if n == 4 {
			order.PutUint32(head, uint32(len(b)))
		} else {
			order.PutUint64(head, uint64(len(b)))
		}
		return slices.Concat(head, b)
	}
	for name, b := range map[string][]byte{
		"4 bytes of length":            length(4, binary.LittleEndian, evil),
		"8 bytes of length":            length(8, binary.BigEndian, evil),
		"4 bytes of length, then text": length(4, binary.BigEndian, evilText),
		"8 bytes of length, then text": length(8, binary.LittleEndian, evilText),
		"a short length":               append([]byte{byte(len(evil))}, evil...),
		"a short length, then text":    append([]byte{byte(len(evilText))}, evilText...),
		"zeros":                        append(make([]byte, 100), evil...),
		"a header and packets":         slices.Concat([]byte("\xd4\xc3\xb2\xa1\x02\x00\x04\x00"), make([]byte, 60), evil, make([]byte, 20)),
		"a dump of memcached":          slices.Concat([]byte("VALUE key 0 55\r\n"), evil, []byte("\r\nEND\r\n")),
		"far behind":                   slices.Concat(bytes.Repeat([]byte("abcdefg\x00"), 10_000), evil),
	} {
		if rules := walkedOver(b); !slices.Contains(rules, "PKL101") {
			t.Errorf("%s: %v", name, rules)
		}
	}
	for name, b := range map[string][]byte{
		"behind what is glanced at":  slices.Concat(make([]byte, glanceBytes), evil),
		"a literal of compiled code": slices.Concat([]byte("\xa7\x0d\r\n\x00\x00\x00\x00"), make([]byte, 8), evil),
		"no op behind PROTO":         slices.Concat(make([]byte, 100), []byte("\x80\x04\xff"), evil[3:]),
	} {
		if rules := walkedOver(b); len(rules) > 0 {
			t.Errorf("%s: %v", name, rules)
		}
	}
}

// Text that stands for a pickle is found in whatever text is around it.
func TestPicklesInText(t *testing.T) {
	old := recipe.MustAssemble("PROTO 2\nGLOBAL posix system\nBINUNICODE 'id'\nTUPLE1\nREDUCE\nSTOP\n")
	in64 := base64.StdEncoding.EncodeToString
	z := zipped(t, zip.Store, "x.pkl", string(evil))
	for name, text := range map[string]string{
		"JSON":                 `[{"pk": 1, "fields": {"name": "hello", "value": "` + in64(evil) + `"}}]`,
		"JSON, protocol 0":     `{"body": "` + in64(evilText) + `"}`,
		"JSON, protocol 2":     `{"body": "` + in64(old) + `"}`,
		"JSON, a zip":          `{"body": "` + in64(z) + `"}`,
		"CSV":                  "id,name,value\n1,a,b\n2,c," + in64(evil) + "\n",
		"YAML":                 "a: !!binary |\n  " + in64(evil)[:40] + "\n  " + in64(evil)[40:] + "\n",
		"SQL":                  "INSERT INTO t VALUES (1, X'" + strings.ToUpper(hex.EncodeToString(evil)) + "');",
		"SQL of PostgreSQL":    "1\t\\\\x" + hex.EncodeToString(evilText) + "\n",
		"SQL with a number":    "INSERT INTO t VALUES (0x" + hex.EncodeToString(old) + ");",
		"alone":                in64(evilText),
		"alone, in hex":        hex.EncodeToString(evil),
		"alone, a zip":         in64(z),
		"alone, a tar":         in64(tarred(t, "x.pkl", evil)),
		"alone, in hex, a tar": hex.EncodeToString(tarred(t, "x.pkl", evil)),
		"four times":           in64([]byte(in64([]byte(hex.EncodeToString([]byte(in64(evil))))))),
		"three times, text":    in64([]byte(hex.EncodeToString([]byte(in64(evilText))))),
	} {
		if rules := walkedOver([]byte(text)); !slices.Contains(rules, "PKL101") {
			t.Errorf("%s: %v", name, rules)
		}
		far := strings.Repeat("some words, and none of them is a pickle\n", 20_000) + text
		if _, findings, _ := scanned([]byte(far), Default); !slices.Contains(ids(findings), "PKL101") {
			t.Errorf("%s, far behind: %v", name, ids(findings))
		}
		// Wherever windows end.
		for _, n := range []int{carveWindow - 700, carveWindow - 641, carveWindow - 640, carveWindow - 100, carveWindow - 1, carveWindow} {
			at := strings.Repeat(" ", n) + text
			if _, findings, _ := scanned([]byte(at), Default); !slices.Contains(ids(findings), "PKL101") {
				t.Errorf("%s, behind %d bytes: %v", name, n, ids(findings))
			}
		}
	}
	// What is broken there is nobody's business, unless somebody said that there is
	// a pickle.
	torn := []byte(`{"body": "` + in64(z[:len(z)-30]) + `"}`)
	honest := zipped(t, zip.Store, "a.txt", "hello")
	if rep := Scan(context.Background(), "f", bytes.NewReader(torn[:60]), 60, Options{}); len(rep.Problems) > 0 || len(rep.Containers) > 0 {
		t.Errorf("cut: %v, %v", rep.Problems, rep.Containers)
	}
	text := []byte(`{"body": "` + in64(honest[:len(honest)-30]) + `"}`)
	if rep := Scan(context.Background(), "f", bytes.NewReader(text), int64(len(text)), Options{}); len(rep.Problems) > 0 || len(rep.Containers) > 0 {
		t.Errorf("a zip: %v, %v", rep.Problems, rep.Containers)
	}
}

// Lines of base64 go on with each other, and each may begin something: the work is
// bounded all the same.
func TestManyLinesOfText(t *testing.T) {
	if testing.Short() {
		t.Skip("a megabyte takes half a minute under the race detector")
	}
	line := base64.StdEncoding.EncodeToString([]byte("\x80\x04\x95\x00\x01\x00\x00\x00\x00\x00\x00NNNN")) + "\n"
	b := append([]byte("lines:\n"), bytes.Repeat([]byte(line), 1<<20/len(line)-10)...)
	b = append(b, base64.StdEncoding.EncodeToString(evil)...)
	start := time.Now()
	if rules := walkedOver(b); !slices.Contains(rules, "PKL101") {
		t.Error(rules)
	}
	t.Logf("%d bytes in %v", len(b), time.Since(start))
}
