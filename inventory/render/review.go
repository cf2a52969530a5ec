package render

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/internal/markdown"
	"github.com/pickle-lint/pickle-lint/inventory"
	"github.com/pickle-lint/pickle-lint/lint/justify"
)

// The rule for reviews is a page that people read: what would make it longer than a comment is
// in the other formats.
const (
	boundariesUntil = 12_000
	careUntil       = 45_000
	ownersUntil     = markdown.Most - 1000
)

// writeReview is for those who review: a page of what the team goes by when a change loads or
// writes pickles, made of what this repository does.
func writeReview(w io.Writer, inv *inventory.Inventory, opt Options) error {
	r := &review{inv: inv, opt: opt, boundaries: opt.Boundaries, known: newFileOwners(inv)}
	if r.boundaries == nil {
		r.boundaries = justify.BuiltinBoundaries()
	}
	fmt.Fprintf(&r.b, "# Reviewing pickles in %s\n\nLoading a pickle runs the program in it. So a review of a change that loads or writes one asks who may have written the bytes, and who says so.\n", markdown.Code(printableOr(inv.Repository, "this repository")))
	r.uses()
	r.care()
	r.asks()
	r.whom()
	_, err := io.WriteString(w, r.b.String())
	return err
}

type review struct {
	inv        *inventory.Inventory
	opt        Options
	boundaries map[string]justify.Boundary
	known      *fileOwners
	b          strings.Builder
}

// table writes a part of the page, if there is anything in it.
func (r *review) table(title, about string, rows []string, until int, columns ...string) {
	if len(rows) == 0 {
		return
	}
	fmt.Fprintf(&r.b, "\n## %s\n\n%s\n\n%s", title, about, markdown.Head(columns...))
	markdown.More(&r.b, markdown.Lines(&r.b, rows, until), whole)
}

// uses says which boundaries are in use, and what each asks.
func (r *review) uses() {
	count := make(map[string]int)
	for _, c := range r.inv.Channels {
		for _, name := range c.Boundaries {
			count[name]++
		}
	}
	var rows []string
	for _, name := range slices.Sorted(maps.Keys(count)) {
		b, known := r.boundaries[name]
		about := b.Description
		if !known {
			about = "nobody has said: declare it in the configuration"
		}
		rows = append(rows, markdown.Row(markdown.Code(printableOr(name, "unnamed")), markdown.Escaped(about), asked(b), plural(count[name], "channel")))
	}
	r.table("Boundaries in use", "A justification names the boundary that the bytes cross. A change that names one which is not here brings a new kind of writer.", rows, boundariesUntil,
		"Boundary", "Who may have written the bytes", "What a load has to show", "Used by")
}

// asked is what a load behind a boundary has to show besides a reason.
func asked(b justify.Boundary) string {
	keys := []string{"a reason"}
	for _, key := range b.Requires {
		keys = append(keys, markdown.Code(key))
	}
	text := strings.Join(keys, ", ")
	if b.Proof {
		text += ", and a check that pickle-lint can prove"
	}
	return text
}

// outside reports a boundary behind which somebody else writes.
func (r *review) outside(name string) bool {
	b := r.boundaries[name]
	return b.Proof || slices.Contains(b.Requires, "verified-by")
}

// care lists the channels whose changes need a second look, and why.
func (r *review) care() {
	var rows []string
	for _, c := range r.inv.Channels {
		if reasons := r.reasons(c); len(reasons) > 0 {
			rows = append(rows, markdown.Row(markdown.Code(nameOf(c)), markdown.Code(kindOf(c)), strings.Join(reasons, "<br>"), markdown.Code(list(r.owners(c)))))
		}
	}
	r.table("Channels that need care", "A change at either end of one of these is looked at by an owner.", rows, careUntil, "Channel", "Kind", "Why", "Owners")
}

// reasons are why a channel needs care, none where it needs no more than others.
func (r *review) reasons(c *inventory.Channel) (out []string) {
	loads := slices.ContainsFunc(c.Consumers, func(e *inventory.Consumer) bool { return !e.External })
	for _, name := range c.Boundaries {
		switch {
		case !r.outside(name) || !loads:
		case c.Verification == "none" || c.Verification == "mixed":
			out = append(out, "behind "+markdown.Code(printableOr(name, "unnamed"))+", and not every load verifies")
		case c.Verification == "claimed" && r.boundaries[name].Proof:
			out = append(out, "behind "+markdown.Code(printableOr(name, "unnamed"))+", and the check is claimed, not proved")
		}
	}
	if len(c.Boundaries) == 0 && loads && len(c.Producers) > 0 && c.Kind != "process" {
		out = append(out, "nobody has named its boundary")
	}
	if c.Sensitivity != "" && c.Sensitivity != "public" {
		out = append(out, "carries what is "+markdown.Code(printableOr(c.Sensitivity, "")))
	}
	if from, to := endServices(c); len(from) > 0 && len(to) > 0 && !slices.Equal(from, to) {
		out = append(out, "from "+markdown.Code(list(from))+" to "+markdown.Code(list(to)))
	}
	return out
}

