package lines

import (
	"slices"
	"testing"
)

func TestStarts(t *testing.T) {
	for text, want := range map[string][2][]int{
		"":               {{0}, {0}},
		"a\nb":           {{0, 2}, {0, 2}},
		"a\r\nb\r\n":     {{0, 3, 6}, {0, 3, 6}},
		"a\rb\nc\r":      {{0, 4}, {0, 2, 4, 6}},
		"\n\r\r\n\ufeff": {{0, 1, 4}, {0, 1, 2, 4}},
	} {
		if got := [2][]int{Starts([]byte(text), false), Starts([]byte(text), true)}; !slices.Equal(got[0], want[0]) || !slices.Equal(got[1], want[1]) {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

func TestTrimEnd(t *testing.T) {
	for line, want := range map[string]string{"a\r\n": "a", "a\n": "a", "a\r": "a", "a": "a", "a\r\r\n": "a\r", "": ""} {
		if got := TrimEnd([]byte(line)); string(got) != want {
			t.Errorf("%q: %q", line, got)
		}
	}
}

func TestUTF16(t *testing.T) {
	for text, want := range map[string]int{"": 0, "aé語": 3, "😀": 2, "\xff\xf0\x9f": 3} {
		if got := UTF16([]byte(text)); got != want {
			t.Errorf("%q: %d", text, got)
		}
	}
}
