package catalog

import (
	"fmt"
	"slices"
	"strings"
)

// Use says what becomes of a callable and of what it returns, as far as a stream
// could turn that against the loader. Only exact lines have it.
type Use struct {
	// Items are the methods by which a pickler fills what the callable
	// returns (items=list,set,dict): append and extend, add and update,
	// setting items. Nothing else has its items set: an instance takes its
	// methods from its state, which the stream writes.
	Items Items
	// Calls and Makes are the argument that the callable calls (calls=N), or
	// of which it makes an instance as NEWOBJ does (makes=N), counted from 1;
	// 0 if there is none. In a line they are counted from 0, as in Python. One
	// that is both calls what it is given, and picklers give it classes of its
	// own package.
	Calls, Makes int
	// Keeps is the argument that it keeps as a function (keeps=N), counted as
	// Calls: an op that follows could call it.
	Keeps int
	// Literal: the arguments are plain values and look-ups (args=literal).
	// Other objects bring methods of their own, which the callable would run.
	Literal bool
	// Results: each argument is what a call returned (args=results), and that
	// call is judged. A str among them would be evaluated, as sympify does.
	Results bool
	// Flat: no argument is a container that the stream spells out (args=flat):
	// what is in one would be evaluated. It says Literal, too.
	Flat bool
	// NoneFirst: the first argument is None (first=none), or else it would be
	// opened.
	NoneFirst bool
	// Text is a key of its state, and TextForm how the text there looks that a
	// pickler writes (text=KEY:FORM): its __setstate__ runs it.
	Text, TextForm string
	// Hooks are keys that no pickler writes to its state, joined by commas
	// (hooks=KEY,…): its __setstate__ calls what stands there.
	Hooks string
	// Free is an argument that may be anything in spite of Literal (free=N),
	// counted like Calls: it is kept, and none of its methods is called.
	Free int
	// Most is how many arguments picklers call it with at most (most=1), or 0
	// for any number: with more it does something else.
	Most int
	// Value: no pickler calls it with arguments (use=value).
	Value bool
	// Called: picklers call an instance of it with one global
	// (called=instance).
	Called bool
	// Loads: it does nothing but load its only argument, bytes, as a file of this
	// kind (loads=torch); dangerous ones say so, since the bytes decide.
	Loads string
	// Names: it imports the module that its first argument names, and takes the
	// second from there (names=0,1). Dangerous ones say so: the names decide.
	Names bool
	// Shared: what it returns belongs to the whole process (returns=shared),
	// so that no pickler changes it.
	Shared bool
	// Data: what it returns holds what the stream puts into it, so that it is
	// no argument where Results are asked for (returns=data).
	Data bool
}

// Items is a set of ways to be filled.
type Items uint8

// The ways.
const (
	ListItems Items = 1 << iota
	SetItems
	DictItems
)

var itemWords = map[string]Items{"list": ListItems, "set": SetItems, "dict": DictItems}

// MaxArgument is the last argument that calls and makes can name, counted from 1.
const MaxArgument = 3

