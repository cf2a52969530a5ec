package pickle

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"
)

// What CPython 3.13 writes of objects of four classes by each protocol, and the states in
// it. Protocols 0 and 1 make objects by copyreg._reconstructor, the others by NEWOBJ.
func TestStates(t *testing.T) {
	const slots = "app.models:Slots (2)"
	want := []string{"app.models:Account {owner limit}", "app.models:Account {owner}", "app.models:Tup (3)", "app.models:Lst {tag}"}
	for protocol, code := range []string{
		"(lp0\nccopy_reg\n_reconstructor\np1\n(capp.models\nAccount\np2\nc__builtin__\nobject\np3\nNtp4\nRp5\n(dp6\nVowner\np7\nVx\np8\nsVlimit\np9\nI3\nsbag1\n(g2\ng3\nNtp10\nRp11\n(dp12\ng7\nVy\np13\nsbag11\nag1\n(capp.models\nTup\np14\ng3\nNtp15\nRp16\n(I1\nI2\nI3\ntp17\nbag1\n(capp.models\nLst\np18\nc__builtin__\nlist\np19\n(lp20\ntp21\nRp22\n(dp23\nVtag\np24\nI1\nsba.",
		"]q\x00(ccopy_reg\n_reconstructor\nq\x01(capp.models\nAccount\nq\x02c__builtin__\nobject\nq\x03Ntq\x04Rq\x05}q\x06(X\x05\x00\x00\x00ownerq\x07X\x01\x00\x00\x00xq\x08X\x05\x00\x00\x00limitq\tK\x03ubh\x01(h\x02h\x03Ntq\nRq\x0b}q\x0ch\x07X\x01\x00\x00\x00yq\rsbh\x0bh\x01(capp.models\nTup\nq\x0eh\x03Ntq\x0fRq\x10(K\x01K\x02K\x03tq\x11bh\x01(capp.models\nLst\nq\x12c__builtin__\nlist\nq\x13]q\x14tq\x15Rq\x16}q\x17X\x03\x00\x00\x00tagq\x18K\x01sbe.",
		"\x80\x02]q\x00(capp.models\nAccount\nq\x01)\x81q\x02}q\x03(X\x05\x00\x00\x00ownerq\x04X\x01\x00\x00\x00xq\x05X\x05\x00\x00\x00limitq\x06K\x03ubh\x01)\x81q\x07}q\x08h\x04X\x01\x00\x00\x00yq\tsbh\x07capp.models\nTup\nq\n)\x81q\x0bK\x01K\x02K\x03\x87q\x0cbcapp.models\nLst\nq\r)\x81q\x0e}q\x0fX\x03\x00\x00\x00tagq\x10K\x01sbcapp.models\nSlots\nq\x11)\x81q\x12N}q\x13(X\x01\x00\x00\x00aq\x14K\x01X\x01\x00\x00\x00bq\x15K\x02u\x86q\x16be.",
		"",
		"\x80\x04\x95\x9f\x00\x00\x00\x00\x00\x00\x00]\x94(\x8c\napp.models\x94\x8c\x07Account\x94\x93\x94)\x81\x94}\x94(\x8c\x05owner\x94\x8c\x01x\x94\x8c\x05limit\x94K\x03ubh\x03)\x81\x94}\x94h\x06\x8c\x01y\x94sbh\th\x01\x8c\x03Tup\x94\x93\x94)\x81\x94K\x01K\x02K\x03\x87\x94bh\x01\x8c\x03Lst\x94\x93\x94)\x81\x94}\x94\x8c\x03tag\x94K\x01sbh\x01\x8c\x05Slots\x94\x93\x94)\x81\x94N}\x94(\x8c\x01a\x94K\x01\x8c\x01b\x94K\x02u\x86\x94be.",
	} {
		if code == "" {
			continue
		}
		expected := want
		if protocol >= 2 {
			expected = append(expected[:len(expected):len(expected)], slots)
		}
		trace, err := Run(strings.NewReader(code), int64(len(code)), 0, Options{Stored: true})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, s := range trace.States {
			got = append(got, stateText(&s))
		}
		if !reflect.DeepEqual(got, expected) || trace.MoreStates != 0 {
			t.Errorf("protocol %d: %q, %d more", protocol, got, trace.MoreStates)
		}
		if trace, _ := Run(strings.NewReader(code), int64(len(code)), 0, Options{}); len(trace.States) > 0 {
			t.Error("states are listed that nobody asked for")
		}
	}
}

func stateText(s *State) string {
	out := s.Module + ":" + s.Name
	switch {
	case s.Dict:
		out += " {" + strings.Join(s.Keys, " ") + "}"
	case s.Items >= 0:
		out += fmt.Sprintf(" (%d)", s.Items)
	}
	if s.Open {
		out += "…"
	}
	return out
}

// What is not spelled out opens a state, and what is too much is counted.
func TestOpenStates(t *testing.T) {
	const object = "\x80\x02cm\nC\nq\x00)\x81"
	for code, want := range map[string]string{
		object + "}(K\x01K\x02X\x01\x00\x00\x00aNub.":              "m:C {a}",
		object + "}(cm\nkey\n)RNX\x01\x00\x00\x00aNub.":            "m:C {a}…",
		object + "cm\nstate\n)Rb.":                                 "m:C",
		object + "Nb.":                                             "m:C",
		object + "]b.":                                             "m:C (0)",
		"\x80\x02cm\nf\n)R}b.":                                     "m:f {}",
		"\x80\x02(im\nC\n}U\x01aK\x01sb.":                          "m:C {a}",
		"\x80\x02cm\nC\n}b.":                                       "", // the state of the class itself
		"\x80\x02X\x01\x00\x00\x00mX\x01\x00\x00\x00C\x93)\x81}b.": "m:C {}",
	} {
		trace, _ := Run(strings.NewReader(code), int64(len(code)), 0, Options{Stored: true})
		var all []string
		for _, s := range trace.States {
			all = append(all, stateText(&s))
		}
		if got := strings.Join(all, " "); got != want {
			t.Errorf("%q: %q, want %q", code, got, want)
		}
	}
}

// A stream of many states costs no more than it has bytes.
func TestManyStates(t *testing.T) {
	var b bytes.Buffer
	b.WriteString("\x80\x02cm\nC\nq\x000")
	for n := range 200_000 {
		fmt.Fprintf(&b, "h\x00)\x81}(X\x06\x00\x00\x00%06dNub0", n)
	}
	b.WriteString("N.")
	start := time.Now()
	trace, err := Run(bytes.NewReader(b.Bytes()), int64(b.Len()), 0, Options{Stored: true})
	if err != nil {
		t.Fatal(err)
	}
	if len(trace.States) != maxStates || trace.MoreStates != 200_000-maxStates {
		t.Errorf("%d states, %d more", len(trace.States), trace.MoreStates)
	}
	t.Log(time.Since(start))
	// One state of very many keys: those that are not remembered open it.
	b.Reset()
	b.WriteString("\x80\x02cm\nC\n)\x81}(")
	for n := range 5_000 {
		fmt.Fprintf(&b, "X\x06\x00\x00\x00%06dN", n)
	}
	b.WriteString("ub.")
	trace, err = Run(bytes.NewReader(b.Bytes()), int64(b.Len()), 0, Options{Stored: true})
	if err != nil || len(trace.States) != 1 || !trace.States[0].Open || len(trace.States[0].Keys) > stateItems {
		t.Errorf("%v, %d states", err, len(trace.States))
	}
}
