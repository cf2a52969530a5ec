package pickle

import (
	"crypto/sha256"
	"fmt"
	"strings"
)

// wrapAt is the column behind which a statement goes on in the next line.
const wrapAt = 96

// header begins the text of a pass.
func (d *decompiler) header(t *Trace) {
	who := "no loader reaches STOP"
	switch {
	case t.Complete && t.Loaders == AllLoaders:
		who = "every loader reaches STOP"
	case t.Complete:
		who = joinLoaders(t.Loaders) + " reach STOP"
	}
	d.raw(fmt.Sprintf("# %#x..%#x, protocol %d, %s: what a loader would do; nothing was executed\n", t.Offset, t.End, t.Protocol, who))
}

// raw writes text past all bounds.
func (d *decompiler) raw(text string) {
	if d.silent || d.werr != nil {
		return
	}
	_, d.werr = d.w.WriteString(text)
}

func (d *decompiler) puts(s string) { d.out = append(d.out, s...) }

// gap is a place between two items, where a line may end.
type gap struct {
	at    int // behind the comma
	depth int
}

// comma separates two items.
func (d *decompiler) comma() {
	d.puts(", ")
	d.gaps = append(d.gaps, gap{len(d.out) - 1, len(d.levels)})
}

// layout breaks a long statement into lines: between items, and behind each
// compound item of the outermost container.
func (d *decompiler) layout() {
	if len(d.out) <= wrapAt || len(d.gaps) == 0 {
		return
	}
	outer := d.gaps[0].depth
	for _, g := range d.gaps {
		outer = min(outer, g.depth)
	}
	wide, begins, from, compound := d.wide[:0], 0, 0, false
	for i, g := range d.gaps {
		wide = append(wide, d.out[from:g.at]...)
		from = g.at
		next := len(d.out)
		if i+1 < len(d.gaps) {
			next = d.gaps[i+1].at
		}
		if len(wide)-begins+next-g.at > wrapAt || g.depth == outer && compound {
			wide = append(wide, '\n')
			begins = len(wide)
			wide = append(wide, "   "...)
		}
		compound = g.depth != outer
	}
	wide = append(wide, d.out[from:]...)
	d.wide, d.out = d.out, wide
}

// begin begins a statement, and reports whether it is wanted.
func (d *decompiler) begin() bool {
	if !d.writing {
		return false
	}
	if !d.final && (d.hidden > 0 || d.shown >= d.lim.Statements || d.written >= d.lim.Bytes) {
		d.hidden++
		return false
	}
	d.out, d.gaps, d.cuts = d.out[:0], d.gaps[:0], cuts{}
	return true
}

// end writes the statement, and behind it what is to be said about it.
func (d *decompiler) end(note string) {
	d.digestOf(d.out)
	var notes []string
	if note != "" {
		notes = append(notes, note)
	}
	if d.m.live&d.base != d.base && d.m.live != 0 {
		notes = append(notes, "only "+joinLoaders(d.m.live))
	}
	switch c := &d.cuts; {
	case c.line:
		notes = append(notes, "cut, it is too long to be shown whole")
	case c.items > 0:
		notes = append(notes, fmt.Sprintf("%d more items are not shown", c.items))
	}
	if d.cuts.forgotten {
		notes = append(notes, "some values are too many to be remembered")
	}
	d.layout()
	if len(notes) > 0 {
		d.puts("  # " + plain(strings.Join(notes, "; ")))
	}
	d.line()
}

// remark writes a comment line.
func (d *decompiler) remark(text string) {
	if !d.begin() {
		return
	}
	if d.final {
		d.digestOf([]byte(text))
	}
	d.puts("# " + plain(text))
	d.line()
}

func (d *decompiler) line() {
	d.out = append(d.out, '\n')
	d.shown++
	d.written += len(d.out)
	if d.silent || d.werr != nil {
		return
	}
	_, d.werr = d.w.Write(d.out)
}

// told says how much is missing before the last line.
func (d *decompiler) told() {
	if n := d.m.trace.MoreAnomalies; n > 0 {
		d.raw(fmt.Sprintf("# … %d more oddities are not told\n", n))
	}
	if d.hidden > 0 {
		d.raw(fmt.Sprintf("# … %d more statements are not shown\n", d.hidden))
	}
	if n := len(d.unseen); n > 0 {
		more := ""
		if n == maxUnseen {
			more = ", and perhaps more"
		}
		d.raw("# … and they call " + plain(strings.Join(d.unseen, ", ")) + more + "\n")
	}
}

// maxUnseen is how many callees are named that no statement shows, and maxKnown
// how many are told apart, so that padding cannot push a call out of sight.
const (
	maxUnseen = 100
	maxKnown  = 100_000
)

// callees notes what the last op called. Whatever only hidden statements call is
// named behind the last of them.
func (d *decompiler) callees(shown bool) {
	calls := d.m.trace.Calls[min(d.was.calls, len(d.m.trace.Calls)):]
	if !d.writing || d.final || len(calls) == 0 || len(d.known) >= maxKnown {
		return
	}
	target := calls[0].Target
	if d.known[target] {
		return
	}
	d.known[target] = true
	if !shown && len(d.unseen) < maxUnseen {
		d.unseen = append(d.unseen, target[:min(len(target), maxShown)])
	}
}

// plain is text for a comment: whatever it holds, it stays one line of what can
// be printed.
func plain(s string) string {
	if strings.IndexFunc(s, func(r rune) bool { return (r < ' ' || r > '~') && r != '…' }) < 0 {
		return s
	}
	var out []byte
	for i, part := range strings.Split(s, "…") {
		if i > 0 {
			out = append(out, "…"...)
		}
		// What was escaped before keeps its backslashes as they are.
		for j, p := range strings.Split(part, `\`) {
			if j > 0 {
				out = append(out, '\\')
			}
			out, _ = appendEscaped(out, p, 0, 10*len(p)+8)
		}
	}
	return string(out)
}

// digestOf adds to the digest of what this pass says.
func (d *decompiler) digestOf(b []byte) {
	if !d.hashing {
		return
	}
	d.hash.Write(b)
	d.hash.Write([]byte{'\n'})
}

// digest is what two passes that say the same have in common.
func (d *decompiler) digest() (sum [sha256.Size]byte) {
	if d.hashing {
		d.hash.Sum(sum[:0])
	}
	return sum
}
