package audit

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// ticking is a clock that goes on by a second each time.
func ticking() func() time.Time {
	now := noon
	return func() time.Time { now = now.Add(time.Second); return now }
}

// written is a log of some removals, of which the last has no outcome.
func written(t *testing.T) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "log")
	log, err := Open(name, ticking())
	if err != nil {
		t.Fatal(err)
	}
	for i := range 3 {
		intent := &Record{Action: Remove, Path: fmt.Sprintf("spool/%d \"x\"\n<&>.pkl", i), Owners: []string{"@a", "b"}, Size: 7, Modified: &noon}
		if err := log.Append(intent); err != nil {
			t.Fatal(err)
		}
		if i == 2 {
			continue
		}
		if err := log.Append(&Record{Action: Removed, Of: intent.Seq}); err != nil {
			t.Fatal(err)
		}
	}
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	return name
}

func read(t *testing.T, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestVerify(t *testing.T) {
	text := read(t, written(t))
	var seen int
	chain, err := Verify(bytes.NewReader(text), func(*Record) { seen++ })
	if err != nil {
		t.Fatal(err)
	}
	if chain.Records != 5 || seen != 5 || len(chain.Open) != 1 || chain.Open[0].Seq != 5 || chain.Size != int64(len(text)) || len(chain.Head) != 64 {
		t.Errorf("%+v, %d seen", chain, seen)
	}
	if chain, err := Verify(strings.NewReader(""), nil); err != nil || chain.Records != 0 || chain.Head != "" {
		t.Errorf("an empty log: %+v, %v", chain, err)
	}
}

// No bit of a log can be flipped unnoticed, and no byte put in or taken out, but for whole
// records at the end.
func TestTamper(t *testing.T) {
	text := read(t, written(t))
	refused := func(what string, text []byte) {
		t.Helper()
		var broken *BrokenError
		if _, err := Verify(bytes.NewReader(text), nil); !errors.As(err, &broken) {
			t.Errorf("%s: %v", what, err)
		}
	}
	for i := range text {
		for bit := range 8 {
			changed := bytes.Clone(text)
			changed[i] ^= 1 << bit
			refused(fmt.Sprintf("bit %d of byte %d", bit, i), changed)
		}
		if text[i] != '\n' {
			refused(fmt.Sprintf("cut behind byte %d", i), text[:i+1])
		}
		refused(fmt.Sprintf("without byte %d", i), append(bytes.Clone(text[:i]), text[i+1:]...))
		refused(fmt.Sprintf("a blank before byte %d", i), append(append(bytes.Clone(text[:i]), ' '), text[i:]...))
	}
	lines := bytes.SplitAfter(text, []byte("\n"))
	lines = lines[:len(lines)-1]
	for i := range lines {
		if i < len(lines)-1 {
			refused("a record taken out", bytes.Join(append(append([][]byte(nil), lines[:i]...), lines[i+1:]...), nil))
			swapped := append([][]byte(nil), lines...)
			swapped[i], swapped[i+1] = swapped[i+1], swapped[i]
			refused("two records changed about", bytes.Join(swapped, nil))
		}
		refused("a record twice", bytes.Join(append(append(append([][]byte(nil), lines[:i+1]...), lines[i]), lines[i+1:]...), nil))
	}
	refused("a blank line", append([]byte("\n"), text...))
	refused("a long line", bytes.Repeat([]byte("x"), maxLine+2))
}

func TestOpen(t *testing.T) {
	name := written(t)
	log, err := Open(name, func() time.Time { return noon.Add(time.Hour) })
	if err != nil {
		t.Fatal(err)
	}
	if open := log.Chain().Open; len(open) != 1 {
		t.Errorf("%d intents are open", len(open))
	}
	// Somebody else writes meanwhile.
	other, err := os.OpenFile(name, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := other.WriteString("{}\n"); err != nil {
		t.Fatal(err)
	}
	if err := other.Close(); err != nil {
		t.Fatal(err)
	}
	if err := log.Append(&Record{Action: Removed, Of: 5}); err == nil || !strings.Contains(err.Error(), "somebody else") {
		t.Errorf("written to beside another: %v", err)
	}
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(name, nil); err == nil || !strings.Contains(err.Error(), "line 6") {
		t.Errorf("a broken log was opened: %v", err)
	}

	name = written(t)
	if _, err := Open(name, func() time.Time { return noon.Add(-time.Hour) }); err == nil || !strings.Contains(err.Error(), "set the clock") {
		t.Errorf("with a clock of the past: %v", err)
	}
	linked := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(name, linked); err == nil {
		if _, err := Open(linked, nil); err == nil || !strings.Contains(err.Error(), "no regular file") {
			t.Errorf("through a link: %v", err)
		}
	}
	if _, err := Open(filepath.Join(t.TempDir(), "no", "log"), nil); err == nil {
		t.Error("in no directory")
	}
	info, err := os.Stat(name)
	if err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("others can read the log: %v, %v", info.Mode(), err)
	}
}

func TestTwoWriters(t *testing.T) {
	name := written(t)
	first, err := Open(name, nil)
	if err != nil {
		t.Fatal(err)
	}
	second, err := Open(name, nil)
	if err == nil {
		// Where files have no locks the second one notices later.
		if err := first.Append(&Record{Action: Removed, Of: 5}); err != nil {
			t.Fatal(err)
		}
		if err := second.Append(&Record{Action: Removed, Of: 5}); err == nil {
			t.Error("two runs write to one log")
		}
		_ = second.Close()
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
}

func FuzzVerify(f *testing.F) {
	f.Add([]byte("{}\n"))
	f.Add([]byte(`{"seq":1,"time":"2026-03-01T12:00:01Z","action":"remove","prev":"` + genesis + `","hash":""}` + "\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		chain, err := Verify(bytes.NewReader(text), nil)
		if err == nil && chain.Size != int64(len(text)) {
			t.Errorf("%d of %d bytes were verified", chain.Size, len(text))
		}
	})
}
