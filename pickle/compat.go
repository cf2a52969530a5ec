package pickle

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
)

// compatData is CPython's Lib/_compat_pickle.py as data: what find_class looks
// up instead below protocol 3. It is the table of 3.6 to 3.12; 3.13 dropped Tix.
//
//go:embed compat_pickle.csv
var compatData string

type pair struct{ module, name string }

type compatTable struct {
	modules map[string]string
	names   map[pair]pair
}

// compat parses the embedded table once. A broken table is a mistake in this
// repository, so it panics.
var compat = sync.OnceValue(func() *compatTable {
	t, err := parseCompat(compatData)
	if err != nil {
		panic("compat_pickle.csv: " + err.Error())
	}
	return t
})

func parseCompat(data string) (*compatTable, error) {
	t := &compatTable{modules: make(map[string]string), names: make(map[pair]pair)}
	const header = "kind,old_module,old_name,new_module,new_name"
	for i, line := range strings.Split(strings.TrimSuffix(strings.ReplaceAll(data, "\r\n", "\n"), "\n"), "\n") {
		if i == 0 {
			if line != header {
				return nil, fmt.Errorf("line 1: header is %q, want %q", line, header)
			}
			continue
		}
		f := strings.Split(line, ",")
		if len(f) != 5 {
			return nil, fmt.Errorf("line %d: %d fields, want 5", i+1, len(f))
		}
		if f[1] == "" || f[3] == "" {
			return nil, fmt.Errorf("line %d: no module", i+1)
		}
		switch f[0] {
		case "IMPORT_MAPPING":
			if f[2] != "" || f[4] != "" {
				return nil, fmt.Errorf("line %d: a module mapping has no names", i+1)
			}
			if _, dup := t.modules[f[1]]; dup {
				return nil, fmt.Errorf("line %d: module %s is mapped twice", i+1, f[1])
			}
			t.modules[f[1]] = f[3]
		case "NAME_MAPPING":
			if f[2] == "" || f[4] == "" {
				return nil, fmt.Errorf("line %d: a name mapping needs both names", i+1)
			}
			old := pair{f[1], f[2]}
			if _, dup := t.names[old]; dup {
				return nil, fmt.Errorf("line %d: %s.%s is mapped twice", i+1, f[1], f[2])
			}
			t.names[old] = pair{f[3], f[4]}
		default:
			return nil, fmt.Errorf("line %d: unknown kind %q", i+1, f[0])
		}
	}
	return t, nil
}

// resolve applies the mapping as find_class does: the pair if it is known, else
// the module if that is known, never both steps.
func (t *compatTable) resolve(module, name string, tix bool) (string, string) {
	if module == "Tix" && !tix {
		return module, name
	}
	if p, ok := t.names[pair{module, name}]; ok {
		return p.module, p.name
	}
	if m, ok := t.modules[module]; ok {
		return m, name
	}
	return module, name
}

// Renamed is what Python 3 calls a global that Python 2 knew by another name:
// the mapping of find_class with fix_imports.
func Renamed(module, name string) (string, string) { return compat().resolve(module, name, true) }
