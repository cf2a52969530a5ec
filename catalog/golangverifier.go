package catalog

import (
	"fmt"
	"slices"
	"strings"
)

// GoVerifier is a Go function that takes part in proving who wrote some bytes.
type GoVerifier struct {
	// Name is the full name as in [GoFlow].
	Name string
	// Does is one of the constants below.
	Does string
	// Data are the arguments that are checked or digested: "recv", or the index of a
	// parameter; of what compares, the two that are compared.
	Data []string
	// Key is the argument that is the key, or "".
	Key string
	// To is the argument in which the opened bytes are, or "" for the first result.
	To string
	// When is the number that says that the check was passed, where it is a number that
	// the function returns: "0" or "1", or "".
	When string
	// Public: the key is no secret.
	Public bool
	// Constant: the time that a comparison takes does not depend on what is compared.
	Constant bool
	// Reason is the source of the fact.
	Reason string
}

// What a Go verifier does. Checked and Opened tell by their last result: it is true, nil, or
// the number When.
const (
	GoCompares = "compares" // it tells whether two arguments are the same
	GoDigests  = "digests"  // it makes a digest of data, or an object that is fed it
	GoMACs     = "macs"     // it makes such a digest that only the owner of the key can make
	GoSums     = "sums"     // it makes a checksum, which anybody can make fit
	GoKeys     = "keys"     // it makes of a key what holds the key
	GoVerifies = "verifies" // it tells whether data is what was signed
	GoOpens    = "opens"    // it gives what was signed in data
)

var goVerifierWords = []string{GoCompares, GoDigests, GoMACs, GoSums, GoKeys, GoVerifies, GoOpens}

// GoVerifier looks up a full name.
func (c *Catalog) GoVerifier(fullName string) (*GoVerifier, bool) {
	v, ok := c.goVerifiers[fullName]
	return v, ok
}

// GoVerifiers lists all verifiers, sorted by name.
func (c *Catalog) GoVerifiers() []*GoVerifier { return sortedValues(c.goVerifiers) }

func (c *Catalog) addGoVerifier(f fact) error {
	if err := f.only("does", "data", "key", "to", "when", "public", "time"); err != nil {
		return err
	}
	v := &GoVerifier{Name: f.subject, Does: f.attrs["does"], Key: f.attrs["key"], To: f.attrs["to"], When: f.attrs["when"], Reason: f.reason}
	fault := func(format string, args ...any) error {
		return fmt.Errorf("go-verifier %s: %s", f.subject, fmt.Sprintf(format, args...))
	}
	if !slices.Contains(goVerifierWords, v.Does) {
		return fault("does is one of %s", strings.Join(goVerifierWords, ", "))
	}
	for data := range strings.SplitSeq(f.attrs["data"], ",") {
		if data == "" && f.attrs["data"] == "" {
			break
		}
		if !goArgument(data) {
			return fault("data %q is not recv or the index of a parameter", data)
		}
		v.Data = append(v.Data, data)
	}
	for name, arg := range map[string]string{"key": v.Key, "to": v.To} {
		if _, given := f.attrs[name]; given && !goArgument(arg) {
			return fault("%s %q is not recv or the index of a parameter", name, arg)
		}
	}
	switch v.Does {
	case GoCompares:
		if len(v.Data) != 2 {
			return fault("what compares has two data")
		}
	case GoVerifies, GoOpens:
		if len(v.Data) == 0 {
			return fault("data is required")
		}
	case GoMACs, GoKeys:
		if v.Key == "" {
			return fault("key is required")
		}
	}
	if v.To != "" && v.Does != GoOpens {
		return fault("to is for what opens")
	}
	if v.When != "" && v.When != "0" && v.When != "1" {
		return fault("when is 0 or 1")
	}
	for name, word := range map[string]string{"public": "true", "time": "constant"} {
		if got, given := f.attrs[name]; given && got != word {
			return fault("%s is %s, or left out", name, word)
		}
	}
	v.Public, v.Constant = f.attrs["public"] != "", f.attrs["time"] != ""
	if v.Constant && v.Does != GoCompares {
		return fault("time is for what compares")
	}
	c.goVerifiers[v.Name] = v
	return nil
}
