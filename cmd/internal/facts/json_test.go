package facts

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestAppendJSON(t *testing.T) {
	for _, tt := range []struct{ in, name, file string }{
		{"", `""`, `""`},
		{"os.system", `"os.system"`, `"os.system"`},
		{"a\"\\\n\t\x00\x1b[", `"a\"\\\n\u0009\u0000\u001b["`, `"a\"\\\n\u0009\u0000\u001b["`},
		{"é中😀", `"é中😀"`, `"é中😀"`},
		{"\u202e\u009b\ufeff", `"\u202e\u009b\ufeff"`, `"\u202e\u009b\ufeff"`},
		{"\U000e0001", `"\udb40\udc01"`, `"\udb40\udc01"`},
		{"\xed\xa0\x80x", `"\ud800x"`, `"\udced\udca0\udc80x"`},
		{"\xed\xb2\x80", `"\udc80"`, `"\udced\udcb2\udc80"`},
		{"\xff\x80", `"\udcff\udc80"`, `"\udcff\udc80"`},
		{"\xe4\xb8", `"\udce4\udcb8"`, `"\udce4\udcb8"`},
		{"\xed\xa0", `"\udced\udca0"`, `"\udced\udca0"`},
		{"\ufffd", `"` + "\ufffd" + `"`, `"` + "\ufffd" + `"`},
	} {
		if got := string(appendJSON(nil, tt.in, true)); got != tt.name {
			t.Errorf("the name %q is %s, want %s", tt.in, got, tt.name)
		}
		if got := string(appendJSON(nil, tt.in, false)); got != tt.file {
			t.Errorf("the file %q is %s, want %s", tt.in, got, tt.file)
		}
	}
}

func FuzzAppendJSON(f *testing.F) {
	f.Add("os\x00\xff\xed\xa0\x80\U000e0001\u202e")
	f.Fuzz(func(t *testing.T, s string) {
		for _, pass := range []bool{false, true} {
			out := appendJSON(nil, s, pass)
			var back string
			if err := json.Unmarshal(out, &back); err != nil {
				t.Fatalf("%q: %v", out, err)
			}
			if utf8.ValidString(s) && back != s {
				t.Fatalf("%q came back as %q", s, back)
			}
			if i := bytes.IndexFunc(out, func(r rune) bool { return r < ' ' || r >= 0x7f && r < 0xa0 || r == 0x202e }); i >= 0 {
				t.Fatalf("%q has a control character at %d", out, i)
			}
		}
	})
}

// Python is the other end: what it reads must be the name that its loader has,
// and the file that the system has.
func TestPythonReadsBack(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("needs python3")
	}
	parts := []string{"a", "\"", "\\", "\n", "\x00", "\x7f", "é", "\u2028", "\U0001f600", "\U000e0001", "\xed\xa0\x80", "\xed\xb3\xbf", "\xff", "\xc3", "\x80"}
	var names, files []string
	for _, a := range parts {
		for _, b := range parts {
			for _, c := range parts {
				s := a + b + c
				files = append(files, s)
				// A high surrogate before a low one is what JSON cannot hold,
				// and a name with other bytes is no str.
				if !strings.Contains(s, "\xed\xa0\x80\xed\xb3\xbf") && passes(s) {
					names = append(names, s)
				}
			}
		}
	}
	var in bytes.Buffer
	line := func(s string, pass bool) {
		in.Write(appendJSON(nil, s, pass))
		in.WriteByte('\n')
	}
	for _, s := range names {
		line(s, true)
	}
	in.WriteString("\n")
	for _, s := range files {
		line(s, false)
	}
	cmd := exec.Command(python, "-c", `
import json, sys
how = "surrogatepass"
for line in sys.stdin.buffer.read().decode("utf-8").split("\n")[:-1]:
    if not line:
        how = "surrogateescape"
        continue
    print(json.loads(line).encode("utf-8", how).hex())
`)
	cmd.Stdin = &in
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	got := strings.Split(strings.TrimSuffix(string(out), "\n"), "\n")
	want := slices.Concat(names, files)
	if len(got) != len(want) {
		t.Fatalf("%d lines came back of %d", len(got), len(want))
	}
	for i, s := range want {
		if got[i] != hex.EncodeToString([]byte(s)) {
			t.Errorf("%q came back as %s", s, got[i])
		}
	}
}

// passes reports whether s is UTF-8 but for surrogates.
func passes(s string) bool {
	return utf8.ValidString(strings.NewReplacer("\xed\xa0\x80", "-", "\xed\xb3\xbf", "-").Replace(s))
}
