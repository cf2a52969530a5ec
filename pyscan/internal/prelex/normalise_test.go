package prelex

import (
	"bytes"
	"strings"
	"testing"
)

func TestNormalise(t *testing.T) {
	for src, want := range map[string]string{
		"x = 1\n":                                   "x = 1\n",
		"f(a,\n  b)\n":                              "f(a,   b)\n",
		"f(a,\r\n  b)\r\n":                          "f(a,    b)\r\n",
		"f(a, # why\n  b)\n":                        "f(a,         b)\n",
		"x = a + \\\n  b\n":                         "x = a +     b\n",
		"x = a + \\\r\n  b\n":                       "x = a +      b\n",
		"if a:\n  \\\n    b\n":                      "if a:\n     \n  b\n",
		"\\\n  b\n":                                 "   \nb\n",
		"a\rb\r\nc\r":                               "a\nb\r\nc\n",
		"a\x00b\x1a\n":                              "a b \n",
		"t'{x}' T\"y\" rt'''z''' Rt'' tr'a'\n":      "f'{x}' F\"y\" rf'''z''' Rf'' fr'a'\n",
		"x = f't{t}t'\n":                            "x = f't{t}t'\n",
		"f'{t\"x\":t}'\n":                           "f'{f\"x\":t}'\n",
		"lazy import a.b as c\n":                    "import      a.b as c\n",
		"if x: lazy from a import b\n":              "if x: from      a import b\n",
		"lazy = import_\nx.lazy\n":                  "lazy = import_\nx.lazy\n",
		"exec f(x) in y\n":                          "exec=f(x) in y\n",
		"exec 'a' in y; exec `b`\n":                 "exec='a' in y; exec=(b)\n",
		"exec (x) in y\nexec in y\nexec = 1\n":      "exec (x) in y\nexec in y\nexec = 1\n",
		"x = `f(y)` + `z`\n":                        "x = (f(y)) + (z)\n",
		"x = `open\ny = `z`\n":                      "x = `open\ny = (z)\n",
		"except A, B, C:\n":                         "except A| B| C:\n",
		"except A, e:\n":                            "except A, e:\n",
		"except* A, B:\n":                           "except* A| B:\n",
		"except *A:\nexcept  *  B:\n":               "except* A:\nexcept*    B:\n",
		"def f(*a: *b): x[*c]\n":                    "def f(*a:  b): x[*c]\n",
		"except (A, B, C), e:\n":                    "except (A, B, C), e:\n",
		"[*f(x) for x in y]\n":                      "[ f(x) for x in y]\n",
		"{**d for d in e}\n":                        "{  d for d in e}\n",
		"[*a, *[b for b in c]]\n":                   "[*a, *[b for b in c]]\n",
		"f(*[b for b in c])\n":                      "f(*[b for b in c])\n",
		"def f[T = int, *U = a](x=1): pass\n":       "def f[T : int, *U : a](x=1): pass\n",
		"class A[T: int = bool]: x = 1\n":           "class A[T: int | bool]: x = 1\n",
		"type X[T = dict[a, b]] = c\n":              "type X[T : dict[a, b]] = c\n",
		"type(x).y = z\n":                           "typ_(x).y = z\n",
		"x = type(y)\n":                             "x = type(y)\n",
		"ｐｉｃｋｌｅ.lᵒads(x)\n":                         "pickle            .loads  (x)\n",
		"é = ｉｆ\n":                                  "é = ｉｆ\n",
		"f(\n  a\nimport b\nc(\n d)\n":              "f(\n  a\nimport b\nc(  d)\n",
		"x = '''a\n(\n''' + f(\n1)\n":               "x = '''a\n(\n''' + f( 1)\n",
		"f'''{\na\n}\n'''\n":                        "f'''{ a }\n'''\n",
		"f'{d['k']}' + f(\n1)\n":                    "f'{d['k']}' + f( 1)\n",
		"f'{x:{y}}}}' + f(\n1)\n":                   "f'{x:{y}}}}' + f( 1)\n",
		"f'{{' + f(\n1)\n":                          "f'{{' + f( 1)\n",
		"rf'\\{x}' + f(\n1)\n":                      "rf'\\{x}' + f( 1)\n",
		"f'\\N{LEFT CURLY BRACKET}' + f(\n1)\n":     "f'\\N{LEFT CURLY BRACKET}' + f( 1)\n",
		"'\\\n#(' + f(\n1)\n":                       "'\\\n#(' + f( 1)\n",
		"'''\\''' ''' + f(\n1)\n":                   "'''\\''' ''' + f( 1)\n",
		"x = 1if f(\n1)else 0x1for f(\n2)\n":        "x = 1if f( 1)else 0x1for f( 2)\n",
		"1e5 1.5e-3j 0777L 1..real .5 1_0.0_1 1e\n": "1e5 1.5e-3j 0777L 1..real .5 1_0.0_1 1e\n",
	} {
		n := Normalise([]byte(src), nil)
		if got := string(n.Text); got != want {
			t.Errorf("%q:\n got %q\nwant %q", src, got, want)
		}
		if again := Normalise(n.Text, nil); !bytes.Equal(again.Text, n.Text) {
			t.Errorf("%q: not a fixed point: %q", n.Text, again.Text)
		}
	}
}

