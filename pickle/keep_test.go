package pickle

import (
	"bytes"
	"testing"
)

// What is remembered of a stream does not grow with it.
func TestLostTuplesKeepNothing(t *testing.T) {
	code := append([]byte{OpProto, 4, OpNone}, bytes.Repeat([]byte{OpTuple1}, 10_000)...)
	code = append(code, OpStop)
	o := Options{Limits: Limits{Values: 64}}
	var m machine
	m.reset(bytes.NewReader(code), int64(len(code)), 0, &o, AllLoaders)
	if err := m.run(); err != nil {
		t.Fatal(err)
	}
	if n := len(m.kids); n > 200 {
		t.Errorf("%d items of 64 values are remembered", n)
	}
}

// A look-up is kept wherever an object may find it, and in no call of it.
func TestKept(t *testing.T) {
	const lookUp, get = "cm\nn\nq\x00", "h\x00"
	for code, want := range map[string]bool{
		lookUp + ")R":                     false,
		lookUp + ")\x81":                  false,
		lookUp + "\x85":                   false, // what becomes of it nobody knows
		"cf\nf\n" + lookUp + "\x85R":      false, // Call.Lead has it
		"cf\nf\nNNN(" + lookUp + "o":      false,
		"(if\nf\n" + lookUp:               false,
		"cf\nf\n(NNN" + lookUp + "tR":     true,
		"(cf\nf\nNNN" + lookUp + "o":      true,
		"cf\nf\n" + lookUp + "\x85\x85R":  true,
		"]" + lookUp + "a":                true,
		"](" + lookUp + "e":               true,
		"(" + lookUp + "l":                true,
		"}N" + lookUp + "s":               true,
		"}" + lookUp + "Ns":               true,
		"(N" + lookUp + "d":               true,
		"\x8f(" + lookUp + "\x90":         true,
		"(" + lookUp + "\x91":             true,
		"]" + lookUp + "\x85a":            true,
		"]" + lookUp + "\x85\x85a":        true,
		"]N" + lookUp + "N\x87a":          true,
		lookUp + ")R" + get + "b":         true,
		lookUp + ")R}N" + get + "sb":      true,
		lookUp + ")RN}N" + get + "s\x86b": true,
		lookUp + ")R" + get + "a":         true,
		lookUp + ")RN" + get + "s":        true,
		lookUp + "q\x010]h\x01a":          true,
		lookUp + "2\x85q\x020]h\x02a":     true,
	} {
		b := []byte("\x80\x04" + code + ".")
		trace, err := Run(bytes.NewReader(b), int64(len(b)), 0, Options{})
		if err != nil && !trace.Complete && want {
			t.Errorf("%q: %v", code, err)
		}
		got := false
		for i := range trace.Globals {
			if g := &trace.Globals[i]; g.Module == "m" {
				got = got || g.Kept
			}
		}
		if got != want {
			t.Errorf("%q: kept is %t", code, got)
		}
	}
}
