package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/pickle-lint/pickle-lint/internal/sample"
	"github.com/pickle-lint/pickle-lint/inventory"
	"github.com/pickle-lint/pickle-lint/inventory/render"
)

// records are those that the formats are tried on.
func records() map[string]*inventory.Inventory {
	return map[string]*inventory.Inventory{"empty": sample.Empty(), "ordinary": sample.Ordinary(), "hostile": sample.Hostile(), "large": sample.Large(500)}
}

func rendered(t testing.TB, format string, inv *inventory.Inventory) string {
	t.Helper()
	write, err := render.New(format)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := write(&b, inv, render.Options{}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func compiled(t testing.TB, files map[string][]byte, main string) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	for url, text := range files {
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if err := c.AddResource(url, doc); err != nil {
			t.Fatal(err)
		}
	}
	schema, err := c.Compile(main)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// closed is the schema without room for keys that it does not know. The one that is
// shipped has it, for those of later versions.
func closed(t *testing.T, text []byte) []byte {
	t.Helper()
	var s map[string]any
	if err := json.Unmarshal(text, &s); err != nil {
		t.Fatal(err)
	}
	objects := []any{s}
	for _, d := range s["$defs"].(map[string]any) {
		objects = append(objects, d)
	}
	for _, o := range objects {
		if o := o.(map[string]any); o["properties"] != nil {
			o["additionalProperties"] = false
		}
	}
	out, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// The schema that is shipped is that of the command, and takes what it writes, keys that
// it knows and no others.
func TestInventorySchema(t *testing.T) {
	shipped, err := os.ReadFile(filepath.Join(repository, "docs", "inventory.schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(shipped, render.Schema) {
		t.Error("docs/inventory.schema.json is not the one in the command: make generate")
	}
	schema := compiled(t, map[string][]byte{"inventory": closed(t, shipped)}, "inventory")
	for name, inv := range records() {
		if err := validate(schema, rendered(t, "json", inv)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	// It must be able to refuse.
	text := rendered(t, "json", sample.Ordinary())
	for old, bad := range map[string]string{
		`"form": 1`: `"form": 2`, `"severity": "note"`: `"severity": "loud"`, `"external": true`: `"external": 1`, `"kind": "bucket"`: `"kind": null`, `"line": 61`: `"line": "61"`,
		`"api": "pickle.loads",`: ``, `"repository": "shop",`: ``, `"verification": "proved"`: `"proof": "proved"`, `"services": [`: `"servces": [`,
	} {
		if !strings.Contains(text, old) {
			t.Fatalf("the sample has no %s", old)
		}
		if validate(schema, strings.ReplaceAll(text, old, bad)) == nil {
			t.Errorf("the schema takes %s in the place of %s", bad, old)
		}
	}
	open := compiled(t, map[string][]byte{"inventory": shipped}, "inventory")
	if err := validate(open, strings.Replace(text, `"form": 1`, `"form": 1, "new": true`, 1)); err != nil {
		t.Errorf("a key of a later version: %v", err)
	}
}

func cyclonedxSchema(t testing.TB) *jsonschema.Schema {
	t.Helper()
	files := make(map[string][]byte)
	for _, name := range []string{"bom-1.6.schema.json", "jsf-0.82.schema.json", "spdx.schema.json"} {
		text, err := os.ReadFile(filepath.Join(repository, "testdata", "cyclonedx", name))
		if err != nil {
			t.Fatal(err)
		}
		files["http://cyclonedx.org/schema/"+name] = text
	}
	return compiled(t, files, "http://cyclonedx.org/schema/bom-1.6.schema.json")
}

// bom is what of a document refers to what.
type bom struct {
	SerialNumber string
	Metadata     struct{ Component part }
	Components   []part
	Services     []part
	Dependencies []struct {
		Ref       string
		DependsOn []string
	}
	Annotations []struct{ Subjects []string }
}

type part struct {
	Ref       string `json:"bom-ref"`
	Name      string
	TrustZone string
	Boundary  *bool `json:"x-trust-boundary"`
	Endpoints []string
	Data      []struct {
		Flow, Classification, Name string
		Source, Destination        []string
	}
}

func TestCycloneDX(t *testing.T) {
	schema := cyclonedxSchema(t)
	for name, inv := range records() {
		text := rendered(t, "cyclonedx", inv)
		if err := validate(schema, text); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		var b bom
		if err := json.Unmarshal([]byte(text), &b); err != nil {
			t.Fatal(err)
		}
		// What a schema does not see: each identity is one, and whoever is named is there.
		there, links := make(map[string]bool), make(map[string]bool)
		for _, p := range slices.Concat([]part{b.Metadata.Component}, b.Components, b.Services) {
			if p.Ref == "" || there[p.Ref] {
				t.Errorf("%s: two parts are %q", name, p.Ref)
			}
			there[p.Ref] = true
			links["urn:cdx:"+strings.TrimPrefix(b.SerialNumber, "urn:uuid:")+"/1#"+escapedRef(p.Ref)] = true
		}
		for _, s := range b.Services {
			for _, d := range s.Data {
				for _, link := range slices.Concat(d.Source, d.Destination) {
					if !links[link] {
						t.Errorf("%s: %s has a link to nothing: %s", name, s.Ref, link)
					}
				}
			}
		}
		for _, d := range b.Dependencies {
			for _, ref := range append(d.DependsOn, d.Ref) {
				if !there[ref] {
					t.Errorf("%s: nothing is %q", name, ref)
				}
			}
		}
		for _, a := range b.Annotations {
			if !there[a.Subjects[0]] {
				t.Errorf("%s: a finding about %q, which is not there", name, a.Subjects[0])
			}
		}
		if len(b.Components) != len(inv.Channels) || len(b.Annotations) != len(inv.Findings) {
			t.Errorf("%s: %d components and %d annotations", name, len(b.Components), len(b.Annotations))
		}
	}
}

// escapedRef is a reference as the fragment of an IRI, written another way.
func escapedRef(ref string) string {
	var b strings.Builder
	for _, c := range []byte(ref) {
		if c > ' ' && c < 127 && !strings.ContainsRune("\"#%<>[\\]^`{|}", rune(c)) {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

// What the ordinary record says of flows, zones and boundaries.
func TestCycloneDXSays(t *testing.T) {
	var b bom
	if err := json.Unmarshal([]byte(rendered(t, "cyclonedx", sample.Ordinary())), &b); err != nil {
		t.Fatal(err)
	}
	got := make(map[string]string)
	for _, s := range b.Services {
		var text strings.Builder
		text.WriteString(s.TrustZone)
		if s.Boundary != nil {
			fmt.Fprintf(&text, " crosses=%v", *s.Boundary)
		}
		for _, e := range s.Endpoints {
			text.WriteString(" at " + e)
		}
		for _, d := range s.Data {
			fmt.Fprintf(&text, "; %s %s %s", d.Flow, d.Name, d.Classification)
		}
		got[s.Name] = text.String()
	}
	want := map[string]string{
		"api": "internal crosses=true at /upload; inbound basket:* confidential; inbound models/rank-*.joblib unclassified; outbound spool/*.pkl confidential; inbound /upload unclassified; " +
			"outbound mail unclassified; bi-directional django unclassified",
		"worker": "internal crosses=true; outbound basket:* confidential; outbound exports unclassified; inbound invoices pii; inbound spool/*.pkl confidential; " +
			"bi-directional unnamed in worker/pipe.py unclassified; inbound mail unclassified",
		"ledger":    "cluster crosses=false; bi-directional ledger.gob unclassified",
		"billing":   " crosses=true; outbound invoices pii",
		"warehouse": " crosses=true; inbound exports unclassified",
	}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if got[name] != want[name] {
			t.Errorf("%s\ngot  %s\nwant %s", name, got[name], want[name])
		}
	}
	text := rendered(t, "cyclonedx", sample.Ordinary())
	schema := cyclonedxSchema(t)
	for old, bad := range map[string]string{
		`"specVersion": "1.6",`: ``, `"flow": "outbound"`: `"flow": "out"`, `"type": "dataset"`: `"type": "pickles"`, `"x-trust-boundary": true`: `"x-trust-boundary": "yes"`,
		`"timestamp": "2026-03-01T00:00:00Z"`: `"timestamp": "2026-03-01"`, `"classification": "pii"`: `"class": "pii"`,
	} {
		if !strings.Contains(text, old) {
			t.Fatalf("the sample has no %s", old)
		}
		if validate(schema, strings.ReplaceAll(text, old, bad)) == nil {
			t.Errorf("the schema takes %s in the place of %s", bad, old)
		}
	}
}
