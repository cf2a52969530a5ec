package render

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/inventory"
	"github.com/pickle-lint/pickle-lint/lint"
)

// graph is the flow of pickles: services write into channels, and load from them. What
// stands behind one boundary is in one zone.
type graph struct {
	services []*serviceNode
	channels []*channelNode
	flows    []*flow
	// zones are the names of those that have somebody in them, sorted.
	zones []string
	// folded reports that some nodes stand for several channels or services.
	folded bool
	// nodes are those of services, by name.
	nodes map[string]*serviceNode
}

// serviceNode is a service, or the rest of those for which there is no room.
type serviceNode struct {
	n        int
	name     string
	zone     string
	external bool
	// writes and loads count the flows of which it is the end.
	writes, loads int
}

// channelNode is a channel, or several that have the same ends, kind and boundary.
type channelNode struct {
	n          int
	name, kind string
	zone       string
	channels   []*inventory.Channel
	severity   lint.Severity
}

// flow goes from a service into a channel, or from a channel to a service.
type flow struct {
	service *serviceNode
	channel *channelNode
	loads   bool
	sites   int
	// verification is that of the loads, as for channels.
	verification string
}

// graphOf draws a record with at most the given number of channels and of services. Where
// there are more, channels that have the same ends become one node; if that is not enough
// those of one kind and boundary, and what is left over, like services with the fewest
// flows, becomes one.
func graphOf(inv *inventory.Inventory, mostChannels, mostServices int) *graph {
	g := new(graph)
	g.settle(inv, mostServices)
	byKind := func(c *inventory.Channel) string { return strings.Join([]string{kindOf(c), boundaryOf(c)}, "\x00") }
	for _, grain := range []func(*inventory.Channel) string{
		func(c *inventory.Channel) string { return c.ID },
		func(c *inventory.Channel) string { return strings.Join([]string{byKind(c), g.endNames(c)}, "\x00") },
		byKind,
	} {
		if g.group(inv, grain); len(g.channels) <= mostChannels {
			break
		}
	}
	if len(g.channels) > mostChannels {
		kept := g.largest(mostChannels-1, byKind)
		g.group(inv, func(c *inventory.Channel) string {
			if key := byKind(c); kept[key] {
				return key
			}
			return ""
		})
	}
	g.connect()
	zones := make(map[string]bool)
	for _, s := range g.services {
		zones[s.zone] = s.zone != ""
	}
	for _, c := range g.channels {
		zones[c.zone] = c.zone != ""
	}
	delete(zones, "")
	g.zones = slices.Sorted(maps.Keys(zones))
	return g
}

// settle makes the nodes of services.
func (g *graph) settle(inv *inventory.Inventory, most int) {
	nodes := make(map[string]*serviceNode)
	g.nodes = nodes
	for _, s := range inv.Services {
		nodes[s.Name] = &serviceNode{name: serviceName(s.Name), zone: lint.Printable(strings.TrimSpace(s.Boundary))}
	}
	busy := make(map[string]int)
	for _, c := range inv.Channels {
		for _, e := range endsOf(c) {
			if nodes[e.service] == nil {
				nodes[e.service] = &serviceNode{name: serviceName(e.service), external: e.external}
			}
			busy[e.service]++
		}
	}
	names := slices.SortedFunc(maps.Keys(nodes), func(a, b string) int { return cmp.Or(cmp.Compare(busy[b], busy[a]), cmp.Compare(a, b)) })
	if len(names) > most {
		rest := &serviceNode{name: fmt.Sprintf("%d other services", len(names)-most+1)}
		for _, name := range names[most-1:] {
			nodes[name] = rest
		}
		g.folded = true
	}
	seen := make(map[*serviceNode]bool)
	for _, name := range slices.Sorted(maps.Keys(nodes)) {
		if s := nodes[name]; !seen[s] {
			seen[s] = true
			s.n = len(g.services)
			g.services = append(g.services, s)
		}
	}
}

// serviceName is a label: an empty one is none for some who draw it.
func serviceName(name string) string {
	return cmp.Or(strings.TrimSpace(lint.Printable(name)), "unnamed")
}

