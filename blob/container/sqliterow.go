package container

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// sqliteValue is a value of a row: its serial type, and where it stands.
type sqliteValue struct {
	kind      int64
	off, size int64
}

// numberSizes are the sizes of the types that are no bytes and no text.
var numberSizes = [10]int64{0, 1, 2, 3, 4, 6, 8, 8, 0, 0}

func (v *sqliteValue) bytes() bool { return v.kind >= 12 }
func (v *sqliteValue) text() bool  { return v.kind >= 13 && v.kind%2 == 1 }

// values reads the header of a row. An error comes with the values before it:
// SQLite hands those out, too.
func (p *sqlitePayload) values() (out []sqliteValue, err error) {
	r := bufio.NewReaderSize(io.NewSectionReader(p, 0, p.size), 64)
	header, n, err := readSQLiteVarint(r)
	if err != nil {
		return nil, err
	}
	if header < int64(n) || header > p.size {
		return nil, fmt.Errorf("a header of %d bytes does not fit", header)
	}
	for at, off := int64(n), header; at < header; at += int64(n) {
		v := sqliteValue{off: off}
		if v.kind, n, err = readSQLiteVarint(r); err != nil {
			return out, err
		}
		switch k := v.kind; {
		case k < 0 || k == 10 || k == 11:
			return out, fmt.Errorf("a value of type %d", k)
		case k >= 12:
			v.size = (k - 12) / 2
		default:
			v.size = numberSizes[k]
		}
		if v.size > p.size-off {
			v.size = p.size - off
			return append(out, v), errors.New("a value goes on behind the end of its row, or of the file")
		}
		if len(out) >= sqliteColumns {
			return out, fmt.Errorf("%w: more than %d columns", ErrLimit, sqliteColumns)
		}
		off += v.size
		out = append(out, v)
	}
	return out, nil
}

func readSQLiteVarint(r *bufio.Reader) (v int64, n int, err error) {
	for n < 9 {
		c, err := r.ReadByte()
		if err != nil {
			return 0, n, err
		}
		if n++; n == 9 {
			return v<<8 | int64(c), n, nil
		}
		v = v<<7 | int64(c&0x7f)
		if c < 0x80 {
			break
		}
	}
	return v, n, nil
}

func (f *sqliteFile) integer(p *sqlitePayload, v sqliteValue) (int64, bool) {
	switch {
	case v.kind == 8 || v.kind == 9:
		return v.kind - 8, true
	case v.kind == 0:
		return 0, true
	case v.kind > 6 || v.size != numberSizes[v.kind]:
		return 0, false // no integer, or cut short
	}
	var b [8]byte
	if readAt(p, b[8-v.size:], v.off) != nil {
		return 0, false
	}
	if b[8-v.size] >= 0x80 {
		for i := range b[:8-v.size] {
			b[i] = 0xff
		}
	}
	return int64(binary.BigEndian.Uint64(b[:])), true
}

// text reads at most the given number of bytes of a value as text. What cannot
// be read is left out: it is a name.
func (f *sqliteFile) text(p *sqlitePayload, v sqliteValue, most int64) string {
	if !v.bytes() {
		return ""
	}
	var r io.Reader = io.NewSectionReader(p, v.off, min(v.size, most))
	if f.wide != nil {
		r, _ = f.narrow(r)
	}
	var out bytes.Buffer
	_, _ = io.Copy(&out, r)
	return strings.ToValidUTF8(out.String(), "\ufffd")
}

// narrow turns UTF-16 into UTF-8.
func (f *sqliteFile) narrow(raw io.Reader) (io.Reader, error) {
	return &utf16Reader{r: bufio.NewReader(raw), order: f.wide}, nil
}

type utf16Reader struct {
	r     *bufio.Reader
	order binary.ByteOrder
	rest  []byte
	high  rune
}

func (u *utf16Reader) Read(b []byte) (int, error) {
	for len(u.rest) < min(len(b), utf8.UTFMax) {
		var two [2]byte
		if _, err := io.ReadFull(u.r, two[:]); err != nil {
			if len(u.rest) > 0 {
				break
			}
			if errors.Is(err, io.ErrUnexpectedEOF) {
				err = io.EOF // half a character
			}
			return 0, err
		}
		c := rune(u.order.Uint16(two[:]))
		if pair := utf16.DecodeRune(u.high, c); u.high != 0 && pair != utf8.RuneError {
			c = pair
		} else if c >= 0xd800 && c < 0xdc00 {
			u.high = c
			continue
		}
		u.high = 0
		u.rest = utf8.AppendRune(u.rest, c)
	}
	n := copy(b, u.rest)
	u.rest = append(u.rest[:0], u.rest[n:]...)
	return n, nil
}

// literals hands out the constants of a schema statement, x'80…' and 'gAS…': a
// DEFAULT is the value of rows that were written before the column was.
func (w *sqliteWalk) literals(name, sql string) {
	for i := 0; i < len(sql) && !w.stopped; i++ {
		q := sql[i]
		if q != '\'' && q != '"' {
			continue
		}
		text, n := sqlQuoted(sql[i:])
		at := i
		i += n - 1
		content := []byte(text)
		if at > 0 && sql[at-1]|0x20 == 'x' && q == '\'' {
			b, err := hex.DecodeString(text)
			if err != nil {
				continue
			}
			content = b
		}
		if len(content) < shortLiteral {
			continue
		}
		if err := w.budget.value(); err != nil {
			w.stop(err)
			return
		}
		w.send(Member{Name: fmt.Sprintf("sqlite_schema/%s/%d", name, at), Data: Plain(bytes.NewReader(content), int64(len(content)))}, nil)
	}
}

// sqlQuoted returns what the quotes at the start of s hold, and how long that is
// with them. A quote inside is doubled.
func sqlQuoted(s string) (string, int) {
	q := s[0]
	if q == '[' {
		q = ']'
	}
	var out strings.Builder
	for i := 1; i < len(s); i++ {
		if s[i] == q {
			if q == ']' || i+1 >= len(s) || s[i+1] != q {
				return out.String(), i + 1
			}
			i++
		}
		out.WriteByte(s[i])
	}
	return out.String(), len(s)
}

// sqlColumns returns the names of the columns that CREATE TABLE lists. They are
// for people, so that a statement that is written oddly may have none.
func sqlColumns(sql string) (out []string) {
	_, rest, ok := strings.Cut(sql, "(")
	if !ok {
		return nil
	}
	depth, fresh := 0, true
	for i := 0; i < len(rest) && len(out) < sqliteColumns; i++ {
		switch c := rest[i]; {
		case strings.IndexByte("'\"`[", c) >= 0:
			name, n := sqlQuoted(rest[i:])
			if i += n - 1; fresh && depth == 0 {
				out = append(out, shortName(name))
			}
			fresh = false
		case c == '(':
			depth++
		case c == ')':
			if depth--; depth < 0 {
				return out
			}
		case c == ',' && depth == 0:
			fresh = true
		case c > ' ' && fresh && depth == 0:
			n := strings.IndexAny(rest[i:], " \t\r\n,()")
			if n < 1 {
				return out
			}
			out = append(out, shortName(rest[i:i+n]))
			i += n - 1
			fresh = false
		}
	}
	return out
}

// maxStoreName is how many bytes of a key, a table's or a column's name are
// part of a member's.
const maxStoreName = 100

func shortName(s string) string { return strings.ToValidUTF8(s[:min(len(s), maxStoreName)], "\ufffd") }
