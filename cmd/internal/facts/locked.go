package facts

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/blob"
	"github.com/pickle-lint/pickle-lint/inventory/lock"
	"github.com/pickle-lint/pickle-lint/pickle"
)

// Locked is what a lock says of a file, but for its path and digest, or nil if there is no
// pickle in it.
func Locked(rep *blob.Report) *lock.Blob {
	if len(rep.Streams) == 0 {
		return nil
	}
	b := &lock.Blob{Size: rep.Size}
	for _, c := range rep.Containers {
		b.Containers = append(b.Containers, c.Format)
	}
	for _, s := range rep.Streams {
		p := &lock.Pickle{Member: slices.Clone(s.Member)}
		if !s.Carved {
			p.Protocols = []int{s.Trace.Protocol}
		}
		for i := range s.Trace.Globals {
			p.Globals = append(p.Globals, lockedGlobal(&s.Trace.Globals[i]))
		}
		for i := range s.Trace.Calls {
			if c := &s.Trace.Calls[i]; runs(c) {
				p.Calls = append(p.Calls, bounded(c.Target))
			}
		}
		b.Pickles = append(b.Pickles, p)
	}
	b.Normalize()
	return b
}

// runs reports a call by a name, or of what a call has returned. What is set, or added to,
// in an object that a call has returned goes with that call.
func runs(c *pickle.Call) bool {
	return c.Global >= 0 || c.Kind == pickle.KindCall || c.Kind == pickle.KindNew
}

func lockedGlobal(g *pickle.Global) string {
	if g.Extension {
		return fmt.Sprintf("extension:%d", g.Code)
	}
	return bounded(g.String())
}

// mostLocked is how long a name in a lock is, in bytes: it is read by people. What is
// behind that counts by its digest.
const mostLocked = 200

func bounded(name string) string {
	if len(name) <= mostLocked {
		return name
	}
	return fmt.Sprintf("%s…sha256:%x", strings.ToValidUTF8(name[:mostLocked/2], ""), sha256.Sum256([]byte(name)))
}
