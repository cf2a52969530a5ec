package render

import (
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/pickle-lint/pickle-lint/inventory"
	"github.com/pickle-lint/pickle-lint/lint"
)

// writeCycloneDX is a bill of materials of services and data. A channel is a component of
// type "data"; each service says as "data" what it takes from channels and gives to them;
// the dependencies are the same flows as a graph, and findings are annotations.
//
// Documents refer to each other by serial number, so it is made of what the record says:
// the same record is the same document.
func writeCycloneDX(w io.Writer, inv *inventory.Inventory, _ Options) error {
	inv = valid(inv)
	text, err := json.Marshal(inv)
	if err != nil {
		return err
	}
	c := &cyclone{inv: inv, serial: uuid(sha256.Sum256(text)), refs: make(map[string]string), zones: make(map[string]string), channels: make(map[string][]*cycloneChannel)}
	return encode(w, c.bom())
}

// uuid makes one of version 8 (RFC 9562): its bits are ours.
func uuid(sum [sha256.Size]byte) string {
	sum[6], sum[8] = sum[6]&0x0f|0x80, sum[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", sum[:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16])
}

// cyclone is the state of one document.
type cyclone struct {
	inv    *inventory.Inventory
	serial string
	// refs are the identities of services, by name.
	refs map[string]string
	// external are the services outside of the repository, in order.
	external []string
	// zones is where services stand, channels what they have to do with.
	zones    map[string]string
	channels map[string][]*cycloneChannel
}

// cycloneChannel is a channel with the identities of the services at its ends.
type cycloneChannel struct {
	*inventory.Channel
	from, to []string
}

const (
	channelRef = "channel/"
	serviceRef = "service/"
)

func (c *cyclone) bom() *cdxBOM {
	for _, s := range c.inv.Services {
		c.refs[s.Name], c.zones[s.Name] = serviceRef+s.Name, s.Boundary
	}
	var channels []*cycloneChannel
	for _, ch := range c.inv.Channels {
		for _, e := range endsOf(ch) {
			if c.refs[e.service] == "" {
				c.refs[e.service] = serviceRef + e.service
				c.external = append(c.external, e.service)
			}
		}
		both := &cycloneChannel{ch, c.ends(ch, producerWord), c.ends(ch, consumerWord)}
		channels = append(channels, both)
		refs := slices.Concat(both.from, both.to)
		slices.Sort(refs)
		for _, ref := range slices.Compact(refs) {
			c.channels[ref] = append(c.channels[ref], both)
		}
	}
	slices.Sort(c.external)
	tool := cdxComponent{Type: "application", Name: cmp.Or(c.inv.Tool, "pickle-lint"), Version: c.inv.Version}
	when := c.inv.Date + "T00:00:00Z"
	b := &cdxBOM{
		Schema: "http://cyclonedx.org/schema/bom-1.6.schema.json", Format: "CycloneDX", Version: "1.6", Serial: "urn:uuid:" + c.serial, Number: 1,
		Metadata: cdxMetadata{
			Timestamp: when, Lifecycles: []cdxPhase{{"discovery"}}, Tools: cdxTools{Components: []cdxComponent{tool}},
			Component: cdxComponent{Type: "application", Ref: "repository", Name: cmp.Or(c.inv.Repository, "repository"), Version: c.inv.Commit},
		},
		Components: []cdxComponent{}, Services: []cdxService{}, Dependencies: []cdxDependency{},
	}
	if c.inv.Dirty {
		b.Metadata.Properties = []cdxProperty{{ours + "dirty", "true"}}
	}
	var all []string
	for _, s := range c.inv.Services {
		b.Services = append(b.Services, c.service(s.Name, s))
		all = append(all, c.refs[s.Name])
	}
	for _, name := range c.external {
		b.Services = append(b.Services, c.service(name, nil))
	}
	b.Dependencies = append(b.Dependencies, cdxDependency{"repository", all})
	for _, s := range b.Services {
		b.Dependencies = append(b.Dependencies, cdxDependency{s.Ref, c.reads(s.Ref)})
	}
	for _, ch := range channels {
		b.Components = append(b.Components, component(ch.Channel))
		b.Dependencies = append(b.Dependencies, cdxDependency{channelRef + ch.ID, ch.from})
	}
	for i, f := range c.inv.Findings {
		b.Annotations = append(b.Annotations, cdxAnnotation{
			Ref: "finding/" + strconv.Itoa(i), Subjects: []string{channelRef + f.Channel}, Annotator: cdxAnnotator{tool}, Timestamp: when,
			Text: fmt.Sprintf("%s %s %s: %s (%s)", f.Severity, f.Rule, f.Name, f.Message, placeOf(f.Location)),
		})
	}
	return b
}

// ours stands before the names of properties of our making.
const ours = "pickle-lint:"

// properties are the pairs that have a value, those with several one by one.
type properties []cdxProperty

func (p *properties) add(name string, values ...string) {
	for _, v := range values {
		if v != "" {
			*p = append(*p, cdxProperty{ours + name, v})
		}
	}
}

// component is a channel as data.
func component(ch *inventory.Channel) cdxComponent {
	var p properties
	p.add("kind", string(ch.Kind))
	p.add("boundary", ch.Boundaries...)
	if len(ch.Consumers) > 0 {
		p.add("verification", ch.Verification)
	}
	p.add("format", ch.Formats...)
	p.add("protocol", ch.Protocols...)
	if ch.Accepts != nil {
		p.add("accepts", strconv.Itoa(*ch.Accepts))
	}
	p.add("class", ch.Classes...)
	p.add("retention", ch.Retention)
	p.add("expires", ch.Expires)
	p.add("compat", ch.Compat...)
	p.add("ticket", ch.Tickets...)
	for _, e := range endsOf(ch) {
		if e.at.Path != "" {
			p.add(e.word, e.place()+" "+e.api)
		}
	}
	for _, blob := range ch.Blobs {
		p.add("blob", blob.Path)
	}
	if ch.MoreBlobs > 0 {
		p.add("more-blobs", strconv.Itoa(ch.MoreBlobs))
	}
	data := cdxData{Type: "dataset", Name: nameOf(ch), Classification: classification(ch), Governance: governance(ch.Owners)}
	if ch.Sensitivity != "" {
		data.Sensitive = ch.Classes
	}
	return cdxComponent{Type: "data", Ref: channelRef + ch.ID, Name: nameOf(ch), Data: []cdxData{data}, Properties: p}
}

// classification is the sensitivity, which nobody may have told.
func classification(ch *inventory.Channel) string { return cmp.Or(ch.Sensitivity, "unclassified") }

func governance(owners []string) *cdxGovernance {
	g := new(cdxGovernance)
	for _, o := range owners {
		if o != "" {
			g.Owners = append(g.Owners, cdxParty{cdxOrganization{o}})
		}
	}
	if len(g.Owners) == 0 {
		return nil
	}
	return g
}

// service says what a service takes in and gives out. One outside of the repository is
// known by its name only.
func (c *cyclone) service(name string, known *inventory.Service) cdxService {
	s := cdxService{Ref: c.refs[name], Name: cmp.Or(name, "unnamed")}
	var p properties
	if known == nil {
		p.add("external", "true")
	} else {
		s.TrustZone = known.Boundary
		p.add("path", known.Paths...)
		p.add("python", known.Python)
		p.add("owner", known.Owners...)
	}
	s.Properties = p
	told, crosses := false, false
	for _, ch := range c.channels[s.Ref] {
		f := c.flow(ch, s.Ref)
		s.Data = append(s.Data, f)
		for _, e := range endsOf(ch.Channel) {
			if e.external != (known == nil) || c.zones[e.service] != s.TrustZone {
				told, crosses = true, true
			}
		}
		for _, b := range ch.Boundaries {
			told = true
			crosses = crosses || !slices.Contains([]string{"process", "host", "build"}, b)
		}
		if ch.Kind == lint.NetworkChannel && ch.Name != "" && f.Flow != "outbound" && known != nil {
			s.Endpoints = append(s.Endpoints, iri(ch.Name))
		}
	}
	if told {
		s.TrustBoundary = &crosses
	}
	return s
}

// flow says what of a channel goes through a service at its ends.
func (c *cyclone) flow(ch *cycloneChannel, ref string) cdxFlow {
	f := cdxFlow{Flow: "inbound", Classification: classification(ch.Channel), Name: nameOf(ch.Channel), Governance: governance(ch.Owners)}
	writes, loads := slices.Contains(ch.from, ref), slices.Contains(ch.to, ref)
	switch {
	case writes && loads:
		f.Flow = "bi-directional"
	case writes:
		f.Flow = "outbound"
	}
	if loads {
		f.Source = append(c.links(ch.from), c.link(channelRef+ch.ID))
	}
	if writes {
		f.Destination = append(c.links(ch.to), c.link(channelRef+ch.ID))
	}
	return f
}

// ends are the identities of the services at one end of a channel.
func (c *cyclone) ends(ch *inventory.Channel, word string) []string {
	var out []string
	for _, e := range endsOf(ch) {
		if e.word == word {
			out = append(out, c.refs[e.service])
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// reads are the channels that a service loads from.
func (c *cyclone) reads(ref string) []string {
	var out []string
	for _, ch := range c.channels[ref] {
		if slices.Contains(ch.to, ref) {
			out = append(out, channelRef+ch.ID)
		}
	}
	return out
}

func (c *cyclone) links(refs []string) []string {
	out := make([]string, len(refs))
	for i, ref := range refs {
		out[i] = c.link(ref)
	}
	return out
}

// link is a BOM-Link to a part of this document.
func (c *cyclone) link(ref string) string { return "urn:cdx:" + c.serial + "/1#" + iri(ref) }

// iri writes what may not stand in a reference by its number, and of "#" and "%" all.
func iri(text string) string {
	var b strings.Builder
	for i := range len(text) {
		switch ch := text[i]; {
		case ch >= 'a' && ch <= 'z', ch >= 'A' && ch <= 'Z', ch >= '0' && ch <= '9', strings.IndexByte("-._~!$&'()*+,;=:@/?", ch) >= 0:
			b.WriteByte(ch)
		default:
			fmt.Fprintf(&b, "%%%02X", ch)
		}
	}
	return b.String()
}
