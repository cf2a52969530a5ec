package blob

import (
	"encoding/binary"
	"regexp"

	"github.com/pickle-lint/pickle-lint/pickle"
)

// torch.save wrote no zip before PyTorch 1.6, and still does so on request: five
// pickles (a magic number, a version, facts about the system, the object, the
// keys of its storages) and then, for each key, a count of elements and the
// elements (torch/serialization.py, _legacy_load). The magic number is not asked
// for: a pickle may compute it. Plain data has no five pickles of which the fourth
// names storages to its loader and the fifth lists their keys.

// elementSizes is how many bytes an element has in a storage of a class.
var elementSizes = map[string]int64{
	"Double": 8, "Float": 4, "Half": 2, "BFloat16": 2, "Long": 8, "Int": 4, "Short": 2, "Char": 1, "Byte": 1, "Bool": 1,
	"ComplexFloat": 8, "ComplexDouble": 16, "QInt8": 1, "QUInt8": 1, "QInt32": 4, "QUInt4x2": 1, "QUInt2x4": 1, "Untyped": 1,
}

var storageID = regexp.MustCompile(`^\(b?'storage', [\w.]*?(\w+)Storage, b?'([^']*)', `)

const (
	// legacyStreams is how many pickles stand before the storages.
	legacyStreams = 5
	// maxStorages bounds the storages that are followed, one read each.
	maxStorages = 100_000
	// maxKey is the longest key that is believed. It is a number.
	maxKey = 100
)

// legacy follows the storages behind the five streams of run, and returns where
// they end. It is no such file, or not followed, if ok is false.
func (s *scanner) legacy(p *place, size int64, run []*Stream) (end int64, ok bool) {
	if len(run) != legacyStreams {
		return 0, false
	}
	for i, st := range run {
		if !st.Trace.Complete || i > 0 && st.Trace.Offset != run[i-1].Trace.End {
			return 0, false
		}
	}
	sizes := make(map[string]int64)
	for _, id := range run[3].Trace.Persistent {
		if m := storageID.FindStringSubmatch(id.Text); m != nil {
			sizes[m[2]] = elementSizes[m[1]]
		}
	}
	last := run[4].Trace
	if len(sizes) == 0 || len(last.Globals)+len(last.Calls)+last.PersistentIDs > 0 {
		return 0, false
	}
	keys, ok := s.keys(p, size, last)
	if !ok {
		return 0, false
	}
	at := last.End
	for i, key := range keys {
		var b [8]byte
		if i%checkEvery == 0 && s.budget.Err() != nil {
			return 0, false // told by what follows
		}
		each := sizes[key]
		if each == 0 {
			s.problem(p, at, "not fully read: a storage of PyTorch whose length is not known")
			return 0, false
		}
		n, err := readSome(p.data, b[:], at)
		count := binary.LittleEndian.Uint64(b[:])
		if err != nil || n < len(b) || count > uint64(size-at-8)/uint64(each) {
			s.problem(p, at, "the file breaks off inside the storages of PyTorch")
			return 0, false
		}
		at += 8 + int64(count)*each
	}
	return at, true
}

// keys returns the list of texts that t makes, if it makes nothing else.
func (s *scanner) keys(p *place, size int64, t *pickle.Trace) (keys []string, ok bool) {
	lex := pickle.NewLexer(p.data, size, t.Offset, pickle.Limits{})
	for lex.Offset() < t.End {
		op, err := lex.Next()
		if err != nil {
			return nil, false
		}
		switch op.Code {
		case pickle.OpShortBinString, pickle.OpBinString, pickle.OpShortBinUnicode, pickle.OpBinUnicode:
			if op.ArgLen > maxKey {
				return nil, false
			}
			if len(keys) >= maxStorages {
				s.problem(p, op.Offset, "not fully read: more than %d storages of PyTorch", maxStorages)
				return nil, false
			}
			b := make([]byte, op.ArgLen)
			if n, err := readSome(p.data, b, op.ArgOff); err != nil || n < len(b) {
				return nil, false
			}
			keys = append(keys, string(b))
		case pickle.OpProto, pickle.OpFrame, pickle.OpEmptyList, pickle.OpMark, pickle.OpAppend, pickle.OpAppends,
			pickle.OpBinPut, pickle.OpLongBinPut, pickle.OpMemoize, pickle.OpStop:
		default:
			return nil, false
		}
	}
	return keys, true
}
