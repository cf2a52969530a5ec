package container

import (
	"archive/tar"
	"errors"
	"io"
	"iter"
	"strconv"
	"strings"
)

// Tar is every tar that Python's tarfile opens: ustar, GNU, pax, and the old
// form without a magic. torch.load tries tar before its legacy format.
type Tar struct{}

// Name implements [Format].
func (Tar) Name() string { return "tar" }

// Traits implements [Format].
func (Tar) Traits() Traits { return Traits{} }

const tarBlock = 512

// Recognise implements [Format] by the checksum of the first header, which is
// all that tarfile asks for.
func (Tar) Recognise(head []byte, _ Data) bool {
	if len(head) < tarBlock {
		return false
	}
	head = head[:tarBlock]
	field := strings.Trim(string(head[148:156]), " \x00")
	want, err := strconv.ParseUint(field, 8, 32)
	if err != nil || want == 0 || head[0] == 0 {
		return false
	}
	// The checksum counts its own field as spaces; old tars added up signed
	// characters.
	var unsigned, signed int64
	for i, c := range head {
		if i >= 148 && i < 156 {
			c = ' '
		}
		unsigned += int64(c)
		signed += int64(int8(c))
	}
	return unsigned == int64(want) || signed == int64(want)
}

// Members implements [Format]. All regular members are listed, those of the same
// name too; links lead to members that are listed themselves.
func (Tar) Members(data Data, b *Budget) iter.Seq2[Member, error] {
	return func(yield func(Member, error) bool) {
		size, err := data.Size()
		if err != nil && !yield(problem("tar: %w", err)) {
			return
		}
		// archive/tar reads whole blocks and nothing ahead, so that the
		// position of s is where the data of the current member begins.
		s := io.NewSectionReader(data, 0, size)
		for t := tar.NewReader(s); ; {
			h, err := t.Next()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil && !errors.Is(err, tar.ErrInsecurePath) {
				at, _ := s.Seek(0, io.SeekCurrent) // a SectionReader cannot fail to tell its position
				yield(problem("tar: header before offset %d: %w", at, err))
				return
			}
			if h.Typeflag != tar.TypeReg && h.Typeflag != tar.TypeRegA && h.Typeflag != tar.TypeGNUSparse { //nolint:staticcheck // TypeRegA is what old tars hold
				continue
			}
			if err := b.entry(); err != nil {
				yield(problem("tar: %w", err))
				return
			}
			off, err := s.Seek(0, io.SeekCurrent)
			if err != nil {
				yield(problem("tar: %w", err))
				return
			}
			m := Member{Name: h.Name, Data: section(data, size, off, h.Size)}
			if h.Typeflag == tar.TypeGNUSparse || h.PAXRecords["GNU.sparse.major"] != "" {
				err = errors.New("sparse member: holes are left out")
			} else if h.Size > size-off {
				err = errors.New("the member is cut short")
			}
			if !yield(m, err) {
				return
			}
		}
	}
}
