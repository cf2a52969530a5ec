package catalog

import (
	"slices"
	"strings"
	"testing"
)

func TestGoSource(t *testing.T) {
	c, err := New().With("s.cat", strings.NewReader(`
go-source acme.io/bus.Next called="the bus" origin=queue # documentation
go-source (*acme.io/bus.Conn).Fill called="the bus" origin=network to=0,1 # documentation
go-source (acme.io/bus.Frame).Payload called="the bus" origin=request unless=acme.io/bus.NewFrame # documentation
go-source acme.io/bus.Link called="the bus" implements=true stream=true origin=network # documentation
go-source OnFrame([]byte,int) arg=0 called="the bus" near=acme.io/bus origin=network # documentation
go-source *(*acme.io/bus.Conn,string) arg=1 called="the bus" origin=file # documentation
`))
	if err != nil {
		t.Fatal(err)
	}
	if got := len(c.GoSources()); got != 6 {
		t.Fatalf("%d sources", got)
	}
	get := func(name string) *GoSource {
		s, ok := c.GoSource(name)
		if !ok {
			t.Fatalf("no %s", name)
		}
		return s
	}
	if s := get("acme.io/bus.Next"); !slices.Equal(s.To, []string{"result"}) || s.Network() || s.Function != "" {
		t.Errorf("%+v", s)
	}
	if s := get("(*acme.io/bus.Conn).Fill"); !slices.Equal(s.To, []string{"0", "1"}) || !s.Network() {
		t.Errorf("%+v", s)
	}
	if s := get("(acme.io/bus.Frame).Payload"); !slices.Equal(s.Unless, []string{"acme.io/bus.NewFrame"}) || !s.Network() {
		t.Errorf("%+v", s)
	}
	if s := get("acme.io/bus.Link"); !s.Implements || !s.Stream {
		t.Errorf("%+v", s)
	}
	if s := get("OnFrame([]byte,int)"); s.Function != "OnFrame" || !slices.Equal(s.Parameters, []string{"[]byte", "int"}) || s.Arg != 0 || s.Near[0] != "acme.io/bus" {
		t.Errorf("%+v", s)
	}
	if s := get("*(*acme.io/bus.Conn,string)"); s.Function != "*" || s.Arg != 1 || s.Network() {
		t.Errorf("%+v", s)
	}
}

func TestGoSourceMistakes(t *testing.T) {
	for text, want := range map[string]string{
		`go-source a.B called=x # y`:                                                     `origin "" is not one of`,
		`go-source a.B origin=moon called=x # y`:                                         `origin "moon" is not one of`,
		`go-source a.B origin=file # y`:                                                  "called is required",
		`go-source a.B origin=file called=x to=first # y`:                                `to "first" is not result`,
		`go-source a.B origin=file called=x arg=0 # y`:                                   "arg and near are of the shape",
		`go-source a.B origin=file called=x near=c # y`:                                  "arg and near are of the shape",
		`go-source a.B origin=file called=x implements=no # y`:                           "implements is true",
		`go-source a.B origin=file called=x color=red # y`:                               `unknown attribute "color"`,
		`go-source a origin=file called=x # y`:                                           "not a full name",
		`go-source (a.B) origin=file called=x # y`:                                       "not a full name",
		`go-source (a).B origin=file called=x # y`:                                       "not a full name",
		`go-source a.B/c origin=file called=x # y`:                                       "not a full name",
		`go-source f() origin=file called=x # y`:                                         "not the shape of a function",
		`go-source f(int origin=file called=x # y`:                                       "not the shape of a function",
		`go-source f(int) origin=file called=x arg=1 # y`:                                "not the index of one of its parameters",
		`go-source f(int) origin=file called=x arg=-1 # y`:                               "not the index of one of its parameters",
		`go-source f(int) origin=file called=x to=0 # y`:                                 "arg and near only",
		`go-source f(int) origin=file called=x unless=a.B # y`:                           "arg and near only",
		`go-flow a.B from=own to=moon # y`:                                               `to "moon" is not result`,
		`go-flow a.B from=result # y`:                                                    "nothing goes from result to result",
		`go-flow a.B from=other to=0 # y`:                                                "nothing goes from other to 0",
		`go-flow a.B from=mine # y`:                                                      `from "mine" is not recv`,
		`go-flow a.B from=0 path=no # y`:                                                 "path is true",
		`go-quiet a writes=none # y`:                                                     `unknown attribute "writes"`,
		`go-flow a.B from=0 pieces=recv # y`:                                             `pieces "recv" is not the index of a parameter`,
		`go-flow a.B from=0 bounds=no # y`:                                               "bounds is true",
		`go-source a.B origin=file called=x stream=no # y`:                               "stream is true",
		"go-source a.B origin=file called=x # y\ngo-source a.B origin=file called=x # y": "duplicate",
	} {
		if _, err := New().With("s.cat", strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s\n got %v\nwant %s", text, err, want)
		}
	}
}

func TestGoFlowWords(t *testing.T) {
	c, err := New().With("s.cat", strings.NewReader("go-flow a.Open from=0 path=true # y\ngo-flow a.NewWriter from=result to=0 # y\ngo-quiet a # y\n"))
	if err != nil {
		t.Fatal(err)
	}
	if f := c.GoFlows("a.Open"); len(f) != 1 || !f[0].Path || f[0].To != "result" {
		t.Errorf("%+v", f)
	}
	if f := c.GoFlows("a.NewWriter"); len(f) != 1 || f[0].From != "result" || f[0].To != "0" {
		t.Errorf("%+v", f)
	}
	if f := Builtin().GoFlows("bytes.SplitN"); len(f) != 1 || f[0].Pieces != "2" {
		t.Errorf("%+v", f)
	}
	if !c.GoQuiet("a") || c.GoQuiet("b") {
		t.Error("go-quiet")
	}
}
