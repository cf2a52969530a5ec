package facts

import (
	"context"
	"math"
	"strconv"
	"strings"

	"github.com/pickle-lint/pickle-lint/blob"
	"github.com/pickle-lint/pickle-lint/pickle"
)

// DisJSON writes one object an op, and behind the ops of a stream one with the
// key "summary".
func (r *Run) DisJSON(ctx context.Context, rep *blob.Report) error {
	return r.each(ctx, rep, func(s *blob.Stream) {
		j := &jsonWriter{output: r.out}
		highest := 0
		var last *pickle.Error
		r.walk(ctx, rep, s, func(step *pickle.Step) {
			if last = step.Err; last != nil && !decoded(step) {
				return
			}
			info, _ := pickle.Lookup(step.Op.Code)
			highest = max(highest, info.Proto)
			r.opJSON(j, rep, s, step)
		})
		j.open('{')
		where(j, rep, s)
		j.key("summary").open('{')
		r.summary(j, s)
		j.key("highest_protocol").number(int64(highest))
		// Why the ops above end, which is not the end for every loader.
		j.key("ops_error")
		if last == nil {
			j.null()
		} else {
			writeError(j, last)
		}
		j.close('}')
		j.close('}')
		j.end()
	})
}

func (r *Run) opJSON(j *jsonWriter, rep *blob.Report, s *blob.Stream, step *pickle.Step) {
	op := step.Op
	j.open('{')
	where(j, rep, s)
	j.key("offset").number(op.Offset)
	j.key("end").number(op.End)
	j.key("opcode").number(int64(op.Code))
	j.key("name").str(opName(op.Code))
	if whole(step.Err) {
		r.argument(j, s, op)
	}
	j.key("depth").number(int64(depth(step)))
	j.key("marks").number(int64(step.Marks))
	j.key("memo")
	if step.Memo < 0 {
		j.null()
	} else {
		j.number(step.Memo)
	}
	j.key("global")
	if len(step.Globals) == 0 {
		j.null()
	} else {
		writeGlobal(j, &step.Globals[0])
	}
	j.key("calls").open('[')
	for i := range step.Calls {
		writeCall(j, &step.Calls[i])
	}
	j.close(']')
	writePersistent(j, step.Persistent)
	writeImplicit(j, step.Trace, step.Implicit)
	j.key("loaders").strs(step.Loaders.Names())
	j.key("left").strs(step.Left.Names())
	j.key("notes").open('[')
	for _, a := range step.Anomalies {
		j.str(anomalyWords[a.Kind] + ": " + a.Text)
	}
	j.close(']')
	j.close('}')
	j.end()
}

// argument writes the argument of op: its value, if JSON has one for it, its
// text, and where it stands.
func (r *Run) argument(j *jsonWriter, s *blob.Stream, op *pickle.Op) {
	data, _ := s.Data()
	text, err := pickle.Format(data, *op, r.Limit)
	if err != nil {
		return
	}
	_, text, _ = strings.Cut(text, " ")
	info, _ := pickle.Lookup(op.Code)
	switch info.Arg {
	case pickle.ArgNone:
		return
	case pickle.ArgU1, pickle.ArgU2, pickle.ArgU4, pickle.ArgI4:
		j.key("arg").number(op.Int)
	case pickle.ArgU8:
		j.key("arg")
		j.comma()
		j.buf = strconv.AppendUint(j.buf, uint64(op.Int), 10)
	case pickle.ArgF8:
		if v := math.Float64frombits(uint64(op.Int)); !math.IsNaN(v) && !math.IsInf(v, 0) {
			j.key("arg")
			j.comma()
			j.buf = strconv.AppendFloat(j.buf, v, 'g', -1, 64)
		}
	case pickle.ArgLines:
		if a, ok := r.load(s, op.ArgOff, op.ArgLen); ok {
			if b, ok := r.load(s, op.Arg2Off, op.Arg2Len); ok {
				j.key("arg").strs([]string{a, b})
			}
		}
	default:
		if v, err := strconv.ParseInt(text, 10, 64); err == nil && (op.Code == pickle.OpLong1 || op.Code == pickle.OpLong4) {
			j.key("arg").number(v)
		} else if isText(op.Code) {
			if a, ok := r.load(s, op.ArgOff, op.ArgLen); ok {
				j.key("arg").str(a)
			}
		}
	}
	j.key("arg_text").str(text)
	if info.Arg >= pickle.ArgLine {
		j.key("arg_offset").number(op.ArgOff)
		j.key("arg_length").number(op.ArgLen)
	}
}

// isText reports whether the argument of an op is text and not bytes.
func isText(code byte) bool {
	switch code {
	case pickle.OpBinUnicode, pickle.OpShortBinUnicode, pickle.OpBinUnicode8:
		return true
	}
	info, _ := pickle.Lookup(code)
	return info.Arg == pickle.ArgLine
}

// load returns a text that is not longer than the limit.
func (r *Run) load(s *blob.Stream, off, n int64) (string, bool) {
	if n > int64(r.Limit) || n < 0 {
		return "", false
	}
	data, _ := s.Data()
	b := make([]byte, n)
	got, _ := data.ReadAt(b, off) // it was read before; what is not there now is left out
	return string(b), got == len(b)
}
