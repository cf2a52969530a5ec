package blob

import (
	"fmt"
	"hash/crc32"
	"io"
	"slices"

	"github.com/pickle-lint/pickle-lint/blob/container"
	"github.com/pickle-lint/pickle-lint/lint"
)

// maxAmbiguities bounds those of a file: one is kept a container and kind.
const maxAmbiguities = 1000

// doubts collects what is in doubt about a member of the container p.
func (s *scanner) doubts(p *place, m *container.Member, pickle bool) {
	for _, d := range m.Doubts {
		if d.Pickles && !pickle {
			continue
		}
		fresh := Ambiguity{Member: slices.Clone(p.member), Kind: d.Kind, Offset: d.Offset, Text: d.Text, Pickle: pickle}
		i := slices.IndexFunc(s.rep.Ambiguities, func(a Ambiguity) bool { return a.Kind == d.Kind && slices.Equal(a.Member, p.member) })
		switch {
		case i < 0 && len(s.rep.Ambiguities) >= maxAmbiguities:
			s.problem(p, d.Offset, "not listed: %s", d.Text)
		case i < 0:
			s.rep.Ambiguities = append(s.rep.Ambiguities, fresh)
		default:
			old := &s.rep.Ambiguities[i]
			if pickle && !old.Pickle {
				fresh.More = old.More
				*old = fresh
			}
			old.More++
		}
	}
}

// maxSummed is how long a member may be that is read once more for its checksum.
const maxSummed = 16 << 20

// stated compares a member that holds a pickle with what the container says about
// it. Python's zipfile compares at the end of the data, when a pickle has long
// been loaded; PyTorch's reader does not compare; scanners give up.
func (s *scanner) stated(p *place, m *container.Member) {
	if m.Stated == nil {
		return
	}
	doubt := func(format string, args ...any) {
		m.Doubts = append(m.Doubts, container.Doubt{Kind: container.DoubtStated, Offset: m.Stated.Header, Text: fmt.Sprintf(format, args...)})
	}
	size, err := m.Data.Size()
	if err != nil {
		return // told already
	}
	if size != m.Stated.Size {
		doubt("the entry %.100q has %d bytes where %d are stated", m.Name, size, m.Stated.Size)
		return
	}
	if m.Stated.CRC32 == 0 || size > maxSummed {
		return
	}
	sum := crc32.NewIEEE()
	if _, err := io.Copy(sum, io.NewSectionReader(m.Data, 0, size)); err != nil {
		s.problem(p, 0, "reading it for its checksum: %v", err)
		return
	}
	if sum.Sum32() != m.Stated.CRC32 {
		doubt("the entry %.100q has another checksum than is stated; PyTorch's reader does not mind, Python's zipfile refuses it when it has read all", m.Name)
	}
}

// ambiguities judges what is in doubt. Where no pickle is concerned it is a
// warning, and so is a wrong checksum: disks and lines make those as well.
func (j *judge) ambiguities() {
	for _, a := range j.rep.Ambiguities {
		c := &charge{rule: AmbiguousArchive, severity: lint.Warning, member: a.Member, args: a.Kind, offset: a.Offset, text: a.Text}
		if a.Pickle && a.Kind != container.DoubtStated {
			c.severity = lint.Error
		}
		switch {
		case a.More == 1:
			c.text += " (and the same is true of 1 more entry)"
		case a.More > 1:
			c.text += fmt.Sprintf(" (and the same is true of %d more entries)", a.More)
		}
		j.cases = append(j.cases, c)
	}
}
