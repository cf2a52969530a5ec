package render

import (
	"bytes"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/internal/sample"
	"github.com/pickle-lint/pickle-lint/inventory"
)

// The forms of lines that our diagrams have. Nothing foreign stands outside of a label,
// and a label has nothing that ends it or means something in it.

var mermaidForms = func() []*regexp.Regexp {
	label := `"(?:[ .,/_:+()a-zA-Z0-9-]|#\d+;|[^\x00-\x7f])+"`
	var out []*regexp.Regexp
	for _, form := range []string{
		`flowchart LR`, `subgraph z\d+\[LABEL\]`, `end`, `s\d+\[LABEL\]`, `s\d+\[\[LABEL\]\]`, `c\d+\[\(LABEL\)\]`, `[sc]\d+ (?:-->|-\.->)(?:\|LABEL\|)? [sc]\d+`,
		`linkStyle \d+(?:,\d+)* stroke:#b3261e`, `classDef trouble stroke:#b3261e,stroke-width:2px`, `class c\d+ trouble`,
	} {
		out = append(out, regexp.MustCompile(`^ *`+strings.ReplaceAll(form, "LABEL", label)+`$`))
	}
	return out
}()

var dotForms = func() []*regexp.Regexp {
	label := `"(?:[^"\\&<>]|\\["\\n]|&(?:amp|lt|gt);)*"`
	var out []*regexp.Regexp
	for _, form := range []string{
		`digraph inventory \{`, `rankdir=LR;`, `label=LABEL;`, `(?:graph|node|edge) \[[^\]]*\];`, `subgraph cluster_z\d+ \{`, `style=dashed;`, `\}`,
		`s\d+ \[shape=box, style=(?:filled|dashed), fillcolor="#e9f0fb", label=LABEL\];`, `c\d+ \[shape=cylinder, color="#[0-9a-f]{6}", label=LABEL\];`,
		`[sc]\d+ -> [sc]\d+ \[label=LABEL(?:, style=dashed, color="#b3261e")?\];`,
	} {
		out = append(out, regexp.MustCompile(`^ *`+strings.ReplaceAll(form, "LABEL", label)+`$`))
	}
	return out
}()

// Each line of a diagram is of one of the forms, and each node that a flow names is there.
func TestDiagramForms(t *testing.T) {
	node := regexp.MustCompile(`(?m)^ *([sc]\d+)(?:\[| \[)`)
	flows := regexp.MustCompile(`(?m)^ *([sc]\d+) -.*?>(?:\|".*"\|)? ([sc]\d+)`)
	for name, inv := range map[string]*inventory.Inventory{"ordinary": sample.Ordinary(), "hostile": sample.Hostile(), "empty": sample.Empty(), "large": sample.Large(3000)} {
		for format, forms := range map[string][]*regexp.Regexp{"mermaid": mermaidForms, "graphviz": dotForms} {
			text := write(t, format, inv, 0)
			for line := range strings.Lines(text) {
				fits := false
				for _, f := range forms {
					fits = fits || f.MatchString(strings.TrimSuffix(line, "\n"))
				}
				if !fits {
					t.Errorf("%s %s: %s", name, format, line)
				}
			}
			there := make(map[string]bool)
			for _, m := range node.FindAllStringSubmatch(text, -1) {
				if there[m[1]] {
					t.Errorf("%s %s: %s is there twice", name, format, m[1])
				}
				there[m[1]] = true
			}
			n := 0
			for _, m := range flows.FindAllStringSubmatch(text, -1) {
				n++
				if !there[m[1]] || !there[m[2]] {
					t.Errorf("%s %s: a flow of nowhere: %s", name, format, m[0])
				}
			}
			if name != "empty" && n == 0 {
				t.Errorf("%s %s: no flows", name, format)
			}
			// These are the limits of Mermaid itself.
			if format == "mermaid" && (len(text) > 50_000 || n > 500) {
				t.Errorf("%s: %d bytes and %d flows are more than Mermaid draws", name, len(text), n)
			}
		}
	}
}

// What dot itself says, where there is one.
func TestDot(t *testing.T) {
	dot, err := exec.LookPath("dot")
	if err != nil {
		t.Skip("no dot: the package graphviz has it")
	}
	for name, inv := range map[string]*inventory.Inventory{"ordinary": sample.Ordinary(), "hostile": sample.Hostile(), "empty": sample.Empty()} {
		cmd := exec.Command(dot, "-Tsvg")
		cmd.Stdin = strings.NewReader(write(t, "graphviz", inv, 0))
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		out, err := cmd.Output()
		if err != nil || stderr.Len() > 0 {
			t.Errorf("%s: %v\n%s", name, err, stderr.String())
		}
		if name == "ordinary" {
			for _, want := range []string{"boundary: partner", "invoices", "warehouse"} {
				if !bytes.Contains(out, []byte(">"+want+"<")) {
					t.Errorf("%s is not drawn", want)
				}
			}
		}
		if name == "hostile" && !bytes.Contains(out, []byte(`&lt;/script&gt;&lt;script&gt;`)) {
			t.Error("a name is drawn as another")
		}
	}
}

func TestGraph(t *testing.T) {
	inv := sample.Ordinary()
	g := graphOf(inv, 100, 100)
	if g.folded || len(g.channels) != len(inv.Channels) || len(g.services) != 5 {
		t.Errorf("%d channels, %d services, folded %v", len(g.channels), len(g.services), g.folded)
	}
	var zones []string
	for _, z := range g.zones {
		s, c := g.inZone(z)
		if len(s)+len(c) == 0 {
			t.Errorf("nothing is in %s", z)
		}
		zones = append(zones, z)
	}
	if got := strings.Join(zones, " "); got != "cluster host internal partner user" {
		t.Errorf("zones %s", got)
	}
	for _, f := range g.flows {
		want := map[string]string{"billing": "", "warehouse": "not seen"}[f.service.name]
		if f.service.external && (f.label() != want || f.unchecked()) {
			t.Errorf("%s: %q, unchecked %v", f.service.name, f.label(), f.unchecked())
		}
		if f.channel.name == "invoices" && f.loads && (f.label() != "proved" || f.unchecked()) {
			t.Errorf("a proved load is %q", f.label())
		}
		if f.channel.name == "spool/*.pkl" && f.loads && !f.unchecked() {
			t.Error("a claim without a check is a check")
		}
	}
	// However small the room, each site is part of one flow.
	for _, most := range []int{100, 8, 3, 1} {
		g := graphOf(inv, most, max(2, most))
		sites, ends := 0, 0
		for _, f := range g.flows {
			sites += f.sites
		}
		for _, c := range inv.Channels {
			ends += len(endsOf(c))
		}
		if sites != ends || len(g.channels) > max(most, 1) || len(g.services) > max(2, most) {
			t.Errorf("room for %d: %d of %d sites, %d channels, %d services", most, sites, ends, len(g.channels), len(g.services))
		}
	}
}
