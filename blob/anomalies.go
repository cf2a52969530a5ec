package blob

import (
	"encoding/binary"

	"github.com/pickle-lint/pickle-lint/pickle"
)

// anomalies judges what no pickler writes.
func (b *bench) anomalies() {
	array, inArray := wrapped(b.s.Trace)
	for _, a := range b.s.Trace.Anomalies {
		if inArray && (b.s.Trace.Joblib || !b.s.Trace.Complete) && a.Offset >= array {
			continue // numbers, read as ops
		}
		switch a.Kind {
		case pickle.FrameMismatch:
			if b.cutShort(a.Offset) {
				continue
			}
			b.charge(FrameMismatch, "", "", a.Offset, a.Offset, "loaders read different bytes from here on: %s", a.Text)
		case pickle.ExtensionCode:
			b.charge(ExtensionCode, "", a.Text, a.Offset, a.Offset, "asks for whatever is registered as %s", a.Text)
		case pickle.MutatedGlobal:
			b.charge(MutatedGlobal, "", a.Text, a.Offset, a.Offset, "%s, so that names may mean something else from here on", a.Text)
		case pickle.LoaderDisagreement:
			// Mostly because of the frame that has just been told.
			if !b.charged(FrameMismatch, "") && !b.cutShort(a.Offset) {
				b.charge(BrokenStream, "", a.Text, a.Offset, a.Offset, "not every loader reads this pickle: %s", a.Text)
			}
		case pickle.LongName:
			// The global counts as unresolved, and is told as that.
		}
	}
}

// cutShort reports whether the frame at off is only longer than a file that
// breaks off. That is what a partial download looks like; every loader but
// pickle.py refuses it there, and the broken stream is told as one.
func (b *bench) cutShort(off int64) bool {
	e := b.s.Err
	if e == nil || e.Kind != pickle.Truncated {
		return false
	}
	var op [9]byte
	n, err := readSome(b.s.data, op[:], off)
	if err != nil || n < len(op) || op[0] != pickle.OpFrame {
		return false
	}
	length := binary.LittleEndian.Uint64(op[1:])
	return length > uint64(b.s.size-off-int64(len(op)))
}
