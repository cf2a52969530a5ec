package blob

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/pickle-lint/pickle-lint/blob/container"
	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/pickle"
)

// Limits bounds what one file may cost. Every bound that is hit is a skip.
type Limits struct {
	Pickle    pickle.Limits    // of one stream
	Container container.Limits // of all containers of the file together
	// Streams is the number of streams of the file.
	Streams int
	// Facts bounds look-ups and calls of all streams together.
	Facts int
	// Literals is the number of literals of all streams that are looked at as
	// pickles of their own.
	Literals int
	// Problems is how many problems are kept one by one.
	Problems int
	// Duration is the wall clock for the file.
	Duration time.Duration
}

// repeats is how many look-ups or calls of a stream are judged before those like
// them are only counted: what is like thousands of others changes no verdict.
const repeats = 1 << 14

// DefaultLimits returns the limits that the command uses.
func DefaultLimits() Limits {
	stream := pickle.DefaultLimits()
	stream.Repeats = repeats
	return Limits{
		Pickle:    stream,
		Container: container.DefaultLimits(),
		Streams:   100_000,
		Facts:     1 << 20,
		Literals:  100_000,
		Problems:  100,
		Duration:  5 * time.Minute,
	}
}

func (l Limits) orDefault() Limits {
	d := DefaultLimits()
	if l.Pickle.Repeats <= 0 {
		l.Pickle.Repeats = repeats
	}
	if l.Streams <= 0 {
		l.Streams = d.Streams
	}
	if l.Facts <= 0 {
		l.Facts = d.Facts
	}
	if l.Literals <= 0 {
		l.Literals = d.Literals
	}
	if l.Problems <= 0 {
		l.Problems = d.Problems
	}
	if l.Duration <= 0 {
		l.Duration = d.Duration
	}
	return l
}

// Options says how to scan a file.
type Options struct {
	// Limits has defaults for every field that is zero.
	Limits Limits
	// Named: somebody named the file, or its name promises a pickle. Then it
	// is a skip, and not silence, if nothing in it is recognised.
	Named bool
	// Catalog names what the decoder must look at more closely: it is the one that
	// the report will be judged by. nil means the built-in catalogue.
	Catalog *catalog.Catalog
	// Reading says whose reading of the streams is followed. Its Limits are
	// those of Limits.Pickle, and what it watches for is that of Catalog.
	Reading pickle.Options
	// Member, if not nil, is told of each member of a container, with its beginning.
	// It may read it, to so many bytes at most: that costs no more than looking at it
	// does. What is in databases and in literals is no member here.
	Member func(way []string, head []byte, read func(most int64) ([]byte, error))
	// Forced: whatever the file looks like, the stream at its start is in the
	// report, however it ends.
	Forced bool
}

// Policy says how strict verdicts are.
type Policy int

const (
	// Default says that unknown callables are warnings, unknown classes are notes.
	Default Policy = iota
	// Strict says that whatever the catalogue does not allow is an error.
	Strict
	// WeightsOnly says that what the unpickler of torch.load(weights_only=True)
	// refuses is an error; that the catalogue does not know it is none then.
	WeightsOnly
)

// policies are the words of the policies.
var policies = []string{Default: "default", Strict: "strict", WeightsOnly: "weights-only"}

// ParsePolicy reads "default", "strict" or "weights-only".
func ParsePolicy(word string) (Policy, error) {
	if i := slices.Index(policies, word); i >= 0 {
		return Policy(i), nil
	}
	return Default, fmt.Errorf("unknown policy %q: want default, strict or weights-only", word)
}

// String returns the word.
func (p Policy) String() string { return policies[p] }

// promising are the extensions by which pickles are known. Not among them, since
// they mean something else just as often: .bin, .dat, .data, .db, .model, .p,
// .pck, .sav, and .pth, which is a path configuration file in every Python
// installation. Files of those names are read like any other, by content.
var promising = map[string]bool{
	".pkl": true, ".pickle": true, ".dill": true, ".cloudpickle": true,
	".joblib":  true, // joblib.dump
	".npy":     true, // numpy.save
	".npz":     true, // numpy.savez
	".pt":      true, // torch.save
	".ckpt":    true, // PyTorch Lightning
	".djcache": true, // Django's file cache
}

// wrappings are the extensions of compressions that stand behind another.
var wrappings = func() map[string]bool {
	all := make(map[string]bool)
	for _, f := range container.Formats {
		for _, ext := range f.Traits().Suffixes {
			all[ext] = true
		}
	}
	return all
}()

// PromisesPickle reports whether the name of a file says that it holds pickles,
// so that a file in which none is found deserves a word.
func PromisesPickle(name string) bool {
	name = strings.ToLower(strings.ReplaceAll(name, `\`, "/"))
	ext := path.Ext(name)
	if strings.HasSuffix(name, ".npy.z") {
		return false // joblib up to 0.9: the numbers of an array, compressed
	}
	if wrappings[ext] {
		ext = path.Ext(strings.TrimSuffix(name, ext))
	}
	return promising[ext]
}
