package goload

import (
	"testing"

	"github.com/pickle-lint/pickle-lint/lint"
)

const bothEnds = `package both

import (
	"encoding/gob"
	"os"
)

type Job struct{ Name string }

func save(name string, j Job) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	return gob.NewEncoder(f).Encode(j)
}

func read(name string) (m map[string]Job, err error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	return m, gob.NewDecoder(f).Decode(&m)
}

func Both() error {
	if err := save("spool/jobs.gob", Job{}); err != nil {
		return err
	}
	_, err := read("spool/jobs.gob")
	return err
}
`

// What tests store says nothing of what the package stores.
const bothTest = `package both

import (
	"encoding/json"
	"testing"
)

func TestBoth(t *testing.T) {
	if err := save(t.TempDir()+"/x", Job{}); err != nil {
		t.Fatal(err)
	}
	read("elsewhere")
	json.Marshal(1)
}
`

func TestInventory(t *testing.T) {
	dir := module(t, map[string]string{
		"both/both.go": bothEnds, "both/both_test.go": bothTest,
		"user/user.go": "package user\n\nimport \"example.com/m/both\"\n\nvar Err = both.Both()\n",
	})
	got := load(t, Config{Dir: dir, Inventory: true})
	if len(got.Dumps) != 1 || len(got.Sites) != 1 || len(got.Skips) != 0 {
		t.Fatalf("%d dumps, %d sites, skips %v", len(got.Dumps), len(got.Sites), got.Skips)
	}
	want := lint.Channel{Kind: lint.FileChannel, Name: "spool/jobs.gob", From: "constant"}
	d, s := got.Dumps[0], got.Sites[0]
	if d.Path != "both/both.go" || d.Line != 15 || d.Format != "gob" || d.Function != "example.com/m/both.save" || d.Argument != "j" ||
		len(d.Classes) != 1 || d.Classes[0] != "example.com/m/both.Job" || d.Fingerprint == "" {
		t.Errorf("%+v", d)
	}
	for via, c := range map[string]*lint.Channel{"os.Create": d.Channel, "os.Open": s.Channel} {
		want.Via = via
		if c == nil || *c != want {
			t.Errorf("%+v, want %+v", c, want)
		}
	}

	// Sinks and dumps that are off unless asked for come together.
	more := load(t, Config{Dir: dir, Inventory: true, OptionalSinks: true})
	if len(more.Dumps) != 2 || more.Dumps[1].API != "encoding/json.Marshal" {
		t.Errorf("%d dumps with optional ones", len(more.Dumps))
	}
	left := load(t, Config{Dir: dir, Inventory: true, OptionalSinks: true, SkipTests: true})
	if len(left.Dumps) != 1 {
		t.Errorf("%d dumps without tests", len(left.Dumps))
	}

	plain := load(t, Config{Dir: dir})
	if len(plain.Dumps) != 0 || len(plain.Sites) != 1 || plain.Sites[0].Channel != nil {
		t.Errorf("without being asked: %d dumps, %+v", len(plain.Dumps), plain.Sites)
	}
}

// Of two variants of a package that without tests knows better.
func TestEndOfVariants(t *testing.T) {
	from := &lint.Channel{Name: "tests"}
	if (end{}).better(false) || (end{&from, false}).better(true) || (end{&from, true}).better(true) || !(end{&from, true}).better(false) {
		t.Error("the wrong variant is better")
	}
}
