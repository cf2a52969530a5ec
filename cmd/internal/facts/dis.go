package facts

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/pickle-lint/pickle-lint/blob"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/pickle"
)

const (
	// deepest is where ops are not indented further. Marks can be a million deep.
	deepest = 12
	// notesColumn is where notes begin, unless an op is longer.
	notesColumn = 44
)

// DisText writes the ops of each stream, one a line, as pickletools.dis does, and
// what they do behind them.
func (r *Run) DisText(ctx context.Context, rep *blob.Report) error {
	return r.each(ctx, rep, func(s *blob.Stream) {
		r.gap()
		r.out.printf("%s\n", r.header(rep, s))
		width := offsetWidth(s)
		d := &disText{Run: r, s: s, width: width}
		t := r.walk(ctx, rep, s, d.step)
		r.out.printf("highest protocol among opcodes = %d\n", d.highest)
		d.elsewhere(t)
		if s.Trailing > 0 {
			r.out.printf("%s behind the stream, from 0x%x\n", count(s.Trailing, "byte"), s.Trace.End)
		}
	})
}

// walk shows a stream op by op, and tells if it did not come as far as the trace.
func (r *Run) walk(ctx context.Context, rep *blob.Report, s *blob.Stream, show func(*pickle.Step)) *pickle.Trace {
	o := r.Reading
	// The clock is for what nobody waits for. Whoever reads ops reads as long
	// as they like, and can stop it.
	o.Limits.Duration = math.MaxInt64 * time.Nanosecond
	data, size := s.Data()
	t, err := pickle.Walk(data, size, s.Trace.Offset, o, func(step *pickle.Step) bool {
		show(step)
		return ctx.Err() == nil && r.out.err == nil
	})
	var e *pickle.Error
	if errors.As(err, &e) && ctx.Err() == nil && r.out.err == nil {
		r.incomplete(rep, s, e)
	}
	return t
}

type disText struct {
	*Run
	s       *blob.Stream
	width   int
	marks   int // before the op
	highest int
}

// step writes the line of one op, and the error that ends the stream behind it.
func (d *disText) step(step *pickle.Step) {
	op, err := step.Op, step.Err
	if err == nil || decoded(step) {
		data, _ := d.s.Data()
		info, _ := pickle.Lookup(op.Code)
		d.highest = max(d.highest, info.Proto)
		text := opName(op.Code) + " …"
		if err != nil && err.Kind == pickle.BadOpcode {
			text = "?"
		}
		if whole(err) {
			if t, ferr := pickle.Format(data, *op, d.Limit); ferr == nil {
				text = t
			}
		}
		indent := strings.Repeat("  ", min(d.marks, step.Marks, deepest))
		line := fmt.Sprintf("  0x%0*x %5d  %-4s %s%s", d.width, op.Offset, depth(step), codeText(op.Code), indent, text)
		if notes := d.notes(step); len(notes) > 0 {
			pad := max(2, d.width+notesColumn-utf8.RuneCountInString(line))
			line += strings.Repeat(" ", pad) + "# " + strings.Join(notes, "; ")
		}
		d.out.printf("%s\n", line)
	}
	if err != nil {
		d.out.printf("  0x%0*x        error %s: %s\n", d.width, err.Offset, err.Kind, lint.Printable(err.Text))
	}
	d.marks = step.Marks
}

// decoded reports whether the op of a step that ended in an error is one: at the
// end of the input there is none.
func decoded(step *pickle.Step) bool { return step.Op.End > step.Op.Offset }

// whole reports whether the op that ended in err was read with its argument.
func whole(err *pickle.Error) bool {
	if err == nil {
		return true
	}
	switch err.Kind {
	case pickle.Truncated, pickle.BadOpcode, pickle.ReadFailed, pickle.LimitReached:
		return false
	}
	return true
}

// depth is how many items are on the stack behind the op: STOP takes one.
func depth(step *pickle.Step) int {
	if step.Op.Code == pickle.OpStop && step.Err == nil {
		return step.Depth - 1
	}
	return step.Depth
}

// codeText writes the byte of an opcode as pickletools does.
func codeText(code byte) string {
	if code > ' ' && code < 0x7f && code != '\\' {
		return string(rune(code))
	}
	return fmt.Sprintf(`\x%02x`, code)
}

// notes says what the op does, as far as its line does not.
func (d *disText) notes(step *pickle.Step) []string {
	var notes []string
	if step.Memo >= 0 {
		notes = append(notes, fmt.Sprintf("memo %d", step.Memo))
	}
	for i := range step.Globals {
		notes = append(notes, "= "+globalText(&step.Globals[i])+d.partial(step.Globals[i].Loaders))
	}
	for i := range step.Calls {
		c := &step.Calls[i]
		notes = append(notes, c.Kind.String()+" "+callText(c)+d.partial(c.Loaders))
	}
	for i := range step.Persistent {
		p := &step.Persistent[i]
		notes = append(notes, "persistent "+lint.Printable(p.Text)+d.partial(p.Loaders))
	}
	for i := range step.Implicit {
		c := &step.Implicit[i]
		notes = append(notes, "implicit "+implicitText(step.Trace, c)+d.partial(c.Loaders))
	}
	parted := false
	for _, a := range step.Anomalies {
		parted = parted || a.Kind == pickle.LoaderDisagreement
		notes = append(notes, anomalyWords[a.Kind]+": "+lint.Printable(a.Text))
	}
	if step.Left != 0 && step.Err == nil && !parted {
		notes = append(notes, "refused by "+strings.Join(step.Left.Names(), ", "))
	}
	if step.Op.Code == pickle.OpStop && step.Err == nil && step.Depth > 1 {
		notes = append(notes, count(int64(step.Depth-1), "item")+" left on the stack")
	}
	return notes
}

// elsewhere writes what the trace of the stream has and its ops have not shown:
// a file object may be read differently, which is another list of ops.
func (d *disText) elsewhere(t *pickle.Trace) {
	whole := d.s.Trace
	rest := entriesBehind(whole, t)
	for i := range whole.Anomalies {
		a := &whole.Anomalies[i]
		if i >= len(t.Anomalies) {
			d.out.printf("%s: %s\n", anomalyWords[a.Kind], lint.Printable(a.Text))
		}
	}
	var by pickle.LoaderSet
	for i := range rest {
		kind, text, set := rest[i].words(whole)
		d.line(d.width, rest[i].offset, kind, text+d.partial(set))
		by |= set
	}
	if by != 0 {
		d.out.printf("--loader %s shows the ops of that\n", strings.Join(by.Names(), " or "))
	}
}
