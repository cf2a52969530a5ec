package wrapper

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Table is what differs from project to project.
type Table struct {
	// Protocol is the one protocol of pickle that is written and read, 4 or 5.
	Protocol int
	// MaxSize is the most bytes that one payload has.
	MaxSize int64
	// Allowed are the classes, and Only those of channels that carry fewer.
	Allowed []Class
	Only    map[string][]Class
}

// The defaults.
const (
	DefaultProtocol = 5
	DefaultMaxSize  = 16 << 20
	// MostSize is the largest limit that bounds anything.
	MostSize = 1 << 30
)

// channelName is what the wrapper takes as the name of a channel.
var channelName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._:/@*{}+-]{0,199}$`)

// IsChannel reports whether the wrapper takes a name of a channel.
func IsChannel(name string) bool { return channelName.MatchString(name) }

// tidy sorts. What a channel carries is allowed.
func (t *Table) tidy() {
	for name, classes := range t.Only {
		t.Only[name] = unique(classes)
		t.Allowed = append(t.Allowed, classes...)
	}
	t.Allowed = unique(t.Allowed)
}

func unique(classes []Class) []Class {
	out := slices.Clone(classes)
	slices.SortFunc(out, compareClasses)
	return slices.Compact(out)
}

// Add joins another table to this one. The limits are those of the other, if it has some.
func (t *Table) Add(o *Table) {
	if o.Protocol != 0 {
		t.Protocol = o.Protocol
	}
	if o.MaxSize != 0 {
		t.MaxSize = o.MaxSize
	}
	t.Allowed = append(t.Allowed, o.Allowed...)
	for name, classes := range o.Only {
		if t.Only == nil {
			t.Only = make(map[string][]Class)
		}
		t.Only[name] = append(t.Only[name], classes...)
	}
	t.tidy()
}

// python is the table as the section of a Python file, without the marks.
func (t *Table) python() string {
	var b strings.Builder
	fmt.Fprintf(&b, "PROTOCOL = %d\nMAX_SIZE = %d\n", t.Protocol, t.MaxSize)
	b.WriteString("# The classes and functions that may be imported: exact pairs of module and qualified name.\n")
	if len(t.Allowed) == 0 {
		b.WriteString("ALLOWED = frozenset(())\n")
	} else {
		b.WriteString("ALLOWED = frozenset(\n    (\n")
		pairs(&b, "        ", t.Allowed)
		b.WriteString("    )\n)\n")
	}
	b.WriteString("# Channels that carry less than that.\n")
	if len(t.Only) == 0 {
		b.WriteString("ONLY = {}\n")
		return b.String()
	}
	b.WriteString("ONLY = {\n")
	for _, name := range slices.Sorted(maps.Keys(t.Only)) {
		if len(t.Only[name]) == 0 {
			fmt.Fprintf(&b, "    %q: (),\n", name)
			continue
		}
		fmt.Fprintf(&b, "    %q: (\n", name)
		pairs(&b, "        ", t.Only[name])
		b.WriteString("    ),\n")
	}
	b.WriteString("}\n")
	return b.String()
}

func pairs(b *strings.Builder, indent string, classes []Class) {
	for _, c := range classes {
		fmt.Fprintf(b, "%s(\"%s\", \"%s\"),\n", indent, c.Module, c.Name)
	}
}

var (
	numberLine  = regexp.MustCompile(`^(PROTOCOL|MAX_SIZE) = ([0-9]{1,10})$`)
	pairLine    = regexp.MustCompile(`^ +\("([^"\\]+)", "([^"\\]+)"\),$`)
	channelLine = regexp.MustCompile(`^    "([^"\\]+)": \((\),)?$`)
	frameLine   = regexp.MustCompile(`^(?:#.*|ALLOWED = frozenset\((?:\(\)\))?| *\(| *\),?|ONLY = \{\}?|\})$`)
)

// parsePython reads a section that [Table.python] wrote. Of what somebody else wrote there it
// says the line, counted from the first of the section.
func parsePython(section string) (*Table, error) {
	t := new(Table)
	channel, in := "", ""
	for i, line := range strings.Split(strings.TrimSuffix(section, "\n"), "\n") {
		wrong := func() error {
			return fmt.Errorf("line %d between the marks, %.60q, is not of this command", i+1, line)
		}
		if m := numberLine.FindStringSubmatch(line); m != nil {
			n, err := strconv.ParseInt(m[2], 10, 64)
			if err != nil {
				return nil, wrong()
			}
			if m[1] == "PROTOCOL" {
				t.Protocol = int(n)
			} else {
				t.MaxSize = n
			}
			continue
		}
		if m := channelLine.FindStringSubmatch(line); m != nil && in == "ONLY" {
			if channel = m[1]; !IsChannel(channel) {
				return nil, wrong()
			}
			if t.Only == nil {
				t.Only = make(map[string][]Class)
			}
			t.Only[channel] = nil
			continue
		}
		if m := pairLine.FindStringSubmatch(line); m != nil {
			c, err := ParseClass(m[1] + ":" + m[2])
			switch {
			case err != nil || in == "" || in == "ONLY" && channel == "":
				return nil, wrong()
			case in == "ONLY":
				t.Only[channel] = append(t.Only[channel], c)
			default:
				t.Allowed = append(t.Allowed, c)
			}
			continue
		}
		if !frameLine.MatchString(line) {
			return nil, wrong()
		}
		if word, _, is := strings.Cut(line, " = "); is {
			in = word
		}
	}
	if t.Protocol != 4 && t.Protocol != 5 || t.MaxSize <= 0 {
		return nil, fmt.Errorf("what stands between the marks has no PROTOCOL or no MAX_SIZE of this command")
	}
	t.tidy()
	return t, nil
}
