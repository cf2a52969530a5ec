package catalog

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// PythonDump is a Python callable that writes pickles, and where it is told with which
// protocol.
type PythonDump struct {
	// Name is as that of a [PythonSink]: dotted, or an attribute of whatever is not
	// known.
	Name string
	// Protocol are the arguments that may hold the protocol; the first that is given
	// counts. Without any nobody chooses it there.
	Protocol []Argument
	// To says where the pickle goes, and Arg which argument tells.
	To  DumpTo
	Arg Argument
	// Default is what is written without the argument.
	Default Protocol
	// Format is what it writes: pickle unless the line says otherwise. Marshal: the number
	// is a version of marshal's format.
	Format  string
	Marshal bool
	// If, if not nil, is the form of a call without which it writes something else.
	If *ArgForm
	// Plain: its module loads as plainly, by what [PythonDump.Load] names, and wrappers
	// stand before the two.
	Plain bool
	// Reason is the source of the fact.
	Reason string
}

// DumpTo is where what is dumped goes.
type DumpTo string

// Where pickles go.
const (
	// ToBytes: the call returns them.
	ToBytes DumpTo = "bytes"
	// ToFile: the argument is an open file, or something that looks like one.
	ToFile DumpTo = "file"
	// ToPath: the argument is the path of a file, or an open file.
	ToPath DumpTo = "path"
	// ToStore: what the call makes writes them to a file, a database or a server.
	ToStore DumpTo = "store"
	// ToProcess: to a process that runs the same Python.
	ToProcess DumpTo = "process"
)

// Protocol is the protocol of a pickle, as far as a source tells: a number, or one of
// the words below.
type Protocol string

// Protocols that are no numbers.
const (
	// ProtocolDefault is that which the running Python has for a default.
	ProtocolDefault Protocol = "default"
	// ProtocolHighest is the newest that the running Python can write.
	ProtocolHighest Protocol = "highest"
	// ProtocolOther is nothing to speak of.
	ProtocolOther Protocol = "other"
)

// Number returns the protocol as a number, if it is one.
func (p Protocol) Number() (n int, ok bool) {
	n, err := strconv.Atoi(string(p))
	return n, err == nil
}

// Load is the name of what loads as a plain dump writes.
func (d *PythonDump) Load() string {
	module, word := d.Name[:strings.LastIndexByte(d.Name, '.')+1], d.Name[strings.LastIndexByte(d.Name, '.')+1:]
	return module + strings.NewReplacer("dump", "load", "Pickler", "Unpickler").Replace(word)
}

func parseProtocol(s string) (Protocol, error) {
	p := Protocol(s)
	if _, ok := p.Number(); ok || p == ProtocolDefault || p == ProtocolHighest || p == ProtocolOther {
		return p, nil
	}
	return "", fmt.Errorf("%q is not a number, default, highest or other", s)
}

// PythonDumps lists all callables that write pickles, sorted by name.
func (c *Catalog) PythonDumps() []*PythonDump { return sortedValues(c.pythonDumps) }

// PythonDump looks up a canonical dotted name.
func (c *Catalog) PythonDump(name string) (*PythonDump, bool) {
	d, ok := c.pythonDumps[name]
	return d, ok
}

