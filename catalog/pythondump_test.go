package catalog

import (
	"strings"
	"testing"
)

func TestPythonDumps(t *testing.T) {
	c, err := New().With("x.cat", strings.NewReader(`
python-dump a.dump to=file:f@1 protocol=protocol@2,bin default=2 # docs
python-channel put kind=leaves of=db,cache # docs
python-channel put_* kind=leaves # docs
python-channel encode kind=passes,serializes # docs
python-protocol a.HIGHEST is=highest # docs
python-dump-setting a.level words=x,y in=key,name near=z # docs
`))
	if err != nil {
		t.Fatal(err)
	}
	d, ok := c.PythonDump("a.dump")
	if n, number := d.Default.Number(); !ok || d.To != ToFile || d.Arg != (Argument{"f", 1}) || len(d.Protocol) != 2 || d.Protocol[1] != (Argument{"bin", -1}) || n != 2 || !number {
		t.Errorf("%+v", d)
	}
	if ch, ok := c.Channel("put"); !ok || len(ch.Of) != 2 || !ch.Is(Leaves) || ch.Is(Stays) {
		t.Errorf("put: %+v", ch)
	}
	if ch, ok := c.Channel("put_all"); !ok || ch.Of != nil {
		t.Errorf("put_all: %+v", ch)
	}
	if ch, ok := c.Channel("encode"); !ok || !ch.Is(Passes) || !ch.Is(Serializes) {
		t.Errorf("encode: %+v", ch)
	}
	if _, ok := c.Channel("output"); ok {
		t.Error("output is no channel")
	}
	if c.PythonProtocols()["a.HIGHEST"] != ProtocolHighest {
		t.Errorf("%v", c.PythonProtocols())
	}
	if s := c.DumpSettings(); len(s) != 1 || len(s[0].Words) != 2 || len(s[0].Forms) != 2 || s[0].Near[0] != "z" {
		t.Errorf("%+v", s)
	}
	if _, ok := Builtin().PythonDump("a.dump"); ok {
		t.Error("the overlay changed what is built in")
	}
}
