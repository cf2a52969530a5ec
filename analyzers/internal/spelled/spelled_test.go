package spelled

import (
	"fmt"
	"go/ast"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"
)

// showing reports what each call of show is given, and the source at which the first and
// the last byte of it stand.
var showing = &analysis.Analyzer{
	Name: "showing", Doc: "shows texts",
	Run: func(pass *analysis.Pass) (any, error) {
		r := New(pass)
		for _, file := range pass.Files {
			src, err := pass.ReadFile(pass.Fset.Position(file.FileStart).Filename)
			if err != nil {
				return nil, err
			}
			ast.Inspect(file, func(n ast.Node) bool {
				call, ok := n.(*ast.CallExpr)
				if !ok {
					return true
				}
				if id, ok := call.Fun.(*ast.Ident); !ok || id.Name != "show" {
					return true
				}
				var out []string
				for _, t := range r.Texts(call.Args[0]) {
					text := fmt.Sprintf("%q", t.Bytes)
					if t.Holes {
						text += " holes"
					}
					if t.Embedded != "" {
						text += " from " + t.Embedded
					}
					if i := strings.IndexByte(string(t.Bytes), '!'); i >= 0 && t.Pos(i).IsValid() {
						at := pass.Fset.PositionFor(t.Pos(i), false).Offset
						text += " ! at " + string(src[at:at+1])
					}
					out = append(out, text)
				}
				if out == nil {
					out = []string{"unknown"}
				}
				if r.Constant(call.Args[0]) {
					out = append(out, "constant")
				}
				pass.Reportf(call.Rparen, "%s", strings.Join(out, ", "))
				return true
			})
		}
		return nil, nil
	},
}

func TestTexts(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "src/other/other.go", "package other\n\nconst C = \"far!\"\n")
	write(t, dir, "src/p/script.py", "print()!\n")
	crlf := strings.ReplaceAll("package p\n\nvar _ = show(`a\nb!\nc`) // want `\"a.nb!.nc\" ! at !, constant`\n", "\n", "\r\n")
	write(t, dir, "src/p/crlf.go", crlf)
	write(t, dir, "src/p/p.go", `package p

import (
	"embed"
	"fmt"
	"os"
	"other"
	"strings"
)

func show(any) int { return 0 }

const c = "con!"

//go:embed script.py
var script string

//go:embed script.py
var tree embed.FS

var once = "once!"
var twice = "one"

func init() { twice = "two" }

func given() string { return "given!" }

func f(p string, n int) {
	show("raw!")                                  // want "\"raw!\" ! at !, constant"
	show("\u00e9\x41\n!")                         // want "\"éA.n!\" ! at !, constant"
	show("\x21")                                  // want "\"!\" ! at ., constant"
	show(c + "d")                                 // want "\"con!d\" ! at !, constant"
	show(other.C)                                 // want "\"far!\" ! at o, constant"
	show(once)                                    // want "\"once!\" ! at !, constant"
	show(twice)                                   // want "\"one\", \"two\", constant"
	show("a" + p + "b!")                          // want "\"a_b!\" holes ! at !"
	show(p)                                       // want "unknown"
	show(os.Getenv("X"))                          // want "unknown"
	show(given())                                 // want "\"given!\" ! at !, constant"
	show(fmt.Sprintf("%s-%d-%q-%%!", p, n, p))    // want "\"__-10-''-%!\" holes ! at !"
	show(fmt.Sprintf("%s-%v!", "x", "y"))         // want "\"x-y!\" ! at !, constant"
	show(fmt.Sprintf("%[1]s!%", p))               // want "\"_____!%\" holes ! at !"
	show(strings.Join([]string{"a", c}, ","))     // want "\"a,con!\" ! at !, constant"
	show([]byte("bytes!"))                        // want "\"bytes!\" ! at !, constant"
	show(script)                                  // want "\"print..!.n\" from script.py, constant"
	b, _ := tree.ReadFile("script.py")
	show(string(b)) // want "\"print..!.n\" from script.py, constant"
	s := "x"
	s += "y!"
	show(s) // want "\"xy!\" ! at !, constant"
	var loop string
	loop += loop
	show(loop) // want "unknown"
	table := map[int]string{1: "one!", 2: p}
	show(table[n]) // want "\"one!\" ! at !"
	q := &p
	show(*q) // want "unknown"
	for _, v := range []string{"a", "b"} {
		show(v) // want "\"a\", \"b\", constant"
	}
}
`)
	analysistest.Run(t, dir, showing, "p")
}

// Long chains and deep nesting end.
func TestBounds(t *testing.T) {
	dir := t.TempDir()
	var src strings.Builder
	src.WriteString("package p\n\nfunc show(any) int { return 0 }\n\nvar a0 = \"x\"\n")
	for i := range 100 {
		fmt.Fprintf(&src, "var a%d = a%d + a%d\n", i+1, i, i)
	}
	src.WriteString("var _ = show(a100) // want \"unknown\"\n")
	src.WriteString("var p string\n\nfunc f() { show(p" + strings.Repeat(` + "x"`, 3000) + ") } // want \"_x.* holes\"\n")
	write(t, dir, "src/p/p.go", src.String())
	analysistest.Run(t, dir, showing, "p")
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