// addPythonDump takes "python-dump pickle.dump to=file:file@1 protocol=protocol@2 …".
func (c *Catalog) addPythonDump(f fact) error {
	if err := f.only("to", "protocol", "default", "format", "if", "object", "by", "plain"); err != nil {
		return err
	}
	d := &PythonDump{Name: f.subject, Default: ProtocolDefault, Reason: f.reason}
	attribute, word := strings.CutPrefix(d.Name, ".")
	if !dotted(attribute) || word && strings.ContainsAny(attribute, ".(") {
		return fmt.Errorf("python-dump %s: not a dotted name or .ATTRIBUTE", f.subject)
	}
	if f.attrs["protocol"] == "" && f.attrs["default"] == "" {
		return fmt.Errorf("python-dump %s: protocol is required, or default for one that nobody chooses", f.subject)
	}
	for item := range strings.SplitSeq(f.attrs["protocol"], ",") {
		if item == "" {
			continue
		}
		arg, err := parseArgument(item)
		if err != nil {
			return fmt.Errorf("protocol: %w", err)
		}
		d.Protocol = append(d.Protocol, arg)
	}
	forms, err := parseForms(f.attrs["if"])
	if err != nil {
		return fmt.Errorf("if: %w", err)
	}
	if len(forms) > 1 {
		return fmt.Errorf("if: %d forms, and one counts", len(forms))
	}
	if len(forms) == 1 {
		d.If = &forms[0]
	}
	to, arg, given := strings.Cut(f.attrs["to"], ":")
	d.To, d.Arg.Position = DumpTo(to), -1
	switch d.To {
	case ToFile, ToPath:
		if d.Arg, err = parseArgument(arg); err != nil {
			return fmt.Errorf("to: %w", err)
		}
	case ToBytes, ToStore, ToProcess:
		if given {
			return fmt.Errorf("to: %s has no argument", to)
		}
	default:
		return fmt.Errorf("to: %q is not bytes, store, process, file:ARGUMENT or path:ARGUMENT", f.attrs["to"])
	}
	if word, ok := f.attrs["default"]; ok {
		if d.Default, err = parseProtocol(word); err != nil {
			return fmt.Errorf("default: %w", err)
		}
	}
	if d.Format = f.attrs["format"]; d.Format == "" {
		d.Format = "pickle"
	}
	d.Marshal = d.Format == "marshal"
	switch f.attrs["plain"] {
	case "":
	case "yes":
		if d.Plain = !word && strings.Contains(d.Name, "."); !d.Plain {
			return fmt.Errorf("plain: %s is no function of a module", f.subject)
		}
	default:
		return fmt.Errorf("plain: %q is not yes", f.attrs["plain"])
	}
	delete(c.pickles, d.Name)
	if object, ok := f.attrs["object"]; ok {
		p := &PythonPickles{Name: d.Name, By: f.attrs["by"], Stored: d.To == ToPath, Reason: d.Reason}
		if p.Arg, err = parseArgument(object); err != nil {
			return fmt.Errorf("object: %w", err)
		}
		if err := p.check(); err != nil {
			return err
		}
		c.pickles[d.Name] = p
	} else if f.attrs["by"] != "" {
		return fmt.Errorf("by: %s says of no object that it is pickled", f.subject)
	}
	c.pythonDumps[d.Name] = d
	return nil
}

// PythonProtocols are names of constants that are protocols. A name without a dot stands
// for every attribute that is called so.
func (c *Catalog) PythonProtocols() map[string]Protocol { return c.pythonProtocols }

// addPythonProtocol takes "python-protocol HIGHEST_PROTOCOL is=highest".
func (c *Catalog) addPythonProtocol(f fact) error {
	if err := f.only("is"); err != nil {
		return err
	}
	p, err := parseProtocol(f.attrs["is"])
	if err != nil {
		return fmt.Errorf("is: %w", err)
	}
	if !dotted(f.subject) || strings.Contains(f.subject, "(") {
		return fmt.Errorf("python-protocol %s: not a dotted name", f.subject)
	}
	c.pythonProtocols[f.subject] = p
	return nil
}

// DumpSetting is a setting whose value is a protocol.
type DumpSetting struct {
	// Name is canonical, for example "django_redis.PICKLE_VERSION".
	Name string
	// Words are the words under which it is set, and Forms the forms in which.
	Words []string
	Forms []SettingForm
	// Near, if not empty, are words of which the file must have one.
	Near   []string
	Reason string
}

// ByItem is an item that is set in something which has one of the words of Near:
// dill.settings["protocol"] = 4.
const ByItem SettingForm = "item"

// DumpSettings lists all of them, sorted by name.
func (c *Catalog) DumpSettings() []*DumpSetting { return sortedValues(c.dumpSettings) }

