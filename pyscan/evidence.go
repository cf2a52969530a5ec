package pyscan

import (
	"github.com/pickle-lint/pickle-lint/lint/justify"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/proof"
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
}

// evidenceOf follows the bytes that a site decodes.
func (f *file) evidenceOf(s *found, claim justify.Claim) evidence {
	var known evidence
	f.proofOf(s, claim, &known)
	return known
}
