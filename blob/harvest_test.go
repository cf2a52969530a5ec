package blob

import (
	"fmt"
	"os"
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

// falseAlarms are the honest globals that are told all the same, and why.
var falseAlarms = map[string]string{
	"builtins:getattr":               "what it is told is judged, see TestPlantedCallables",
	"torch.storage:_load_from_bytes": "what it is given is looked into, see TestHonestTensors",
}

type harvested struct {
	module, name string
	uses         []string
}

func harvest(t *testing.T) []harvested {
	t.Helper()
	b, err := os.ReadFile("../catalog/harvest.txt")
	if err != nil {
		t.Fatal(err)
	}
	var out []harvested
	for line := range strings.Lines(string(b)) {
		words := strings.Fields(line)
		if len(words) == 0 || words[0] == "#" {
			continue
		}
		module, name, ok := strings.Cut(words[0], ":")
		if !ok || len(words) < 3 {
			t.Fatalf("%q", line)
		}
		out = append(out, harvested{module, name, words[2:]})
	}
	if len(out) < 1000 {
		t.Fatalf("only %d globals", len(out))
	}
	return out
}

// lookUp is the recipe of a global.
func lookUp(module, name string) string {
	return fmt.Sprintf("SHORT_BINUNICODE '%s'\nSHORT_BINUNICODE '%s'\nSTACK_GLOBAL\n", module, name)
}

const object = "SHORT_BINUNICODE 'types'\nSHORT_BINUNICODE 'SimpleNamespace'\nSTACK_GLOBAL\nEMPTY_TUPLE\nNEWOBJ\n"

// used is the recipe of a use, as harvest.txt writes it; ok is false for a use
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
	if allowed.Results {
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
	for _, h := range harvest(t) {
		name := h.module + ":" + h.name
		if _, ok := falseAlarms[name]; ok {
			continue
		}
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
				if f.Severity > worst || f.Callable == h.module+"."+h.name && f.Severity > lint.Note {
					t.Errorf("%s %s: %s %s", name, use, f.Rule, f.Message)
				}
			}
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
			t.Errorf("%s: not in harvest.txt, and its reason cites nothing: %s", name, reason)
		}
	}
}
