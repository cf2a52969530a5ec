package recipe

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"strings"
	"testing"
)

func TestWriteShowsStreams(t *testing.T) {
	text, err := Disassemble([]byte("N.\x80\x04N.\xff" + strings.Repeat("\x00", 40)))
	if err != nil {
		t.Fatal(err)
	}
	want := "NONE\nSTOP\n\nPROTO 4\nNONE\nSTOP\n\nHEX ff" + strings.Repeat("00", 31) + "\nHEX " + strings.Repeat("00", 9) + "\n"
	if text != want {
		t.Errorf("%q, want %q", text, want)
	}
}

// large is an input that is never held: head, and zeros behind it.
type large struct{ head []byte }

func (l large) ReadAt(b []byte, off int64) (int, error) {
	clear(b)
	if off < int64(len(l.head)) {
		copy(b, l.head[off:])
	}
	return len(b), nil
}

func TestWriteRefusesLargeOps(t *testing.T) {
	head := binary.LittleEndian.AppendUint32([]byte("NB"), MaxPayload+1)
	var out strings.Builder
	err := Write(&out, large{head}, int64(len(head))+MaxPayload+1)
	if err == nil || !strings.Contains(err.Error(), "the BINBYTES at offset 1 has 16777217 bytes") {
		t.Errorf("payload: %v", err)
	}
	if out.String() != "NONE\n" {
		t.Errorf("wrote %q", out.String())
	}
	if err := Write(io.Discard, large{[]byte("V")}, MaxPayload+2); err == nil || !strings.Contains(err.Error(), "is longer than") {
		t.Errorf("line: %v", err)
	}
}

func TestWriteTellsErrors(t *testing.T) {
	if err := Write(io.Discard, bytes.NewReader([]byte("N.")), 3); err == nil {
		t.Error("an input that is shorter than was said is no error")
	}
	broken := errors.New("disk full")
	if err := Write(brokenWriter{broken}, bytes.NewReader([]byte("N.")), 2); !errors.Is(err, broken) {
		t.Errorf("writer: %v", err)
	}
}

type brokenWriter struct{ err error }

func (w brokenWriter) Write([]byte) (int, error) { return 0, w.err }
