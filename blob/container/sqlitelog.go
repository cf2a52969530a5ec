package container

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/maphash"
	"iter"
	"math"
	"slices"
	"strconv"
)

// SQLiteLog is the write-ahead log beside a database of SQLite
// (https://www.sqlite.org/fileformat2.html#walformat): what was written last
// stands there, and only there, until SQLite moves it into the database. It is a
// sequence of frames, each of which is a page as one transaction left it. The
// members are the values of the rows in these pages.
//
// Which tree a page is in stands elsewhere, so that each page is read for itself;
// a row that goes on in pages that the log does not have is told. SQLite stops
// at the first frame of another generation, and so does this.
type SQLiteLog struct{}

const (
	logHeader   = 32
	frameHeader = 24
	// logHops is how many overflow pages are followed, a frame of the log, for
	// all rows together: each transaction writes a page with all its rows again.
	logHops = 64
	// logFrames is how many frames are read. SQLite moves a log into its database
	// after a thousand.
	logFrames = 1 << 20
	// logRows is how many rows are remembered, to read each once.
	logRows = 1 << 18
)

// Name implements [Format].
func (SQLiteLog) Name() string { return "sqlite-wal" }

// Traits implements [Format].
func (SQLiteLog) Traits() Traits { return Traits{} }

// Recognise implements [Format]: the magic has the order of bytes of the
// checksums in its last bit, and the version behind it is the only one there is.
func (SQLiteLog) Recognise(head []byte, _ Data) bool {
	return len(head) >= 8 && binary.BigEndian.Uint32(head)&^1 == 0x377f0682 && binary.BigEndian.Uint32(head[4:]) == 3007000
}

// sqliteLog says where pages stand: page n of the file is the one of frame n.
type sqliteLog struct {
	numbers []uint32 // of the pages in the database
	ends    []uint32 // the last frame of the transaction of each frame
	sorted  []uint32 // frames, by the number of their page and by place
	hops    int
}

// follow returns the frame with page next as it was when frame from was written.
func (l *sqliteLog) follow(next, from uint32) (frame uint32, ok bool) {
	end := l.ends[from-1]
	i, _ := slices.BinarySearchFunc(l.sorted, next, func(frame, _ uint32) int {
		if n := l.numbers[frame-1]; n < next || n == next && frame <= end {
			return -1
		}
		return 1
	})
	if l.hops--; i == 0 || l.hops < 0 {
		return 0, false
	}
	frame = l.sorted[i-1]
	return frame, l.numbers[frame-1] == next
}

// Members implements [Format].
func (SQLiteLog) Members(data Data, b *Budget) iter.Seq2[Member, error] {
	return func(yield func(Member, error) bool) {
		f, err := openSQLiteLog(data, b)
		if err != nil && f == nil {
			yield(problem("sqlite-wal: %w", err))
			return
		}
		if err != nil && !yield(problem("sqlite-wal: %w", err)) {
			return
		}
		w := &sqliteWalk{sqliteFile: f, budget: b, yield: yield}
		w.frames()
	}
}

