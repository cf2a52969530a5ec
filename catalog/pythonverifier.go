package catalog

import (
	"fmt"
	"slices"
	"strings"
)

// PythonVerifier is a Python callable that takes part in proving who wrote some bytes.
type PythonVerifier struct {
	// Name is a dotted name as in [PythonSink]; "nacl.*.verify" is the method verify of
	// whatever is not known, in a file that spells nacl.
	Name string
	// Does is one of the constants below.
	Does string
	// Data are the arguments that are checked, digested or carried over. A receiver
	// is the argument "self".
	Data []Argument
	// Key is the argument that is the key, MadeKey that of the call which made the
	// object.
	Key, MadeKey *Argument
	// Public: the key is no secret.
	Public bool
	// Unless: a call in which one of these forms holds checks nothing. The name of an
	// argument may be followed by a dot and a key of a dictionary.
	Unless []ArgForm
	// When is the attribute of the result that tells whether the check was passed, or "".
	When string
	// Reason is the source of the fact.
	Reason string
}

// What a verifier does.
const (
	// Compares tells whether its first two arguments are the same, in a time that does not
	// depend on them.
	Compares = "compares"
	// Digests makes a digest of data; with a key, one that only its owners can make.
	Digests = "digests"
	// Sums makes a checksum of data, which anybody can make fit.
	Sums = "sums"
	// Raises comes to its end only if data is what was signed, Tells returns something
	// true only then, and Opens returns what was signed, or raises.
	Raises = "raises"
	Tells  = "tells"
	Opens  = "opens"
	// Carries returns data in another form, and nothing else.
	Carries = "carries"
	// Exits never returns.
	Exits = "leaves"
)

var verifierWords = []string{Compares, Digests, Sums, Raises, Tells, Opens, Carries, Exits}

// PythonVerifier looks up a canonical dotted name.
func (c *Catalog) PythonVerifier(name string) (*PythonVerifier, bool) {
	v, ok := c.pythonVerifiers[name]
	return v, ok
}

// PythonVerifiers lists all verifiers, sorted by name.
func (c *Catalog) PythonVerifiers() []*PythonVerifier { return sortedValues(c.pythonVerifiers) }

func (c *Catalog) addPythonVerifier(f fact) error {
	if err := f.only("does", "data", "key", "made-key", "public", "unless", "when"); err != nil {
		return err
	}
	v := &PythonVerifier{Name: f.subject, Does: f.attrs["does"], When: f.attrs["when"], Reason: f.reason}
	if !dotted(strings.Replace(v.Name, ".*.", ".", 1)) {
		return fmt.Errorf("python-verifier %s: not a dotted name, with () for what a call returns, or LIBRARY.*.METHOD", f.subject)
	}
	if !slices.Contains(verifierWords, v.Does) {
		return fmt.Errorf("python-verifier %s: does is one of %s", f.subject, strings.Join(verifierWords, ", "))
	}
	for data := range strings.SplitSeq(f.attrs["data"], ",") {
		if data == "" {
			break
		}
		arg, err := parseArgument(data)
		if err != nil {
			return fmt.Errorf("data: %w", err)
		}
		v.Data = append(v.Data, arg)
	}
	if none := v.Does == Compares || v.Does == Exits; v.Does != Digests && (len(v.Data) == 0) != none {
		return fmt.Errorf("python-verifier %s: data is for all but what compares or leaves, and required there", f.subject)
	}
	for name, to := range map[string]**Argument{"key": &v.Key, "made-key": &v.MadeKey} {
		if text, ok := f.attrs[name]; ok {
			arg, err := parseArgument(text)
			if err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			*to = &arg
		}
	}
	switch public := f.attrs["public"]; public {
	case "":
	case "true":
		v.Public = true
	default:
		return fmt.Errorf("public: %q is not true", public)
	}
	var err error
	if v.Unless, err = parseForms(f.attrs["unless"]); err != nil {
		return fmt.Errorf("unless: %w", err)
	}
	c.pythonVerifiers[v.Name] = v
	return nil
}
