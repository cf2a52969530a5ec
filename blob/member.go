package blob

import (
	"fmt"
	"slices"
)

// show tells who asked of a member.
func (s *scanner) show(p *place, head []byte) {
	if s.member == nil || len(p.member) == 0 || p.literal || p.value || p.rest != nil {
		return
	}
	s.member(slices.Clone(p.member), head, func(most int64) ([]byte, error) {
		size, err := p.data.Size()
		if size > most {
			return nil, fmt.Errorf("of %d bytes no more than %d are read", size, most)
		}
		text := make([]byte, size)
		n, readErr := readSome(p.data, text, 0)
		if err == nil {
			err = readErr
		}
		return text[:n], err
	})
}
