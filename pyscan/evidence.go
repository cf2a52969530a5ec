package pyscan

// evidence is what following the bytes of a site says of them. Nothing is known of
// those of which nothing is set.
type evidence struct {
	// verified says by what they were checked, on every way to the site, or is "".
	verified string
}

// evidenceOf follows the bytes that a site decodes.
func (f *file) evidenceOf(*found) evidence {
	return evidence{}
}
