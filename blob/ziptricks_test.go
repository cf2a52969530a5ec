package blob

import (
	"archive/tar"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"hash/crc32"
	"io"
	"slices"
	"testing"
)

// zentry is an entry of a zip that is made by hand.
type zentry struct {
	name, local         string // local "": the same
	data                string
	method              uint16
	flags, localFlags   uint16
	localMethod         uint16
	crc, localCRC       uint32 // added to the right one
	declared, localDeny int    // added to the uncompressed size; take from the local sizes
	unlisted, zeroCRC   bool
	extra               string
}

func put16(b []byte, v ...uint16) []byte {
	for _, x := range v {
		b = binary.LittleEndian.AppendUint16(b, x)
	}
	return b
}

func put32(b []byte, v ...uint32) []byte {
	for _, x := range v {
		b = binary.LittleEndian.AppendUint32(b, x)
	}
	return b
}

// handmade returns the entries, their directory and its records.
func handmade(t testing.TB, base int, entries ...zentry) (body, dir []byte, n int) {
	for _, e := range entries {
		raw := []byte(e.data)
		crc := crc32.ChecksumIEEE(raw)
		size := len(raw)
		if e.method == 8 {
			var out bytes.Buffer
			w, err := flate.NewWriter(&out, 9)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := io.WriteString(w, e.data); err != nil {
				t.Fatal(err)
			}
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
			raw = out.Bytes()
		}
		local := e.local
		if local == "" {
			local = e.name
		}
		at := base + len(body)
		body = append(body, "PK\x03\x04"...)
		body = put16(body, 20, e.flags^e.localFlags, e.method^e.localMethod, 0, 33)
		body = put32(body, crc+e.localCRC, uint32(len(raw)-e.localDeny), uint32(size-e.localDeny))
		body = put16(body, uint16(len(local)), 0)
		body = append(append(body, local...), raw...)
		if e.unlisted {
			continue
		}
		if e.zeroCRC {
			crc = 0
		}
		dir = append(dir, "PK\x01\x02"...)
		dir = put16(dir, 20, 20, e.flags, e.method, 0, 33)
		dir = put32(dir, crc+e.crc, uint32(len(raw)), uint32(size+e.declared))
		dir = put16(dir, uint16(len(e.name)), uint16(len(e.extra)), 0, 0, 0)
		dir = put32(dir, 0, uint32(at))
		dir = append(append(dir, e.name...), e.extra...)
		n++
	}
	return body, dir, n
}

func zipEnd(n, length, at int, comment string) []byte {
	b := put16([]byte("PK\x05\x06"), 0, 0, uint16(n), uint16(n))
	b = put32(b, uint32(length), uint32(at))
	return append(put16(b, uint16(len(comment))), comment...)
}

func handZip(t testing.TB, entries ...zentry) []byte {
	body, dir, n := handmade(t, 0, entries...)
	return slices.Concat(body, dir, zipEnd(n, len(dir), len(body), ""))
}

// prefixed has junk in front; off is what offsets are moved by.
func prefixed(t testing.TB, junk string, off int, entries ...zentry) []byte {
	body, dir, n := handmade(t, off, entries...)
	return slices.Concat([]byte(junk), body, dir, zipEnd(n, len(dir), len(body)+off, ""))
}

// twoDirectories: one lists a, the other b, and the end record points to
// the first, though it stands behind the second; or it points to the second, and a
// ZIP64 record to the first.
func twoDirectories(t testing.TB, a, b zentry, zip64 bool) []byte {
	bodyA, dirA, _ := handmade(t, 0, a)
	bodyB, dirB, _ := handmade(t, len(bodyA)+len(dirA), b)
	file := slices.Concat(bodyA, dirA, bodyB, dirB)
	atB := len(file) - len(dirB)
	if !zip64 {
		return append(file, zipEnd(1, len(dirB), len(bodyA), "")...)
	}
	le := binary.LittleEndian
	end := put16(le.AppendUint64([]byte("PK\x06\x06"), 44), 45, 45)
	end = put32(end, 0, 0)
	for _, v := range []int{1, 1, len(dirA), len(bodyA)} {
		end = le.AppendUint64(end, uint64(v))
	}
	at := len(file)
	end = append(end, "PK\x06\x07\x00\x00\x00\x00"...)
	end = put32(le.AppendUint64(end, uint64(at)), 1)
	return append(append(file, end...), zipEnd(1, len(dirB), atB, "")...)
}

