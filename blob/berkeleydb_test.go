package blob

import (
	"bytes"
	"strings"
	"testing"
)

// What dbm.ndbm on Debian 12 and Berkeley DB 5.3 wrote: a hash in pages of 4096
// bytes, a btree in pages of 512 in the other order of bytes, and a hash with
// several values a key. The second place is at the end of a chain of pages.
func TestBerkeleyDB(t *testing.T) {
	for name, members := range map[string][]string{
		"ndbm.db":       {"page 2/7", "page 2/3", "page 2/0", "page 2/5"},
		"btree.db":      {"page 27/31", "page 22/3", "page 22/0", "page 27/29"},
		"duplicates.db": {"page 2/7/1", "page 3/1", "page 2/0", "page 23/1"},
	} {
		template := store(t, name)
		expectIn(t, name+", honest", planting(t, template, 4, 0, nil))
		for i, member := range members {
			b := planting(t, template, 4, i+1, evil)
			expectIn(t, name+", "+member, b, member)
			expectIn(t, name+", compressed: "+member, gzipped(t, b), "gzip/"+member)
		}
		whole := planting(t, template, 4, 2, evil)
		for n := 72; n < len(whole); n += sparsely(1 + n/200) {
			if _, findings, skips := scanned(whole[:n], Default); len(findings)+len(skips) == 0 {
				t.Errorf("%s cut to %d bytes: silent", name, n)
			}
		}
		for i := 0; i < len(whole); i += sparsely(7) {
			b := bytes.Clone(whole)
			b[i] ^= byte(1 << (i % 8))
			scanned(b, Default)
		}
	}
	// A chain that leads back, and pages that are not read.
	loop := store(t, "ndbm.db")
	for n := 1; n*4096 < len(loop); n++ {
		if page := loop[n*4096:]; page[25] == 7 {
			page[16] = byte(n)
		}
	}
	if _, _, skips := unnamed(loop); len(skips) == 0 {
		t.Error("a chain that leads back: silent")
	}
	encrypted := store(t, "btree.db")
	encrypted[24] = 1
	if _, _, skips := unnamed(encrypted); len(skips) != 1 || !strings.Contains(skips[0].Reason, "encrypted") {
		t.Errorf("encrypted: %v", skips)
	}
}
