//go:build cgo

package pyscan

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/decode"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/prelex"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// callsProgram prints, for each path on its input, where CPython's own parser
// sees calls: line and column in bytes of those outside strings, and the number
// of those in fields of strings, whose places CPython before 3.12 gets wrong.
const callsProgram = `
import ast, json, sys, warnings
warnings.simplefilter("ignore")
for path in sys.stdin.read().split("\n"):
    try:
        with open(path, "rb") as f:
            tree = ast.parse(f.read())
    except (SyntaxError, ValueError, RecursionError):
        print("null")
        continue
    outside, inside = [], 0
    stack = [(tree, False)]
    while stack:
        node, within = stack.pop()
        if isinstance(node, ast.Call):
            if within:
                inside += 1
            else:
                outside.append((node.lineno, node.col_offset))
        within = within or isinstance(node, ast.JoinedStr)
        stack.extend((child, within) for child in ast.iter_child_nodes(node))
    print(json.dumps({"outside": sorted(outside), "inside": inside}))
`

type callsOf struct {
	Outside [][2]int `json:"outside"`
	Inside  int      `json:"inside"`
}

// calls finds the calls in a source as the scanner reads it.
func calls(t *testing.T, raw []byte) (out callsOf, broken bool) {
	t.Helper()
	text, _ := decode.Decode(raw, decode.Declared(raw))
	normal := prelex.Normalise(text.Bytes, nil)
	tree, err := syntax.Parse(context.Background(), normal.Text, time.Minute)
	if err != nil {
		return out, true
	}
	s := newSource("", text, normal)
	for i := range tree.Nodes {
		i := syntax.Index(i)
		if tree.Kind(i) != syntax.Call {
			continue
		}
		within := false
		for p := tree.Parent(i); p != syntax.None && !within; p = tree.Parent(p) {
			within = tree.Kind(p) == syntax.String
		}
		if within {
			out.Inside++
			continue
		}
		at := tree.Nodes[i].Start
		line := s.line(at)
		out.Outside = append(out.Outside, [2]int{line, int(at - s.lines[line-1])})
	}
	slices.SortFunc(out.Outside, func(a, b [2]int) int { return slices.Compare(a[:], b[:]) })
	return out, len(tree.Broken) > 0
}

// TestCallsAgainstCPython compares with the parser of the python3 at hand every
// call in a part of its library, or in all sources below the directory that the
// environment names: PYSCAN_ORACLE=/usr/lib/python3/dist-packages.
func TestCallsAgainstCPython(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no python3")
	}
	root, every := os.Getenv("PYSCAN_ORACLE"), 1
	if root == "" {
		every = 15
		out, err := exec.Command(python, "-c", "import sysconfig; print(sysconfig.get_paths()['stdlib'])").Output()
		if err != nil {
			t.Skipf("no library: %v", err)
		}
		root = strings.TrimSpace(string(out))
	}
	var paths []string
	n := 0
	err = filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() || filepath.Ext(name) != ".py" || strings.Contains(name, "\n") {
			return err
		}
		if every > 1 && strings.Contains(name, "-packages") {
			return nil
		}
		if n++; n%every == 0 {
			paths = append(paths, name)
		}
		return nil
	})
	if err != nil || len(paths) == 0 {
		t.Skipf("no library: %v", err)
	}
	cmd := exec.Command(python, "-c", callsProgram)
	cmd.Stdin = strings.NewReader(strings.Join(paths, "\n"))
	said, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(bytes.NewReader(said))
	lines.Buffer(nil, len(said)+1)
	compared, total := 0, 0
	for _, path := range paths {
		if !lines.Scan() {
			t.Fatal("the oracle fell silent")
		}
		var want *callsOf
		if err := json.Unmarshal(lines.Bytes(), &want); err != nil {
			t.Fatal(err)
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if want == nil || len(raw) > syntax.MaxSource {
			continue
		}
		compared++
		got, broken := calls(t, raw)
		total += len(got.Outside) + got.Inside
		if broken {
			t.Logf("%s: does not parse", path)
		}
		missed, extra := difference(want.Outside, got.Outside), difference(got.Outside, want.Outside)
		if len(missed) > 0 || len(extra) > 0 || got.Inside != want.Inside {
			t.Errorf("%s (broken: %v): missed %v, extra %v; in strings %d, CPython %d", path, broken, first(missed), first(extra), got.Inside, want.Inside)
		}
	}
	t.Logf("%d files, %d calls", compared, total)
	if compared < len(paths)/2 {
		t.Errorf("only %d of %d files compared", compared, len(paths))
	}
}

func first(places [][2]int) [][2]int { return places[:min(len(places), 5)] }

// difference returns what a has and b lacks; both are sorted.
func difference(a, b [][2]int) (out [][2]int) {
	for _, place := range a {
		for len(b) > 0 && slices.Compare(b[0][:], place[:]) < 0 {
			b = b[1:]
		}
		if len(b) > 0 && b[0] == place {
			b = b[1:]
			continue
		}
		out = append(out, place)
	}
	return out
}
