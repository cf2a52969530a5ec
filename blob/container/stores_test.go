package container

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/binary"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// stored returns a database that SQLite 3.40 or Redis 7.0 wrote.
func stored(t testing.TB, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", name+".gz.b64"))
	if err != nil {
		t.Fatal(err)
	}
	packed, err := base64.StdEncoding.DecodeString(strings.ReplaceAll(string(text), "\n", ""))
	if err != nil {
		t.Fatal(err)
	}
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// changed returns b with some bytes replaced.
func changed(b []byte, off int, by ...byte) []byte {
	b = bytes.Clone(b)
	copy(b[off:], by)
	return b
}

// sqliteLeaf is a database of pages of 512 bytes: a schema of one table, and on
// page 2 that table with the given cells. More pages may follow.
func sqliteLeaf(cells [][]byte, more ...[]byte) []byte {
	page := func(at int, cells [][]byte) []byte {
		b := make([]byte, 512)
		b[at] = tableLeaf
		binary.BigEndian.PutUint16(b[at+3:], uint16(len(cells)))
		end := len(b)
		for i, c := range cells {
			end -= len(c)
			copy(b[end:], c)
			binary.BigEndian.PutUint16(b[at+8+2*i:], uint16(end))
		}
		return b
	}
	// type, name, tbl_name, rootpage, sql
	row := slices.Concat([]byte{6, 23, 15, 15, 1, 47}, []byte("tablett\x02create table t(v)"))
	one := page(100, [][]byte{append([]byte{byte(len(row)), 1}, row...)})
	copy(one, sqliteMagic)
	binary.BigEndian.PutUint16(one[16:], 512)
	b := slices.Concat(one, page(0, cells))
	for _, p := range more {
		b = append(b, append(p, make([]byte, 512-len(p))...)...)
	}
	return b
}

// sqliteCellOf is row 1 of a table.
func sqliteCellOf(record ...byte) []byte {
	return append([]byte{byte(len(record)), 1}, record...)
}

func TestSQLitePages(t *testing.T) {
	abc := sqliteCellOf(2, 18, 'a', 'b', 'c')
	plain := sqliteLeaf([][]byte{abc})
	// A row of 600 bytes: 2+477 on the page, the rest on page 3.
	long := slices.Concat([]byte{0x84, 0x58, 1, 3, 0x89, 0x36}, bytes.Repeat([]byte{'x'}, 89), []byte{0, 0, 0, 3})
	over := slices.Concat([]byte{0, 0, 0, 0}, bytes.Repeat([]byte{'y'}, 508))
	interior := changed(make([]byte, 512), 0, tableInterior, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 3, 1, 0)
	for name, tt := range map[string]struct {
		data    []byte
		want    []string
		problem string
	}{
		"plain":           {plain, []string{"t/1/v=abc"}, ""},
		"long":            {sqliteLeaf([][]byte{long}, over), []string{"t/1/v=" + strings.Repeat("x", 89) + strings.Repeat("y", 508)}, ""},
		"in itself":       {slices.Concat(plain[:512], changed(interior, 11, 2)), nil, "in a tree already"},
		"in the schema":   {slices.Concat(plain[:512], changed(interior, 11, 1)), nil, "in a tree already"},
		"outside":         {slices.Concat(plain[:512], changed(interior, 11, 9)), nil, "outside the file"},
		"no root":         {plain[:512], nil, "begins outside the file"},
		"root of no kind": {changed(plain, bytes.Index(plain, []byte{6, 23, 15, 15, 1, 47})+3, 13), nil, "begins outside the file"},
		"root cut short":  {changed(plain, bytes.Index(plain, []byte{6, 23, 15, 15, 1, 47})-2, 13), nil, "goes on behind"},
		"no tree":         {changed(plain, 512, 77), nil, "of no kind"},
		"many cells":      {changed(plain, 515, 0xff, 0xff), nil, "more than fit"},
		"cell outside":    {changed(plain, 520, 0xff, 0xff), nil, "cell 0"},
		"same cell":       {sqliteOverlap(), nil, "cells overlap"},
		"huge row":        {sqliteLeaf([][]byte{slices.Concat(bytes.Repeat([]byte{0xff}, 9), abc[1:])}), []string{"t/1/v=abc"}, ""},
		"huge value":      {sqliteLeaf([][]byte{sqliteCellOf(append([]byte{10}, append(bytes.Repeat([]byte{0xff}, 8), 0xfe)...)...)}), nil, "type"},
		"long value":      {sqliteLeaf([][]byte{sqliteCellOf(2, 100, 'a', 'b')}), []string{"t/1/v=ab"}, "goes on behind"},
		"long header":     {sqliteLeaf([][]byte{sqliteCellOf(100, 18, 'a', 'b', 'c')}), nil, "does not fit"},
		"reserved type":   {sqliteLeaf([][]byte{sqliteCellOf(3, 18, 10, 'a', 'b', 'c')}), []string{"t/1/v=abc"}, "type 10"},
		"page size":       {changed(plain, 16, 3, 0), nil, "none that SQLite reads"},
		"reserve":         {changed(plain, 20, 0xff), nil, "none that SQLite reads"},
		"only a header":   {plain[:80], nil, "unexpected EOF"},
		"journal":         {[]byte("\xd9\xd5\x05\xf9\x20\xa1\x63\xd7aaaaaaaaaaaaaaaaaaaa"), nil, "rollback journal"},
	} {
		got, problems := openedSome(t, SQLite{}, tt.data, Limits{})
		if tt.want != nil && !slices.Equal(got, tt.want) {
			t.Errorf("%s: members %q", name, got)
		}
		if tt.problem == "" != (len(problems) == 0) && tt.want != nil || !strings.Contains(strings.Join(problems, "\n"), tt.problem) {
			t.Errorf("%s: problems %q", name, problems)
		}
	}
}

// sqliteOverlap is a page all of whose cells are the same.
func sqliteOverlap() []byte {
	b := sqliteLeaf([][]byte{sqliteCellOf(append([]byte{3, 0x81, 0x4c}, make([]byte, 96)...)...)})
	at := b[520:522]
	binary.BigEndian.PutUint16(b[515:], 100)
	for i := range 100 {
		copy(b[520+2*i:], at)
	}
	return b
}

// openedSome is opened, where members may fail to be read: that is told, too.
func openedSome(t testing.TB, f Format, b []byte, lim Limits) (members, problems []string) {
	t.Helper()
	data := Plain(bytes.NewReader(b), int64(len(b)))
	for m, err := range f.Members(data, NewBudget(t.Context(), lim)) {
		if err != nil {
			problems = append(problems, err.Error())
		}
		if m.Data == nil {
			continue
		}
		content, err := io.ReadAll(io.NewSectionReader(m.Data, 0, 1<<20))
		if err != nil {
			problems = append(problems, err.Error())
			continue
		}
		members = append(members, m.Name+"="+string(content))
	}
	return members, problems
}

// No page is read for two rows, or a chain to itself would be endless work.
func TestSQLiteChains(t *testing.T) {
	long := slices.Concat([]byte{0x84, 0x58, 1, 3, 0x89, 0x36}, bytes.Repeat([]byte{'x'}, 89), []byte{0, 0, 0, 3})
	endless := slices.Concat([]byte{0x88, 0x58, 1, 3, 0x91, 0x36}, bytes.Repeat([]byte{'x'}, 93), []byte{0, 0, 0, 3})
	over := slices.Concat([]byte{0, 0, 0, 0}, bytes.Repeat([]byte{'y'}, 508))
	for name, b := range map[string][]byte{
		"two":    sqliteLeaf([][]byte{long, changed(long, 2, 2)}, over),
		"itself": sqliteLeaf([][]byte{endless}, changed(over, 3, 3), over, over),
	} {
		if _, problems := openedSome(t, SQLite{}, b, Limits{}); len(problems) != 1 || !strings.Contains(problems[0], "has another use") {
			t.Errorf("%s: %q", name, problems)
		}
	}
}

func TestValuesAreLimited(t *testing.T) {
	for name, f := range map[string]Format{"stores.sqlite": SQLite{}, "redis7.rdb": RDB{}} {
		members, problems := opened(t, f, stored(t, name), Limits{Values: 20})
		if len(members) > 20 || len(problems) != 1 || !strings.Contains(problems[0], "more than 20 values") {
			t.Errorf("%s: %d members, %q", name, len(members), problems)
		}
	}
}

func TestLZF(t *testing.T) {
	for in, want := range map[string]string{
		"\x02abc":             "abc",
		"\x00a\xe0\x10\x00":   strings.Repeat("a", 1+7+16+2)[:20],
		"\x01ab\x20\x01":      "ababa",
		"\x01ab\x20\x09":      "ab!",
		"\x05ab":              "ab!",
		"\xe0":                "!",
		"\x20":                "!",
		"":                    "!",
		"\x13" + "abcdefghij": "abcdefghij!",
	} {
		z, limit := &lzfReader{r: bufio.NewReader(strings.NewReader(in))}, uint64(20)
		if !strings.HasSuffix(want, "!") {
			limit = uint64(len(want))
		}
		z.left = limit
		got, err := io.ReadAll(z)
		text := string(got)
		if err != nil {
			text += "!"
		}
		if text != want {
			t.Errorf("%q: %q, %v, want %q", in, text, err, want)
		}
	}
}

func TestKombuReadsOnlyWhatItMust(t *testing.T) {
	b := append([]byte(`{"`), make([]byte, 4<<20)...)
	r := &counting{Reader: bytes.NewReader(b)}
	if (Kombu{}).Recognise(b[:HeadSize], Plain(r, int64(len(b)))) || r.n > kombuWindow+kombuTail {
		t.Errorf("%d bytes", r.n)
	}
}

type counting struct {
	*bytes.Reader
	n int
}

func (c *counting) ReadAt(b []byte, off int64) (int, error) {
	n, err := c.Reader.ReadAt(b, off)
	c.n += n
	return n, err
}

func fuzzFormat(f *testing.F, format Format, seeds ...[]byte) {
	f.Helper()
	for _, s := range seeds {
		f.Add(s)
	}
	lim := Limits{Entries: 50, Values: 500, Bytes: 1 << 18, Total: 1 << 20, Memory: 1 << 14}
	f.Fuzz(func(t *testing.T, b []byte) {
		format.Recognise(b[:min(len(b), HeadSize)], Plain(bytes.NewReader(b), int64(len(b))))
		members, problems := openedSome(t, format, b, lim)
		again, _ := openedSome(t, format, b, lim)
		if len(members) > lim.Values || len(problems) > 2*lim.Values+10*sqliteDamaged || !slices.Equal(members, again) {
			t.Fatalf("%d members, %d problems, %d members", len(members), len(problems), len(again))
		}
		var total int
		for _, m := range members {
			total += len(m)
		}
		if total > 20*len(b)+1<<20 {
			t.Fatalf("%d bytes of %d", total, len(b))
		}
	})
}

func FuzzSQLite(f *testing.F) {
	fuzzFormat(f, SQLite{}, stored(f, "stores.sqlite"), sqliteLeaf([][]byte{sqliteCellOf(2, 18, 'a', 'b', 'c')}), sqliteOverlap())
}

func FuzzSQLiteLog(f *testing.F) {
	fuzzFormat(f, SQLiteLog{}, logOf(stored(f, "stores.sqlite")), logOf(sqliteLeaf([][]byte{sqliteCellOf(2, 18, 'a', 'b', 'c')})))
}

// logOf is the write-ahead log of a transaction that wrote all pages of a
// database.
func logOf(db []byte) []byte {
	page := int(binary.BigEndian.Uint16(db[16:]))
	b := binary.BigEndian.AppendUint32([]byte("\x37\x7f\x06\x82\x00\x2d\xe2\x18"), uint32(page))
	b = append(b, "\x00\x00\x00\x01saltsaltsum1sum2"...)
	for n := 1; n*page <= len(db); n++ {
		b = binary.BigEndian.AppendUint32(b, uint32(n))
		commit := 0
		if n*page == len(db) {
			commit = n
		}
		b = binary.BigEndian.AppendUint32(b, uint32(commit))
		b = append(append(b, "saltsaltsum1sum2"...), db[(n-1)*page:n*page]...)
	}
	return b
}

func FuzzRDB(f *testing.F) {
	fuzzFormat(f, RDB{}, stored(f, "redis7.rdb"), []byte("REDIS0009\xfe\x00\x00\x01k\xc3\x04\x05\x04abcd\x0a\x01l\x0f\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02ab\xff\xff12345678"))
}

func FuzzRedisLog(f *testing.F) {
	fuzzFormat(f, RedisLog{}, []byte("#TS:1\r\n*2\r\n$3\r\nGET\r\n$2\r\nab\r\n*1\r\n$9999999999\r\n"))
}

func FuzzBerkeleyDB(f *testing.F) {
	fuzzFormat(f, BerkeleyDB{}, stored(f, "btree.db"), stored(f, "duplicates.db"))
}

func FuzzKombu(f *testing.F) {
	fuzzFormat(f, Kombu{}, []byte(`{"body": "gAROLg==", "content-type": "application/x-python-serialize", "properties": {"body_encoding": "base64"}}`), []byte(`{"\u0061":"application\/x-python-serialize"}`))
}

func FuzzBase64(f *testing.F) {
	fuzzFormat(f, Base64{}, []byte("gASVAAAAAAAAAABOLg=="), []byte(".eJxTBAAAIgAi:1sXyz:abc"), []byte("g=A==S"))
}

func FuzzDumbIndex(f *testing.F) {
	fuzzFormat(f, DumbIndex{}, []byte("'a', (0, 10)\n'b', (512, 600)\n"), []byte("\"a\", (999999999999999999, 999999999999999999)\n"))
}
