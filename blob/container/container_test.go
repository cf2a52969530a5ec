package container

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
)

// opened lists "name=content" and the problems of data, as the format sees it.
func opened(t testing.TB, f Format, b []byte, lim Limits) (members, problems []string) {
	t.Helper()
	data := Plain(bytes.NewReader(b), int64(len(b)))
	for m, err := range f.Members(data, NewBudget(context.Background(), lim)) {
		if err != nil {
			problems = append(problems, err.Error())
		}
		if m.Data == nil {
			continue
		}
		size, err := m.Data.Size()
		if err != nil {
			problems = append(problems, err.Error())
		}
		content, err := io.ReadAll(io.NewSectionReader(m.Data, 0, size))
		if _, large := m.Data.(*sevenFile); large && err != nil {
			problems = append(problems, err.Error())
		} else if err != nil {
			t.Errorf("%s: %v", m.Name, err)
		}
		members = append(members, m.Name+"="+string(content))
	}
	return members, problems
}

func recognisedBy(b []byte) (names []string) {
	for _, f := range Formats {
		if f.Recognise(b[:min(len(b), HeadSize)], Plain(bytes.NewReader(b), int64(len(b)))) {
			names = append(names, f.Name())
		}
	}
	return names
}

func TestFormatsAreDocumented(t *testing.T) {
	page, err := os.ReadFile("../../docs/containers.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range Formats {
		if !bytes.Contains(page, []byte("`"+f.Name()+"`")) {
			t.Errorf("docs/containers.md does not say what %q is", f.Name())
		}
	}
}

