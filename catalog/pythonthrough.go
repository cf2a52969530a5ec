package catalog

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// PythonThrough is something that bytes go through on the way from what writes them to what
// loads them: a call, an attribute, or a setting of a library.
type PythonThrough struct {
	// Name is as that of a [PythonSink], or the name of a [PythonSetting].
	Name string
	// Kind is the kind of channel, one of [ThroughKinds].
	Kind string
	// Names are the ways to name the channel; the first that the source gives counts. Each
	// is made of parts.
	Names [][]ThroughPart
	// Of, if not empty, are words of which what the method is taken of must have one.
	Of []string
	// Writes: what is loaded there is also written there.
	Writes bool
	Reason string
}

// ThroughPart is a part of the name of a channel.
type ThroughPart struct {
	Role ThroughRole
	// Argument is the argument that tells. Receiver: it is what the method is taken of.
	Argument
	Receiver bool
}

// ThroughRole says what is to be read of what a part names.
type ThroughRole string

// The roles.
const (
	// ThroughText: it is a text.
	ThroughText ThroughRole = ""
	// ThroughChannel: it leads to a channel itself.
	ThroughChannel ThroughRole = "through"
	// ThroughSQL: it is a statement, or what one was executed on, which names a table.
	ThroughSQL ThroughRole = "sql"
	// ThroughWord: its last word counts.
	ThroughWord ThroughRole = "word"
	// ThroughModel: nothing is read, it is the table of the class around.
	ThroughModel ThroughRole = "model"
)

// ThroughKinds are the kinds of channels that a line may have, by the words of package lint.
var ThroughKinds = []string{"file", "cache", "queue", "table", "bucket", "registry", "network", "process", "session"}

// ChannelScheme is what stands before the colon of an address.
type ChannelScheme struct {
	Name, Kind string
	// Cut: only the first step of the path is the name.
	Cut    bool
	Reason string
}

// PythonThroughs lists all, sorted by name, and those with Of before those of any receiver.
func (c *Catalog) PythonThroughs() (out []*PythonThrough) {
	for _, name := range slices.Sorted(maps.Keys(c.throughs)) {
		out = append(out, c.throughs[name]...)
	}
	return out
}

// PythonThrough looks up a canonical name, or a method with its dot.
func (c *Catalog) PythonThrough(name string) []*PythonThrough { return c.throughs[name] }

// ChannelScheme looks up a scheme.
func (c *Catalog) ChannelScheme(name string) (*ChannelScheme, bool) {
	s, ok := c.schemes[strings.ToLower(name)]
	return s, ok
}

// addPythonThrough takes "python-through .get kind=cache name=key@0 of=cache,redis".
func (c *Catalog) addPythonThrough(f fact) error {
	if err := f.only("kind", "name", "of", "writes"); err != nil {
		return err
	}
	t := &PythonThrough{Name: f.subject, Kind: f.attrs["kind"], Of: settingWords(f.attrs["of"]), Reason: f.reason}
	attribute, word := strings.CutPrefix(t.Name, ".")
	switch {
	case !dotted(attribute) || word && strings.ContainsAny(attribute, ".("):
		return fmt.Errorf("python-through %s: not a dotted name or .ATTRIBUTE", f.subject)
	case !slices.Contains(ThroughKinds, t.Kind):
		return fmt.Errorf("python-through %s: kind %q is not one of %v", f.subject, t.Kind, ThroughKinds)
	case t.Of != nil && !word:
		return fmt.Errorf("python-through %s: of says nothing of a dotted name", f.subject)
	}
	switch f.attrs["writes"] {
	case "":
	case "yes":
		t.Writes = true
	default:
		return fmt.Errorf("writes: %q is not yes", f.attrs["writes"])
	}
	if names, ok := f.attrs["name"]; ok {
		for name := range strings.SplitSeq(names, ",") {
			var parts []ThroughPart
			for text := range strings.SplitSeq(name, "+") {
				part, err := parseThroughPart(text)
				if err != nil {
					return fmt.Errorf("name: %w", err)
				}
				parts = append(parts, part)
			}
			t.Names = append(t.Names, parts)
		}
	}
	all := slices.DeleteFunc(slices.Clone(c.throughs[t.Name]), func(other *PythonThrough) bool { return slices.Equal(other.Of, t.Of) })
	all = append(all, t)
	slices.SortStableFunc(all, func(a, b *PythonThrough) int { return min(1, len(b.Of)) - min(1, len(a.Of)) })
	c.throughs[t.Name] = all
	return nil
}

func parseThroughPart(text string) (p ThroughPart, err error) {
	role, of, ok := strings.Cut(text, ":")
	if !ok {
		role, of = "", text
	}
	p.Role = ThroughRole(role)
	switch {
	case of == string(ThroughModel) && !ok:
		p.Role, p.Argument.Position = ThroughModel, -1
		return p, nil
	case !slices.Contains([]ThroughRole{ThroughText, ThroughChannel, ThroughSQL, ThroughWord}, p.Role) || ok && role == "":
		return p, fmt.Errorf("%q: %q is not through, sql or word", text, role)
	case of == "self":
		p.Receiver, p.Argument.Position = true, -1
		return p, nil
	}
	p.Argument, err = parseArgument(of)
	return p, err
}

// addChannelScheme takes "channel-scheme s3 kind=bucket".
func (c *Catalog) addChannelScheme(f fact) error {
	if err := f.only("kind", "cut"); err != nil {
		return err
	}
	s := &ChannelScheme{Name: f.subject, Kind: f.attrs["kind"], Reason: f.reason}
	if !slices.Contains(ThroughKinds, s.Kind) {
		return fmt.Errorf("channel-scheme %s: kind %q is not one of %v", f.subject, s.Kind, ThroughKinds)
	}
	if s.Name != strings.ToLower(s.Name) || strings.ContainsAny(s.Name, ":/*") {
		return fmt.Errorf("channel-scheme %s: not a scheme in lower case, without its colon", f.subject)
	}
	switch f.attrs["cut"] {
	case "":
	case "yes":
		s.Cut = true
	default:
		return fmt.Errorf("cut: %q is not yes", f.attrs["cut"])
	}
	c.schemes[s.Name] = s
	return nil
}
