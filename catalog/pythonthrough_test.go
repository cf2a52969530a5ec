package catalog

import (
	"slices"
	"strings"
	"testing"
)

func TestPythonThroughs(t *testing.T) {
	c, err := New().With("x.cat", strings.NewReader(`
python-through .get kind=network name=url@0 # docs
python-through .get kind=cache name=key@0,through:self+name of=cache,redis # docs
python-through a.open kind=file name=path@0 # docs
python-through a.Column kind=table name=model writes=yes # docs
python-through .fetch kind=table name=sql:self,sql:@0 # docs
channel-scheme s3 kind=bucket # docs
channel-scheme models kind=registry cut=yes # docs
`))
	if err != nil {
		t.Fatal(err)
	}
	all := c.PythonThrough(".get")
	if len(all) != 2 || all[0].Kind != "cache" || all[1].Of != nil {
		t.Fatalf("what names its receiver stands first: %+v", all)
	}
	if names := all[0].Names; len(names) != 2 || names[0][0].Argument != (Argument{"key", 0}) || len(names[1]) != 2 || names[1][0].Role != ThroughChannel || !names[1][0].Receiver || names[1][1].Name != "name" {
		t.Errorf("%+v", names)
	}
	if column := c.PythonThrough("a.Column")[0]; !column.Writes || column.Names[0][0].Role != ThroughModel {
		t.Errorf("%+v", column)
	}
	if fetch := c.PythonThrough(".fetch")[0].Names; fetch[0][0].Role != ThroughSQL || !fetch[0][0].Receiver || fetch[1][0].Receiver {
		t.Errorf("%+v", fetch)
	}
	if s, ok := c.ChannelScheme("S3"); !ok || s.Kind != "bucket" || s.Cut {
		t.Errorf("%+v", s)
	}
	if s, _ := c.ChannelScheme("models"); s == nil || !s.Cut {
		t.Errorf("%+v", s)
	}
	if n := len(c.PythonThroughs()); n != 5 {
		t.Errorf("%d lines", n)
	}
	own, err := c.With("y.cat", strings.NewReader("python-through .get kind=queue of=cache,redis # mine\n"))
	if err != nil {
		t.Fatal(err)
	}
	if got := own.PythonThrough(".get"); len(got) != 2 || got[0].Kind != "queue" {
		t.Errorf("%+v", got)
	}
	if got := c.PythonThrough(".get"); got[0].Kind != "cache" {
		t.Error("the overlay changed what it stands on")
	}
}

// What a line says of a load must be about one, and what is written is said once.
func TestThroughsOfCatalogue(t *testing.T) {
	c := Builtin()
	settings := make(map[string]bool)
	for _, s := range c.PythonSettings() {
		settings[s.Name] = true
	}
	for _, through := range c.PythonThroughs() {
		_, sink := c.PythonSink(through.Name)
		if through.Writes && !sink && !settings[through.Name] {
			t.Errorf("%s writes, and is neither a sink nor a setting", through.Name)
		}
		if _, dump := c.PythonDump(through.Name); dump && through.Writes {
			t.Errorf("%s is a python-dump, which writes anyway", through.Name)
		}
	}
	// Those that only weaken a load go through nothing, or a serializer may be that of anything.
	without := []string{"any.serializer", "mlflow.MLFLOW_ALLOW_PICKLE_DESERIALIZATION", "torch.TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD"}
	for name := range settings {
		if len(c.PythonThrough(name)) == 0 && !slices.Contains(without, name) {
			t.Errorf("no line says through what the bytes of %s go", name)
		}
	}
}
