package embeddedblob

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/pickle-lint/pickle-lint/internal/recipe"
)

// hostile is a pickle that starts a program, harmless one that does nothing, and strange
// one that rebuilds what nobody knows. They are assembled here, so that no file of this
// repository is one.
var (
	hostile  = recipe.MustAssemble("PROTO 4\nFRAME *\nSHORT_BINUNICODE 'posix'\nSHORT_BINUNICODE 'system'\nSTACK_GLOBAL\nSHORT_BINUNICODE 'id'\nTUPLE1\nREDUCE\nSTOP\n")
	harmless = recipe.MustAssemble("PROTO 4\nFRAME *\nEMPTY_DICT\nSHORT_BINUNICODE 'a'\nBININT1 1\nSETITEM\nSTOP\n")
	strange  = recipe.MustAssemble("PROTO 4\nFRAME *\nSHORT_BINUNICODE 'mymod'\nSHORT_BINUNICODE 'Thing'\nSTACK_GLOBAL\nEMPTY_TUPLE\nNEWOBJ\nSTOP\n")
)

func write(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func TestEmbeds(t *testing.T) {
	dir := t.TempDir()
	bad := string(hostile)
	write(t, dir, map[string]string{
		"src/p/model.pkl": bad, "src/p/clean.pkl": string(harmless), "src/p/strange.pkl": string(strange), "src/p/text.txt": "calm",
		"src/p/tree/a.dat": bad, "src/p/tree/.hidden": bad, "src/p/tree/_draft": bad, "src/p/tree/sub/b.bin": bad, "src/p/tree/mod/go.mod": "module x\n", "src/p/tree/mod/c.pkl": bad,
		"src/p/all/.hidden": bad, "src/p/all/empty.txt": "", "src/p/a b.pkl": bad, "src/p/glob/x1.pkl": bad, "src/p/glob/y1.pkl": bad, "src/p/unused.pkl": bad,
		"src/p/p.go": `package p

import "embed"

//go:embed model.pkl // want "PKL309 embedded-blob: embedded model.pkl, at byte 32: calls posix.system\\('id'\\): runs a shell command"
var model []byte

//go:embed clean.pkl text.txt missing.pkl
var calm embed.FS

//go:embed tree // want "embedded tree/a.dat" "embedded tree/sub/b.bin"
var tree embed.FS

//go:embed all:all // want "embedded all/.hidden"
var all embed.FS

//go:embed "a b.pkl" // want "embedded a b.pkl"
var quoted string

var (
	//go:embed glob/x*.pkl // want "embedded glob/x1.pkl"

	// Anything may stand between.
	glob embed.FS

	//go:embed strange.pkl // want "embedded strange.pkl, at byte .*: creates an instance of mymod.Thing"
	strange []byte
)

//picklelint:trust boundary=build reason="made by make seed, from our own classes"
//go:embed strange.pkl
var trusted []byte

//picklelint:trust boundary=build reason="made by make seed, from our own classes"
//go:embed model.pkl // want "embedded model.pkl, at byte 32: calls posix.system"
var error []byte

// go:embed unused.pkl
var prose string
`,
		"src/p/p_test.go": "package p\n\nimport _ \"embed\"\n\n//go:embed model.pkl\nvar tested []byte\n\nconst text = \"cposix\\nsystem\\n(S'id'\\ntR.\"\n",
		"src/q/q.go":      "package q\n\n//go:embed model.pkl\nvar model []byte\n", "src/q/model.pkl": bad,
	})
	analysistest.Run(t, dir, Analyzer, "p", "q")
}

func TestLiterals(t *testing.T) {
	dir := t.TempDir()
	raw, list := new(strings.Builder), new(strings.Builder)
	for _, c := range hostile {
		fmt.Fprintf(raw, `\x%02x`, c)
		fmt.Fprintf(list, "0x%02x, ", c)
	}
	old := []byte("cposix\nsystem\n(S'id'\ntR.") // protocol 0, which begins with no byte of its own
	oldText := base64.StdEncoding.EncodeToString(old)
	b64 := base64.StdEncoding.EncodeToString(hostile)
	half := len(b64) / 2
	r := strings.NewReplacer("RAW", raw.String(), "LIST", list.String(), "B64", b64, "HALF1", b64[:half], "HALF2", b64[half:],
		"OLD1", oldText[:16], "OLD2", oldText[16:], "OLDURL", base64.RawURLEncoding.EncodeToString(old), "OLDHEX", hex.EncodeToString(old), "OLD", oldText,
		"MODULES", base64.StdEncoding.EncodeToString([]byte("c code\nof a module\nand more.")), "HEX", hex.EncodeToString(hostile), "CALM", base64.StdEncoding.EncodeToString(harmless), "STRANGE", base64.StdEncoding.EncodeToString(strange))
	write(t, dir, map[string]string{"src/p/p.go": r.Replace(`package p

import "encoding/base64"

const one = "B64" // want "PKL309 embedded-blob: base64 in this literal, at byte 32: calls posix.system"
const two = "HALF1" + // want "base64 in this literal"
	"HALF2"

var three = "HEX" // want "calls posix.system"
var four = []byte{LIST} // want "a pickle in this literal, at byte 32: calls posix.system"
var five = [...]byte{LIST} // want "calls posix.system"
var six = []uint8("RAW") // want "calls posix.system"

const seven = "OLD"     // want "base64 at 0 in this literal, at byte 22: calls posix.system"
const eight = "OLDURL"  // want "calls posix.system"
const nine = "OLDHEX"   // want "calls posix.system"
const ten = "OLD1" + // want "calls posix.system"
	"OLD2"

var eleven = []byte{0: LIST}         // want "calls posix.system"
var twelve = [...]byte{3: 'a', 1: 2, 'b'}

func f(g func([]byte)) {
	g([]byte("cposix\nsystem\n(S'id'\ntR.")) // want "a pickle in this literal, at byte 22: calls posix.system"
	g([]byte("(cos\nsystem\nS'id'\no."))     // want "calls os.system"
	b, _ := base64.StdEncoding.DecodeString("B64") // want "calls posix.system"
	g(b)
	//picklelint:trust boundary=build reason="a test of the decoder of our own"
	g([]byte("STRANGE"))
	g([]byte("STRANGE")) // want "mymod.Thing"
}

var calm = []string{"CALM", "MODULES", "abcdefghijklmnopqrstuvwxyz", "hello.", "coverage\npytest\n.tox\n", "\x80\x04\x95", "c code\nof\nc.\n", "GET / HTTP/1.1\r\nHost: a.b\r\n\r\n",
	"\x80\x02cut off in the middle of", "cmymod\nThing\n.", "c: 1\nd: 2\n", "import os\nos.system\n"}

var computed = []byte{0x80, 4, byte(len(calm)), 1, 2, 3, 4, 5}

type tagged struct { F string "B64" }
`)})
	analysistest.Run(t, dir, Analyzer, "p")
}
