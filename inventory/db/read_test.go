package db

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/inventory"
	"github.com/pickle-lint/pickle-lint/inventory/db/internal/synthetic"
)

const hull = `{"form":1,"repository":"r","date":"2026-11-01","services":[],"channels":[%],"findings":[],"skips":[]}`

func TestReadRefuses(t *testing.T) {
	channel := func(s string) string { return strings.Replace(hull, "%", s, 1) }
	empty := channel("")
	with := func(old, other string) string {
		if !strings.Contains(empty, old) {
			t.Fatalf("no %s", old)
		}
		return strings.Replace(empty, old, other, 1)
	}
	for _, tt := range []struct{ text, want string }{
		{"", "is empty"}, {" \n", "is empty"}, {"{", "cut off"}, {empty[:len(empty)-9], "cut off"}, {"<html>", "is no JSON"}, {empty + empty, "is no JSON"}, {"[]", "array"}, {"null", "is no inventory"}, {"7", "number"}, {"{}", "is no inventory"},
		{`{"runs":[],"version":"2.1.0"}`, "is no inventory"}, {with(`"form":1`, `"form":2`), "has form 2, and this program reads form 1"}, {with(`"form":1`, `"form":0`), "there never was"},
		// A newer form may have other types.
		{`{"form":2,"channels":{"a":1}}`, "has form 2"}, {with(`"form":1`, `"form":"1"`), "form may not be a JSON string"},
		{with(`"repository":"r"`, `"repository":" "`), "repository is empty"}, {with("2026-11-01", "2026-11-31"), `date "2026-11-31" is no day`}, {with("2026-11-01", "1.11.2026"), "is no day"},
		{with(`"services":[]`, `"services":[null]`), "services[0] has no name"}, {with(`"services":[]`, `"services":[{"name":"a"},{"name":"a"}]`), `service "a" stands there twice`},
		{channel("null"), "channels[0] has no id"}, {channel("{}"), "channels[0] has no id"}, {channel(`{"id":"x","producers":[null]}`), "producers[0]"}, {channel(`{"id":"x","producers":[{"service":"s"}]}`), "producers[0] is neither a place nor external"},
		{channel(`{"id":"x","consumers":[{}]}`), "consumers[0]"}, {channel(`{"id":"x","blobs":[{}]}`), "blobs[0] has no path"}, {channel(`{"id":7}`), "channels.id may not be a JSON number"}, {channel(`{"id":"x","consumers":[{"line":1e400}]}`), "line"},
		{channel(`{"id":"x","accepts":99999999999999999999}`), "accepts"}, {with(`"findings":[]`, `"findings":[{}]`), "findings[0] has no rule"}, {with(`"skips":[]`, `"skips":[null]`), "skips[0] is null"},
		{with(`"findings":[]`, `"findings":[{"rule":"PKL501","severity":"loud"}]`), "severity"},
		{channel(strings.Repeat("[", 100_000)), "depth"}, {with(`"skips":[]`, `"more":`+strings.Repeat(`{"a":`, 100_000)+"1"+strings.Repeat("}", 100_000)), "depth"},
		{channel(strings.Repeat("{},", maxObjects) + "{}"), "more than 1000000 objects"}, {with(`"skips":[]`, `"skips":[`+strings.Repeat("0,", maxValues)+"0]"), "16000000 values"},
	} {
		inv, err := Read(strings.NewReader(tt.text))
		if err == nil || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "\n") || len(err.Error()) > 400 {
			t.Errorf("%.200s: %v, %v, want %s", tt.text, inv != nil, err, tt.want)
		}
	}
	if _, err := Read(strings.NewReader(with(`"skips":[]`, `"skips":[],"newer":{"key":[1,{"x":null}]}`))); err != nil {
		t.Errorf("a newer key: %v", err)
	}
}

// zeros is more than anybody has.
type zeros struct{}

func (zeros) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = ' '
	}
	return len(b), nil
}

func TestReadEnds(t *testing.T) {
	if _, err := Read(zeros{}); err == nil || !strings.Contains(err.Error(), "more than 192 MiB") {
		t.Errorf("%v", err)
	}
}

// What is written is what is read: also ends that the configuration names.
func TestReadWhatIsWritten(t *testing.T) {
	inv := synthetic.Organisation{Repositories: 1, Sites: 50, Day: "2026-11-20"}.Inventory(0)
	inv.Channels[0].Producers = append(inv.Channels[0].Producers, &inventory.Producer{Service: "x", External: true})
	inv.Channels[0].Consumers = append(inv.Channels[0].Consumers, &inventory.Consumer{Service: "x", External: true, Verification: inventory.Unverified})
	text, err := json.Marshal(inv)
	if err != nil {
		t.Fatal(err)
	}
	again, err := Read(strings.NewReader(string(text)))
	if err != nil {
		t.Fatal(err)
	}
	if last := again.Channels[0].Consumers[len(again.Channels[0].Consumers)-1]; last.Site != nil || !last.External {
		t.Errorf("the external end is %+v", last)
	}
	if factsOf(again) != factsOf(inv) || verdictsOf(again) != verdictsOf(inv) {
		t.Error("it is another one after reading")
	}
}

func FuzzRead(f *testing.F) {
	for _, name := range []string{"shop.json", "billing.json"} {
		data, err := os.ReadFile("testdata/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data))
	}
	f.Add(hull)
	f.Fuzz(func(t *testing.T, text string) {
		inv, err := Read(strings.NewReader(text))
		if err != nil {
			return
		}
		r := newRecord(inv)
		for _, table := range r.tables() {
			for _, row := range table.rows {
				if len(row) != len(table.columns) {
					t.Errorf("%s: %d values for %d columns", table.table, len(row), len(table.columns))
				}
				for _, v := range row {
					if s, ok := v.(string); ok && (len(s) > maxText+3 || strings.ContainsRune(s, 0)) {
						t.Errorf("%s: %q", table.table, s)
					}
				}
			}
		}
	})
}
