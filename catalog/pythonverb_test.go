package catalog

import (
	"strings"
	"testing"
)

func TestVerbs(t *testing.T) {
	c := Builtin()
	for _, tt := range []struct {
		word string
		does Verb
		want bool
	}{
		{"route", Registers, true}, {"wraps", Registers, false}, {"readinto", Fills, true}, {"append", Grows, true}, {"pop", Moves, true}, {"pop", Grows, false},
		{"cast", Views, true}, {"cast", Forms, true}, {"raises", Swallows, true}, {"suppress", Swallows, false},
	} {
		if got := c.PythonVerb(tt.word, tt.does); got != tt.want {
			t.Errorf("%s %s: %v", tt.word, tt.does, got)
		}
	}
	if !c.PythonVerbIn("Suppress_Errors", Swallows) || c.PythonVerbIn("errors", Swallows) || c.PythonVerbIn("suppress", Runs) {
		t.Error("a part of a name")
	}
	own, err := c.With("x.cat", strings.NewReader("python-verb on_message does=registers # r\npython-verb quiet* does=swallows # r\npython-verb suppress* does=runs # r\n"))
	if err != nil {
		t.Fatal(err)
	}
	if !own.PythonVerb("on_message", Registers) || !own.PythonVerbIn("quietly", Swallows) || own.PythonVerbIn("suppress", Swallows) {
		t.Error("an overlay does not win")
	}
	if c.PythonVerb("on_message", Registers) || c.PythonVerbIn("quietly", Swallows) {
		t.Error("an overlay changes what it lies over")
	}
	for line, want := range map[string]string{
		"python-verb a.b does=fills # r":        "not a word",
		"python-verb a does=flies # r":          "is none of",
		"python-verb a # r":                     "is none of",
		"python-verb a does=fills when=now # r": "unknown attribute",
	} {
		if _, err := c.With("x.cat", strings.NewReader(line+"\n")); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", line, err)
		}
	}
}
