package facts

import (
	"fmt"
	"strings"

	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/pickle"
)

var anomalyWords = map[pickle.AnomalyKind]string{
	pickle.FrameMismatch:      "frame-mismatch",
	pickle.ExtensionCode:      "extension-code",
	pickle.MutatedGlobal:      "mutated-global",
	pickle.LoaderDisagreement: "loader-disagreement",
	pickle.LongName:           "long-name",
}

var conditionWords = map[pickle.Condition]string{
	pickle.IfDefined: "defined", pickle.IfMissing: "missing", pickle.IfSet: "set",
}

// condition says in words on what a call depends.
func condition(c *pickle.Call) string {
	method := "__setstate__"
	if c.Kind == pickle.KindExtend || c.Kind == pickle.KindAppend {
		method = "extend"
	}
	switch c.If {
	case pickle.IfDefined:
		return "if it defines " + method
	case pickle.IfMissing:
		return "if it defines no " + method
	case pickle.IfSet:
		return "if it is a set"
	}
	return ""
}

// callText writes a call as Python would, with what it depends on.
func callText(c *pickle.Call) string {
	args := lint.Printable(c.Args)
	if c.Kind == pickle.KindSetItem {
		args = "{" + args + "}" // keys and values
	}
	text := lint.Printable(c.Target) + "(" + args + ")"
	if c.If != pickle.Always {
		text += ", " + condition(c)
	}
	if c.Stores {
		text += ", else into its __dict__"
	}
	return text
}

// globalText writes a look-up, and how it is written in the stream where that is
// something else.
func globalText(g *pickle.Global) string {
	raw := g.RawModule + "." + g.RawName
	var notes []string
	switch {
	case g.Extension:
		notes = append(notes, fmt.Sprintf("whatever is registered under %d", g.Code))
	case !g.Resolved:
		notes = append(notes, "computed by the stream")
	case g.String() != raw:
		notes = append(notes, "written "+lint.Printable(raw))
	}
	switch name := g.Name(); {
	case len(g.Path) > 1:
		notes = append(notes, "walked from module "+lint.Printable(g.Module))
	case strings.Contains(name, "."):
		notes = append(notes, "one name with dots in module "+lint.Printable(g.Module))
	}
	if g.Untrusted {
		notes = append(notes, "untrusted: names may mean something else by now")
	}
	text := lint.Printable(g.String())
	if len(notes) > 0 {
		text += " (" + strings.Join(notes, "; ") + ")"
	}
	return text
}

// objectOf names the object of an implicit call: an instance by its class.
func objectOf(t *pickle.Trace, c *pickle.Implicit) string {
	switch {
	case c.Global >= 0:
		return t.Globals[c.Global].String()
	case c.Via < 0:
		return "?"
	case t.Calls[c.Via].Kind == pickle.KindNew:
		return t.Calls[c.Via].Target
	}
	return t.Calls[c.Via].Target + "(…)"
}

var implicitWords = map[pickle.ImplicitKind]string{
	pickle.ImplicitHash: "hash of", pickle.ImplicitIter: "iteration over", pickle.ImplicitItems: "items of", pickle.ImplicitBool: "truth of",
	pickle.ImplicitBuffer: "memory of", pickle.ImplicitKeys: "keys of", pickle.ImplicitIndex: "index value of", pickle.ImplicitName: "use as a name of", pickle.ImplicitChanged: "what a call has made of",
}

// implicitText says what an op does to an object without calling it by name.
func implicitText(t *pickle.Trace, c *pickle.Implicit) string {
	object := lint.Printable(objectOf(t, c))
	if object == "?" {
		object = "an object that the stream does not name"
	}
	return implicitWords[c.Kind] + " " + object
}

// opName returns the name of an opcode, or "".
func opName(code byte) string {
	info, _ := pickle.Lookup(code)
	return info.Name
}
