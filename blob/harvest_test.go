package blob

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/internal/recipe"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/pickle"
)

// An alarm is an honest global, or all of a module ("module:*"), that is told all
// the same.
type alarm struct {
	name, reason string
	met          bool
}

// falseAlarms reads catalog/harvest-alarms.txt.
func falseAlarms(t *testing.T) []*alarm {
	t.Helper()
	b, err := os.ReadFile("../catalog/harvest-alarms.txt")
	if err != nil {
		t.Fatal(err)
	}
	var out []*alarm
	for line := range strings.Lines(string(b)) {
		if strings.HasPrefix(line, "#") || strings.TrimSpace(line) == "" {
			continue
		}
		name, reason, ok := strings.Cut(strings.TrimSpace(line), " # ")
		if !ok || !strings.Contains(name, ":") {
			t.Fatalf("%q", line)
		}
		if n := len(out); n > 0 && out[n-1].name >= name {
			t.Errorf("%s is out of order", name)
		}
		out = append(out, &alarm{name: name, reason: reason})
	}
	return out
}

// about reports whether a is about the global.
func (a *alarm) about(module, name string) bool {
	m, n, _ := strings.Cut(a.name, ":")
	if n == "*" {
		return module == m || strings.HasPrefix(module, m+".")
	}
	return module == m && (name == n || strings.HasPrefix(name, n+"."))
}

// known returns the alarm that speaks of the global or of one that use names.
func known(alarms []*alarm, h harvested, use string) *alarm {
	for _, a := range alarms {
		if a.about(h.module, h.name) {
			return a
		}
		for word := range strings.SplitSeq(use, ",") {
			if of, ok := strings.CutPrefix(word, "@"); ok {
				if module, name, _ := strings.Cut(of, ":"); a.about(module, name) {
					return a
				}
			}
		}
	}
	return nil
}

type harvested struct {
	module, name string
	uses         []string
}

// harvest reads what the honest pickles of all sets of libraries need: a global
// of several sets is one, with the uses of each.
func harvest(t *testing.T) []harvested {
	t.Helper()
	files, err := filepath.Glob("../catalog/harvest-debian*.txt")
	if err != nil || len(files) < 5 {
		t.Fatalf("%v, %v", files, err)
	}
	seen := make(map[string]*harvested)
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for line := range strings.Lines(string(b)) {
			words := strings.Fields(line)
			if len(words) == 0 || words[0] == "#" {
				continue
			}
			module, name, ok := strings.Cut(words[0], ":")
			if !ok || len(words) < 3 {
				t.Fatalf("%s: %q", file, line)
			}
			h := seen[words[0]]
			if h == nil {
				h = &harvested{module: module, name: name}
				seen[words[0]] = h
			}
			for _, use := range words[2:] {
				if !slices.Contains(h.uses, use) {
					h.uses = append(h.uses, use)
				}
			}
			n++
		}
		if n < 100 {
			t.Fatalf("%s: only %d globals", file, n)
		}
	}
	var out []harvested
	for _, name := range slices.Sorted(maps.Keys(seen)) {
		out = append(out, *seen[name])
	}
	return out
}

// lookUp is the recipe of a global.
func lookUp(module, name string) string {
	return fmt.Sprintf("SHORT_BINUNICODE '%s'\nSHORT_BINUNICODE '%s'\nSTACK_GLOBAL\n", module, name)
}

const object = "SHORT_BINUNICODE 'types'\nSHORT_BINUNICODE 'SimpleNamespace'\nSTACK_GLOBAL\nEMPTY_TUPLE\nNEWOBJ\n"