// endServices are the services at either end.
func endServices(c *inventory.Channel) (from, to []string) {
	for _, p := range c.Producers {
		from = append(from, p.Service)
	}
	for _, p := range c.Consumers {
		to = append(to, p.Service)
	}
	slices.Sort(from)
	slices.Sort(to)
	return slices.Compact(from), slices.Compact(to)
}

// asks is what a reviewer asks, by what a change brings.
func (r *review) asks() {
	r.b.WriteString("\n## What a reviewer asks\n")
	part := func(title string, asks ...string) {
		fmt.Fprintf(&r.b, "\n### %s\n\n- %s\n", title, strings.Join(asks, "\n- "))
	}
	part("A new load",
		"Need it be a pickle? JSON, safetensors, Parquet and `weights_only=True` run nothing.",
		"Who can write these bytes, at rest and on the way? Is that the boundary that the justification names, and would its reason convince somebody from outside the team?",
		"Are they checked before the load, on every way to it, with a key that the writer of the bytes has not chosen?",
		"Are `owner`, `expires` and `retention` such that somebody will be asked again?",
	)
	part("A new dump",
		"Who loads it, with which Python, behind which boundary? Does the channel stand in the inventory under one name at both ends?",
		"Is the protocol one that every reader has, and is it named?",
		"What does it carry, and would the team want that in a backup? How long is it kept?",
	)
	lock := []string{"There is none yet: `pickle-lint lock` writes one, and from then on the review sees what each stored pickle loads and calls."}
	if r.opt.Lock != "" {
		lock = []string{
			"Where does each new blob come from, and can it be made again from something that can be read?",
			"Is each new `global` and `call` one that the class of the blob needs? A `call` that no class in the sources explains is a reason to stop.",
			"Has a blob changed that nobody said would?",
		}
	}
	part("A change of "+markdown.Code(printableOr(cmp.Or(r.opt.Lock, "pickle.lock"), "")), lock...)
	wrapper := "the safe wrapper"
	if len(r.opt.Wrapper) > 0 {
		wrapper = markdown.Code(list(r.opt.Wrapper))
	}
	part("A new class in the allow-list of "+wrapper,
		"Does making it, or setting its state, do more than hold data: open, import, call, delete? Look at `__init__`, `__new__`, `__setstate__`, `__reduce__` and `__del__`, of its bases, too.",
		"Is it one name, and not a module or a star? Would plain data do?",
		"Which channel needs it? If none in the inventory does, it stays out.",
	)
	if r.opt.Config != "" || r.opt.Baseline != "" {
		part("A change of "+strings.Join(slices.DeleteFunc([]string{markdown.Code(printableOr(r.opt.Config, "")), markdown.Code(printableOr(r.opt.Baseline, ""))}, func(s string) bool { return s == "" }), " or "),
			"What is not told any more: a rule that is off, a path that is left out, a finding that is accepted? A change does not do so for itself.",
		)
	}
}

// owners are those of a channel, each under one name.
func (r *review) owners(c *inventory.Channel) []string {
	handles, unknown := r.known.of(c.Owners)
	return append(handles, unknown...)
}

// whom says who owns what.
func (r *review) whom() {
	channels, nobody := make(map[string][]string), 0
	for _, c := range r.inv.Channels {
		for _, owner := range r.owners(c) {
			channels[owner] = append(channels[owner], markdown.Code(nameOf(c)))
		}
		if len(c.Owners) == 0 {
			nobody++
		}
	}
	var rows []string
	for _, owner := range slices.Sorted(maps.Keys(channels)) {
		rows = append(rows, markdown.Row(markdown.Code(printableOr(owner, "unnamed")), several(channels[owner])))
	}
	about := "Every channel has an owner."
	if nobody > 0 {
		about = fmt.Sprintf("%s without an owner: whoever reviews a change of one finds one first.", plural(nobody, "channel"))
	}
	r.table("Whom to ask", about, rows, ownersUntil, "Owner", "Channels")
	if len(rows) == 0 && nobody > 0 {
		fmt.Fprintf(&r.b, "\n## Whom to ask\n\n%s\n", about)
	}
}
