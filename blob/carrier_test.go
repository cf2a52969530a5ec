package blob

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

// Stores whose format is not taken apart are searched although nobody named them;
// each head is what the library writes.
func TestCarriers(t *testing.T) {
	zeros := func(n int) string { return strings.Repeat("\x00", n) }
	for name, head := range map[string]string{
		"gdbm 1.23":        "\xcf\x9a\x57\x13\x00\x10\x00\x00\x00\x10\x00\x00",
		"gdbm, big-endian": "\x13\x57\x9a\xce\x00\x00\x10\x00",
		"Berkeley DB 1.85": "\x00\x06\x15\x61\x00\x00\x00\x02",
		"LMDB":             zeros(10) + "\x08\x00" + zeros(4) + "\xde\xc0\xef\xbe\x01\x00\x00\x00",
		"TDB":              "TDB file\n\x00",
		"Tokyo Cabinet":    "ToKyO CaBiNeT\n\x00",
		"ZODB":             "FS21\x03\xf4\x9c\x5b\xbb\x8e\x66\x77",
		"HDF5":             "\x89HDF\r\n\x1a\n\x02\x08\x08\x00",
		"Arrow":            "ARROW1\x00\x00\xff\xff\xff\xff",
		"Parquet":          "PAR1\x15\x04\x15",
	} {
		for at, gap := range map[string]int{"soon": 300, "later": 400 << 10} {
			b := func(p []byte) []byte {
				return slices.Concat([]byte(head), bytes.Repeat([]byte{0xee}, gap), good, []byte{0, 1, 2}, p, bytes.Repeat([]byte{0xee}, 100))
			}
			if _, findings, skips := unnamed(b(evil)); !slices.Equal(ids(findings), []string{"PKL101"}) || len(skips) > 0 {
				t.Errorf("%s, %s: %v, %v", name, at, ids(findings), skips)
			}
			if _, findings, skips := unnamed(b(good)); len(findings)+len(skips) > 0 {
				t.Errorf("%s, honest: %v, %v", name, ids(findings), skips)
			}
		}
	}
	// Other files that nobody named are not read to their end.
	rep, findings, _ := unnamed(slices.Concat([]byte("gdbm, LMDB and HDF5"), make([]byte, glanceBytes), evil))
	if len(findings) > 0 || rep.Recognised() {
		t.Errorf("a file of no known kind: %v", ids(findings))
	}
}