// used is the recipe of a use, as the harvests write it; ok is false for a use
// that is a part of another.
func used(h harvested, use string) (code string, ok bool) {
	head, shapes, _ := strings.Cut(use, ",")
	how, count, call := strings.Cut(head, "/")
	global := lookUp(h.module, h.name)
	if !call {
		instance := global + "EMPTY_TUPLE\nNEWOBJ\n"
		if kind, on := strings.CutPrefix(how, "on:"); on {
			how = kind
		} else if how != "name" && how != "walk" {
			return "", false // what a call returned: with the call
		}
		switch how {
		case "name":
			return global, !slices.ContainsFunc(h.uses, func(u string) bool { return strings.Contains(u, "/") })
		case "walk":
			i := strings.LastIndexByte(h.name, '.')
			return lookUp("builtins", "getattr") + lookUp(h.module, h.name[:i]) + fmt.Sprintf("SHORT_BINUNICODE '%s'\nTUPLE2\nREDUCE\n", h.name[i+1:]), true
		case "setstate", "dictset", "setattr":
			return instance + "EMPTY_DICT\nBUILD\n", true
		}
		return instance + filled(how), true
	}
	n, err := strconv.Atoi(count)
	if err != nil {
		return "", false
	}
	code = global + "MARK\n"
	allowed := catalog.Builtin().Global(h.module, h.name).Use
	object := object
	if allowed.Results || allowed.Flat {
		object = global + "EMPTY_TUPLE\nNEWOBJ\n" // of its own package
	}
	shape := strings.Split(shapes, ",")
	for i := range n {
		s := "v"
		if i < len(shape) && shape[i] != "" {
			s = shape[i]
		} else if i >= pickle.LeadArgs && shape[0] == "o" {
			s = "o" // not listed: as the first
		}
		switch s {
		case "v":
			if i == 0 && allowed.NoneFirst {
				code += "NONE\n"
				continue
			}
			code += "BININT1 1\n"
		case "o":
			code += object
		case "t":
			code += object + "TUPLE1\n"
		case "w":
			code += lookUp("builtins", "getattr") + lookUp("collections", "OrderedDict") + "SHORT_BINUNICODE '__new__'\nTUPLE2\nREDUCE\n"
		default:
			module, name, _ := strings.Cut(strings.TrimPrefix(s, "@"), ":")
			code += lookUp(module, name)
		}
	}
	op := "REDUCE\n"
	if how == "new" {
		op = "NEWOBJ\n"
	}
	code += "TUPLE\n" + op
	for _, u := range h.uses {
		switch u {
		case "setstate":
			if h.module+":"+h.name != "functools:partial" {
				code += "EMPTY_DICT\nBUILD\n"
			}
		case "append", "extend", "add", "update", "setitem":
			code += filled(u)
		}
	}
	return code, true
}

func filled(how string) string {
	switch how {
	case "append", "extend":
		return "NONE\nAPPEND\n"
	case "add", "update":
		return "MARK\nNONE\nADDITEMS\n"
	}
	return "NONE\nNONE\nSETITEM\n"
}

// What honest pickles were seen to need raises no alarm in the use that was seen.
func TestHarvestIsSilent(t *testing.T) {
	cat := catalog.Builtin()
	alarms := falseAlarms(t)
	for _, h := range harvest(t) {
		name := h.module + ":" + h.name
		worst := lint.Note
		if cat.Global(h.module, h.name).Library == "" {
			worst = lint.Warning // an unknown library: a call of its own is a warning
		}
		for _, use := range h.uses {
			code, ok := used(h, use)
			if !ok {
				continue
			}
			_, findings, _ := scanned(recipe.MustAssemble("PROTO 4\n"+code+"STOP\n"), Default)
			for _, f := range findings {
				if f.Severity <= worst && (f.Callable != h.module+"."+h.name || f.Severity <= lint.Note) {
					continue
				}
				if a := known(alarms, h, use); a != nil {
					a.met = true
				} else {
					t.Errorf("%s %s: %s %s", name, use, f.Rule, f.Message)
				}
			}
		}
	}
	for _, a := range alarms {
		if !a.met {
			t.Errorf("%s raises no alarm any more", a.name)
		}
	}
}

