package recipe

import (
	"bytes"
	"encoding/hex"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/pickle"
)

func TestAssemble(t *testing.T) {
	for _, tt := range []struct{ text, hex string }{
		{"PROTO 4\nGLOBAL posix system\nSHORT_BINUNICODE 'id'\nTUPLE1\nREDUCE\nSTOP", "800463706f7369780a73797374656d0a8c02696485522e"},
		{"GLOBAL 'posix system'", "63706f7369780a73797374656d0a"},
		{`GLOBAL "os " 'a b'`, "636f73200a6120620a"},
		{"STRING 'i d'  # a comment", "53276920 64270a"},
		{`STRING '\x41'`, "53275c783431270a"},
		{`STRING "\"a'"`, "532261270a"},
		{"INT 01\nLONG 5L\nFLOAT 1.5\nPUT 0\nGET 0", "4930310a4c354c0a46312e350a70300a67300a"},
		{"BININT -2\nBININT1 255\nBININT2 0x102\nEXT4 -1", "4afeffffff4bff4d020184ffffffff"},
		{"BINFLOAT 1.5\nBINFLOAT 0x7ff8000000000001", "473ff8000000000000477ff8000000000001"},
		{"LONG1 0\nLONG1 -1\nLONG1 128\nLONG1 -128\nLONG1 b'\\x00\\x00'\nLONG4 256", "8a008a01ff8a0280008a01808a0200008b020000000001"},
		{`BINUNICODE '\ud800é\U0001f600'`, "5809000000eda080c3a9f09f9880"},
		{"PROTO 4\nFRAME *\nNONE\nFRAME *\nSTOP", "8004950b000000000000004e9501000000000000002e"},
		{"FRAME 3\nHEX 80 04\nRAW \"\\xff\\n\"", "95030000000000000080" + "04ff0a"},
		{"\n# only a comment\n\t\n", ""},
	} {
		want, err := hex.DecodeString(strings.ReplaceAll(tt.hex, " ", ""))
		if err != nil {
			t.Fatal(err)
		}
		got, err := Assemble(tt.text)
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("Assemble(%q) = %x, %v; want %x", tt.text, got, err, want)
		}
	}
}

func TestAssembleErrors(t *testing.T) {
	for text, want := range map[string]string{
		"NONE\nNOPE":              "line 2: NOPE is no opcode",
		"PROTO":                   "takes 1 arguments, has 0",
		"PROTO 256":               "out of range",
		"NONE 1":                  "takes 0 arguments",
		"GLOBAL os":               "takes 2 arguments",
		"GLOBAL 'os'":             "is not a module, a space and a name",
		"SHORT_BINUNICODE id":     "is not quoted",
		"SHORT_BINUNICODE 'id":    "quote is not closed",
		"SHORT_BINUNICODE 'a'b":   "without a space",
		`SHORT_BINUNICODE '\q'`:   "is no escape",
		`SHORT_BINUNICODE '\x1'`:  "is no escape",
		`BINUNICODE '\Uffffffff'`: "no code point",
		"HEX 8":                   "odd length",
		"RAW x":                   "one quoted argument",
		"LONG1 x":                 "is no number",
		`UNICODE "a\n"`:           "a newline ends the text",
		"BINFLOAT x":              "invalid syntax",
		"SHORT_BINUNICODE '" + strings.Repeat("a", 256) + "'": "a 1-byte length ends at 255",
	} {
		if _, err := Assemble(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Assemble(%.40q): %v, want %q", text, err, want)
		}
	}
}

// every op of the table survives the way there and back.
func TestRoundTrip(t *testing.T) {
	var all []byte
	args := map[pickle.ArgKind]string{
		pickle.ArgNone: "", pickle.ArgU1: "\x05", pickle.ArgU2: "\x05\x01", pickle.ArgU4: "\x05\x01\x00\x80",
		pickle.ArgI4: "\xff\xff\xff\xff", pickle.ArgU8: "\x05\x00\x00\x00\x00\x00\x00\x80",
		pickle.ArgF8: "\x7f\xf8\x00\x00\x00\x00\x00\x01", pickle.ArgLine: "b'a \xff\n", pickle.ArgLines: "os \n'#x\n",
		pickle.ArgLen1: "\x02\xff'", pickle.ArgLen4: "\x02\x00\x00\x00\"\\", pickle.ArgILen4: "\x01\x00\x00\x00\n",
		pickle.ArgLen8: "\x01\x00\x00\x00\x00\x00\x00\x00a",
	}
	for i := range 256 {
		if op, ok := pickle.Lookup(byte(i)); ok {
			all = append(append(all, op.Code), args[op.Arg]...)
		}
	}
	text, err := Disassemble(all)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(text, "HEX") {
		t.Errorf("an op was written as bytes:\n%s", text)
	}
	if got, err := Assemble(text); err != nil || !bytes.Equal(got, all) {
		t.Errorf("came back as %x, %v; want %x\n%s", got, err, all, text)
	}
}

func FuzzRoundTrip(f *testing.F) {
	f.Add([]byte("\x80\x04cos\nsystem\n\x8c\x02id\x85R."))
	f.Add([]byte("S'a'\nS\"a'\nVx\nI 1\n\xff"))
	f.Add([]byte("cos"))
	f.Fuzz(func(t *testing.T, b []byte) {
		text, err := Disassemble(b)
		if err != nil {
			t.Fatal(err)
		}
		got, err := Assemble(text)
		if err != nil || !bytes.Equal(got, b) {
			t.Fatalf("%x came back as %x, %v\n%s", b, got, err, text)
		}
	})
}
