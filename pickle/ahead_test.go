package pickle_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/pickle"
)

// Names and arguments are known however many values stand before them.
func TestBeyondValues(t *testing.T) {
	const values = 64
	filler := "(" + strings.Repeat("\x8c\x02a1\x94", 2*values) + "1"
	long := "\x8c\x2a" + strings.Repeat("d", 42)
	for _, tt := range []struct{ name, code, want string }{
		{"strings", "\x8c\x02os\x8c\x06system\x93\x8c\x01x\x85R.", "os.system"},
		{"memoized", "\x8c\x02os\x94\x8c\x06system\x94\x93\x94\x8c\x01x\x94\x85\x94R\x94.", "os.system"},
		{"a frame between", "\x8c\x02os\x94\x95\x0d\x00\x00\x00\x00\x00\x00\x00\x8c\x06system\x94\x93\x94)R.", "os.system"},
		{"a name from the memo", "\x8c\x06system\x94\x8c\x02os\x94h\x80\x93)R.", "os.system"},
		{"a name far in the memo", "\x8c\x06system\x94\x8c\x02os\x94j\x80\x00\x00\x00\x93)R.", "os.system"},
		{"a module from the memo", "\x8c\x02os\x94\x8c\x06system\x93)R.", "os.system"},
		{"long names", "X\x04\x00\x00\x00" + "os.a" + long + "\x93)R.", "os.a." + strings.Repeat("d", 42)},
		{"put lines", "Vx\np1\n0cos\nsystem\np2\n(Vy\np3\ntp4\nRp5\n.", "os.system"},
		{"NEWOBJ", "\x8c\x02os\x8c\x01a\x93\x8c\x01x\x85\x94\x81.", "os.a"},
		{"NEWOBJ_EX", "\x8c\x02os\x8c\x01a\x93\x8c\x01x\x85\x94}\x94\x92.", "os.a"},
		{"computed", "cos\na\n)R\x8c\x06system\x93)R.", "os.a(…).system"},
	} {
		code := []byte("\x80\x04" + filler + tt.code)
		trace, err := pickle.Run(bytes.NewReader(code), int64(len(code)), 0, pickle.Options{Limits: pickle.Limits{Values: values}})
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		last := trace.Calls[len(trace.Calls)-1]
		g := trace.Globals[len(trace.Globals)-1]
		if computed := tt.name == "computed"; g.Resolved == computed || !computed && last.Target != tt.want || last.NArgs < 0 {
			t.Errorf("%s: calls %s with %d arguments, resolved %v", tt.name, last.Target, last.NArgs, g.Resolved)
		}
	}
}

// The words that are remembered have a bound, and what is kept of them is right.
func TestWordsBeyondValues(t *testing.T) {
	const values = 800 // a hundred words
	var code bytes.Buffer
	code.WriteString("\x80\x04(" + strings.Repeat("\x8c\x02a1", values))
	for range 100 {
		code.WriteString("\x8c\x01w\x94")
	}
	code.WriteString("\x8c\x05later\x94") // the first that is not
	for _, get := range []string{"h\x63h\x63\x93", "h\x64h\x64\x93"} {
		code.WriteString(get)
	}
	code.WriteString("t.")
	trace, err := pickle.Run(bytes.NewReader(code.Bytes()), int64(code.Len()), 0, pickle.Options{Limits: pickle.Limits{Values: values}})
	if err != nil || len(trace.Globals) != 2 {
		t.Fatal(err, len(trace.Globals))
	}
	if w, later := trace.Globals[0], trace.Globals[1]; !w.Resolved || w.String() != "w.w" || later.Resolved {
		t.Errorf("%s (resolved %v), %s (resolved %v)", w.String(), w.Resolved, later.String(), later.Resolved)
	}
}