// argued is how a reason argues for a line that no harvest saw: a source, or a
// family of which the harvest saw others.
var argued = regexp.MustCompile(`\(.*(/|\.py|__reduce|Reduce|in re|save_|protocol|below 2).*\)|exception|enum|dtype, stored|scalar type|element type|sparse matrix|named tuple|subclass of ndarray|bit generator|names the storage|signal of decimal|builtin that|function of numbers|joins the parts|parameter type|tensor type|number of a device|record|index of|file in memory|blocks of a table|block from an array|dict with attributes|translates a text|member of|method of values|as protocols below 3`)

// An allowed global of a library has been seen, or its line argues for it.
func TestAllowedHasEvidence(t *testing.T) {
	seen := make(map[string]bool)
	for _, h := range harvest(t) {
		seen[h.module+":"+h.name] = true
		seen[strings.Replace(h.module, "numpy.core.", "numpy._core.", 1)+":"+h.name] = true
	}
	b, err := os.ReadFile("../catalog/globals.cat")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(b)) {
		rest, ok := strings.CutPrefix(line, "allowed ")
		if !ok {
			continue
		}
		name, _, _ := strings.Cut(rest, " ")
		_, reason, _ := strings.Cut(rest, "# ")
		if !seen[name] && !argued.MatchString(reason) {
			t.Errorf("%s: in no harvest, and its reason cites nothing: %s", name, reason)
		}
	}
}

// Classes of known libraries whose state runs code, imports, unpickles or removes
// files: honest pickles have them, and an object without arguments is all it takes.
func TestStatesThatRun(t *testing.T) {
	for class, state := range map[string]string{
		"scipy.stats._continuous_distns norm_gen":                          "'_parse_arg_template'\nUNICODE \"run('id')\"",
		"scipy.stats._discrete_distns binom_gen":                           "'_parse_arg_template'\nUNICODE \"run('id')\"",
		"scipy.stats rv_continuous":                                        "'_parse_arg_template'\nUNICODE \"run('id')\"",
		"scipy.stats.distributions rv_discrete":                            "'_parse_arg_template'\nUNICODE \"run('id')\"",
		"statsmodels.base.data PandasData":                                 "'formula'\nUNICODE \"y ~ run('id')\"",
		"Bio.Align.substitution_matrices Array":                            "'state'\nUNICODE 'bytes'",
		"apscheduler.job Job":                                              "'func'\nUNICODE 'os:system'",
		"apscheduler.triggers.combining AndTrigger":                        "'triggers'\nUNICODE 'os:system'",
		"mne.io.array.array RawArray":                                      "'_data'\nUNICODE 'file'",
		"PIL.ImageFont FreeTypeFont":                                       "'path'\nUNICODE 'file'",
		"lmfit.parameter Parameters":                                       "'params'\nUNICODE 'run()'",
		"fsspec.caching MMapCache":                                         "'location'\nUNICODE 'file'",
		"zarr.storage ZipStore":                                            "'path'\nUNICODE 'file'",
		"transformers.integrations NeptuneCallback":                        "'_volatile_checkpoints_dir'\nUNICODE 'folder'",
		"fsspec.implementations.local LocalFileOpener":                     "'path'\nUNICODE 'file'",
		"torch_geometric.llm.utils.backend_utils RemoteGraphBackendLoader": "'path'\nUNICODE 'file'",
	} {
		code := "PROTO 2\nGLOBAL " + class + "\nEMPTY_TUPLE\nNEWOBJ\nEMPTY_DICT\nUNICODE " + state + "\nSETITEM\nBUILD\nSTOP\n"
		_, findings, _ := scanned(recipe.MustAssemble(code), Default)
		if !slices.ContainsFunc(findings, func(f *lint.Finding) bool { return f.Severity > lint.Note }) {
			t.Errorf("%s: %v", class, ids(findings))
		}
	}
}
