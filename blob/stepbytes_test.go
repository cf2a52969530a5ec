package blob

import (
	"archive/zip"
	"encoding/hex"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/lint"
)

// A step has the bytes of its op, of a long one the first, wherever the stream stands.
func TestStepBytes(t *testing.T) {
	long := strings.Repeat("x", 40)
	evil := []byte("\x80\x02cos\nsystem\nX\x28\x00\x00\x00" + long + "\x85R.")
	want := []string{
		hex.EncodeToString([]byte("cos\nsystem\n")), hex.EncodeToString([]byte("X\x28\x00\x00\x00" + long))[:2*lint.StepBytes],
		"85", "52",
	}
	for name, data := range map[string][]byte{"raw": evil, "gzip": gzipped(t, evil), "zip": zipped(t, zip.Deflate, "a.pkl", string(evil))} {
		_, findings, _ := unnamed(data)
		if len(findings) != 1 {
			t.Fatalf("%s: %d findings", name, len(findings))
		}
		var got []string
		for _, s := range findings[0].Trace {
			got = append(got, s.Bytes)
		}
		if strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}