// openSQLiteLog reads the headers of all frames. An error with a file is about
// those behind it.
func openSQLiteLog(data Data, b *Budget) (*sqliteFile, error) {
	size, sizeErr := data.Size()
	var h [frameHeader + 8]byte
	if err := readAt(data, h[:], 0); err != nil {
		return nil, errors.Join(err, sizeErr)
	}
	page := int64(binary.BigEndian.Uint32(h[8:]))
	if page < 512 || page > 1<<16 || page&(page-1) != 0 {
		return nil, fmt.Errorf("pages of %d bytes are none that SQLite reads", page)
	}
	salt := binary.BigEndian.Uint64(h[16:])
	frames := min((size-logHeader)/(frameHeader+page), math.MaxUint32-1)
	f := &sqliteFile{data: data, size: size, page: int(page), usable: int(page), log: &sqliteLog{}}
	l := f.log
	if (size-logHeader)%(frameHeader+page) != 0 {
		sizeErr = errors.Join(sizeErr, errors.New("the last frame is cut short"))
	}
	for i := range frames {
		if i%1024 == 0 && b.Err() != nil || i == logFrames {
			sizeErr = errors.Join(sizeErr, b.Err(), fmt.Errorf("%w: more than %d frames, or no time", ErrLimit, logFrames))
			break
		}
		if err := readAt(data, h[:frameHeader], logHeader+i*(frameHeader+page)); err != nil {
			sizeErr = errors.Join(sizeErr, err)
			break
		}
		if binary.BigEndian.Uint64(h[8:]) != salt {
			sizeErr = nil // nothing behind it is read
			break
		}
		l.numbers = append(l.numbers, binary.BigEndian.Uint32(h[:]))
		l.ends = append(l.ends, 0)
		if binary.BigEndian.Uint32(h[4:]) != 0 { // the database has that many pages: a commit
			l.end()
		}
	}
	f.pages = uint32(len(l.numbers))
	l.end()
	l.hops = logHops * (len(l.numbers) + logHops)
	l.sorted = make([]uint32, len(l.numbers))
	for i := range l.sorted {
		l.sorted[i] = uint32(i + 1)
	}
	slices.SortStableFunc(l.sorted, func(a, b uint32) int { return int(int64(l.numbers[a-1]) - int64(l.numbers[b-1])) })
	return f, sizeErr
}

// end ends a transaction.
func (l *sqliteLog) end() {
	for i := len(l.ends) - 1; i >= 0 && l.ends[i] == 0; i-- {
		l.ends[i] = uint32(len(l.ends))
	}
}

// frames hands out the rows of the pages of a log.
func (w *sqliteWalk) frames() {
	// The encoding and the reserve stand in the header of the database.
	for frame, n := range w.log.numbers {
		if n != 1 {
			continue
		}
		if b, err := w.get(uint32(frame + 1)); err == nil && len(b) >= 100 {
			w.usable = max(480, w.page-int(b[20]))
			w.encoding(b)
		}
	}
	seen := make(map[uint64]struct{})
	seed := maphash.MakeSeed()
	elsewhere := 0
	for frame := uint32(1); frame <= w.pages && !w.stopped; frame++ {
		if err := w.budget.Err(); err != nil {
			w.stop(err)
			return
		}
		h, err := w.header(frame)
		if err != nil {
			continue // an overflow page, a freed one
		}
		used := 0
		for i := 0; i < h.cells && !w.stopped; i++ {
			c, err := w.cell(frame, h, i)
			if err != nil || c.payload == nil {
				continue // no row; or an overflow page that begins like a leaf
			}
			if used += c.payload.local; used > w.page {
				break
			}
			key, whole, err := w.row(c.payload, seed)
			switch {
			case err != nil:
				continue
			case !whole:
				elsewhere++
				continue
			}
			if _, ok := seen[key]; ok {
				continue
			}
			if len(seen) >= logRows {
				clear(seen)
			}
			seen[key] = struct{}{}
			name := "page " + strconv.FormatUint(uint64(w.log.numbers[frame-1]), 10)
			w.values(name, nil, c.row, c.payload)
		}
	}
	switch {
	case w.stopped:
	case w.log.hops < 0:
		w.stop(fmt.Errorf("%w: more than %d overflow pages a frame", ErrLimit, logHops))
	case elsewhere > 0:
		w.stop(fmt.Errorf("not fully read: %d rows go on in pages that only the database has; let SQLite move the log into it", elsewhere))
	}
}

// row returns a key of a row and of the pages it is in, and whether the log has
// all of them.
func (w *sqliteWalk) row(p *sqlitePayload, seed maphash.Seed) (key uint64, whole bool, err error) {
	b, err := w.get(p.page)
	if err != nil {
		return 0, false, err
	}
	var h maphash.Hash
	h.SetSeed(seed)
	_, _ = h.Write(b[p.at : p.at+p.local]) // a hash takes all
	if room := int64(w.usable - 4); p.size > int64(p.local) {
		last := (p.size - int64(p.local) - 1) / room
		if _, err := p.overflow(last); err != nil {
			return 0, false, nil //nolint:nilerr // told once, for all rows
		}
		for _, frame := range p.chain {
			_, _ = h.Write(binary.BigEndian.AppendUint32(nil, frame))
		}
	}
	return h.Sum64(), true, nil
}
