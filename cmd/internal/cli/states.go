package cli

import (
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/pickle-lint/pickle-lint/cmd/internal/relpath"
	"github.com/pickle-lint/pickle-lint/internal/config"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/pickle"
	"github.com/pickle-lint/pickle-lint/pyscan"
)

// storedNames are the globs of the pickles that are read for the states in them, where
// the configuration names none: the usual names of pickles.
var storedNames = []string{"*.pkl", "*.pickle", "*.pck", "*.pcl", "*.p"}

const (
	// maxStored bounds the pickles that are read for the states in them, and
	// maxStoredBytes their bytes, together.
	maxStored      = 10_000
	maxStoredBytes = 1 << 30
	// maxStoredWords bounds the different words that are remembered of one pickle. One
	// with more may name anything.
	maxStoredWords = 1 << 12
	// maxStoredWord is the length of a word, in bytes, up to which nothing else of a pickle
	// can look like a part of it: the length before it is the byte of a letter from there on.
	// Shorter words than minStoredWord stand in any bytes.
	maxStoredWord, minStoredWord = 64, 3
	// maxStreams bounds the streams of one file that are followed.
	maxStreams = 64
)

// maxStoredTime bounds how long they are followed, together.
const maxStoredTime = time.Minute

// states finds the states that stored pickles hold, for the classes that ask. Nothing is
// read before one does, and a pickle is followed only if its bytes have the name of such a
// class. It may be used by several goroutines at once.
type states struct {
	ctx   context.Context
	set   *settings
	files []file
	// tell is told what was not read, and why.
	tell func(skip *lint.Skip)

	mu     sync.Mutex
	ready  bool
	seed   maphash.Seed
	stored []*storedPickle
	// spent is how long they were followed.
	spent time.Duration
}

// storedPickle is one of the files.
type storedPickle struct {
	file
	// words are the hashes of its words, sorted; any: it may have others.
	words []uint64
	any   bool
	// asked: the states are known.
	asked  bool
	states []pyscan.StoredState
}

// of is [pyscan.Scanner.States].
func (s *states) of(class string) (out []pyscan.StoredState) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.prepare()
	last := class[strings.LastIndexByte(class, '.')+1:]
	word := maphash.String(s.seed, last)
	unlisted := len(last) < minStoredWord || len(last) > maxStoredWord || strings.ContainsFunc(last, func(r rune) bool { return r > 0x7f })
	for _, p := range s.stored {
		if _, named := slices.BinarySearch(p.words, word); !named && !p.any && !unlisted {
			continue
		}
		if !p.asked {
			p.asked = true
			if err := s.follow(p); err != nil {
				s.skip(p.show, "not read for the states in it: %s", reasonOf(err))
			}
		}
		for _, state := range p.states {
			if state.Class == class {
				out = append(out, state)
			}
		}
	}
	return out
}

func (s *states) skip(show, format string, args ...any) {
	s.tell(&lint.Skip{Location: lint.Location{Path: show}, Reason: fmt.Sprintf(format, args...)})
}

// prepare notes the words of all of them, once.
func (s *states) prepare() {
	if s.ready {
		return
	}
	s.ready, s.seed = true, maphash.MakeSeed()
	left, passed := int64(maxStoredBytes), 0
	for _, f := range s.files {
		if !s.wants(&f) || s.ctx.Err() != nil {
			continue
		}
		if len(s.stored) == maxStored || left <= 0 {
			passed++
			continue
		}
		p := &storedPickle{file: f}
		n, err := s.note(p, left)
		if left -= n; err != nil {
			s.skip(f.show, "not read for the states in it: %s", reasonOf(err))
		}
		if n > 0 {
			s.stored = append(s.stored, p)
		}
	}
	if passed > 0 {
		s.skip(".", "%d stored pickles were not read for the states in them: %d of them or %d bytes were", passed, maxStored, int64(maxStoredBytes))
	}
}

// note reads one for its words, and returns how many bytes that were.
func (s *states) note(p *storedPickle, left int64) (n int64, err error) {
	defer caught(&err)
	r, _, err := p.open()
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	seen := make(map[uint64]bool)
	var word []byte
	end := func() {
		if len(word) >= minStoredWord && len(word) <= maxStoredWord && !p.any {
			seen[maphash.Bytes(s.seed, word)] = true
			p.any = len(seen) > maxStoredWords
		}
		word = word[:0]
	}
	buf := make([]byte, 64<<10)
	for n < left && !p.any {
		k, err := r.Read(buf[:min(int64(len(buf)), left-n)])
		for _, c := range buf[:k] {
			switch {
			case c == '_' || c|0x20 >= 'a' && c|0x20 <= 'z' || len(word) > 0 && c >= '0' && c <= '9':
				if len(word) <= maxStoredWord {
					word = append(word, c)
				}
			default:
				end()
			}
		}
		n += int64(k)
		if errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return n, err
		}
	}
	end()
	p.any = p.any || n >= left // what is behind is not known
	for w := range seen {
		p.words = append(p.words, w)
	}
	slices.Sort(p.words)
	return n, nil
}

// follow reads the states in one. Nothing in it is run. Of a stream that no loader reads
// to its end there are none: it has never been one that somebody has to load.
func (s *states) follow(p *storedPickle) (err error) {
	defer caught(&err)
	r, info, err := p.open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	defer func(start time.Time) { s.spent += time.Since(start) }(time.Now())
	limits := pickle.DefaultLimits()
	if limits.Duration = min(limits.Duration, maxStoredTime-s.spent); limits.Duration <= 0 {
		return fmt.Errorf("others took %s", maxStoredTime)
	}
	at := int64(0)
	for k := 0; at < info.Size() && s.ctx.Err() == nil; k++ {
		if k == maxStreams {
			return fmt.Errorf("it has more than %d streams", maxStreams)
		}
		trace, err := pickle.Run(r, info.Size(), at, pickle.Options{Limits: limits, Stored: true})
		var wrong *pickle.Error
		switch {
		case errors.As(err, &wrong) && wrong.Kind == pickle.LimitReached:
			return wrong
		case err != nil || !trace.Complete:
			return nil
		case trace.MoreStates > 0:
			s.skip(p.show, "%d states in it were not looked at: it has too many", trace.MoreStates)
		}
		for _, state := range trace.States {
			p.states = append(p.states, pyscan.StoredState{
				Module: state.Module, Class: state.Name, Path: p.show, Offset: state.Offset,
				Dict: state.Dict, Keys: state.Keys, Items: state.Items, Open: state.Open,
			})
		}
		if at = trace.End; at <= trace.Offset {
			return nil
		}
	}
	return unchanged(r, info)
}

// wants reports whether a file is one of those that are read. Globs of the configuration
// start at its directory; of what lies elsewhere the name counts.
func (s *states) wants(f *file) bool {
	dir, globs := s.set.config.Dir, s.set.config.States
	if globs == nil {
		dir, globs = s.set.root, storedNames
	}
	rel, ok := relpath.Below(dir, f.path)
	if !ok {
		rel = filepath.Base(f.path)
	}
	return slices.ContainsFunc(globs, func(glob string) bool { return config.Match(glob, rel, 0) })
}
