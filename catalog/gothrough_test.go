package catalog

import (
	"reflect"
	"strings"
	"testing"
)

func TestGoEnds(t *testing.T) {
	c, err := New().With("x.cat", strings.NewReader(`
go-dump (*p.Encoder).Encode format=gob object=0 to=file:recv # docs
go-dump p.Marshal format=pickle object=1 to=bytes default=2 optional=true # docs
go-through .Get kind=cache name=1 of=example.com/kv,example.com/kv/v2 # docs
go-through .Get kind=bucket name=through:recv+0,1.0.Key of=example.com/store # docs
go-through p.Conn kind=network # docs
`))
	if err != nil {
		t.Fatal(err)
	}
	if d, ok := c.GoDump("(*p.Encoder).Encode"); !ok || d.To != ToFile || d.Arg != "recv" || d.Object != "0" || d.Optional {
		t.Errorf("%+v", d)
	}
	if d, ok := c.GoDump("p.Marshal"); !ok || d.To != ToBytes || d.Arg != "" || d.Default != "2" || !d.Optional {
		t.Errorf("%+v", d)
	}
	if got, ok := c.GoThrough("(*example.com/kv/v2.Client).Get", "example.com/kv/v2", "Get"); !ok || got.Kind != "cache" {
		t.Errorf("%+v", got)
	}
	got, ok := c.GoThrough("(*example.com/store.Client).Get", "example.com/store", "Get")
	want := [][]GoThroughPart{
		{{GoThroughChannel, "recv", []string{}}, {GoThroughText, "0", []string{}}},
		{{GoThroughText, "1", []string{"0", "Key"}}},
	}
	if !ok || !reflect.DeepEqual(got.Names, want) {
		t.Errorf("%+v", got)
	}
	if got, ok := c.GoThrough("(*example.com/other.Client).Get", "example.com/other", "Get"); ok {
		t.Errorf("%+v", got)
	}
	if got, ok := c.GoThrough("p.Conn", "p", "Conn"); !ok || got.Kind != "network" || got.Names != nil {
		t.Errorf("%+v", got)
	}
	own, err := c.With("y.cat", strings.NewReader("go-through .Get kind=queue of=example.com/store # mine\n"))
	if err != nil {
		t.Fatal(err)
	}
	if got, _ := own.GoThrough("", "example.com/store", "Get"); got.Kind != "queue" {
		t.Errorf("%+v", got)
	}
	if got, _ := c.GoThrough("", "example.com/store", "Get"); got.Kind != "bucket" {
		t.Error("the overlay changed what it stands on")
	}
	if n := len(own.GoThroughs()); n != 3 {
		t.Errorf("%d lines", n)
	}
}

// What is decoded is written by something: a format that the catalogue has a sink for has a dump,
// except where nothing is written that decodes so.
func TestGoDumpsOfCatalogue(t *testing.T) {
	c := Builtin()
	written := make(map[string]bool)
	for _, d := range c.GoDumps() {
		written[d.Format] = true
	}
	for _, s := range c.GoSinks() {
		if !written[s.Format] && s.Format != "map" {
			t.Errorf("nothing writes %s, which %s decodes", s.Format, s.Name)
		}
	}
	for _, through := range c.GoThroughs() {
		for _, pkg := range through.Of {
			if strings.HasPrefix(pkg, "*") || strings.HasSuffix(pkg, "/") {
				t.Errorf("%s: %q is not an import path", through.Name, pkg)
			}
		}
	}
}