// What needs no change is not copied.
func TestUnchanged(t *testing.T) {
	src := []byte("def f(a, b):\n    return a[b]\n")
	if n := Normalise(src, nil); &n.Text[0] != &src[0] {
		t.Error("copied")
	}
}

func TestNames(t *testing.T) {
	var got []string
	src := "import a # b\nx = 'c' + f\"d{e:{g}h}i{j!r}\" + rb'k' + 1if l else 0\n'''m'''; ｎ.o\n"
	n := Normalise([]byte(src), func(kind Kind, word []byte) {
		if kind == Name {
			got = append(got, string(word))
		}
	})
	if want := "import a x e g j r if l else n o"; strings.Join(got, " ") != want {
		t.Errorf("names %q", got)
	}
	if len(n.Comments) != 1 || src[n.Comments[0].Start:n.Comments[0].End] != "# b" {
		t.Errorf("comments %v", n.Comments)
	}
}

func TestFaults(t *testing.T) {
	for src, want := range map[string][]Fault{
		"x = 1\n":             nil,
		"f('a\nb)\n":          {{UnterminatedString, 2, 4}},
		"'''a\n":              {{UnterminatedString, 0, 5}},
		"f'{a\n":              {{UnterminatedString, 0, 5}},
		"f'a\nb\n":            {{UnterminatedString, 0, 3}},
		"f(\na\ndef g(): b\n": {{UnclosedBracket, 1, 5}},
		"f(\n":                {{UnclosedBracket, 1, 3}},
		"a)\n(]\n)\n":         {{UnopenedBracket, 1, 2}, {UnopenedBracket, 4, 5}},
		"`a\n":                {{UnclosedBracket, 0, 2}},
		"a\v$\n":              {{StrayByte, 1, 2}, {StrayByte, 2, 3}},
	} {
		got := Normalise([]byte(src), nil).Faults
		if len(got) != len(want) {
			t.Errorf("%q: %v", src, got)
			continue
		}
		for i := range got {
			if got[i] != want[i] {
				t.Errorf("%q: %v, want %v", src, got, want)
			}
		}
	}
}

// A loose lexer finds the names behind an apostrophe that begins no string.
func TestLoose(t *testing.T) {
	for _, src := range []string{"don't; pickle.loads(x)\n", "'''\npickle.loads(x)\n", "f'''\npickle.loads(x)\n", "f\"\"\"{a}\npickle.loads(x)\n"} {
		l := NewLooseLexer([]byte(src))
		found := false
		for tok := l.Next(); tok.Kind != EOF; tok = l.Next() {
			found = found || tok.Kind == Name && src[tok.Start:tok.End] == "loads"
		}
		if !found {
			t.Errorf("%q: the name is not found", src)
		}
	}
}

// The tokens of any bytes lie side by side, and the lexer ends.
func lexAll(t *testing.T, l *Lexer, src []byte, strict bool) {
	at, steps := uint32(0), 0
	for {
		tok := l.Next()
		if tok.Kind == EOF {
			break
		}
		if steps++; steps > 4*len(src)+16 {
			t.Fatal("the lexer does not end")
		}
		if tok.End < tok.Start || int(tok.End) > len(src) || strict && tok.Start < at {
			t.Fatalf("token %v behind %d", tok, at)
		}
		at = tok.End
	}
	if l.Depth() != 0 {
		t.Errorf("depth %d at the end", l.Depth())
	}
}

// classesOfChange are the bytes that Normalise may write.
const written = "* \n\r\t\ffF=()|:_imporftABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

func FuzzNormalise(f *testing.F) {
	for _, s := range []string{
		"f(a, # b\n c)\n", "t'{x!r:{y}}'\n", "`a`\r`b\n", "exec x in y\n", "except A, B, C:\n", "[*x for x in y]\n", "def f[T=1]: pass", "\\\n a\n",
		"lazy import x", "f'''{\n'''", "'\\\n", "ｐ.lᵒads", "type(x).y=1", "(\ndef x", "f'{(}'\n", "f'{x:\n}'", "f'{f'{f'{1}'}'}'", "0x1for 1e 1.e5",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		before := bytes.Clone(src)
		n := Normalise(src, nil)
		if !bytes.Equal(src, before) {
			t.Fatal("the source was changed")
		}
		if len(n.Text) != len(src) {
			t.Fatalf("%d bytes became %d", len(src), len(n.Text))
		}
		for i, b := range n.Text {
			if b != src[i] && b < 0x80 && !strings.ContainsRune(written, rune(b)) {
				t.Fatalf("offset %d: %q became %q", i, src[i], b)
			}
		}
		if len(n.Faults) == 0 {
			if again := Normalise(n.Text, nil); !bytes.Equal(again.Text, n.Text) {
				t.Fatalf("not a fixed point:\n%q\n%q", n.Text, again.Text)
			}
		}
		lexAll(t, NewLexer(src), src, true)
		lexAll(t, NewLooseLexer(src), src, false)
	})
}

func BenchmarkNormalise(b *testing.B) {
	src := []byte(strings.Repeat("def f(a, b=1):\n    x = pickle.loads(a.read(b),\n        c)  # why\n    return {'k': x, 'n': [i for i in x]}\n", 2000))
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		Normalise(src, func(Kind, []byte) {})
	}
}
