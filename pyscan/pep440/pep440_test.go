package pep440

import (
	"strings"
	"testing"
)

// Each version is older than the next. From PEP 440, "Summary of permitted suffixes
// and relative ordering", and the tests of pypa/packaging.
func TestOrder(t *testing.T) {
	order := strings.Fields(`
		0.9 1.dev0 1.0.dev456 1.0a1 1.0a2.dev456 1.0a12.dev456 1.0a12 1.0b1.dev456 1.0b2 1.0b2.post345.dev456
		1.0b2.post345 1.0rc1.dev456 1.0rc1 1.0 1.0+abc.5 1.0+abc.7 1.0+5 1.0.post456.dev34 1.0.post456 1.0.15
		1.1.dev1 2.5.1+cu121 2.6.0.dev20241112 2.6.0a0+git1 2.6.0rc1 2.6.0 2.6.0+cu124 2.6.0.post1 2.6.1 2.10 2024.1 1!0.1`)
	for i := range order {
		for j := range order {
			a, b := MustParse(order[i]), MustParse(order[j])
			want := 0
			if i < j {
				want = -1
			} else if i > j {
				want = 1
			}
			if got := a.Compare(b); got != want {
				t.Errorf("%s against %s: %d, want %d", order[i], order[j], got, want)
			}
		}
	}
	for a, b := range map[string]string{
		"2.6": "2.6.0.0", "v2.6": "2.6", "1.0-1": "1.0.post1", "1.0c1": "1.0RC1", "1.0_alpha_2": "1.0a2", "1.0.preview3": "1.0rc3",
		"1.0-r4": "1.0.post4", "0!1": "1", "1.0a": "1.0a0", "01.2": "1.2", "1.0+Ubuntu-1": "1.0+ubuntu.1", "0": "0.0",
	} {
		if MustParse(a).Compare(MustParse(b)) != 0 {
			t.Errorf("%s is not %s", a, b)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for _, text := range []string{
		"", "x", "1.", ".1", "1..2", "1.0+", "1.0++a", "1 2", "1.0-", "99999999999999999999", "1.99999999999999999999",
		"1.0.post9999999999999999999", strings.Repeat("1.", 400) + "1", "latest", "1.*", "२.6",
	} {
		if v, err := Parse(text); err == nil {
			t.Errorf("%q is %v", text, v)
		}
	}
}

func (r Range) show() string {
	out := "["
	if r.Lowest != nil {
		out += r.Lowest.String()
	}
	out += ","
	if r.Highest != nil {
		out += r.Highest.String()
	}
	if r.Open || r.Highest == nil {
		return out + ")"
	}
	return out + "]"
}

func TestRanges(t *testing.T) {
	tests := []struct {
		text  string
		style Style
		want  string
	}{
		{"", PEP440, "[,)"},
		{">=2.6", PEP440, "[2.6,)"},
		{"> 2.5", PEP440, "[2.5,)"},
		{">=2.0,<3,!=2.5", PEP440, "[2.0,3)"},
		{"<3, >=2.0, >=2.2", PEP440, "[2.2,3)"},
		{"==2.7.*", PEP440, "[2.7,2.8)"},
		{"==2.7", PEP440, "[2.7,2.7]"},
		{"===2.7", PEP440, "[2.7,2.7]"},
		{"~=2.6", PEP440, "[2.6,3)"},
		{"~=2.6.0", PEP440, "[2.6.0,2.7)"},
		{"~=1!2.6.1", PEP440, "[1!2.6.1,1!2.7)"},
		{"<=2.5", PEP440, "[,2.5]"},
		{"<2.6,<=2.6", PEP440, "[,2.6)"},
		{"!=2.5", PEP440, "[,)"},
		{">=2.6.0rc1", PEP440, "[2.6.0rc1,)"},
		{"2.6", Poetry, "[2.6,2.6]"},
		{"^2.6", Poetry, "[2.6,3)"},
		{"^0.2.3", Poetry, "[0.2.3,0.3)"},
		{"^0.0", Poetry, "[0.0,0.1)"},
		{"~2.6.1", Poetry, "[2.6.1,2.7)"},
		{"~2", Poetry, "[2,3)"},
		{"2.*", Poetry, "[2,3)"},
		{"*", Poetry, "[,)"},
		{">=2.0 <3", Poetry, "[2.0,3)"},
		{">= 2.0", Poetry, "[2.0,)"},
		{"^1.13 || ^2.6", Poetry, "[1.13,3)"},
		{"=2.5", Conda, "[2.5,2.6)"},
		{"==2.5", Conda, "[2.5,2.5]"},
		{"2.5.*", Conda, "[2.5,2.6)"},
		{"2.5*", Conda, "[2.5,2.6)"},
		{"2.5|2.6", Conda, "[2.5,2.6]"},
		{">=2.1,<3.0a0", Conda, "[2.1,3.0a0)"},
		{"<3|>=4", Conda, "[,)"},
	}
	for _, tt := range tests {
		r, err := ParseRange(tt.text, tt.style)
		if err != nil || r.show() != tt.want {
			t.Errorf("%q: %s, %v, want %s", tt.text, r.show(), err, tt.want)
		}
	}
	for _, text := range []string{"2.6", "=2.6", "^2.6", "~2.6", ">=", ">>2", ">=2.6;", ">=x", "==2.*.1", strings.Repeat(">=1,", 100), strings.Repeat(">", 1000)} {
		if r, err := ParseRange(text, PEP440); err == nil {
			t.Errorf("%q is %s", text, r.show())
		}
	}
}

func TestFromAndBefore(t *testing.T) {
	tests := []struct {
		text         string
		from, before bool // 2.6
	}{
		{">=2.6", true, false}, {">=2.6.0rc1", false, false}, {">=2.0", false, false}, {"==2.7.*", true, false}, {"==2.6.*", true, false},
		{"~=2.6", true, false}, {"<2.6", false, true}, {"<=2.6", false, false}, {"==2.5.1+cu121", false, true}, {"==2.6.0+cu124", true, false},
		{"==2.5.*", false, true}, {"~=2.5", false, false}, {"~=2.5.0", false, true}, {"", false, false}, {"==1!1.0", true, false},
		{"==2.6rc1", false, true},
	}
	for _, tt := range tests {
		r, err := ParseRange(tt.text, PEP440)
		if v := MustParse("2.6"); err != nil || r.From(v) != tt.from || r.Before(v) != tt.before {
			t.Errorf("%q: %v, %v, %v", tt.text, r.From(v), r.Before(v), err)
		}
	}
}

func FuzzRange(f *testing.F) {
	for _, seed := range []string{">=2.6,<3", "==2.7.*", "^0.0.3 || ~2", "~=2.6.0rc1.post2.dev3+local.1", "1!2.*", "2.5|>3,<4", "===x", "> =1"} {
		f.Add(seed, 0)
		f.Add(seed, 1)
		f.Add(seed, 2)
	}
	f.Fuzz(func(t *testing.T, text string, style int) {
		r, err := ParseRange(text, Style(style))
		if err != nil {
			return
		}
		v := MustParse("2.6")
		if r.From(v) && r.Before(v) && (r.Lowest == nil || r.Highest == nil || r.Lowest.Compare(*r.Highest) <= 0) {
			t.Errorf("%q is on both sides: %s", text, r.show())
		}
		if both := r.Or(Range{}); both.Lowest != nil || both.Highest != nil {
			t.Errorf("%q or anything is %s", text, both.show())
		}
	})
}
