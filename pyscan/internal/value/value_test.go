//go:build cgo

package value

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/names"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// python runs a program with input as JSON, and reads its output as JSON.
func python(t *testing.T, program string, in, out any) {
	t.Helper()
	text, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("python3", "-W", "ignore", "-c", program)
	cmd.Stdin = bytes.NewReader(text)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	answer, err := cmd.Output()
	if err != nil {
		t.Fatalf("python3: %v\n%s", err, stderr.String())
	}
	if err := json.Unmarshal(answer, out); err != nil {
		t.Fatal(err)
	}
}

// evalProgram evaluates each expression behind the same lines, and prints the type
// and the bytes of what it is, or null.
const evalProgram = `
import ast, json, sys
lines, expressions = json.load(sys.stdin)
out = []
for e in expressions:
    try:
        if lines is None:
            v = ast.literal_eval(e)
        else:
            names = {}
            exec(lines, names)
            v = eval(e, names)
        if isinstance(v, str):
            out.append(["str", v.encode("utf-8").hex()])
        else:
            out.append(["bytes", bytes(v).hex()])
    except Exception as err:
        out.append(None)
print(json.dumps(out))
`

// Literals are what CPython says they are, whatever escapes and quotes they have.
func TestLiteralAsCPython(t *testing.T) {
	random := rand.New(rand.NewPCG(11, 5))
	pieces := []string{
		`\`, `\\`, `\n`, `\x41`, `\xff`, `\x4`, `\x`, `\0`, `\7`, `\377`, `\400`, `\777`, `\08`, `\18`, `\1234`, `\u0041`, `\u20ac`, `\ud800`, `\U0001f600`, `\U00110000`, `\uZZ`,
		`\N{BULLET}`, `\N`, `\'`, `\"`, `\a\b\f\v\r\t`, `\q`, `\8`, "\\\n", "\\\r\n", "\\\r", "\n", "\r\n", "\r", "a", "é", "€", "{", "}", "'", `"`, "#", " ", "0", "7",
	}
	prefixes := []string{"", "b", "B", "r", "R", "u", "U", "br", "Rb", "rB", "bR"}
	var all []string
	for range 6000 {
		quote := []string{"'", `"`, `'''`, `"""`}[random.IntN(4)]
		var b strings.Builder
		b.WriteString(prefixes[random.IntN(len(prefixes))] + quote)
		for range random.IntN(7) {
			b.WriteString(pieces[random.IntN(len(pieces))])
		}
		all = append(all, b.String()+quote)
	}
	var want []*[2]string
	python(t, evalProgram, [2]any{nil, all}, &want)
	agreed := 0
	for k, text := range all {
		// Only what the grammar takes for one literal is asked.
		tree, err := syntax.Parse(context.Background(), []byte(text), 20*time.Second)
		if err != nil {
			t.Fatal(err)
		}
		one := len(tree.Broken) == 0 && want[k] != nil && isLiteral(tree, len(text))
		data, isBytes, ok := readLiteral([]byte(text))
		switch {
		case want[k] == nil || !one:
		case !ok:
			// Names and surrogates of a str are left out on purpose.
			if !strings.Contains(text, `\N`) && !strings.Contains(text, `\ud800`) {
				t.Errorf("%q: not read; CPython has %s", text, want[k][1])
			}
		case isBytes != (want[k][0] == "bytes") || hex.EncodeToString(data) != want[k][1]:
			if isBytes && !isASCII(text) {
				continue // Python 3 refuses it
			}
			t.Errorf("%q: %t %x; CPython has %v", text, isBytes, data, *want[k])
		default:
			agreed++
		}
	}
	if agreed < 1000 {
		t.Errorf("only %d literals were compared", agreed)
	}
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r > 0x7f }) < 0
}

// isLiteral reports a source that is one literal and nothing else.
func isLiteral(tree *syntax.Tree, size int) bool {
	for i := range tree.Nodes {
		if n := &tree.Nodes[i]; n.Kind == syntax.String && n.Start == 0 && int(n.End) == size {
			return true
		}
	}
	return false
}

// work works out the last expression of a source: what stands in probe(…).
func work(t *testing.T, src string) (Value, string, bool) {
	t.Helper()
	tree, err := syntax.Parse(context.Background(), []byte(src), 20*time.Second)
	if err != nil {
		t.Fatal(err)
	}
	table := names.Build(tree, names.NewVocabulary(catalog.Builtin()))
	r := NewReader(tree, table, []byte(src))
	for i := len(tree.Nodes) - 1; i >= 0; i-- {
		call := syntax.Index(i)
		if tree.Kind(call) == syntax.Call && string(tree.Text(tree.Child(call, syntax.Function))) == "probe" {
			v, limit, ok := r.Of(tree.First(tree.Child(call, syntax.Arguments)))
			return v, limit, ok
		}
	}
	t.Fatalf("no probe in %q", src)
	return Value{}, "", false
}

// header is what the expressions of the tests may use.
const header = `import base64, binascii, bz2, codecs, gzip, io, lzma, zlib
from base64 import b64decode as unpack
from io import BytesIO
A = b"ab\x00"
B = A + b'c' b"d"
T = "text"
PARTS = [b"x", b"y"]
Z = base64.b64encode(zlib.compress(b"payload"))
`

// Expressions are what CPython says they are.
func TestExpressionsAsCPython(t *testing.T) {
	expressions := []string{
		`A`, `B`, `(A)`, `A * 3`, `2 * A`, `A[::-1]`, `T[ : : -1]`, `"a" "b" 'c'`, `b"a" b"\x00"`, `"".join(["a", T])`, `b"-".join((A, B, b"z"))`,
		`base64.b64decode("YWJj")`, `unpack(b"YWJj\n")`, `base64.b64decode("YW Jj!!")`, `base64.b64decode("YQ==YWJj")`, `base64.b64decode("YWI=")`, `base64.urlsafe_b64decode("_-8=")`,
		`base64.standard_b64decode("+/8=")`, `base64.decodebytes(b"YWJj\nYWJj\n")`, `base64.b32decode("MFRGG===")`, `base64.b16decode("4142")`, `base64.a85decode("@:E_W")`, `base64.b85decode("VPaz")`, `base64.b85decode("VPazdVR")`,
		`binascii.unhexlify("4142")`, `binascii.a2b_hex(b"00ff")`, `binascii.a2b_base64("YWJj")`, `bytes.fromhex("41 42\n43")`, `bytearray.fromhex("4142")`,
		`codecs.decode("4142", "hex")`, `codecs.decode(b"YWJj", "base64")`, `codecs.decode(b"YWJj", encoding="base64_codec")`, `codecs.decode("nop", "rot13")`, `codecs.encode("nop", "rot_13")`, `codecs.encode("ab", "latin-1")`,
		`"é\xff".encode("latin-1")`, `"é€".encode()`, `"a".encode("ascii")`, `"a".encode(encoding="utf8")`, `b"\xe9".decode("latin1")`, `b"\\x41\\u20ac".decode("unicode_escape")`, `b"\xc3\xa9".decode()`,
		`zlib.decompress(bytes.fromhex("789c4b4c4a0600024d0127"))`, `zlib.decompress(bytes.fromhex("4b4c4a0600"), -15)`, `gzip.decompress(bytes.fromhex("1f8b08000000000002ff4b4c4a0600c241243503000000"))`,
		`bz2.decompress(bytes.fromhex("425a6839314159265359648cbb73000000010038002000219819846177245385090648cbb730"))`,
		`BytesIO(A).read()`, `io.BytesIO(A).getvalue()`, `bytes(A)`, `bytearray(A)`, `bytes([1, 2, 0x80])`, `bytes((3,))`, `bytes("é", "latin-1")`, `memoryview(A)`, `io.BytesIO(io.BytesIO(B).read()).getbuffer()`,
		`b" a\n".strip()`, `" a ".lstrip()`, `"a\t".rstrip()`, `b"a-b".replace(b"-", b"+")`, `f"{T}-{T}{{}}"`, `f"a\x41"`, `(C := b"walrus")`, `"\n".join(["YWJj", "YWJj"]).encode()`, `unpack("".join("YWJj".split()))`,
	}
	var want []*[2]string
	python(t, evalProgram, [2]any{header, expressions}, &want)
	worked := 0
	for k, e := range expressions {
		v, limit, ok := work(t, header+"probe("+e+")\n")
		if want[k] == nil {
			t.Errorf("%s: CPython refuses it", e)
			continue
		}
		if !ok {
			if e != `unpack("".join("YWJj".split()))` {
				t.Errorf("%s: not worked out %s; CPython has %v", e, limit, *want[k])
			}
			continue
		}
		kind := "bytes"
		if v.Kind == Text {
			kind = "str"
		}
		if kind != want[k][0] || hex.EncodeToString(v.Data) != want[k][1] {
			t.Errorf("%s: %s %x; CPython has %v", e, kind, v.Data, *want[k])
		}
		worked++
	}
	if worked < 60 {
		t.Errorf("only %d expressions were worked out", worked)
	}
}

// Paths are told with where they begin.
func TestPaths(t *testing.T) {
	const imports = `import gzip, io, os, os.path as osp, pkgutil, pathlib, importlib.resources
from importlib import resources
from pathlib import Path
HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = Path(__file__).resolve().parent.parent
NAME = "m.pkl"
`
	for e, want := range map[string]string{
		`"a/b.pkl"`:                                   "Text a/b.pkl",
		`Path("a") / "b" / NAME`:                      "Path a/b/m.pkl",
		`pathlib.Path("a", "b.pkl")`:                  "Path a/b.pkl",
		`open("m.pkl", "rb")`:                         "File m.pkl",
		`open(NAME)`:                                  "File m.pkl",
		`io.open(file="m.pkl")`:                       "",
		`open("m.pkl", mode="rb").read()`:             "Contents m.pkl",
		`gzip.open("m.pkl.gz", "rb")`:                 "File m.pkl.gz",
		`Path("m.pkl").open("rb")`:                    "File m.pkl",
		`Path("m.pkl").read_bytes()`:                  "Contents m.pkl",
		`io.BytesIO(Path("m.pkl").read_bytes())`:      "File m.pkl",
		`os.path.join(HERE, "data", NAME)`:            "Text beside data/m.pkl",
		`osp.join(osp.dirname(__file__), "..", NAME)`: "Text beside ../m.pkl",
		`HERE + "/x.pkl"`:                             "Text beside x.pkl",
		`f"{HERE}/x.pkl"`:                             "Text beside x.pkl",
		`ROOT / "x.pkl"`:                              "Path beside ../x.pkl",
		`ROOT.parent / "x.pkl"`:                       "Path beside ../../x.pkl",
		`Path(__file__).parents[1] / "x.pkl"`:         "Path beside ../x.pkl",
		`Path(__file__).with_name("x.pkl")`:           "Path beside x.pkl",
		`Path("a/x.tmp").with_suffix(".pkl")`:         "Path a/x.pkl",
		`str(ROOT.joinpath("a", "x.pkl"))`:            "Text beside ../a/x.pkl",
		`pkgutil.get_data("pkg.sub", "x.pkl")`:        "Contents package pkg/sub/x.pkl",
		`resources.files("pkg") / "x.pkl"`:            "Path package pkg/x.pkl",
		`resources.files(__package__) / "x.pkl"`:      "Path beside x.pkl",
		`importlib.resources.open_binary("p", "x")`:   "File package p/x",
		`open("m.pkl", "wb")`:                         "",
		`open("m.pkl", MODE)`:                         "",
		`open(path)`:                                  "",
		`Path("/etc/x.pkl")`:                          "Path ",
		`"~/x.pkl"`:                                   "Text ",
		`"https://example.com/x.pkl"`:                 "Text ",
		`"a" / "b"`:                                   "",
		`os.path.join("a", "/b")`:                     "",
		`Path("..")`:                                  "Path ",
		`b"m.pkl"`:                                    "Bytes m.pkl",
	} {
		v, _, ok := work(t, imports+"probe("+e+")\n")
		got := ""
		if ok {
			kinds := []string{"", "Bytes", "Text", "Stream", "Path", "File", "Contents"}
			got = kinds[v.Kind] + []string{"", " beside", " package"}[v.Anchor] + " " + v.Name()
		}
		if got != want {
			t.Errorf("%s: %q, want %q", e, got, want)
		}
	}
}

// A name counts if one statement alone binds it where it is read.
func TestNames(t *testing.T) {
	for src, want := range map[string]string{
		"X = b'a'\nprobe(X)":                                                          "a",
		"X = b'a'\ndef f():\n    probe(X)":                                            "a",
		"X = b'a'\nX = b'b'\nprobe(X)":                                                "b",
		"X = b'a'\nif c:\n    X = b'b'\nprobe(X)":                                     "?",
		"X = b'a'\nX = b'b'\ndef f():\n    probe(X)":                                  "b",
		"for X in (b'a',):\n    probe(X)":                                             "?",
		"def f(X=b'a'):\n    probe(X)":                                                "?",
		"X = b'a'\nX += b'b'\nprobe(X)":                                               "?",
		"def g():\n    global X\n    X = b'b'\nX = b'a'\nprobe(X)":                    "?",
		"X, Y = b'a', b'b'\nprobe(Y)":                                                 "b",
		"class C:\n    X = b'a'\n    def f(self):\n        probe(X)":                  "?",
		"class C:\n    X = b'a'\n    probe(X)":                                        "a",
		"X = X\nprobe(X)":                                                             "?",
		"X = Y\nY = X\ndef f():\n    probe(X)":                                        "?",
		"import io\nwith io.BytesIO(b'a') as f:\n    probe(f)":                        "a",
		"import io\nwith io.BytesIO(b'a') as f, io.BytesIO(b'b') as g:\n    probe(g)": "b",
		"import io\nwith io.BytesIO(b'a') as f:\n    x = 1\nwith io.BytesIO(b'b') as f:\n    probe(f)": "b",
		"import io\nwith io.BytesIO(b'a') as f:\n    f = other\n    probe(f)":                          "?",
		"import io\nwith io.BytesIO(b'a') as f:\n    x = f.read()\nprobe(x)":                           "a",
		"def open(x): pass\nprobe(open('a'))":                                                          "?",
		"from other import BytesIO\nprobe(BytesIO(b'a'))":                                              "?",
		"probe(__file__)\n__file__ = 'x'":                                                              "?",
	} {
		v, _, ok := work(t, src+"\n")
		got := "?"
		if ok {
			got = string(v.Data)
		}
		if got != want {
			t.Errorf("%q: %q, want %q", src, got, want)
		}
	}
}

// Every bound ends the work, and is told.
func TestBounds(t *testing.T) {
	bomb := "import zlib\nprobe(zlib.decompress(zlib.decompress(bytes.fromhex('%s'))))"
	var packed [1]string
	python(t, `
import json, sys, zlib
json.load(sys.stdin)
print(json.dumps([zlib.compress(zlib.compress(bytes(64 << 20), 9), 9).hex()]))
`, nil, &packed)
	var doubling strings.Builder
	doubling.WriteString("X0 = b'a'\n")
	for k := range 60 {
		fmt.Fprintf(&doubling, "X%d = X%d + X%d\n", k+1, k, k)
	}
	for what, src := range map[string]string{
		"more than 4194304 bytes":  fmt.Sprintf(bomb, packed[0]),
		"more than 4194304 bytes ": "probe(b'abcd' * 100000000)",
		"nested deeper than 64":    "probe(" + strings.Repeat("bytes(", 100) + "b'a'" + strings.Repeat(")", 100) + ")",
		"":                         doubling.String() + "probe(X60)",
	} {
		begin := time.Now()
		_, limit, ok := work(t, src)
		if ok || !strings.Contains(limit, strings.TrimSpace(what)) || limit == "" {
			t.Errorf("%.40q: %t %q", src, ok, limit)
		}
		if took := time.Since(begin); took > 5*time.Second {
			t.Errorf("%.40q took %v", src, took)
		}
	}
	// Long chains are no deep ones.
	v, limit, ok := work(t, "probe(b'a'"+strings.Repeat(" +\\\n b'b'", 5000)+")")
	if !ok || len(v.Data) != 5001 {
		t.Errorf("a long sum: %q", limit)
	}
	v, limit, ok = work(t, "probe("+strings.Repeat("b'0123456789'\n", 20_000)+")")
	if !ok || len(v.Data) != 200_000 {
		t.Errorf("long adjacent literals: %q", limit)
	}
}

// FuzzLiteral asks that nothing panics, and that a literal is no longer than its text.
func FuzzLiteral(f *testing.F) {
	for _, seed := range []string{`b"\x41\101\400"`, "'''a\\\r\n'''", `rb'\'`, `f"{x}"`, `"\N{BULLET}\U0001f600"`, `'`, `b`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		if data, _, ok := readLiteral(text); ok && len(data) > len(text) {
			t.Errorf("%q: %d bytes", text, len(data))
		}
	})
}

// readLiteral reads one string literal, and says whether it is one of bytes.
func readLiteral(text []byte) (data []byte, isBytes, ok bool) {
	l, ok := open(text)
	if !ok || l.fields {
		return nil, l.bytes, false
	}
	data, ok = l.read(l.body)
	return data, l.bytes, ok
}
