package pyscan

import (
	"cmp"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/classes"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// ways tells through what the bytes of the sites and the dumps of one file go, for who asks
// for an inventory. What writes and by which protocol is known from the rules about protocols.
type ways struct {
	*protocolJudge
	m *classes.Model
	// dumps are those that were found, at the places where they are, and nodes their nodes.
	dumps []*lint.Dump
	at    map[int64]bool
	nodes map[*lint.Dump]syntax.Index
	keys  lint.Fingerprints
	// called are the calls of the file, by the last word of what is called, and named the
	// attributes that are not called, by their names.
	called, named map[string][]syntax.Index
	// left is how many expressions may still be looked at for one place, and spent how many
	// were for all.
	left, spent int
	// far: the file is asked for one of its constants by another one.
	far bool
}

const (
	// maxWaySteps bounds the expressions that are looked at for one place, maxWayWork those
	// for all places of a file, and maxWayDepth how many of them lead to each other.
	maxWaySteps = 2_000
	maxWayWork  = 300_000
	maxWayDepth = 24
	// maxDumpsTold bounds the dumps of a file that are told.
	maxDumpsTold = 10_000
)

// newWays returns the ways of a file.
func newWays(f *file) *ways {
	if f.unparsed {
		return &ways{protocolJudge: &protocolJudge{file: f}}
	}
	return &ways{
		protocolJudge: &protocolJudge{file: f, table: f.table(f.gate.dumps.words), all: true},
		m:             classes.Build(f.tree, f.moduleNames(), f.classOutline()),
		at:            make(map[int64]bool), nodes: make(map[*lint.Dump]syntax.Index),
	}
}

// begin allows the steps that one place may take.
func (w *ways) begin() { w.left, w.steps = maxWaySteps, 0 }

// spend reports that there may be another step.
func (w *ways) spend(depth int) bool {
	w.left--
	w.spent++
	w.steps = 0 // what the names of the catalogue take is bounded by itself
	return w.left > 0 && w.spent < maxWayWork && depth <= maxWayDepth
}

// end is where bytes come from or go to. The zero value is that nothing shows it.
type end struct {
	channel *lint.Channel
	// stays: they do not leave the process. memory: they are in the memory of it, which says
	// nothing of where they come from or go to next.
	stays, memory bool
}

func (e end) known() bool { return e.channel != nil || e.stays }

// nowhere is the channel of which the source shows nothing.
func nowhere() *lint.Channel { return &lint.Channel{Kind: lint.UnknownChannel} }

// site says through what the bytes of a site come. A site that writes, too, is a dump.
func (w *ways) site(s *found, site *lint.Site) {
	if w == nil {
		return
	}
	w.begin()
	site.Channel = w.siteChannel(s)
	fact := w.factNamed(s.sink.Name)
	if fact == nil || !fact.Writes || site.Safe != "" || site.Channel == nil || w.byTokens(s) {
		return
	}
	channel := *site.Channel
	w.tell(&lint.Dump{
		Location: site.Location, API: site.API, Format: site.Format, Function: site.Function, Argument: site.Argument,
		Channel: &channel, Setting: s.sink.Setting, Generated: site.Generated,
	}, s.node, s.sink.Name)
}

// siteChannel says where what a site loads comes from, or nil if it never left the process.
func (w *ways) siteChannel(s *found) *lint.Channel {
	if w.byTokens(s) {
		return nowhere()
	}
	if fact := w.factNamed(s.sink.Name); fact != nil {
		channel := w.channelBy(fact, s.node, 0)
		if channel.Via = s.sink.API(); s.sink.Setting && channel.From == "" {
			channel.From = fromConfig
		}
		return channel
	}
	var e end
	switch {
	case s.set, s.sink.Setting:
		return nowhere()
	case s.value > 0 && takesPath(s.sink):
		e = w.fromPath(s.value, s.sink.API())
	case s.value > 0:
		e = w.from(s.value, 0)
	case s.sink.Receiver:
		reference := w.unwrap(s.reference)
		if w.tree.Kind(reference) == syntax.Attribute {
			e = w.from(w.tree.Child(reference, syntax.Object), 0)
		}
	case !s.called:
		e = w.handedTo(w.top(s.reference))
	}
	switch {
	case e.stays:
		return nil
	case e.channel != nil && e.channel.Kind != lint.UnknownChannel:
		return e.channel
	}
	if o := w.originOf(s); o != nil {
		if kind, ok := originKinds[o.Source.Origin]; ok && !o.Chosen {
			return &lint.Channel{Kind: kind, Via: strings.TrimPrefix(o.Source.Name, ".")}
		}
	}
	return cmp.Or(e.channel, nowhere())
}

// byTokens reports a site that no tree shows. Node 0 is the module.
func (w *ways) byTokens(s *found) bool { return w.unparsed || s.node <= 0 }

// originKinds are the kinds of channels of what the sources of the catalogue are, where nothing
// nearer says more.
var originKinds = map[catalog.Origin]lint.ChannelKind{
	catalog.FromRequest: lint.NetworkChannel, catalog.FromNetwork: lint.NetworkChannel, catalog.FromMail: lint.NetworkChannel,
	catalog.FromStore: lint.CacheChannel, catalog.FromQueue: lint.QueueChannel, catalog.FromDatabase: lint.TableChannel,
}

// factNamed returns what the catalogue says of a name, whatever it is taken of.
func (w *ways) factNamed(name string) *catalog.PythonThrough {
	for _, fact := range w.gate.catalog.PythonThrough(name) {
		if fact.Of == nil {
			return fact
		}
	}
	return nil
}

// tell adds a dump, once a place.
func (w *ways) tell(d *lint.Dump, at syntax.Index, api string) {
	if w.at[d.Offset] || len(w.nodes) >= maxDumpsTold {
		return
	}
	w.at[d.Offset], w.nodes[d] = true, at
	d.Wing = wing
	d.Fingerprint = w.keys.Of(w.key(at, api, w.statementOf(at)).Of("", "dump"))
	w.dumps = append(w.dumps, d)
}

// inDump reports a node in the arguments of a call that writes.
func (w *ways) inDump(i syntax.Index) bool {
	list := w.tree.Parent(i)
	if w.tree.Kind(i) != syntax.KeywordArgument || list == syntax.None {
		return false
	}
	call := w.tree.Parent(list)
	return w.tree.Kind(call) == syntax.Call && w.at[w.location(w.tree.Nodes[call].Start, w.tree.Nodes[call].End).Offset]
}

// writes finds what the file dumps.
func (w *ways) writes(res *Result) {
	if w == nil || w.unparsed {
		return
	}
	if w.asides&writes != 0 {
		all := w.find()
		followed := make(map[syntax.Index]bool)
		for k := range all {
			followed[all[k].via] = true
		}
		for k := range all {
			if d := &all[k]; !followed[d.node] || !d.reference && !w.table.Binds(d.node) {
				w.dump(d)
			}
		}
		w.handsOn()
	}
	// What is set in the arguments of a call that writes is told of the call.
	w.dumps = slices.DeleteFunc(w.dumps, func(d *lint.Dump) bool { return d.Setting && w.inDump(w.nodes[d]) })
	if len(w.nodes) >= maxDumpsTold {
		res.skip(lint.Location{Path: w.path}, "of more than %d places that turn objects into bytes the rest are not told", maxDumpsTold)
	}
	res.Dumps = w.dumps
	slices.SortStableFunc(res.Dumps, lint.CompareDumps)
}
