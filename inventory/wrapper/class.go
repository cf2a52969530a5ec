package wrapper

import (
	"cmp"
	"fmt"
	"regexp"
	"strings"

	"github.com/pickle-lint/pickle-lint/catalog"
)

// Class is a class or function that may be imported: an exact pair.
type Class struct {
	Module string
	// Name is the qualified name in the module; of a nested class it has dots.
	Name string
}

func (c Class) String() string {
	if strings.Contains(c.Name, ".") {
		return c.Module + ":" + c.Name
	}
	return c.Module + "." + c.Name
}

func compareClasses(a, b Class) int {
	return cmp.Or(cmp.Compare(a.Module, b.Module), cmp.Compare(a.Name, b.Name))
}

var dotted = regexp.MustCompile(`^[\pL_][\pL\pN_]*(?:\.[\pL_][\pL\pN_]*)*$`)

// IsModule reports whether a module, or a package, can be imported by a name.
func IsModule(name string) bool { return dotted.MatchString(name) }

// mostName is what a short string of a pickle has room for.
const mostName = 255

// ParseClass reads module.Name, or module:Outer.Inner where the name has dots itself.
func ParseClass(text string) (Class, error) {
	module, name, colon := strings.Cut(text, ":")
	if !colon {
		dot := strings.LastIndexByte(text, '.')
		if dot < 0 {
			return Class{}, fmt.Errorf("%q is no class: want module.Name, or module:Outer.Inner for a nested one", text)
		}
		module, name = text[:dot], text[dot+1:]
	}
	switch {
	case strings.ContainsAny(text, "*?"):
		return Class{}, fmt.Errorf("%q: patterns allow what nobody has looked at; name each class", text)
	case strings.Contains(text, "<locals>"):
		return Class{}, fmt.Errorf("%q is defined inside of a function, where nothing can be imported from", text)
	case !dotted.MatchString(module) || !dotted.MatchString(name):
		return Class{}, fmt.Errorf("%q is no class: want module.Name, or module:Outer.Inner for a nested one", text)
	case len(module) > mostName || len(name) > mostName:
		return Class{}, fmt.Errorf("%.40q… has more than %d bytes", text, mostName)
	}
	for part := range strings.SplitSeq(name, ".") {
		if strings.HasPrefix(part, "__") && strings.HasSuffix(part, "__") {
			return Class{}, fmt.Errorf("%q leads through %s, and from there to everything", text, part)
		}
	}
	return Class{module, name}, nil
}

// Verdict says what speaks against a class. refused is why it does not come into a table at
// all, doubt what its owner should look at.
func (c Class) Verdict(known *catalog.Catalog) (refused, doubt string) {
	g := known.Global(c.Module, c.Name)
	switch {
	case g.Class == catalog.Dangerous:
		return "dangerous: " + g.Reason, ""
	case g.Class == catalog.Suspicious:
		return "", "suspicious: " + g.Reason
	case g.Class == catalog.Unknown && g.Library == "stdlib":
		return "", "of the standard library, and not known to be harmless"
	}
	return "", ""
}
