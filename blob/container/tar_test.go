package container

import (
	"archive/tar"
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// makeTar writes name, content and name, content …; a content of "-> x" is a
// symbolic link and one of "=> x" a hard one.
func makeTar(t testing.TB, format tar.Format, files ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	for i := 0; i < len(files); i += 2 {
		h := &tar.Header{Name: files[i], Mode: 0o600, Size: int64(len(files[i+1])), Format: format}
		content := files[i+1]
		if target, ok := strings.CutPrefix(content, "-> "); ok {
			h.Typeflag, h.Linkname, h.Size, content = tar.TypeSymlink, target, 0, ""
		} else if target, ok := strings.CutPrefix(content, "=> "); ok {
			h.Typeflag, h.Linkname, h.Size, content = tar.TypeLink, target, 0, ""
		}
		if err := w.WriteHeader(h); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// resummed changes the first header and writes its checksum by format.
func resummed(b []byte, change func(h []byte), format func(sum int64) string, signed bool) []byte {
	b = bytes.Clone(b)
	h := b[:tarBlock]
	change(h)
	copy(h[148:156], "        ")
	var sum int64
	for _, c := range h {
		if signed {
			sum += int64(int8(c))
		} else {
			sum += int64(c)
		}
	}
	copy(h[148:156], format(sum))
	return b
}

func TestTarHeaders(t *testing.T) {
	b := makeTar(t, tar.FormatUSTAR, "a", "AAAA", "b", "BBBB")
	same := func([]byte) {}
	octal := func(sum int64) string { return fmt.Sprintf("%06o\x00 ", sum) }
	for name, tt := range map[string]struct {
		data []byte
		read bool
		told bool // that archive/tar refuses it
	}{
		"ustar":              {b, true, false},
		"gnu":                {makeTar(t, tar.FormatGNU, "a", "AAAA", "b", "BBBB"), true, false},
		"pax":                {makeTar(t, tar.FormatPAX, "a", "AAAA", "b", "BBBB"), true, false},
		"no magic":           {resummed(b, func(h []byte) { clear(h[257:]) }, octal, false), true, false},
		"signed sum":         {resummed(b, func(h []byte) { h[0] = 'a'; h[400] = 0xe4 }, octal, true), true, false},
		"sum with a space":   {resummed(b, same, func(sum int64) string { return fmt.Sprintf("%6o \x00", sum) }, false), true, false},
		"sum without an end": {resummed(b, same, func(sum int64) string { return fmt.Sprintf("%08o", sum) }, false), true, false},
		"sum of base 256":    {resummed(b, same, func(sum int64) string { return "\x80\x00\x00\x00\x00\x00" + string([]byte{byte(sum >> 8), byte(sum)}) }, false), true, true},
		"sum with a prefix":  {resummed(b, same, func(sum int64) string { return fmt.Sprintf("0o%o\x00", sum) }, false), true, true},
		"sum with a sign":    {resummed(b, same, func(sum int64) string { return fmt.Sprintf("+%o\x00", sum) }, false), true, true},
		"size of base 256":   {resummed(b, func(h []byte) { copy(h[124:136], "\x80\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x04") }, octal, false), true, false},
		"first has no name":  {resummed(b, func(h []byte) { h[0] = 0 }, octal, false), true, false},
		"type is unknown":    {resummed(b, func(h []byte) { h[156] = 'Z' }, octal, false), true, false},
		"contiguous":         {resummed(b, func(h []byte) { h[156] = '7' }, octal, false), true, false},
		"size is no number":  {resummed(b, func(h []byte) { h[124] = 'x' }, octal, false), false, true},
	} {
		if !slices.Contains(recognisedBy(tt.data), "tar") {
			t.Errorf("%s: not recognised", name)
		}
		got, problems := opened(t, Tar{}, tt.data, Limits{})
		if tt.read != (len(got) == 2 && strings.HasSuffix(got[0], "=AAAA")) || tt.told != (len(problems) > 0) {
			t.Errorf("%s: members %q, problems %q", name, got, problems)
		}
	}
	for name, change := range map[string]func(h []byte){"zeros": func(h []byte) { clear(h) }, "a wrong sum": func(h []byte) { h[150] ^= 1 }} {
		c := bytes.Clone(b)
		change(c[:tarBlock])
		if slices.Contains(recognisedBy(c), "tar") {
			t.Errorf("%s: recognised", name)
		}
	}
}

func TestTarLinks(t *testing.T) {
	for name, tt := range map[string]struct {
		files   []string
		want    []string
		problem string
	}{
		"honest":          {[]string{"a", "A", "b", "-> a", "c", "=> a", "d", "-> /etc/passwd"}, []string{"a=A"}, ""},
		"storages":        {[]string{"a", "A", "storages", "=> a"}, []string{"a=A", "storages=A"}, ""},
		"to what follows": {[]string{"storages", "-> a", "a", "A", "a", "B"}, []string{"a=A", "a=B", "storages=A", "storages=B"}, ""},
		"in a circle":     {[]string{"tensors", "-> a", "a", "-> tensors"}, nil, "not in the tar"},
		"out of it":       {[]string{"pickle", "-> ../x"}, nil, "not in the tar"},
	} {
		got, problems := opened(t, Tar{}, makeTar(t, tar.FormatPAX, tt.files...), Limits{})
		if !slices.Equal(got, tt.want) || (tt.problem == "") != (len(problems) == 0) || tt.problem != "" && !strings.Contains(problems[0], tt.problem) {
			t.Errorf("%s: members %q, problems %q", name, got, problems)
		}
	}
}

func FuzzTar(f *testing.F) {
	f.Add(makeTar(f, tar.FormatPAX, strings.Repeat("long/", 30)+"a", "A", "storages", "=> a", "tensors", "-> b"))
	f.Add(makeTar(f, tar.FormatGNU, strings.Repeat("long/", 30)+"a", "A", "pickle", "-> pickle"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) >= tarBlock {
			// Or nothing would get behind the checksum.
			b = resummed(b, func([]byte) {}, func(sum int64) string { return fmt.Sprintf("%06o\x00 ", sum) }, false)
		}
		if members, _ := opened(t, Tar{}, b, Limits{Entries: 50}); len(members) > 50 {
			t.Fatalf("%d members", len(members))
		}
	})
}

// Behind a header that archive/tar refuses stands what tarfile reads: releases of it
// pass over records of pax that are none, or have no number where one has to be.
func TestTarBehindABadHeader(t *testing.T) {
	one := func(name string, flag byte, content string) []byte {
		b := makeTar(t, tar.FormatUSTAR, name, content)
		b = resummed(b[:len(b)-2*tarBlock], func(h []byte) { h[156] = flag }, func(sum int64) string { return fmt.Sprintf("%06o\x00 ", sum) }, false)
		return b
	}
	for _, record := range []string{"no record at all", "99 path=x\n", "11 mtime=x\n", "0 path=x\n"} {
		b := slices.Concat(one("a", '0', "AAAA"), one("pax", 'x', record), one("storages", '0', "BBBB"), one("link", '2', ""), one("c", '7', "CCCC"), make([]byte, 2*tarBlock))
		members, problems := opened(t, Tar{}, b, Limits{})
		if !slices.Equal(members, []string{"a=AAAA", "storages=BBBB", "c=CCCC"}) || len(problems) != 1 {
			t.Errorf("%q: %q, %v", record, members, problems)
		}
	}
}

// A sparse member is read as it was before it was packed: with its holes.
func TestTarSparse(t *testing.T) {
	b := resummed(makeTar(t, tar.FormatGNU, "s", "AAAABBBB", "b", "CCCC"), func(h []byte) {
		h[156] = tar.TypeGNUSparse
		for at, v := range map[int]int{386: 0, 398: 4, 410: 100, 422: 4, 483: 104} {
			copy(h[at:], fmt.Sprintf("%011o\x00", v))
		}
	}, func(sum int64) string { return fmt.Sprintf("%06o\x00 ", sum) }, false)
	want := []string{"s=AAAA" + strings.Repeat("\x00", 96) + "BBBB", "b=CCCC"}
	if members, problems := opened(t, Tar{}, b, Limits{}); !slices.Equal(members, want) || len(problems) > 0 {
		t.Errorf("%q, %v", members, problems)
	}
	many := slices.Concat(bytes.Repeat(b[:2*tarBlock], maxSparse+2), make([]byte, 2*tarBlock))
	if members, problems := opened(t, Tar{}, many, Limits{}); len(members) != maxSparse+2 || len(problems) != 2 {
		t.Errorf("many: %d members, %v", len(members), problems)
	}
}
