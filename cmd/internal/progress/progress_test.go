package progress

import (
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func TestLine(t *testing.T) {
	for _, tt := range []struct {
		state State
		width int
		want  string
	}{
		{State{Listing: true, Total: 12}, 60, "listing: 12 files"},
		{State{Files: 5, Total: 10, Bytes: 1_234_567}, 60, "[===============               ] 5/10 files, 1.2 MB"},
		{State{Files: 5, Total: 10, Bytes: 999, Findings: 1}, 60, "[============             ] 5/10 files, 999 bytes, 1 finding"},
		{State{Files: 0, Total: 0}, 60, "0/0 files, 0 bytes"},
		{State{Files: 5, Total: 10}, 30, "5/10 files, 0 bytes"},
		{State{Files: 1, Total: 2, Findings: 7, Current: "a.pkl", Age: 999 * time.Millisecond}, 30, "1/2 files, 0 bytes, 7 findings"},
		{State{Files: 1, Total: 2, Current: "a.pkl", Age: 3 * time.Second}, 35, "1/2 files, 0 bytes, 3s in a.pkl"},
		{State{Files: 1, Total: 2, Current: "a.pkl", Age: 3 * time.Second}, 30, "1/2 files, 0 bytes, 3s in a.…"},
		{State{Files: 1, Total: 2, Current: "\x1b[2J\u202e", Age: 3 * time.Second}, 60, "[=========         ] 1/2 files, 0 bytes, 3s in \\x1b[2J\\u202e"},
		{State{Files: 1, Total: 2}, 19, ""},
		{State{Files: 1, Total: 2}, -1, ""},
	} {
		got := Line(tt.state, tt.width)
		if got != tt.want {
			t.Errorf("%+v in %d columns:\n got %q\nwant %q", tt.state, tt.width, got, tt.want)
		}
	}
}

func TestSize(t *testing.T) {
	for n, want := range map[int64]string{
		0: "0 bytes", 999: "999 bytes", 1000: "1.0 kB", 9949: "9.9 kB", 9950: "10 kB", 999_499: "999 kB", 999_500: "1.0 MB", 5 << 30: "5.4 GB", 1<<63 - 1: "9.2 EB",
	} {
		if got := size(n); got != want {
			t.Errorf("size(%d) = %q, want %q", n, got, want)
		}
	}
}

func TestMeter(t *testing.T) {
	now := time.Unix(0, 0)
	m := newMeter(func() time.Time { return now })
	m.Found(3)
	m.Listed(2)
	a := m.Begin("a")
	now = now.Add(2 * time.Second)
	b := m.Begin("b")
	now = now.Add(time.Second)
	if s := m.State(); s.Current != "a" || s.Age != 3*time.Second || s.Total != 2 || s.Listing {
		t.Errorf("%+v", s)
	}
	a.Done(100, 2)
	a.Done(100, 2) // once is enough
	if s := m.State(); s.Current != "b" || s.Age != time.Second || s.Files != 1 || s.Bytes != 100 || s.Findings != 2 {
		t.Errorf("%+v", s)
	}
	b.End(1)
	if s := m.State(); s.Current != "" || s.Files != 1 || s.Findings != 3 {
		t.Errorf("%+v", s)
	}
}

// screen keeps what is written.
type screen struct {
	mu   sync.Mutex
	text strings.Builder
}

func (s *screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(p)
}

func (s *screen) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

// Nothing is drawn in the first second, then ten times a second at most, each
// time over what is there, and nothing is left.
func TestDraw(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out screen
		m := NewMeter()
		m.Listed(4)
		var width atomic.Int64
		width.Store(60)
		stop := Draw(t.Context(), m, &out, func() int { return int(width.Load()) })
		time.Sleep(patience - time.Millisecond)
		synctest.Wait()
		if text := out.String(); text != "" {
			t.Errorf("drawn early: %q", text)
		}
		time.Sleep(time.Second)
		width.Store(10)
		time.Sleep(time.Second)
		stop()
		// Narrower: the line may have been wrapped.
		if n := strings.Count(out.String(), eraseBelow); n != 1 {
			t.Errorf("%d times below the line, want once: %q", n, out.String())
		}
		drawn := strings.Split(strings.ReplaceAll(out.String(), eraseBelow, eraseLine), eraseLine)
		if drawn[0] != "" || drawn[len(drawn)-1] != "" {
			t.Errorf("what is drawn does not begin and end with an empty line: %q", drawn)
		}
		if n := len(drawn); n < 15 || n > 23 {
			t.Errorf("drawn %d times", n)
		}
		for i, line := range drawn[1:8] {
			if !strings.HasSuffix(line, " 0/4 files, 0 bytes\r") || len(line) > 60 {
				t.Errorf("line %d: %q", i, line)
			}
		}
		if last := drawn[len(drawn)-2]; last != "" {
			t.Errorf("drawn where there is no room: %q", last)
		}
	})
}

func TestNothingIsDrawnOfAShortRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out strings.Builder
		stop := Draw(t.Context(), NewMeter(), &out, func() int { return 80 })
		time.Sleep(patience / 2)
		stop()
		if out.Len() > 0 {
			t.Errorf("drawn: %q", out.String())
		}
	})
}

func TestOnlyTerminalsAreWanted(t *testing.T) {
	if Wanted(new(strings.Builder), func(string) string { return "xterm" }) {
		t.Error("a buffer is drawn on")
	}
}