// The tricks are those of which every loader's answer is known. In each stands a
// payload that one loader or another runs, and that is always found; whether the
// archive is ambiguous too is told for each.
func TestZipTricksAreTold(t *testing.T) {
	bad := string(evil)
	fine := string(good)
	main := func(change func(e *zentry)) []byte {
		e := zentry{name: "n/data.pkl", data: bad}
		change(&e)
		return handZip(t, e, zentry{name: "n/version", data: "3\n"})
	}
	named := func(names ...string) []byte {
		var all []zentry
		for i, n := range names {
			data := fine
			if i == len(names)/2 {
				data = bad
			}
			all = append(all, zentry{name: n, data: data})
		}
		return handZip(t, append(all, zentry{name: "n/version", data: "3\n"})...)
	}
	plain := main(func(*zentry) {})
	body, dir, n := handmade(t, 0, zentry{name: "n/data.pkl", data: bad}, zentry{name: "n/version", data: "3\n"})
	evilEntry, goodEntry := zentry{name: "n/data.pkl", data: bad}, zentry{name: "n/data.pkl", data: fine}
	long := bytes.Clone(plain)
	long[len(long)-2] = 9
	edit := func(sig string, pairs ...byte) []byte {
		b := bytes.Clone(plain)
		at := bytes.Index(b, []byte(sig))
		for i := 0; i < len(pairs); i += 2 {
			b[at+int(pairs[i])] = pairs[i+1]
		}
		return b
	}
	unicode := "\x75\x70\x0f\x00\x01\x00\x00\x00\x00n/data.pkl"
	const (
		silent  = ""
		warning = "warning"
		failure = "error"
	)
	for name, tt := range map[string]struct {
		data []byte
		want string // severity of PKL115
	}{
		"plain":                        {plain, silent},
		"deflated":                     {main(func(e *zentry) { e.method = 8 }), silent},
		"checksum":                     {main(func(e *zentry) { e.crc = 1 }), warning},
		"checksum 0":                   {main(func(e *zentry) { e.zeroCRC = true }), silent},
		"checksum, local":              {main(func(e *zentry) { e.localCRC = 1 }), silent},
		"two of a name":                {named("n/data.pkl", "n/data.pkl"), failure},
		"three of a name":              {named("n/data.pkl", "n/data.pkl", "n/data.pkl"), failure},
		"five of a name":               {named("n/data.pkl", "n/data.pkl", "n/data.pkl", "n/data.pkl", "n/data.pkl"), failure},
		"upper case":                   {named("n/DATA.PKL"), failure},
		"both cases":                   {named("n/data.pkl", "n/DATA.PKL"), failure},
		"folder in another case":       {named("n/data.pkl", "N/data.pkl"), failure},
		"local name":                   {main(func(e *zentry) { e.local = "n/data.txt" }), failure},
		"local name, longer":           {main(func(e *zentry) { e.local = "n/data.pkl.txt" }), failure},
		"local method":                 {main(func(e *zentry) { e.localMethod = 8 }), silent},
		"local sizes 0":                {main(func(e *zentry) { e.localDeny = len(bad) }), silent},
		"first of two directories":     {twoDirectories(t, evilEntry, goodEntry, false), failure},
		"second of two directories":    {twoDirectories(t, goodEntry, evilEntry, false), failure},
		"zip64, another directory":     {twoDirectories(t, evilEntry, goodEntry, true), failure},
		"prefix":                       {prefixed(t, "PK\x03\x04junk", 8, evilEntry), silent},
		"script before":                {prefixed(t, "#!/bin/python3\n", 15, evilEntry), silent},
		"prefix, offsets wrong":        {prefixed(t, "PK\x03\x04junk", 0, evilEntry), failure},
		"script before, offsets wrong": {prefixed(t, "#!/bin/sh\n", 0, evilEntry), silent},
		"later version":                {edit("PK\x01\x02", 6, 99), failure},
		"name is no text":              {edit("PK\x01\x02", 46+9, 0xff, 8, 0, 9, 8), failure},
		"comment of a record too long": {edit("PK\x01\x02", 33, 0xff), failure},
		"zips in a tar":                {tarOf(t, &tar.Header{Name: "a.pt"}, &tar.Header{Name: "b.pt"})(plain, plain), silent},
		"comment length":               {long, silent},
		"bytes behind":                 {slices.Concat(plain, make([]byte, 1000)), silent},
		"short end record behind":      {slices.Concat(plain, []byte("PK\x05\x06aaaa")), failure},
		"many bytes behind":            {slices.Concat(plain, make([]byte, 68_000)), failure},
		"too many bytes behind":        {slices.Concat(plain, make([]byte, 70_000)), silent},
		"empty archive in comment":     {slices.Concat(body, dir, zipEnd(n, len(dir), len(body), string(zipEnd(0, 0, 0, "")))), failure},
		"encrypted, directory":         {main(func(e *zentry) { e.flags, e.localFlags = 1, 1 }), failure},
		"encrypted, local":             {main(func(e *zentry) { e.localFlags = 1 }), failure},
		"encrypted, both":              {main(func(e *zentry) { e.flags = 1 }), failure},
		"masked":                       {main(func(e *zentry) { e.flags = 1 << 13 }), silent},
		"patched":                      {main(func(e *zentry) { e.flags = 1 << 5 }), silent},
		"no descriptor":                {main(func(e *zentry) { e.flags = 8 }), silent},
		"stored, longer":               {main(func(e *zentry) { e.declared = -5 }), warning},
		"deflated, longer":             {main(func(e *zentry) { e.method, e.declared = 8, -5 }), warning},
		"deflated, shorter":            {main(func(e *zentry) { e.method, e.declared = 8, 5 }), warning},
		"count lower":                  {slices.Concat(body, dir, zipEnd(1, len(dir), len(body), "")), warning},
		"count higher":                 {slices.Concat(body, dir, zipEnd(3, len(dir), len(body), "")), failure},
		"length lower":                 {slices.Concat(body, dir, zipEnd(n, len(dir)-1, len(body), "")), silent},
		"NUL":                          {named("n/data.pkl\x00.txt"), failure},
		"two folders":                  {named("n/data.pkl", "m/data.pkl"), silent},
		"no folder":                    {named("data.pkl"), silent},
		"upwards":                      {named("../data.pkl"), silent},
		"nested":                       {named("n/m/data.pkl"), silent},
		"unicode path":                 {main(func(e *zentry) { e.name, e.extra = "n/aaaa.txt", unicode }), failure},
		"unlisted":                     {handZip(t, goodEntry, zentry{name: "n/x", data: bad, unlisted: true}), failure},
		"unlisted, and no pickle":      {handZip(t, evilEntry, zentry{name: "n/x", data: "text", unlisted: true}), warning},
		"two archives":                 {slices.Concat(plain, handZip(t, goodEntry)), failure},
		"stored in a zip":              {handZip(t, zentry{name: "a.txt", data: "a"}, zentry{name: "b.zip", data: string(plain)}), silent},
		"of one name, and no pickles":  {handZip(t, evilEntry, zentry{name: "a", data: "a"}, zentry{name: "a", data: "b"}), warning},
		"cases, and no pickles":        {handZip(t, evilEntry, zentry{name: "a", data: "a"}, zentry{name: "A", data: "b"}), silent},
	} {
		rep, findings, _ := unnamed(tt.data)
		got, found := silent, false
		for _, f := range findings {
			found = found || f.Rule == "PKL101"
			if f.Rule == AmbiguousArchive.ID {
				if s := f.Severity.String(); got != failure {
					got = s
				}
			}
		}
		if !found || got != tt.want {
			t.Errorf("%s: payload found: %v; ambiguous: %q, want %q\n%+v\n%v", name, found, got, tt.want, rep.Ambiguities, rep.Problems)
		}
	}
}
