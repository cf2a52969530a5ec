package pickle_test

import (
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/pickle"
)

// A call has the place of its only argument where that is bytes that look like a
// pickle, however the stream writes them, and nothing else has.
func TestCallPayload(t *testing.T) {
	const inner = "\x80\x02}q\x00X\x01\x00\x00\x00aK\x01s."
	size := string(rune(len(inner)))
	const text = "V\x80\x02}q\\u0000X\x01\\u0000\\u0000\\u0000aK\x01s."
	const encode = "c_codecs\nencode\n"
	for name, tt := range map[string]struct {
		stream string
		want   string // what stands in front of the payload
	}{
		"bytes":             {"\x80\x03cf\ng\nC" + size + inner + "\x85R.", "C" + size},
		"memoized":          {"\x80\x03C" + size + inner + "q\x000cf\ng\nh\x00\x85R.", "C" + size},
		"encoded":           {"cf\ng\n" + encode + text + "\nVlatin1\n\x86R\x85R.", "V"},
		"another codec":     {"cf\ng\n" + encode + text + "\nVutf-7\n\x86R\x85R.", ""},
		"another encode":    {"cf\ng\nccodecs\nencode\n" + text + "\nVlatin1\n\x86R\x85R.", ""},
		"two arguments":     {"\x80\x03cf\ng\nC" + size + inner + "N\x86R.", ""},
		"unpacked":          {"\x80\x03cf\ng\nC" + size + inner + "R.", ""},
		"a str":             {"cf\ng\n" + text + "\n\x85R.", ""},
		"a binary string":   {"cf\ng\nU" + size + inner + "\x85R.", ""},
		"a bytearray":       {"\x80\x05cf\ng\n\x96" + size + strings.Repeat("\x00", 7) + inner + "\x85R.", ""},
		"base64":            {"\x80\x03cf\ng\nC\x18gAJ9cQBYAQAAAGFLAXMu1234\x85R.", ""},
		"no pickle":         {"\x80\x03cf\ng\nC\x0fa harmless text\x85R.", ""},
		"another's payload": {"\x80\x03C" + size + inner + "0cf\ng\nC\x02ab\x85R.", ""},
		"made with keyword": {"\x80\x04cf\ng\nC" + size + inner + "\x85}\x92.", ""},
	} {
		trace, kind := run(t, tt.stream, pickle.Limits{})
		if kind != "" {
			t.Errorf("%s: %s", name, kind)
			continue
		}
		want := int64(0)
		if tt.want != "" {
			before, _, _ := strings.Cut(tt.stream, "\x80\x02}")
			want = int64(strings.LastIndex(before, tt.want) + len(tt.want))
		}
		if got := trace.Calls[len(trace.Calls)-1].Payload; got != want {
			t.Errorf("%s: %d, want %d; %+v", name, got, want, trace.Embedded)
		}
	}
}

// Past the limits, calls that were given other bytes are not one.
func TestPayloadTellsCallsApart(t *testing.T) {
	const inner = "\x80\x02}q\x00X\x01\x00\x00\x00aK\x01s."
	one := "h\x00C" + string(rune(len(inner))) + inner + "\x85R0"
	trace, _ := run(t, "\x80\x03cf\ng\nq\x000"+strings.Repeat(one, 8)+"N.", pickle.Limits{Facts: 4})
	seen := make(map[int64]bool)
	for _, c := range trace.Calls {
		seen[c.Payload] = true
	}
	if len(seen) != 8 {
		t.Errorf("%d payloads in %d calls, %d repeated", len(seen), len(trace.Calls), trace.Repeated)
	}
}