// endNames says which services are at the ends of a channel.
func (g *graph) endNames(c *inventory.Channel) string {
	var names []string
	for _, e := range endsOf(c) {
		names = append(names, fmt.Sprintf("%s %d", e.word, g.nodes[e.service].n))
	}
	slices.Sort(names)
	return strings.Join(slices.Compact(names), ";")
}

// largest are the keys of the nodes that stand for most channels.
func (g *graph) largest(n int, key func(*inventory.Channel) string) map[string]bool {
	nodes := slices.SortedStableFunc(slices.Values(g.channels), func(a, b *channelNode) int { return cmp.Compare(len(b.channels), len(a.channels)) })
	kept := make(map[string]bool)
	for _, c := range nodes[:n] {
		kept[key(c.channels[0])] = true
	}
	return kept
}

// group makes the nodes of channels.
func (g *graph) group(inv *inventory.Inventory, key func(*inventory.Channel) string) {
	g.channels = nil
	by := make(map[string]*channelNode)
	worst := make(map[string]lint.Severity)
	for _, f := range inv.Findings {
		worst[f.Channel] = max(worst[f.Channel], f.Severity)
	}
	for _, c := range inv.Channels {
		k := key(c)
		node := by[k]
		if node == nil {
			node = &channelNode{n: len(g.channels), name: nameOf(c), kind: kindOf(c), zone: boundaryOf(c)}
			if node.zone == noBoundary {
				node.zone = ""
			}
			by[k], g.channels = node, append(g.channels, node)
		}
		node.channels = append(node.channels, c)
		node.severity = max(node.severity, worst[c.ID])
		if node.kind != kindOf(c) {
			node.kind = "mixed"
		}
		if len(node.channels) > 1 {
			g.folded = true
			node.name = fmt.Sprintf("%d channels", len(node.channels))
			if zone := boundaryOf(c); zone != node.zone && (zone != noBoundary || node.zone != "") {
				node.zone = ""
			}
		}
	}
}

// connect makes one flow of all sites of a service at a channel.
func (g *graph) connect() {
	type key struct {
		service *serviceNode
		channel *channelNode
		loads   bool
	}
	by := make(map[key]*flow)
	for _, node := range g.channels {
		for _, c := range node.channels {
			for _, e := range endsOf(c) {
				k := key{g.nodes[e.service], node, e.word == consumerWord}
				f := by[k]
				verification := e.verification
				if e.external {
					verification = unseen
				}
				if f == nil {
					f = &flow{service: k.service, channel: node, loads: k.loads, verification: verification}
					by[k], g.flows = f, append(g.flows, f)
					if k.loads {
						k.service.loads++
					} else {
						k.service.writes++
					}
				}
				f.sites++
				if f.verification != verification {
					f.verification = inventory.Mixed
				}
			}
		}
	}
	slices.SortFunc(g.flows, func(a, b *flow) int {
		return cmp.Or(cmp.Compare(a.channel.n, b.channel.n), cmp.Compare(order(a.loads), order(b.loads)), cmp.Compare(a.service.n, b.service.n))
	})
}

func order(loads bool) int {
	if loads {
		return 1
	}
	return 0
}

// label is what diagrams write on a flow, "" for the plain ones: what was checked, and of
// how many places it is made.
func (f *flow) label() string {
	var parts []string
	if f.loads {
		switch f.verification {
		case inventory.Unverified:
			parts = append(parts, "unverified")
		default:
			parts = append(parts, lint.Printable(f.verification))
		}
	}
	if f.sites > 1 {
		parts = append(parts, fmt.Sprintf("%d×", f.sites))
	}
	return strings.Join(parts, ", ")
}

// unseen is the verification of loads outside of the repository.
const unseen = "not seen"

// unchecked reports a flow with loads of which nothing says that their bytes are checked.
func (f *flow) unchecked() bool {
	return f.loads && (f.verification == inventory.Unverified || f.verification == inventory.Mixed)
}

// inZone lists the nodes of a zone, "" for those outside of all.
func (g *graph) inZone(zone string) (services []*serviceNode, channels []*channelNode) {
	for _, s := range g.services {
		if s.zone == zone {
			services = append(services, s)
		}
	}
	for _, c := range g.channels {
		if c.zone == zone {
			channels = append(channels, c)
		}
	}
	return services, channels
}
