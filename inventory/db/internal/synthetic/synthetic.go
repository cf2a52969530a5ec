// Package synthetic makes inventories of an organisation that there is not, of any size and
// always the same, for tests and benchmarks.
package synthetic

import (
	"fmt"
	"math/rand/v2"

	"github.com/pickle-lint/pickle-lint/inventory"
	"github.com/pickle-lint/pickle-lint/lint"
)

// Organisation is what is made.
type Organisation struct {
	Repositories int
	// Sites are the dump and load sites of all repositories together.
	Sites int
	// Day is that of the records.
	Day string
	// Generation changes a part of the channels, as commits do.
	Generation int
}

var (
	kinds        = []lint.ChannelKind{lint.FileChannel, lint.CacheChannel, lint.QueueChannel, lint.TableChannel, lint.BucketChannel, lint.NetworkChannel}
	boundaries   = []string{"host", "internal", "cluster", "partner", "user", "public"}
	sensitive    = []string{"", "", "internal", "confidential", "pii", "secret"}
	verification = []string{inventory.Proved, inventory.Restricted, inventory.Claimed, inventory.Unverified}
)

// Inventory makes that of one repository.
func (o Organisation) Inventory(number int) *inventory.Inventory {
	r := rand.New(rand.NewPCG(uint64(number), 9))
	sites := o.Sites / o.Repositories
	if number < o.Sites%o.Repositories {
		sites++
	}
	inv := &inventory.Inventory{
		Form: inventory.Form, Tool: "pickle-lint", Version: "0.1.0", Repository: fmt.Sprintf("org/repository-%04d", number),
		Commit: fmt.Sprintf("%040x", uint64(number)<<20+uint64(o.Generation)), Date: o.Day,
		Services: []*inventory.Service{}, Channels: []*inventory.Channel{}, Findings: []*inventory.Finding{}, Skips: []*lint.Skip{},
	}
	for i := range 3 {
		inv.Services = append(inv.Services, &inventory.Service{
			Name: fmt.Sprintf("service-%04d-%d", number, i), Paths: []string{fmt.Sprintf("services/s%d", i)}, From: fmt.Sprintf("services/s%d/pyproject.toml", i), Python: "3.10",
			Owners: []string{fmt.Sprintf("@org/team-%02d", number%40)},
		})
	}
	for n := 0; sites > 0; n++ {
		ends := min(sites, 2+r.IntN(5))
		inv.Channels = append(inv.Channels, o.channel(r, inv, number, n, ends))
		sites -= ends
	}
	inv.Skips = append(inv.Skips, &lint.Skip{Location: lint.Location{Path: "vendor/broken.py", Line: 1}, Reason: "the file does not parse"})
	return inv
}

func (o Organisation) channel(r *rand.Rand, inv *inventory.Inventory, number, n, ends int) *inventory.Channel {
	kind := kinds[r.IntN(len(kinds))]
	name := fmt.Sprintf("area%d/item-%d-*.pkl", n%7, n)
	if kind != lint.FileChannel {
		name = fmt.Sprintf("r%d:item-%d:*", number, n)
	}
	boundary, level := boundaries[r.IntN(len(boundaries))], sensitive[r.IntN(len(sensitive))]
	c := &inventory.Channel{
		ID: string(kind) + ":" + name, Kind: kind, Name: name, Producers: []*inventory.Producer{}, Consumers: []*inventory.Consumer{}, Formats: []string{"pickle"},
		Boundaries: []string{boundary}, Verification: verification[r.IntN(len(verification))], Protocols: []string{"4"}, Sensitivity: level,
		Classes: []string{fmt.Sprintf("app%d.models.Class%d", number%50, n%30), fmt.Sprintf("shared.types.Type%d", r.IntN(200))},
		Owners:  []string{fmt.Sprintf("@org/team-%02d", r.IntN(40))},
	}
	if r.IntN(3) > 0 {
		c.Retention = "30d"
	}
	if r.IntN(20) == 0 {
		c.Expires = fmt.Sprintf("2026-%02d-%02d", 10+r.IntN(3), 1+r.IntN(28))
	}
	if n == o.Generation && o.Generation > 0 {
		c.Verification = inventory.Mixed
	}
	for i := range ends {
		at := lint.Location{Path: fmt.Sprintf("services/s%d/module%d.py", r.IntN(3), n), Line: 10 + 20*i + o.Generation, Column: 5, Offset: int64(1000 + 400*i)}
		service := inv.Services[r.IntN(len(inv.Services))].Name
		mark := lint.Fingerprint(fmt.Sprintf("%016x", r.Uint64()))
		if i%2 == 0 && r.IntN(6) > 0 {
			c.Producers = append(c.Producers, &inventory.Producer{Service: service, Dump: &lint.Dump{
				Location: at, Wing: "python", API: "pickle.dump", Format: "pickle", Function: fmt.Sprintf("module%d.save", n), Argument: "order", Protocol: "4", Fingerprint: mark,
			}})
			continue
		}
		c.Consumers = append(c.Consumers, &inventory.Consumer{Service: service, Python: "3.10", Verification: c.Verification, Site: &lint.Site{
			Location: at, Wing: "python", API: "pickle.load", Format: "pickle", Function: fmt.Sprintf("module%d.read", n), Argument: "fh", Fingerprint: mark,
			Justification: &lint.Justification{Boundary: boundary, Reason: "written by the other half of this service, mode 0600", Owner: c.Owners[0], Expires: c.Expires, Line: at.Line - 1},
		}})
	}
	if n%10 == 3 {
		f := &inventory.Finding{Channel: c.ID, Finding: &lint.Finding{
			Rule: "PKL506", Name: "missing-retention", Severity: lint.Note, Message: "nothing says how long " + c.ID + " keeps what it holds",
			Location: lint.Location{Path: fmt.Sprintf("services/s0/module%d.py", n), Line: 10},
		}}
		inv.Findings = append(inv.Findings, f)
	}
	return c
}
