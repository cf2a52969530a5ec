package catalog

import (
	"strings"
	"testing"
)

func TestPythonSource(t *testing.T) {
	c, err := New().With("s.cat", strings.NewReader(`
python-source acme.Bus() called="the bus" origin=queue # documentation
python-source .UPLOAD_DIR called=uploads gives=file near=acme,b.c origin=file # documentation
python-source *(ch,_,body,...) arg=body called="the bus" origin=queue # documentation
python-source on_data(data) called="the bus" origin=network # documentation
python-source @.route called="a request" gives=text origin=request # documentation
python-source '/tmp/*' called="the directory" gives=file origin=file # documentation
`))
	if err != nil {
		t.Fatal(err)
	}
	forms := map[string]SourceForm{
		"acme.Bus()": SourceValue, ".UPLOAD_DIR": SourceAttribute, "*(ch,_,body,...)": SourceParameter,
		"on_data(data)": SourceParameter, "@.route": SourceDecorator, "'/tmp/*'": SourceText,
	}
	if got := len(c.PythonSources()); got != len(forms) {
		t.Fatalf("%d sources", got)
	}
	for name, form := range forms {
		if s, ok := c.PythonSource(name); !ok || s.Form != form || s.Called == "" {
			t.Errorf("%s: %+v", name, s)
		}
	}
	s, _ := c.PythonSource("*(ch,_,body,...)")
	if s.Function != "*" || strings.Join(s.Parameters, " ") != "ch _ body" || !s.More || strings.Join(s.From, " ") != "body" {
		t.Errorf("%+v", s)
	}
	if s, _ = c.PythonSource("on_data(data)"); s.Function != "on_data" || s.More || strings.Join(s.From, " ") != "data" {
		t.Errorf("%+v", s)
	}
}

func TestPythonSourceMistakes(t *testing.T) {
	for text, want := range map[string]string{
		`python-source a.b called=x # y`:                         "origin \"\" is not one of [request network",
		`python-source a.b origin=moon called=x # y`:             `origin "moon" is not one of`,
		`python-source a.b origin=file # y`:                      "called is required",
		`python-source a.b origin=file called=x gives=money # y`: `gives "money" is not text, file or shared`,
		`python-source a.b origin=file called=x near=c() # y`:    "near is a list of words",
		`python-source a.b origin=file called=x arg=c # y`:       "there are none",
		`python-source f(a) origin=file called=x arg=c # y`:      `"c" is none of its parameters`,
		`python-source a..b origin=file called=x # y`:            "not a dotted name",
		`python-source f() origin=file called=x path=/ # y`:      `unknown attribute "path"`,
		`python-source *() origin=file called=x # y`:             "not a dotted name",
		`python-source *(a.b) origin=file called=x # y`:          "not a dotted name",
		`python-source .a.b origin=file called=x # y`:            "not a dotted name",
		`python-source @ origin=file called=x # y`:               "not a dotted name",
		`python-source '*' origin=file called=x # y`:             "not a dotted name",
		`python-source '/tmp origin=file called=x # y`:           "not a dotted name",
	} {
		if _, err := New().With("s.cat", strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s\n got %v\nwant %s", text, err, want)
		}
	}
}

func TestPythonSourceMatches(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       bool
	}{
		{"'/tmp/*'", "/tmp/x", true}, {"'/tmp/*'", "/var/tmp/x", false}, {"'*/uploads'", "a/uploads", true}, {"'*/uploads'", "a/uploads/b", false},
		{"'*/in/*'", "a/in/b", true}, {"'*/in/*'", "in", false}, {"'in'", "in", true}, {"'in'", "inn", false},
	} {
		if got := (&PythonSource{Name: tt.name}).Matches(tt.text); got != tt.want {
			t.Errorf("%s matches %s: %v", tt.name, tt.text, got)
		}
	}
}

// A configuration speaks of sources by their origin, or by the first words of a name.
func TestPythonSourceIs(t *testing.T) {
	s := &PythonSource{Name: "redis.asyncio.Redis()", Origin: FromStore, Near: []string{"cache"}}
	for name, want := range map[string]bool{
		"redis": true, "redis.asyncio": true, "redis.asyncio.Redis": true, "redis.asyncio.Redis()": true, "store": true, "cache": true,
		"red": false, "redis.asyncio.Red": false, "queue": false, "": false,
	} {
		if got := s.Is(name); got != want {
			t.Errorf("%q: %v", name, got)
		}
	}
}