// addDumpSetting takes "python-dump-setting kombu.PICKLE_PROTOCOL in=key".
func (c *Catalog) addDumpSetting(f fact) error {
	if err := f.only("words", "in", "near"); err != nil {
		return err
	}
	s := &DumpSetting{Name: f.subject, Words: settingWords(f.attrs["words"]), Near: settingWords(f.attrs["near"]), Reason: f.reason}
	dot := strings.LastIndexByte(s.Name, '.')
	if dot < 0 {
		return fmt.Errorf("python-dump-setting %s: the name is not LIBRARY.SETTING", f.subject)
	}
	if s.Words == nil {
		s.Words = []string{s.Name[dot+1:]}
	}
	for _, word := range settingWords(f.attrs["in"]) {
		if !slices.Contains([]SettingForm{ByKeyword, ByKey, ByName, ByAttribute, ByItem}, SettingForm(word)) {
			return fmt.Errorf("python-dump-setting %s: in: %q is not keyword, key, name, attribute or item", f.subject, word)
		}
		s.Forms = append(s.Forms, SettingForm(word))
	}
	if s.Forms == nil {
		return fmt.Errorf("python-dump-setting %s: in is required", f.subject)
	}
	if slices.Contains(s.Forms, ByItem) && s.Near == nil {
		return fmt.Errorf("python-dump-setting %s: in=item says nothing without near", f.subject)
	}
	c.dumpSettings[s.Name] = s
	return nil
}

// ChannelKind says what a function, a method or a name tells of the bytes that it has
// to do with.
type ChannelKind string

// The kinds of channels.
const (
	// Leaves: what the function is given leaves the process.
	Leaves ChannelKind = "leaves"
	// Stays: what the function is given does not.
	Stays ChannelKind = "stays"
	// Measures: what the function returns says something of it, and not what it is.
	Measures ChannelKind = "measures"
	// Passes: the function returns what it is given, in other words.
	Passes ChannelKind = "passes"
	// Unpacks: the function returns what one that passes was given.
	Unpacks ChannelKind = "unpacks"
	// Returns: what a function of that name returns leaves the process.
	Returns ChannelKind = "returns"
	// Serializes: what a function of that name returns is made to leave the process.
	Serializes ChannelKind = "serializes"
	// NamesFile: what is called so, or what the function returns, is a file.
	NamesFile ChannelKind = "file"
	// NamesMemory: it is in the memory of the process.
	NamesMemory ChannelKind = "memory"
	// NamesTemporary: it is gone when the process is.
	NamesTemporary ChannelKind = "temporary"
	// MakesPath: the function makes a path of what it is given.
	MakesPath ChannelKind = "path"
)

var channelKinds = []ChannelKind{Leaves, Stays, Measures, Passes, Unpacks, Returns, Serializes, NamesFile, NamesMemory, NamesTemporary, MakesPath}

// Channel is one of those.
type Channel struct {
	Kinds []ChannelKind
	// Of, if not empty, are words of which what the method is taken of must have one.
	Of     []string
	Reason string
}

// Is reports whether it is of a kind.
func (ch *Channel) Is(kind ChannelKind) bool { return slices.Contains(ch.Kinds, kind) }

// Channel looks up a word, and then the longest beginning of it that stands with a star.
func (c *Catalog) Channel(word string) (*Channel, bool) {
	if ch, ok := c.channels[word]; ok {
		return ch, true
	}
	for n := min(len(word), c.longestStar); n > 0; n-- {
		if ch, ok := c.channels[word[:n]+"*"]; ok {
			return ch, true
		}
	}
	return nil, false
}

// addChannel takes "python-channel set kind=leaves of=redis,cache".
func (c *Catalog) addChannel(f fact) error {
	if err := f.only("kind", "of"); err != nil {
		return err
	}
	ch := &Channel{Of: settingWords(f.attrs["of"]), Reason: f.reason}
	for kind := range strings.SplitSeq(f.attrs["kind"], ",") {
		if !slices.Contains(channelKinds, ChannelKind(kind)) {
			return fmt.Errorf("python-channel %s: kind %q is not one of %v", f.subject, kind, channelKinds)
		}
		ch.Kinds = append(ch.Kinds, ChannelKind(kind))
	}
	if ch.Of != nil && !ch.Is(Leaves) {
		return fmt.Errorf("python-channel %s: of says nothing without kind=leaves", f.subject)
	}
	word, star := strings.CutSuffix(f.subject, "*")
	if !dotted(word) || strings.ContainsAny(word, ".(") {
		return fmt.Errorf("python-channel %s: not a word, or the beginning of one with a star", f.subject)
	}
	if star {
		c.longestStar = max(c.longestStar, len(word))
	}
	c.channels[f.subject] = ch
	return nil
}
