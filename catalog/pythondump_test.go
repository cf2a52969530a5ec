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

// What a dump pickles stands on its own line, and is found where objects are asked for.
func TestDumpedObjects(t *testing.T) {
	c := Builtin()
	for name, want := range map[string]PythonPickles{
		"pickle.dump": {Arg: Argument{Name: "obj"}},
		"dill.dumps":  {Arg: Argument{Name: "obj"}, By: "dill"},
		"joblib.dump": {Arg: Argument{Name: "value"}, Stored: true},
	} {
		p, ok := c.PythonPickles(name)
		if !ok || p.Arg != want.Arg || p.By != want.By || p.Stored != want.Stored {
			t.Errorf("%s: %+v", name, p)
		}
	}
	text, err := files.ReadFile("unpicklable.cat")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		if f := strings.Fields(line); len(f) > 1 && f[0] == "python-pickles" {
			if _, ok := c.PythonDump(f[1]); ok {
				t.Errorf("%s is a python-dump, and says there with object= what it pickles", f[1])
			}
		}
	}
	own, err := c.With("x.cat", strings.NewReader("python-dump mine.dumps to=bytes protocol=protocol@1 object=thing@0 plain=yes # r\npython-dump pickle.dumps to=bytes protocol=protocol@1 # r\n"))
	if err != nil {
		t.Fatal(err)
	}
	if p, ok := own.PythonPickles("mine.dumps"); !ok || p.Arg.Name != "thing" || p.Stored {
		t.Errorf("%+v", p)
	}
	if d, _ := own.PythonDump("mine.dumps"); !d.Plain || d.Load() != "mine.loads" {
		t.Errorf("%+v", d)
	}
	if _, ok := own.PythonPickles("pickle.dumps"); ok {
		t.Error("an overlay that says nothing of an object leaves the one that was there")
	}
	for line, want := range map[string]string{
		"python-dump a.b to=bytes protocol=p object=x@y # r":          "object: ",
		"python-dump a.b to=bytes protocol=p object=x by=marshal # r": "is none of",
		"python-dump a.b to=bytes protocol=p by=dill # r":             "of no object",
		"python-dump a.b to=bytes protocol=p plain=no # r":            "is not yes",
		"python-dump .b to=bytes protocol=p plain=yes # r":            "no function of a module",
	} {
		if _, err := c.With("x.cat", strings.NewReader(line+"\n")); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", line, err)
		}
	}
}

// Whatever is plain has a load beside it.
func TestPlainDumps(t *testing.T) {
	n := 0
	for _, d := range Builtin().PythonDumps() {
		if !d.Plain {
			continue
		}
		n++
		if _, ok := Builtin().PythonSink(d.Load()); !ok {
			t.Errorf("%s: no sink %s", d.Name, d.Load())
		}
	}
	if n < 12 {
		t.Errorf("%d plain dumps", n)
	}
}
