package pyscan

import (
	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/lint/justify"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/proof"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/taint"
)

// evidence is what following the bytes of a site says of them. Nothing is known of
// those of which nothing is set.
type evidence struct {
	// verified says by what they were checked, on every way to the site, or is "".
	verified string
	// unverified is a check that is there and does not hold, or nil.
	unverified *proof.Answer
	// note says why the bytes were not followed, or is "".
	note string
	// origin is where they come from, or nil; nobody asks where there is a check.
	origin *taint.Origin
}

// evidenceOf follows the bytes that a site decodes.
func (f *file) evidenceOf(s *found, claim justify.Claim) (known evidence) {
	f.proofOf(s, claim, &known)
	if known.verified == "" && known.unverified == nil {
		known.origin = f.originOf(s)
	}
	return known
}

// outside reports bytes that come from outside of what the configuration trusts.
func (e *evidence) outside() bool { return e.origin != nil && !e.origin.Inside }

// unsafeLoad returns the finding of an unsafe load of which nothing else is known, and
// fromOutside the one that says more where the bytes come from outside, or nil.
func (f *file) unsafeLoad(site *lint.Site, s found, claim justify.Claim, known *evidence) *lint.Finding {
	finding := unjustified(site, s, claim)
	if o := known.origin; o != nil && o.Inside {
		if boundary := f.sourceBoundary(o.Source); boundary != "" && boundary != TrustedSource {
			finding.Message += "; the bytes come from " + o.Source.Called + ", which the configuration puts behind boundary=" + boundary
		}
	}
	return finding
}

func (f *file) fromOutside(site *lint.Site, s found, claim justify.Claim, known *evidence) *lint.Finding {
	switch {
	case !known.outside():
		return nil
	case known.origin.Chosen:
		return f.controlled(site, s, claim, known.origin)
	}
	return f.tainted(site, s, claim, known.origin)
}

// contradicted reports a claim that where the bytes come from gives the lie: what
// a client or another machine sends was not written in this process, on this host or by
// the build.
func (f *file) contradicted(claim justify.Claim, o *taint.Origin) bool {
	if !claim.Suppresses || o.Chosen || o.Unsure || o.Source.Origin != catalog.FromRequest && o.Source.Origin != catalog.FromNetwork {
		return false
	}
	switch claim.Justification.Boundary {
	case "process", "host", "build":
	default:
		return false
	}
	// Sockets between the programs of one host, and between the parts of one.
	for _, word := range []string{"AF_UNIX", "socketpair", "open_unix_connection", "start_unix_server", "UnixStreamServer", "UnixDatagramServer", "localhost", "SharedMemory"} {
		if f.spells(word) {
			return false
		}
	}
	return !f.speaksLocally()
}
