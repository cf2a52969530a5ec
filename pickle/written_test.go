package pickle

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"strings"
	"testing"
)

// The sign of a tar stands far behind its start; text is looked at so far only if so
// much of it may be digits.
func TestWrittenTar(t *testing.T) {
	header := bytes.Repeat([]byte{0}, 512)
	copy(header, "a.pkl")
	copy(header[tarMagicAt:], tarMagic)
	for name, tt := range map[string]struct {
		text string
		want Coding
	}{
		"base64":        {base64.StdEncoding.EncodeToString(header), AsBase64},
		"hex":           {hex.EncodeToString(header), AsHex},
		"in lines":      {wrapped(base64.StdEncoding.EncodeToString(header), 76, "\r\n  "), AsBase64},
		"just enough":   {base64.StdEncoding.EncodeToString(header)[:tarDigits], AsBase64},
		"cut":           {base64.StdEncoding.EncodeToString(header)[:tarDigits-1], 0},
		"a sign before": {strings.Replace(base64.StdEncoding.EncodeToString(header), "A", ".", 300), 0},
		"words":         {strings.Repeat("some_identifier another ", 30), 0},
	} {
		if got := Written([]byte(tt.text), 1<<20); got != tt.want {
			t.Errorf("%s: %v, want %v", name, got, tt.want)
		}
	}
}

// wrapped breaks a text into lines of some length.
func wrapped(text string, length int, end string) string {
	var b strings.Builder
	for len(text) > length {
		b.WriteString(text[:length] + end)
		text = text[length:]
	}
	return b.String() + text
}

// BenchmarkWritten looks at names as long as those of programs: none stands for a pickle.
func BenchmarkWritten(b *testing.B) {
	text := []byte(strings.Repeat("test_load_state_dict_from_url(self, expected_result_of_the_call)\n    return collections.OrderedDict()\n", 7))
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if Written(text, 1<<20) != 0 {
			b.Fatal("a name is taken for a pickle")
		}
	}
}
