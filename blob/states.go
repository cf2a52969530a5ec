package blob

import (
	"regexp"
	"strings"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/pickle"
)

// The __setstate__ of a few classes that honest pickles hold runs text that it
// finds in the state, or calls what it finds there. The catalogue names them and
// the keys; how honest text looks is said here.

// watching returns o with what the lines of a catalogue want to be told of.
func watching(o pickle.Options, c *catalog.Catalog) pickle.Options {
	if c == nil {
		c = catalog.Builtin()
	}
	o.States, o.Apart, o.Named = c.States(), c.Data(), c.Named()
	return o
}

// stated judges the state that an instance of the class name is given.
func (b *bench) stated(c *pickle.Call, name string, use catalog.Use) {
	if use.Text == "" && use.Hooks == "" {
		return
	}
	b.evaluates = b.evaluates || use.TextForm == "formula" && len(c.Lead) > 0
	for i := range c.Lead {
		switch a := &c.Lead[i]; {
		case a.Kind != pickle.StrArg:
			b.charge(UnlistedCall, name, c.Args, c.From, c.Offset, "sets the state of %s to something that its __setstate__ would run, which no pickler writes: %s", name, c.Args)
		case use.Text != "" && !textForms[use.TextForm](a.Text):
			b.charge(UnlistedCall, name, a.Text, c.From, c.Offset, "sets the state of %s, whose __setstate__ runs the text %q", name, clip(a.Text))
		}
	}
}

// maxClip is how much of a text stands in a message, in bytes.
const maxClip = 120

func clip(s string) string {
	if len(s) <= maxClip {
		return s
	}
	return strings.ToValidUTF8(s[:maxClip], "") + "…"
}

// textForms has the forms of catalog.TextForms.
var textForms = map[string]func(string) bool{"argparser": argparser, "formula": formula}

// argparserText is parse_arg_template of scipy/stats/_distn_infrastructure.py,
// filled in with the names of shapes: three functions that return their arguments.
var argparserText = func() *regexp.Regexp {
	const params, names = `[\w ,.=+-]*`, `[\w ,]*`
	return regexp.MustCompile(`^\s*` +
		`def _parse_args\(self,` + params + `\):\s+return \(` + names + `\),` + names + `\s+` +
		`def _parse_args_rvs\(self,` + params + `\):\s+return self\._argcheck_rvs\(` + names + `, size=size\)\s+` +
		`def _parse_args_stats\(self,` + params + `moments='mv'\):\s+return \(` + names + `\),` + names + `\s*$`)
}()

func argparser(text string) bool { return argparserText.MatchString(text) }

// formulaToken is what formulas of patsy are made of. patsy evaluates whatever it
// does not know itself as Python (patsy/eval.py EvalFactor).
var formulaToken = regexp.MustCompile(`^(?:\s+|[0-9.]+(?:e[+-]?[0-9]+)?|\*\*|[-+~*/:(),=]|'[^'\\\n]*'|"[^"\\\n]*"|[\pL_][\pL\pN_]*(?:\.[\pL_][\pL\pN_]*)*)`)

// formulaCalls are the functions that a formula may call: those of patsy
// (patsy/builtins.py) and of numpy that take numbers to numbers.
var formulaCalls = func() map[string]bool {
	known := make(map[string]bool)
	for name := range strings.FieldsSeq(`C I Q Treatment Sum Diff Helmert Poly bs cr cc te center standardize scale
		abs log log2 log10 log1p exp expm1 sqrt sin cos tan power square sign floor ceil maximum minimum where`) {
		known[name] = true
		known["np."+name] = true
		known["numpy."+name] = true
	}
	return known
}()

// beforeBracket are the tokens behind which a bracket is no call.
var beforeBracket = map[string]bool{"-": true, "+": true, "~": true, "*": true, "**": true, "/": true, ":": true, "(": true, ",": true, "=": true}

// formula reports whether a formula of patsy does no more than to name columns and
// to call functions of numbers on them.
func formula(text string) bool {
	last := "" // what stands before, but for space
	for text != "" {
		token := formulaToken.FindString(text)
		if token == "" || strings.Contains(token, "__") {
			return false
		}
		text = text[len(token):]
		if strings.TrimSpace(token) == "" {
			continue // np.log (x) is a call, too
		}
		// I(open)("f") calls what I returns.
		if token == "(" && last != "" && !formulaCalls[last] && !beforeBracket[last] {
			return false
		}
		last = token
	}
	return true
}

// hooked judges methods that the stream puts into states: copying the object calls
// them, and calls what they return with any arguments (copy._reconstruct). Many
// honest __setstate__ copy (Table.__setstate__ in astropy/table/table.py).
func (b *bench) hooked() {
	for _, h := range b.s.Trace.Hooks {
		b.charge(UnlistedCall, h.Name, "", h.Offset, h.Offset, "puts an object under the name %s, which no pickler writes: whatever copies or restores the owner would call it", h.Name)
	}
}
