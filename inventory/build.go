package inventory

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/pickle-lint/pickle-lint/lint"
)

// maxBlobs bounds the blobs that one channel lists. The others are counted.
const maxBlobs = 200

// Build joins facts to the record of a repository.
func Build(f *Facts) *Inventory {
	b := &builder{facts: f, services: newServices(f)}
	b.ends()
	b.declared()
	b.named()
	b.unnamed()
	b.blobs()
	for _, c := range b.channels {
		b.gather(c)
	}
	slices.SortFunc(b.channels, func(x, y *Channel) int { return cmp.Compare(x.ID, y.ID) })
	inv := &Inventory{
		Form: Form, Tool: cmp.Or(f.Tool, "pickle-lint"), Version: f.Version, Repository: f.Repository, Commit: f.Commit, Dirty: f.Dirty,
		Date: f.Today.UTC().Format(time.DateOnly), Services: b.services.told(), Channels: b.channels,
		Findings: []*Finding{}, Skips: slices.Concat(f.Skips, b.skips),
	}
	if inv.Channels == nil {
		inv.Channels = []*Channel{}
	}
	if inv.Skips == nil {
		inv.Skips = []*lint.Skip{}
	}
	b.judge(inv)
	return inv
}

// builder is the state of one Build.
type builder struct {
	facts    *Facts
	services *services
	// open are the ends that belong to no channel yet.
	open     []*end
	channels []*Channel
	// settings are those of declared channels.
	settings map[*Channel]*ChannelSetting
	// skips are what the builder itself did not look at.
	skips []*lint.Skip
}

// end is one of the two ends of a channel at one place.
type end struct {
	channel  lint.Channel
	path     string
	order    int
	producer *Producer
	consumer *Consumer
}

// ends makes an end of each site.
func (b *builder) ends() {
	dumps, sites := slices.Clone(b.facts.Dumps), slices.Clone(b.facts.Sites)
	slices.SortStableFunc(dumps, lint.CompareDumps)
	slices.SortStableFunc(sites, lint.CompareSites)
	for _, d := range dumps {
		service := b.services.of(d.Path)
		b.pythonOf(service, d.Wing, d.Path)
		b.open = append(b.open, &end{channel: whole(channelOf(d.Channel)), path: d.Path, producer: &Producer{Service: service.Name, Dump: d}})
	}
	for _, s := range sites {
		service := b.services.of(s.Path)
		c := &Consumer{Service: service.Name, Site: s, Verification: verificationOf(s), Python: b.pythonOf(service, s.Wing, s.Path)}
		b.open = append(b.open, &end{channel: channelOf(s.Channel), path: s.Path, consumer: c})
	}
	for i, e := range b.open {
		e.order = i
	}
}

func channelOf(c *lint.Channel) lint.Channel {
	if c == nil {
		return lint.Channel{Kind: lint.UnknownChannel}
	}
	out := *c
	out.Kind = cmp.Or(out.Kind, lint.UnknownChannel)
	if len(wordsOf(out.Name)) == 0 {
		out.Name = "" // only stars: that is no name
	}
	return out
}

// pythonOf returns the oldest Python at a path, and makes it that of the service if it is
// older than what was seen there before.
func (b *builder) pythonOf(service *Service, wing, path string) string {
	if wing != "python" {
		return ""
	}
	declared := b.facts.settingOf(service).Python
	if declared == "" && b.facts.Python != nil {
		declared = b.facts.Python(path)
	}
	if declared != "" && (service.Python == "" || before(declared, service.Python)) {
		service.Python = declared
	}
	return declared
}

func (f *Facts) settingOf(service *Service) ServiceSetting {
	i := slices.IndexFunc(f.Settings.Services, func(s ServiceSetting) bool { return s.Name == service.Name })
	if i < 0 {
		return ServiceSetting{}
	}
	return f.Settings.Services[i]
}

// take moves the open ends that belong to a channel into it.
func (b *builder) take(c *Channel, belongs func(*end) bool) {
	b.open = slices.DeleteFunc(b.open, func(e *end) bool {
		if belongs(e) {
			c.add(e)
			return true
		}
		return false
	})
}

func (c *Channel) add(e *end) {
	if e.producer != nil {
		c.Producers = append(c.Producers, e.producer)
	} else {
		c.Consumers = append(c.Consumers, e.consumer)
	}
}

// declared makes the channels of the configuration, which go first.
func (b *builder) declared() {
	b.settings = make(map[*Channel]*ChannelSetting)
	sets := slices.Clone(b.facts.Settings.Channels)
	slices.SortStableFunc(sets, func(x, y ChannelSetting) int {
		return cmp.Or(cmp.Compare(y.longest(), x.longest()), cmp.Compare(x.Title, y.Title))
	})
	for i := range sets {
		set := &sets[i]
		c := &Channel{ID: "channel:" + set.Title, Kind: cmp.Or(set.Kind, lint.UnknownChannel), Title: set.Title, Declared: true}
		if len(set.Match) > 0 {
			c.Name = set.Match[0]
		}
		b.settings[c] = set
		b.channels = append(b.channels, c)
		b.take(c, func(e *end) bool {
			if set.Kind != "" && e.channel.Kind != set.Kind && (e.channel.Name != "" || e.channel.Kind != lint.UnknownChannel) {
				return false
			}
			if e.channel.Name == "" {
				return slices.ContainsFunc(set.Sites, func(glob string) bool { return spells(glob, e.path) })
			}
			matches := slices.ContainsFunc(set.Match, func(glob string) bool { return glob == e.channel.Name || meet(glob, e.channel.Name) })
			if matches && c.Kind == lint.UnknownChannel {
				c.Kind = e.channel.Kind
			}
			return matches
		})
		for _, name := range set.Producers {
			c.Producers = append(c.Producers, &Producer{Service: name, External: true})
		}
		for _, name := range set.Consumers {
			c.Consumers = append(c.Consumers, &Consumer{Service: name, External: true})
		}
	}
}

