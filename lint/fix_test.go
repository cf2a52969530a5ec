package lint

import "testing"

func TestApply(t *testing.T) {
	const text = "one two three"
	for _, tt := range []struct {
		edits []Edit
		want  string
	}{
		{nil, text},
		{[]Edit{{4, 8, ""}}, "one three"},
		{[]Edit{{0, 0, "> "}, {13, 13, "!"}}, "> one two three!"},
		{[]Edit{{0, 3, "1"}, {3, 4, "-"}, {4, 7, "2"}}, "1-2 three"},
		{[]Edit{{3, 3, ","}, {3, 4, "x"}}, ""}, // two at one place
		{[]Edit{{4, 7, "2"}, {0, 3, "1"}}, ""},
		{[]Edit{{0, 5, "1"}, {4, 7, "2"}}, ""},
		{[]Edit{{0, 14, ""}}, ""},
		{[]Edit{{5, 4, ""}}, ""},
	} {
		got, err := Apply([]byte(text), tt.edits)
		if string(got) != tt.want || (err != nil) != (tt.want == "") {
			t.Errorf("%v: %q, %v", tt.edits, got, err)
		}
	}
}

func TestOverlaps(t *testing.T) {
	for _, tt := range []struct {
		a, b Edit
		want bool
	}{
		{Edit{1, 3, ""}, Edit{3, 5, ""}, false},
		{Edit{1, 4, ""}, Edit{3, 5, ""}, true},
		{Edit{1, 3, ""}, Edit{1, 3, ""}, false}, // the same
		{Edit{1, 3, ""}, Edit{1, 3, "x"}, true},
		{Edit{3, 3, "x"}, Edit{3, 3, "y"}, true},
		{Edit{3, 3, "x"}, Edit{3, 5, ""}, true},
		{Edit{3, 3, "x"}, Edit{1, 3, ""}, false},
		{Edit{3, 3, "x"}, Edit{1, 5, ""}, true},
	} {
		if tt.a.Overlaps(tt.b) != tt.want || tt.b.Overlaps(tt.a) != tt.want {
			t.Errorf("%v, %v: not %v", tt.a, tt.b, tt.want)
		}
	}
}
