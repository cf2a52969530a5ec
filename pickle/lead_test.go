package pickle_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/pickle"
)

// What can be judged of arguments is exact, or it is not there.
func TestLead(t *testing.T) {
	other := pickle.Arg{Global: -1, Call: -1}
	literal := pickle.Arg{Kind: pickle.LiteralArg, Global: -1, Call: -1}
	str := func(s string) pickle.Arg { return pickle.Arg{Kind: pickle.StrArg, Global: -1, Call: -1, Text: s} }
	called := func(i int) pickle.Arg { return pickle.Arg{Global: -1, Call: i} }
	typed := func(s string) pickle.Arg {
		return pickle.Arg{Kind: pickle.LiteralArg, Global: -1, Call: -1, Type: s}
	}
	global := func(i int) pickle.Arg { return pickle.Arg{Kind: pickle.GlobalArg, Global: i, Call: -1} }
	long := strings.Repeat("x", 300)
	for name, tt := range map[string]struct {
		stream string
		lim    pickle.Limits
		want   []pickle.Arg
	}{
		"global and str":   {"cf\ng\nca\nb\nVn\n\x86R.", pickle.Limits{}, []pickle.Arg{global(1), str("n")}},
		"three":            {"cf\ng\nca\nb\ncc\nd\nN\x87R.", pickle.Limits{}, []pickle.Arg{global(1), global(2), literal}},
		"one":              {"cf\ng\nca\nb\n\x85R.", pickle.Limits{}, []pickle.Arg{global(1)}},
		"list":             {"cf\ng\n](ca\nb\nVn\neR.", pickle.Limits{}, []pickle.Arg{global(1), str("n")}},
		"INST":             {"(ca\nb\nVn\nif\ng\n.", pickle.Limits{}, []pickle.Arg{global(0), str("n")}},
		"no global":        {"cf\ng\nVa\nVn\n\x86R.", pickle.Limits{}, nil},
		"a str unpacked":   {"cf\ng\nVab\nR.", pickle.Limits{}, []pickle.Arg{other}},
		"no argument":      {"cf\ng\n)R.", pickle.Limits{}, nil},
		"a call's result":  {"cf\ng\nca\nb\nca\nb\n)R\x86R.", pickle.Limits{}, []pickle.Arg{global(1), other}},
		"a global second":  {"cf\ng\nVa\nca\nb\n\x86R.", pickle.Limits{}, []pickle.Arg{literal, global(1)}},
		"a global fourth":  {"cf\ng\n(NNNca\nb\ntR.", pickle.Limits{}, nil},
		"bytes":            {"cf\ng\nca\nb\nC\x01n\x86R.", pickle.Limits{}, []pickle.Arg{global(1), literal}},
		"not ASCII":        {"cf\ng\nca\nb\nU\x01\xff\x86R.", pickle.Limits{}, []pickle.Arg{global(1), literal}},
		"past the text":    {"cf\ng\nca\nb\nV" + long + "\n\x86R.", pickle.Limits{}, []pickle.Arg{global(1), str(long)}},
		"past the name":    {"cf\ng\nca\nb\nV" + long + "\n\x86R.", pickle.Limits{Name: 299}, []pickle.Arg{global(1), literal}},
		"a method":         {"cbuiltins\ngetattr\nca\nb\n)\x81Vn\n\x86R.", pickle.Limits{}, []pickle.Arg{called(0), str("n")}},
		"of a list":        {"cbuiltins\ngetattr\n]Vn\n\x86R.", pickle.Limits{}, []pickle.Arg{typed("list"), str("n")}},
		"of a str":         {"cbuiltins\ngetattr\nVa\nVn\n\x86R.", pickle.Limits{}, []pickle.Arg{typed("str"), str("n")}},
		"of a number":      {"cbuiltins\ngetattr\nK\x01Vn\n\x86R.", pickle.Limits{}, []pickle.Arg{literal, literal}},
		"what it took":     {"cf\ng\ncbuiltins\ngetattr\nca\nb\nVn\n\x86R\x85R.", pickle.Limits{}, []pickle.Arg{called(0)}},
		"a partial":        {"cfunctools\npartial\nca\nb\n\x85R(ca\nc\n)}Ntb.", pickle.Limits{}, []pickle.Arg{global(2), literal, literal}},
		"a state":          {"cf\ng\nca\nb\n\x85R(ca\nc\n)}Ntb.", pickle.Limits{}, nil},
		"forgotten values": {"cf\ng\nca\nb\nV1\n\x8620R.", pickle.Limits{Values: 2}, []pickle.Arg{{Global: -1, Call: -1}}},
	} {
		trace, kind := run(t, tt.stream, tt.lim)
		last := trace.Calls[len(trace.Calls)-1]
		if kind != "" || !slices.Equal(last.Lead, tt.want) {
			t.Errorf("%s: %s, %+v, want %+v", name, kind, last.Lead, tt.want)
		}
	}
}

// Where a plain file is read differently, the arguments of what only it does
// point to the look-ups of the joined trace.
func TestLeadOfPlainFile(t *testing.T) {
	// The frame ends inside the module of GLOBAL, whose first bytes a plain
	// file drops.
	const frame = "\x95\x04\x00\x00\x00\x00\x00\x00\x00"
	trace, _ := run(t, "\x80\x04ca\nb\nq\x000"+frame+"cxxos\nsystem\nh\x00ce\nf\n\x86R.", pickle.Limits{})
	for _, c := range trace.Calls {
		if c.Loaders != pickle.CFile {
			continue
		}
		if len(c.Lead) != 2 || trace.Globals[c.Lead[0].Global].String() != "a.b" || trace.Globals[c.Lead[1].Global].String() != "e.f" ||
			trace.Globals[c.Lead[1].Global].Loaders&pickle.CFile == 0 {
			t.Errorf("%s: %+v of %+v", c.Target, c.Lead, trace.Globals)
		}
		return
	}
	t.Errorf("no call of a plain file: %+v, %+v", trace.Calls, trace.Anomalies)
}

func TestAnomaliesThatAreNotListedAreCounted(t *testing.T) {
	trace, _ := run(t, strings.Repeat("\x82\x010", 150)+"N.", pickle.Limits{})
	if len(trace.Anomalies) != 100 || trace.MoreAnomalies != 50 {
		t.Errorf("%d listed, %d more", len(trace.Anomalies), trace.MoreAnomalies)
	}
}

func TestResults(t *testing.T) {
	const call = "cf\ng\n)R"
	for stream, want := range map[string]bool{
		"cf\ng\n)R.":                                                 false,
		"cf\ng\n" + call + "\x85R.":                                  true,
		"cf\ng\n" + call + "Va\n\x86R.":                              false,
		"cf\ng\n" + call + call + "\x85\x86R.":                       true,
		"cf\ng\n" + call + "Va\n\x85\x86R.":                          false,
		"cf\ng\n" + call + call + "\x85\x85\x86R.":                   false,
		"cf\ng\n" + call + "R.":                                      false,
		"cf\ng\n(" + strings.Repeat(call, 50) + "tR.":                true,
		"cf\ng\n(" + strings.Repeat(call, 60) + "tR.":                false,
		"cf\ng\n(" + call + strings.Repeat("0"+call, 200) + "t\x81.": true,
	} {
		trace, kind := run(t, stream, pickle.Limits{})
		if got := trace.Calls[len(trace.Calls)-1].Results; kind != "" || got != want {
			t.Errorf("%.40q: %s, %v", stream, kind, got)
		}
	}
}
