package pickle_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/pickle"
)

// TestOpcodeTable compares the table with pickletools, and tries all 256 bytes.
func TestOpcodeTable(t *testing.T) {
	kinds := map[string]pickle.ArgKind{
		"": pickle.ArgNone, "uint1": pickle.ArgU1, "uint2": pickle.ArgU2, "uint4": pickle.ArgU4, "int4": pickle.ArgI4,
		"uint8": pickle.ArgU8, "float8": pickle.ArgF8, "long1": pickle.ArgLen1, "long4": pickle.ArgILen4,
		"decimalnl_short": pickle.ArgLine, "decimalnl_long": pickle.ArgLine, "floatnl": pickle.ArgLine, "stringnl": pickle.ArgLine,
		"stringnl_noescape": pickle.ArgLine, "unicodestringnl": pickle.ArgLine, "stringnl_noescape_pair": pickle.ArgLines,
		"string1": pickle.ArgLen1, "bytes1": pickle.ArgLen1, "unicodestring1": pickle.ArgLen1, "string4": pickle.ArgILen4,
		"bytes4": pickle.ArgLen4, "unicodestring4": pickle.ArgLen4, "bytes8": pickle.ArgLen8, "unicodestring8": pickle.ArgLen8, "bytearray8": pickle.ArgLen8,
	}
	lines := python(t, oracles(t)[0], "", "-c", "import pickletools\nfor o in pickletools.opcodes: print(ord(o.code), o.name, o.proto, o.arg.name if o.arg else '', sep=',')")
	if len(lines) != 68 {
		t.Errorf("pickletools has %d opcodes, we know 68", len(lines))
	}
	known := map[byte]bool{}
	for _, line := range lines {
		var code byte
		var proto int
		f := strings.Split(line, ",")
		if _, err := fmt.Sscan(f[0]+" "+f[2], &code, &proto); err != nil {
			t.Fatal(err)
		}
		known[code] = true
		kind, ok := kinds[f[3]]
		if !ok {
			t.Errorf("%s has an argument of kind %s, which is new", f[1], f[3])
		}
		want := pickle.Opcode{Name: f[1], Code: code, Arg: kind, Proto: proto}
		if got, _ := pickle.Lookup(code); got != want {
			t.Errorf("0x%02x is %+v, pickletools says %+v", code, got, want)
		}
		if got, ok := pickle.LookupName(f[1]); !ok || got != want {
			t.Errorf("LookupName(%s) = %+v, %v", f[1], got, ok)
		}
	}
	for i := range 256 {
		if _, ok := pickle.Lookup(byte(i)); ok != known[byte(i)] {
			t.Errorf("Lookup(0x%02x) = %v, pickletools says %v", i, ok, known[byte(i)])
		}
		b := append([]byte{byte(i)}, make([]byte, 12)...)
		_, err := pickle.NewLexer(bytes.NewReader(b), int64(len(b)), 0, pickle.Limits{}).Next()
		var perr *pickle.Error
		bad := errors.As(err, &perr) && perr.Kind == pickle.BadOpcode
		if bad == known[byte(i)] {
			t.Errorf("reading 0x%02x: %v", i, err)
		}
		if _, err := pickle.Run(bytes.NewReader(b), int64(len(b)), 0, pickle.Options{}); err == nil && byte(i) != pickle.OpStop {
			continue // some byte followed by zeros may be a stream; no panic is what counts
		}
	}
	if _, ok := pickle.LookupName(""); ok {
		t.Error("the empty name is an opcode")
	}
}

func TestFormat(t *testing.T) {
	long := strings.Repeat("a", 100)
	for in, want := range map[string]string{
		"N":                                    "NONE",
		"\x80\x04":                             "PROTO 4",
		"J\xfe\xff\xff\xff":                    "BININT -2",
		"\x8c\x02id":                           "SHORT_BINUNICODE 'id'",
		"\x8c\x04a\n'\x1b":                     `SHORT_BINUNICODE "a\n'\x1b"`,
		"\x8c\x03\xed\xa0\x80":                 `SHORT_BINUNICODE '\ud800'`,
		"X\x02\x00\x00\x00\xc3\xa9":            `BINUNICODE '\xe9'`,
		"cposix\nsystem\n":                     "GLOBAL 'posix system'",
		"ia\x00\nb\n":                          `INST 'a\x00 b'`,
		"S'i\\x64'\n":                          "STRING 'id'",
		"Sx\n":                                 "STRING x",
		"V\\u0041\n":                           "UNICODE 'A'",
		"I0x10\n":                              "INT 0x10",
		"C\x02\xff'":                           `SHORT_BINBYTES b"\xff'"`,
		"\x8a\x01\xff":                         "LONG1 -1",
		"\x8a\x09123456789":                    "LONG1 <9 bytes>",
		"G?\xf8\x00\x00\x00\x00\x00\x00":       "BINFLOAT 1.5",
		"G\x40\x00\x00\x00\x00\x00\x00\x00":    "BINFLOAT 2.0",
		"\x95\x05\x00\x00\x00\x00\x00\x00\x00": "FRAME 5",
		"X\x64\x00\x00\x00" + long:             "BINUNICODE '" + long[:40] + "'…",
	} {
		r := bytes.NewReader([]byte(in))
		op, err := pickle.NewLexer(r, int64(len(in)), 0, pickle.Limits{}).Next()
		if err != nil {
			t.Fatalf("%q: %v", in, err)
		}
		if got, err := pickle.Format(r, op, 40); err != nil || got != want {
			t.Errorf("Format(%q) = %s, %v; want %s", in, got, err, want)
		}
	}
}

// sparseReader is an input of any size without bytes to speak of; it counts
// how much is read.
type sparseReader struct {
	head []byte
	size int64
	read int64
}

func (s *sparseReader) ReadAt(p []byte, off int64) (int, error) {
	s.read += int64(len(p))
	for i := range p {
		p[i] = '.'
		if off+int64(i) < int64(len(s.head)) {
			p[i] = s.head[off+int64(i)]
		}
	}
	return len(p), nil
}

func TestPayloadIsNotRead(t *testing.T) {
	const size = 1 << 40
	r := &sparseReader{head: binary.LittleEndian.AppendUint64([]byte{pickle.OpBinBytes8}, size), size: size + 10}
	trace, err := pickle.Run(r, r.size, 0, pickle.Options{})
	if err != nil || !trace.Complete || trace.End != size+10 {
		t.Fatalf("%+v, %v", trace, err)
	}
	if r.read > 256<<10 {
		t.Errorf("%d bytes were read to step over a payload", r.read)
	}
}