func makeZip(t testing.TB, method uint16, files ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for i := 0; i < len(files); i += 2 {
		f, err := w.CreateHeader(&zip.FileHeader{Name: files[i], Method: method})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(f, files[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// edited returns b with the byte at off behind the first sig changed by xor.
func edited(b []byte, sig string, off int, xor byte) []byte {
	b = bytes.Clone(b)
	b[bytes.Index(b, []byte(sig))+off] ^= xor
	return b
}

// Each trick is one that some loader does not mind, so the members are read.
func TestZipTricks(t *testing.T) {
	b := makeZip(t, zip.Deflate, "n/data.pkl", "AAAA", "n/other", "BBBB")
	two := makeZip(t, zip.Store, "x/data.pkl", "CCCC")
	dir := bytes.Index(two, []byte(sigDirectory))
	hidden := slices.Concat(two[:dir], b)
	// An end record that names a directory which does not stand before it.
	far := slices.Concat(two, bytes.Repeat([]byte{0}, 100), two[len(two)-endSize:])
	z64 := slices.Concat(two[:len(two)-endSize], zip64(two, dir), two[len(two)-endSize:])
	for name, tt := range map[string]struct {
		data []byte
		want []string
	}{
		"plain":                     {b, []string{"n/data.pkl=AAAA", "n/other=BBBB"}},
		"checksum in directory":     {edited(b, sigDirectory, 16, 0xff), []string{"n/data.pkl=AAAA", "n/other=BBBB"}},
		"local name":                {edited(b, sigLocal, localSize, 0x20), []string{"n/data.pkl=AAAA", "n/other=BBBB"}},
		"local method":              {edited(b, sigLocal, 8, 8), []string{"n/data.pkl=AAAA", "n/other=BBBB"}},
		"encrypted flag, directory": {edited(b, sigDirectory, 8, 1), []string{"n/data.pkl=AAAA", "n/other=BBBB"}},
		"encrypted flag, local":     {edited(b, sigLocal, 6, 1), []string{"n/data.pkl=AAAA", "n/other=BBBB"}},
		"count of entries":          {edited(b, sigEnd, 10, 1), []string{"n/data.pkl=AAAA", "n/other=BBBB"}},
		"comment too long":          {edited(b, sigEnd, 20, 9), []string{"n/data.pkl=AAAA", "n/other=BBBB"}},
		"junk before":               {slices.Concat([]byte("junk"), b), []string{"n/data.pkl=AAAA", "n/other=BBBB"}},
		"junk behind":               {slices.Concat(b, []byte("junk")), []string{"n/data.pkl=AAAA", "n/other=BBBB"}},
		"short end record behind":   {slices.Concat(b, []byte(sigEnd+"junk")), []string{"n/data.pkl=AAAA", "n/other=BBBB"}},
		"same name twice":           {makeZip(t, zip.Store, "a", "1", "a", "2", "a", "3"), []string{"a=1", "a=2", "a=3"}},
		"entry in no directory":     {hidden, []string{"x/data.pkl=CCCC", "n/data.pkl=AAAA", "n/other=BBBB"}},
		"directory elsewhere":       {far, []string{"x/data.pkl=CCCC"}},
		"zip64":                     {z64, []string{"x/data.pkl=CCCC"}},
		"empty":                     {makeZip(t, zip.Store), nil},
	} {
		if !slices.Contains(recognisedBy(tt.data), "zip") {
			t.Errorf("%s: not recognised", name)
		}
		got, problems := opened(t, Zip{}, tt.data, Limits{})
		for _, want := range tt.want {
			found := false
			for _, g := range got {
				// A carved entry without a size goes up to the next thing.
				found = found || strings.HasPrefix(g, want)
			}
			if !found {
				t.Errorf("%s: members %q, want %q; problems %q", name, got, want, problems)
			}
		}
		if strings.HasPrefix(name, "encrypted flag, dir") != (len(problems) > 0) {
			t.Errorf("%s: problems %q", name, problems)
		}
	}
}

// zip64 returns a ZIP64 end record and its locator for the directory at dir.
func zip64(b []byte, dir int) []byte {
	end := make([]byte, end64Size+locatorSize)
	copy(end, sigEnd64)
	binary.LittleEndian.PutUint64(end[40:], uint64(len(b)-endSize-dir))
	binary.LittleEndian.PutUint64(end[48:], uint64(dir))
	copy(end[end64Size:], sigLocator64)
	binary.LittleEndian.PutUint64(end[end64Size+8:], uint64(len(b)-endSize))
	return end
}

func TestZipWithoutDirectoryIsTold(t *testing.T) {
	b := makeZip(t, zip.Store, "a", "AAAA")
	b, _, _ = bytes.Cut(b, []byte(sigDirectory))
	got, problems := opened(t, Zip{}, b, Limits{})
	if len(got) != 1 || !strings.HasPrefix(got[0], "a=AAAA") || len(problems) != 1 || !strings.Contains(problems[0], "no directory") {
		t.Errorf("members %q, problems %q", got, problems)
	}
}

func TestMethodsThatAreNotReadAreTold(t *testing.T) {
	b := edited(makeZip(t, zip.Deflate, "a", "AAAA"), sigDirectory, 10, 8^98)
	if got, problems := opened(t, Zip{}, b, Limits{}); len(problems) != 1 || !strings.Contains(problems[0], "method 98") {
		t.Errorf("members %q, problems %q", got, problems)
	}
	rar := []byte("Rar!\x1a\x07\x00" + strings.Repeat("\x00", 30))
	if names := recognisedBy(rar); !slices.Equal(names, []string{"unsupported"}) {
		t.Errorf("rar: %v", names)
	}
	if _, problems := opened(t, Unsupported{}, rar, Limits{}); len(problems) != 1 {
		t.Errorf("rar: %q", problems)
	}
}

// Decompressed data reads the same in any order, with hardly any memory.
func TestSpoolReadsAnywhere(t *testing.T) {
	content := make([]byte, 300_000)
	for i := range content {
		content[i] = byte(i * i >> 3)
	}
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	if _, err := w.Write(content); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	b := NewBudget(context.Background(), Limits{Memory: 100_000})
	for m, err := range (Gzip{}).Members(Plain(bytes.NewReader(out.Bytes()), int64(out.Len())), b) {
		if err != nil {
			t.Fatal(err)
		}
		for round, off := range []int{0, 290_000, 10, 150_000, 299_999, 100_000, 149_990, 60_000, 0, 250_000} {
			buf := make([]byte, min(5000, len(content)-off))
			if n, err := m.Data.ReadAt(buf, int64(off)); n != len(buf) || err != nil && !errors.Is(err, io.EOF) {
				t.Fatalf("round %d: %d bytes, %v", round, n, err)
			}
			if !bytes.Equal(buf, content[off:off+len(buf)]) {
				t.Fatalf("round %d: bytes at %d differ", round, off)
			}
			if round == 5 {
				m.Data.Release()
			}
		}
		if n, err := m.Data.Size(); n != int64(len(content)) || err != nil {
			t.Errorf("size %d, %v", n, err)
		}
		if n, err := m.Data.ReadAt(make([]byte, 10), int64(len(content))); n != 0 || !errors.Is(err, io.EOF) {
			t.Errorf("at the end: %d, %v", n, err)
		}
	}
}

func TestLimits(t *testing.T) {
	var bomb bytes.Buffer
	w := gzip.NewWriter(&bomb)
	if _, err := w.Write(make([]byte, 32<<20)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	for name, lim := range map[string]Limits{"ratio": {}, "bytes": {Ratio: 1 << 30, Bytes: 1 << 20}, "total": {Ratio: 1 << 30, Total: 1 << 20}} {
		for m, err := range (Gzip{}).Members(Plain(bytes.NewReader(bomb.Bytes()), int64(bomb.Len())), NewBudget(context.Background(), lim)) {
			if err != nil {
				t.Fatal(err)
			}
			if n, err := m.Data.Size(); !errors.Is(err, ErrLimit) || n >= 32<<20 || n == 0 {
				t.Errorf("%s: %d bytes, %v", name, n, err)
			}
		}
	}
	_, problems := opened(t, Zip{}, makeZip(t, zip.Store, "a", "", "b", "", "c", ""), Limits{Entries: 2})
	if len(problems) != 1 || !strings.Contains(problems[0], "more than 2 entries") {
		t.Errorf("problems %q", problems)
	}
}

func TestNpyHeaders(t *testing.T) {
	header := func(descr, shape string) string {
		return "{'descr': " + descr + ", 'fortran_order': False, 'shape': " + shape + ", }"
	}
	deep := strings.Repeat("[('a', ", 1_000_000) + "'<i4'" + strings.Repeat(")]", 1_000_000)
	type want struct {
		kind   npyData
		length int64
	}
	raw := func(n int64) want { return want{npyRaw, n} }
	objects, doubt := want{kind: npyObjects}, want{kind: npyDoubt}
	for text, want := range map[string]want{
		header("'<f8'", "(3, 4)"):                                raw(96),
		header("'|b1'", "()"):                                    raw(1),
		header("'<U3'", "(2,)") + " \n":                          raw(24),
		header("'|S0'", "(2,)"):                                  raw(0),
		header("'|V12'", "(2,)"):                                 raw(24),
		header("'<c16'", "(2L,)"):                                raw(32),
		header("'<M8[ns]'", "(5,)"):                              raw(40),
		header("'<m8[25us]'", "(5,)"):                            raw(40),
		header("'<M8[D/3]'", "(5,)"):                             raw(40),
		header("'<M8'", "(5,)"):                                  raw(40),
		"{'shape': (2,), 'fortran_order': True, 'descr': '<i2'}": raw(4),
		// Structured: padding, names that look like objects, titles, subarrays, nested.
		header("[('a', '<i4'), ('', '|V4'), ('t', '<M8[ns]')]", "(10,)"):       raw(160),
		header("[('Objects', '<i4'), (('O title', 'O'), '<f8')]", "(2,)"):      raw(24),
		header("[('a', '<f4', (2, 3)), ('b', '|u1', 5)]", "(2,)"):              raw(58),
		header("[('a', [('x', '<i2'), ('y', [('z', '<i8')], (2,))])]", "(3,)"): raw(54),
		header("[('a', ('<i4', (2,)))]", "(1,)"):                               raw(8),
		header("'|O'", "(2,)"):                                                 objects,
		header("'O'", "()"):                                                    objects,
		header("'|O8'", "()"):                                                  objects,
		header("[('a', '<i4'), ('b', '|O')]", "(1,)"):                          objects,
		header("[('a', [('x', '<i2'), ('y', '|O', (2,))])]", "(1,)"):           objects,
		// What numpy might read, and what nobody does.
		header("'i4,O'", "()"):                      doubt,
		header("'object'", "()"):                    doubt,
		header("'\\x4f'", "()"):                     doubt,
		header("'<i' '4'", "()"):                    doubt,
		header("u'<i4'", "()"):                      doubt,
		header("'<i4' # '", "()"):                   doubt,
		header("'<M8[ns][O]'", "()"):                doubt,
		header("[('a', '<i4', 'O')]", "()"):         doubt,
		header("('<i4', [('a', 'O')])", "()"):       doubt,
		header("[('a', '<i4')", "()"):               doubt,
		header("'<i4'", "(-1,)"):                    doubt,
		header("'<f8'", "(9223372036854775807, 9)"): doubt,
		header("[('a', '<f8', 4611686018427387904), ('b', '<f8', 4611686018427387904)]", "(1,)"): doubt,
		"{'descr': '<i4', 'descr': '|O', 'shape': ()}":                                           doubt,
		"{'descr': '<i4', 'shape': ()}":                                                          doubt,
		"{'descr': '<i4', 'fortran_order': False, 'shape': (), 'descr': '|O'}":                   doubt,
		header(deep, "()"): doubt,
		"nonsense":         doubt,
		"":                 doubt,
	} {
		if kind, length := npyHeaderData(text); kind != want.kind || length != want.length {
			t.Errorf("%.200s: %v, %d, want %+v", text, kind, length, want)
		}
	}
}

func TestDirectoryThatCannotBeReadIsTold(t *testing.T) {
	b := makeZip(t, zip.Store, "a", "AAAA", "b", "BBBB")
	dir := int64(bytes.Index(b, []byte(sigDirectory)))
	// Whole at first, and then not: the end record is read, the directory fails.
	r := &breaking{Reader: bytes.NewReader(b), at: dir}
	found := false
	for _, err := range (Zip{}).Members(Plain(r, int64(len(b))), NewBudget(context.Background(), Limits{})) {
		found = found || err != nil && strings.Contains(err.Error(), "reading the directory") && errors.Is(err, errBroken)
	}
	if !found {
		t.Error("silent")
	}
}

var errBroken = errors.New("the disk is broken")

// breaking fails to read what begins at one offset.
type breaking struct {
	*bytes.Reader
	at int64
}

func (r *breaking) ReadAt(b []byte, off int64) (int, error) {
	if off == r.at {
		return 0, errBroken
	}
	return r.Reader.ReadAt(b, off)
}

func FuzzMembers(f *testing.F) {
	f.Add(makeZip(f, zip.Deflate, "a/data.pkl", "AAAA", "b", "BBBB"))
	f.Add(makeZip(f, zip.Store, "a", "1", "a", "2", "A\x00b", "3", "n/DATA.PKL", "4"))
	small := makeZip(f, zip.Store, "a", "1")
	dir := bytes.Index(small, []byte(sigDirectory))
	f.Add(slices.Concat(small[:len(small)-endSize], zip64(small, dir), small[len(small)-endSize:]))
	f.Add(slices.Concat(small, small, []byte(sigEnd+"aaaa")))
	f.Add([]byte("\x93NUMPY\x01\x00\x3a\x00{'descr': '|O', 'fortran_order': False, 'shape': (1,), }   \n\x80\x04N."))
	f.Add([]byte("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff\x01\x00\x00\xff\xff"))
	f.Add([]byte("x\x9c\x03\x00\x00\x00\x00\x01"))
	f.Fuzz(func(t *testing.T, b []byte) {
		lim := Limits{Entries: 50, Bytes: 1 << 20, Total: 2 << 20, Memory: 1 << 14}
		for _, format := range Formats {
			members, _ := opened(t, format, b, lim)
			if len(members) > lim.Entries {
				t.Fatalf("%s: %d members", format.Name(), len(members))
			}
		}
	})
}
