package names

import (
	"maps"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/catalog"
)

// Vocabulary is the set of dotted names worth following: the sinks of a
// catalogue, the other names of their modules, and the values by which
// arguments are judged. Everything else is dropped at once, which also keeps
// hostile chains of attributes short.
type Vocabulary struct {
	prefixes map[string]bool
	aliases  map[string]string
	// renamed are the first words of the aliases.
	renamed map[string]bool
	all     bool // every name is worth following
	// functions, if not nil, knows which names are those of built-in functions.
	functions *catalog.Catalog
}

// Everything returns a vocabulary of all names: for what a module binds, which may
// be anything.
func Everything(c *catalog.Catalog) *Vocabulary {
	return (&Vocabulary{aliases: c.PythonAliases(), all: true}).indexed()
}

// EverythingCalled is Everything for what is called: names that nobody binds are those of
// built-in functions, too.
func EverythingCalled(c *catalog.Catalog) *Vocabulary {
	v := Everything(c)
	v.functions, v.prefixes, v.aliases = c, make(map[string]bool), maps.Clone(v.aliases)
	for alias, canonical := range python2 {
		v.aliases[alias] = canonical
	}
	for _, name := range dynamic {
		v.add(name)
	}
	return v.indexed()
}

// indexed notes the first words of the aliases, when all of them are known.
func (v *Vocabulary) indexed() *Vocabulary {
	v.renamed = make(map[string]bool)
	for alias := range v.aliases {
		v.renamed[firstWord(alias)] = true
	}
	return v
}

// firstWord returns what of a dotted name stands before its first dot or bracket.
func firstWord(name string) string {
	for k := range len(name) {
		if name[k] == '.' || name[k] == '(' {
			return name[:k]
		}
	}
	return name
}

// python2 are modules by their names in Python 2, and in libraries for both.
var python2 = map[string]string{
	"__builtin__": "builtins", "__builtins__": "builtins", "six.moves.builtins": "builtins", "copy_reg": "copyreg", "six.moves.copyreg": "copyreg", "future.moves.copyreg": "copyreg",
}

// isBuiltin reports the name of a built-in function.
func (v *Vocabulary) isBuiltin(name string) bool {
	return v.prefixes[builtins+name] || v.functions != nil && v.functions.Global("builtins", name).Class != catalog.Unknown
}

// maxName bounds a name that is followed where every name is, in bytes.
const maxName = 256

// NewVocabulary returns the vocabulary of a catalogue and some names more.
func NewVocabulary(c *catalog.Catalog, more ...string) *Vocabulary {
	v := &Vocabulary{prefixes: make(map[string]bool), aliases: maps.Clone(c.PythonAliases())}
	v.builtins()
	for _, sink := range c.PythonSinks() {
		if strings.HasPrefix(sink.Name, ".") {
			continue // of whatever is in no vocabulary
		}
		v.add(sink.Name)
		if class, ok := classOf(sink.Name); ok {
			v.add(class + "()")
		}
		for _, form := range slices.Concat(sink.SafeIf, sink.LateSafeIf) {
			v.add(form.Value)
		}
		for _, form := range sink.UnsafeIf {
			if form.Suffix() == "" {
				v.add(form.Value)
			}
		}
	}
	for _, setting := range c.PythonSettings() {
		for _, value := range setting.Values {
			if !value.String {
				v.add(value.Text)
			}
		}
	}
	for alias, canonical := range v.aliases {
		v.add(alias)
		v.add(canonical)
	}
	for _, name := range dynamic {
		v.add(name)
	}
	for _, name := range makers {
		v.add(name)
	}
	for _, name := range more {
		v.add(name)
	}
	return v.indexed()
}

// classOf returns the class whose method a sink is, which is called on its objects as
// well. Python tells a class from a module only by its first letter (PEP 8).
func classOf(sink string) (string, bool) {
	class, ok := catalog.Shorter(sink)
	if !ok || strings.HasSuffix(sink, "()") {
		return "", false
	}
	last := class[strings.LastIndexByte(class, '.')+1:]
	return class, last[0] >= 'A' && last[0] <= 'Z' && strings.Contains(class, ".") && !strings.HasSuffix(class, "()")
}

// With returns the vocabulary with further names for what is in it.
func (v *Vocabulary) With(aliases map[string]string) *Vocabulary {
	out := &Vocabulary{prefixes: maps.Clone(v.prefixes), aliases: maps.Clone(v.aliases), renamed: maps.Clone(v.renamed), all: v.all, functions: v.functions}
	for alias, canonical := range aliases {
		out.aliases[alias] = canonical
		out.renamed[firstWord(alias)] = true
		out.add(alias)
	}
	return out
}

func (v *Vocabulary) add(name string) {
	for more := true; more; name, more = catalog.Shorter(name) {
		v.prefixes[name] = true
	}
}

// aliasHops bounds how many names a module may have had: an alias of an alias
// of an alias is still followed, a ring of them is not.
const aliasHops = 4

// Canonical returns the canonical form of a dotted name, and false if neither
// the name nor anything below it is in the vocabulary.
func (v *Vocabulary) Canonical(name string) (string, bool) {
	name = ownSix(name)
	for range aliasHops {
		next, ok := v.unalias(name)
		if !ok {
			break
		}
		name = next
	}
	return name, v.prefixes[name] || v.all && len(name) <= maxName
}

// attribute returns the canonical form of an attribute of something, as Canonical
// does. Objects have those of their class, and a class has its methods.
func (v *Vocabulary) attribute(of, name string) (string, bool) {
	full, ok := v.Canonical(of + "." + name)
	if ok {
		return full, true
	}
	if class, object := strings.CutSuffix(of, "()"); object {
		return v.Canonical(class + "." + name)
	}
	if v.prefixes[of+"()"] {
		return v.Canonical(of + "()." + name)
	}
	return full, false
}

// ownSix takes the copy of six that a package carries for six, which is made to be
// carried (its documentation, "six can be bundled"): scapy.libs.six.moves.cPickle.
func ownSix(name string) string {
	at := strings.Index(name, ".six")
	if rest := at + len(".six"); at < 0 || rest < len(name) && name[rest] != '.' {
		return name
	}
	return name[at+1:]
}

// unalias replaces the longest prefix of name that is an alias.
func (v *Vocabulary) unalias(name string) (string, bool) {
	if !v.renamed[firstWord(name)] {
		return name, false
	}
	for m := name; ; {
		if canonical, ok := v.aliases[m]; ok {
			return canonical + name[len(m):], true
		}
		var more bool
		if m, more = catalog.Shorter(m); !more {
			return name, false
		}
	}
}