// parseUse reads the attributes of a line on a global. A dangerous one has none
// but loads and names: no other use of it is allowed.
func parseUse(f fact) (Use, error) {
	var u Use
	switch f.keyword {
	case "allowed":
		if err := f.only("items", "calls", "makes", "keeps", "args", "first", "free", "most", "text", "hooks", "called", "use", "returns"); err != nil {
			return u, err
		}
	case "suspicious":
		if err := f.only("calls", "makes", "keeps"); err != nil {
			return u, err
		}
	default:
		if err := f.only("loads", "names"); err != nil {
			return u, err
		}
	}
	if strings.HasSuffix(f.subject, ":*") && len(f.attrs) > 0 {
		return u, fmt.Errorf("%s %s: a wildcard has no attributes", f.keyword, f.subject)
	}
	if words, ok := f.attrs["items"]; ok {
		for word := range strings.SplitSeq(words, ",") {
			way, ok := itemWords[word]
			if !ok || u.Items&way != 0 {
				return u, fmt.Errorf("items %q is not a list of list, set, dict", words)
			}
			u.Items |= way
		}
	}
	var err error
	if u.Calls, err = f.position("calls"); err != nil {
		return u, err
	}
	if u.Makes, err = f.position("makes"); err != nil {
		return u, err
	}
	if u.Keeps, err = f.position("keeps"); err != nil {
		return u, err
	}
	if u.NoneFirst, err = f.flag("first", "none"); err != nil {
		return u, err
	}
	if err := u.state(f); err != nil {
		return u, err
	}
	if u.Free, err = f.position("free"); err != nil {
		return u, err
	}
	if most, ok := f.attrs["most"]; ok {
		if len(most) != 1 || most[0] < '1' || most[0] > '0'+MaxArgument {
			return u, fmt.Errorf("most %q is not 1, 2 or %d", most, MaxArgument)
		}
		u.Most = int(most[0] - '0')
	}
	switch args, ok := f.attrs["args"]; {
	case args == "literal":
		u.Literal = true
	case args == "flat":
		u.Literal, u.Flat = true, true
	case args == "results":
		u.Results = true
	case ok:
		return u, fmt.Errorf("args %q is not literal, flat or results", args)
	}
	if u.Free > 0 && !u.Literal {
		return u, fmt.Errorf("free without args=literal says nothing")
	}
	if u.Value, err = f.flag("use", "value"); err != nil {
		return u, err
	}
	if u.Called, err = f.flag("called", "instance"); err != nil {
		return u, err
	}
	if kind, ok := f.attrs["loads"]; ok {
		if kind != "torch" {
			return u, fmt.Errorf("loads %q is not torch", kind)
		}
		u.Loads = kind
	}
	if u.Names, err = f.flag("names", "0,1"); err != nil {
		return u, err
	}
	switch returns, ok := f.attrs["returns"]; {
	case returns == "shared":
		u.Shared = true
	case returns == "data":
		u.Data = true
	case ok:
		return u, fmt.Errorf("returns %q is not shared or data", returns)
	}
	return u, nil
}

// TextForms are the forms that text=KEY:FORM can name. What they mean is code.
var TextForms = []string{"argparser", "formula"}

// state reads what is said of the state that __setstate__ is given.
func (u *Use) state(f fact) error {
	if text, ok := f.attrs["text"]; ok {
		u.Text, u.TextForm, _ = strings.Cut(text, ":")
		if u.Text == "" || !slices.Contains(TextForms, u.TextForm) {
			return fmt.Errorf("text %q is not key:form, with one of the forms %s", text, strings.Join(TextForms, ", "))
		}
	}
	if hooks, ok := f.attrs["hooks"]; ok {
		if slices.Contains(strings.Split(hooks, ","), "") {
			return fmt.Errorf("hooks %q is no list of keys", hooks)
		}
		u.Hooks = hooks
	}
	return nil
}

// StateKeys are the keys of a state that a line speaks of.
func (u *Use) StateKeys() []string {
	var keys []string
	if u.Text != "" {
		keys = append(keys, u.Text)
	}
	if u.Hooks != "" {
		keys = append(keys, strings.Split(u.Hooks, ",")...)
	}
	return keys
}

// position reads the index of an argument and counts it from 1.
func (f *fact) position(key string) (int, error) {
	s, ok := f.attrs[key]
	if !ok {
		return 0, nil
	}
	if len(s) != 1 || s[0] < '0' || s[0] >= '0'+MaxArgument {
		return 0, fmt.Errorf("%s %q is not the index of one of the first %d arguments", key, s, MaxArgument)
	}
	return int(s[0]-'0') + 1, nil
}

// flag reports whether key is given; word is all it can say.
func (f *fact) flag(key, word string) (bool, error) {
	s, ok := f.attrs[key]
	if ok && s != word {
		return false, fmt.Errorf("%s %q is not %s", key, s, word)
	}
	return ok, nil
}
