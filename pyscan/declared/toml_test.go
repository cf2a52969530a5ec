package declared

import (
	"encoding/json"
	"maps"
	"os/exec"
	"strings"
	"testing"
)

// documents are pieces of TOML, right ones and wrong ones.
var documents = []string{
	"a = 1\nb = 'x'\n[t]\nc = [1, 2, # x\n 'three',]\n",
	"a = \"\"\"\nx\\\n   y\"\"\"\nb = '''\n'x' ''''\n",
	"a = \"\\u00e9\\U0001F600\\t\\\\\\\"\"\n",
	"\"quoted key\".b.'c.d' = {x = 1, y = {z = 'w'}, 'q' = []}\n",
	"[a.\"b.c\"]\nd=true\r\n[[e]]\nf=1979-05-27T07:32:00Z\n[[e]]\nf=2.5\n",
	"a = \"\"\"q\"\"\"\"\"\nb = ''''two'''\n",
	"[ spaced . out ]\n  k = +inf # x\n",
	"\ufeffa = 'x'\n",
	"# only a comment",
	"a = [[1], [{b = 'c'}], []]",
	"a = 'x' b = 'y'",
	"a = ",
	"a",
	"= 1",
	"[a",
	"a = 'x\ny'",
	"a = [1 2]",
	"a = {b 1}",
	"a = \"\\q\"",
	"a = \"x",
	"a = {b = 1",
	"[a] x = 1",
}

// What the reader takes from a document is what Python's tomllib takes, and it refuses
// what that refuses. Only strings have their values compared: nothing else is used.
func TestAgainstTomllib(t *testing.T) {
	const program = `
import json, sys, tomllib
def flat(v, path, out):
    if isinstance(v, dict):
        for k, w in v.items(): flat(w, path + [k], out)
        if not v and path: out["/".join(path)] = "{}"
    elif isinstance(v, list):
        for i, w in enumerate(v): flat(w, path + ["[]"], out)
    else:
        out["/".join(path)] = v if isinstance(v, str) else "-"
result = []
for text in json.load(sys.stdin):
    try:
        out = {}
        flat(tomllib.loads(text.removeprefix("\ufeff").replace("\r\n", "\n")), [], out)
        result.append(out)
    except tomllib.TOMLDecodeError:
        result.append(None)
json.dump(result, sys.stdout)
`
	if err := exec.Command("python3", "-c", "import tomllib").Run(); err != nil {
		t.Skip("no Python with tomllib (3.11)")
	}
	in, err := json.Marshal(documents)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("python3", "-c", program)
	cmd.Stdin = strings.NewReader(string(in))
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var want []map[string]string
	if err := json.Unmarshal(out, &want); err != nil {
		t.Fatal(err)
	}
	for i, document := range documents {
		got, err := flattened(document)
		if want[i] == nil {
			if err == nil {
				t.Errorf("%q is read as %v", document, got)
			}
			continue
		}
		if err != nil || !maps.Equal(got, want[i]) {
			t.Errorf("%q: %q, %v; tomllib has %q", document, got, err, want[i])
		}
	}
}

// flattened lists the leaves of a document, as the program above does.
func flattened(document string) (map[string]string, error) {
	out := make(map[string]string)
	arrays := make(map[string]bool)
	for line := range strings.Lines(document) {
		if name, ok := strings.CutPrefix(strings.TrimSpace(line), "[["); ok {
			arrays[strings.TrimSuffix(name, "]]")] = true
		}
	}
	var flat func(v tomlValue, path []string)
	flat = func(v tomlValue, path []string) {
		switch {
		case v.table != nil:
			for key, w := range v.table {
				flat(w, append(path[:len(path):len(path)], key))
			}
		case v.list != nil:
			for _, w := range v.list {
				flat(w, append(path[:len(path):len(path)], "[]"))
			}
		case v.isString:
			out[strings.Join(path, "/")] = v.text
		default:
			out[strings.Join(path, "/")] = "-"
		}
	}
	err := readTOML([]byte(document), func(table []string, _ int, key []string, v tomlValue) {
		path := append([]string{}, table...)
		if arrays[strings.Join(table, ".")] {
			path = append(path, "[]")
		}
		flat(v, append(path, key...))
	})
	return out, err
}