// named makes the channels that the sources name: names that join are one channel.
func (b *builder) named() {
	kinds := make(map[lint.ChannelKind]map[string][]*end)
	b.open = slices.DeleteFunc(b.open, func(e *end) bool {
		if e.channel.Name == "" {
			return false
		}
		names := kinds[e.channel.Kind]
		if names == nil {
			names = make(map[string][]*end)
			kinds[e.channel.Kind] = names
		}
		names[e.channel.Name] = append(names[e.channel.Name], e)
		return true
	})
	for kind, names := range kinds {
		found, left := groups(kind, slices.Sorted(maps.Keys(names)))
		if left > 0 {
			b.skips = append(b.skips, &lint.Skip{Location: lint.Location{Path: "."}, Reason: fmt.Sprintf("channels of kind %s: so many names with stars that %d of them were compared with nothing", kind, left)})
		}
		for _, group := range found {
			c := &Channel{Kind: kind, Name: title(group)}
			c.ID = string(kind) + ":" + c.Name
			b.channels = append(b.channels, c)
			var ends []*end
			for _, name := range group {
				ends = append(ends, names[name]...)
			}
			slices.SortFunc(ends, func(x, y *end) int { return cmp.Compare(x.order, y.order) })
			for _, e := range ends {
				c.add(e)
			}
		}
	}
}

// mostPairs bounds how many pairs of names are compared: some seconds.
const mostPairs = 200_000_000

// groups divides sorted names into those that join each other, if need be through others.
// left is how many patterns were not compared, because that would have taken too long.
func groups(kind lint.ChannelKind, names []string) (out [][]string, left int) {
	parent := make([]int, len(names))
	for i := range parent {
		parent[i] = i
	}
	find := func(i int) int {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	with := make(map[string][]int)
	for i, name := range names {
		for _, w := range unique(wordsOf(name)) {
			with[w] = append(with[w], i)
		}
	}
	pairs := 0
	for i, name := range names {
		if !strings.Contains(name, "*") {
			continue
		}
		if pairs > mostPairs {
			left++
			continue
		}
		for _, w := range unique(wordsOf(name)) {
			pairs += len(with[w])
			for _, j := range with[w] {
				if find(i) != find(j) && joint(w, name, names[j]) && fit(kind, name, names[j]) {
					parent[find(j)] = find(i)
				}
			}
		}
	}
	by := make(map[int][]string)
	var order []int
	for i, name := range names {
		root := find(i)
		if by[root] == nil {
			order = append(order, root)
		}
		by[root] = append(by[root], name)
	}
	for _, root := range order {
		out = append(out, by[root])
	}
	return out, left
}

// title is the name of a channel that has several: the shortest with a star.
func title(names []string) string {
	return slices.MinFunc(names, func(a, b string) int {
		plain := func(s string) int {
			if strings.Contains(s, "*") {
				return 0
			}
			return 1
		}
		return cmp.Or(cmp.Compare(plain(a), plain(b)), cmp.Compare(len(a), len(b)), cmp.Compare(a, b))
	})
}

// unnamed makes channels of what is left: one for what one source file does with one kind.
func (b *builder) unnamed() {
	by := make(map[string]*Channel)
	for _, e := range b.open {
		id := string(e.channel.Kind) + "@" + e.path
		if by[id] == nil {
			by[id] = &Channel{Kind: e.channel.Kind, ID: id}
			b.channels = append(b.channels, by[id])
		}
		by[id].add(e)
	}
	b.open = nil
}

// blobs gives the blobs at rest to the channels of files that name them, and those that
// none names to channels of their own, by directory and ending.
func (b *builder) blobs() {
	all := slices.Clone(b.facts.Blobs)
	slices.SortFunc(all, func(x, y *Blob) int { return cmp.Compare(x.Path, y.Path) })
	own := make(map[string]*Channel)
	for _, blob := range all {
		c := b.holder(blob)
		if c == nil {
			name := atRest(blob.Path)
			if own[name] == nil {
				own[name] = &Channel{Kind: lint.FileChannel, ID: "rest@" + name, Name: name}
				b.channels = append(b.channels, own[name])
			}
			c = own[name]
		}
		if len(c.Blobs) < maxBlobs || b.facts.AllBlobs {
			c.Blobs = append(c.Blobs, blob)
		} else {
			c.MoreBlobs++
		}
	}
}

// holder returns the channel that names a blob most exactly.
func (b *builder) holder(blob *Blob) *Channel {
	var best *Channel
	for _, c := range b.channels {
		if c.Kind != lint.FileChannel && !c.Declared || !b.covers(c, blob.Path) {
			continue
		}
		if best == nil || !best.Declared && (c.Declared || len(c.Name) > len(best.Name)) {
			best = c
		}
	}
	return best
}

func (b *builder) covers(c *Channel, path string) bool {
	if set := b.settings[c]; set != nil {
		return (set.Kind == "" || set.Kind == lint.FileChannel) && slices.ContainsFunc(set.Match, func(glob string) bool { return Covers(glob, path) })
	}
	if c.Name != "" {
		return Covers(c.Name, path)
	}
	return false
}

// atRest is the pattern of the files beside one.
func atRest(path string) string {
	dir, base := "", path
	if i := strings.LastIndexByte(path, '/'); i >= 0 {
		dir, base = path[:i+1], path[i+1:]
	}
	if i := strings.LastIndexByte(base, '.'); i > 0 {
		return dir + "*" + base[i:]
	}
	return path
}
