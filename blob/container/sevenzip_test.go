package container

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/binary"
	"slices"
	"strings"
	"testing"
)

// sevens are archives of fox and of "second\n" as Debian's 7z 26.02 writes them,
// with -mtm- -mtr- besides what stands in front of each.
var sevens = map[string]string{
	// 7z a solid.7z empty.txt fox.txt second.txt
	"solid": "N3q8ryccAAR5v7MysQAAAAAAAAAgAAAAAAAAAFi9h9rgAhAATF0AKhoIogMlZvFLeMWiBf8u5tnSIBqtNPjiHehBNvrcBmm7POQQNCcJ67Nm49RteyZDie1BJ1SR4u37ixvCgQycPLO3LMeitxyMWU4AAAAAAIEzB64P0vUM/UDAkNL/fWlNj1JmBEHmxVjpoEi67CKhLjleWjKcxLomHrmBD3/JJf0QIEyp5ey6JhQqYxnnzKL9gPxunAy/rDFYWq1HUd/KUHagMiXvtWHcAAAXBlQBCV0ABwsBAAEjAwEBBV0AEAAADHwKASc1NC4AAA==",
	// 7z a -ms=off -m0=Deflate plain.7z fox.txt second.txt
	"plain": "N3q8ryccAASRMGlHogAAAAAAAAAgAAAAAAAAAINDSHjtjMkRgCAQBFOZACyjMYFVEPHYVRSv6IEACIAqPvOYru5u0ji8HRb0Th7GKC9mv+0n5NYOV8Qr/R+UmAbEKj0cJ2eRIcstara4bAABBwD4/3NlY29uZAoAAIEzB64xnHvxCzzlCABJTm4dixCnvS+f3YhRcK0gBdifUNv2qD0KUWuZcuWWDTSFtieMqbvJa3MAzCqDUQS2ifT9FfnQ0VmR4AAXBlcBCUsABwsBAAEjAwEBBV0AEAAADFgKAVkIIH4AAA==",
	// 7z a -mhc=off -m0=BZip2 bz.7z fox.txt
	"bz": "N3q8ryccAAT8/DyZgQAAAAAAAABCAAAAAAAAAEE4LRVCWmg5MUFZJlNZSE+IvgAAOROAQAUEAD////AgAJAoAAAAAFKoSeoGjaj1Gmm2qM11Wi6FhblgvZarIuy5L3WyzXqWayX0si3Lks1uLhZl+L5Xct1kuC0XgXUsloWC2XNarotVsXYu5aF4r9LgtEYLBfCr+XNf4u5IpwoSCQnxF8ABBAYAAQmAgQAHCwEAAQMEAgIMggoACAoBtm2glwAABQEZCgAAAAAAAAAAAAAREQBmAG8AeAAuAHQAeAB0AAAAAAA=",
	// 7z a -mhc=off -m0=Delta:4 -m1=LZMA delta.7z fox.txt second.txt
	"delta": "N3q8ryccAAQYcpi1XwAAAAAAAABoAAAAAAAAAEtyzxEAKhoIogBvOTtTYX9vcH9P4+L+8faYMNInE56IVTEQRQdPgoWnBxx+oluoEGA1ngNa3bpzKNW88zO75R0ZqLu/r0Y79bBIc56hVtTeVa57XQFdoabD/v3E+31dCVDAAAEEBgABCV8ABwsBAAIjAwEBBV0AEAAAIQMBAwEADIIRghEACA0CCYIKCgG2baCXfsAPBgAABQIZBAAAAAARJwBmAG8AeAAuAHQAeAB0AAAAcwBlAGMAbwBuAGQALgB0AHgAdAAAAAAA",
	// 7z a -m0=BCJ -m1=Copy bcj.7z fox.txt
	"bcj": "N3q8ryccAARGZx82CgIAAAAAAABCAAAAAAAAAMfAn2RUaGUgcXVpY2sgYnJvd24gZm94IGp1bXBzIG92ZXIgdGhlIGxhenkgZG9nLCBhbmQgdGhlbiB0aGUgcXVpY2sgYnJvd24gZm94IGp1bXBzIGFnYWluLiBUaGUgcXVpY2sgYnJvd24gZm94IGp1bXBzIG92ZXIgdGhlIGxhenkgZG9nLCBhbmQgdGhlbiB0aGUgcXVpY2sgYnJvd24gZm94IGp1bXBzIGFnYWluLiBUaGUgcXVpY2sgYnJvd24gZm94IGp1bXBzIG92ZXIgdGhlIGxhenkgZG9nLCBhbmQgdGhlbiB0aGUgcXVpY2sgYnJvd24gZm94IGp1bXBzIGFnYWluLiBUaGUgcXVpY2sgYnJvd24gZm94IGp1bXBzIG92ZXIgdGhlIGxhenkgZG9nLCBhbmQgdGhlbiB0aGUgcXVpY2sgYnJvd24gZm94IGp1bXBzIGFnYWluLiBUaGUgcXVpY2sgYnJvd24gZm94IGp1bXBzIG92ZXIgdGhlIGxhenkgZG9nLCBhbmQgdGhlbiB0aGUgcXVpY2sgYnJvd24gZm94IGp1bXBzIGFnYWluLiBUaGUgcXVpY2sgYnJvd24gZm94IGp1bXBzIG92ZXIgdGhlIGxhenkgZG9nLCBhbmQgdGhlbiB0aGUgcXVpY2sgYnJvd24gZm94IGp1bXBzIGFnYWluLiABBAYAAQmCCgAHCwEAAgEABAMDAQMBAAyCCoIKAAgKAbZtoJcAAAUBGQMAAAAREQBmAG8AeAAuAHQAeAB0AAAAAAA=",
	// 7z a -m0=PPMd ppmd.7z second.txt
	"ppmd": "N3q8ryccAASdaSo4DAAAAAAAAABIAAAAAAAAAO8XyxUAcvB+Z1OY+sq9BAABBAYAAQkMAAcLAQABIwMEAQUGAAABAAwHAAgKAX7ADwYAAAUBGQYAAAAAAAARFwBzAGUAYwBvAG4AZAAuAHQAeAB0AAAAAAA=",
	// 7z a -psecret -m0=Copy enc.7z second.txt
	"enc": "N3q8ryccAAROiWYaEAAAAAAAAABYAAAAAAAAAMhyYXQrKgkZnrUjE17EXu4p9BWJAQQGAAEJEAAHCwEAAiQG8QcBElMPLeGQ4X9u6WKX3YdqX/KrWgEAAQAMBwcACAoBfsAPBgAABQEZAwAAABEXAHMAZQBjAG8AbgBkAC4AdAB4AHQAAAAAAA==",
	// 7z a -psecret -mhe enchdr.7z second.txt
	"enchdr": "N3q8ryccAASDDHdXcAAAAAAAAAAuAAAAAAAAAEIglR3dLpIYzDnTZAkDAC4bsHQUtmUZhnqNR/9Ul2zmqRirlF9wZ/X9uWtmsHMoQ2qUiuCdvbfOR2VuidbWFOx7tKjI/D0FQ2Ghf4r5cZSg9Y0sYlQWRcFNlBPCEz8O35raQV/yM01nUj6dt5jN7O1ZEDQUFwYQAQlgAAcLAQABJAbxBwESUw+jLGgDumFhRIQGbF7FI4JrDFgKAWs7ZMMAAA==",
}

func sevenIn(t testing.TB, name string) []byte {
	t.Helper()
	b, err := base64.StdEncoding.DecodeString(sevens[name])
	if err != nil || len(b) == 0 {
		t.Fatalf("%s: %d bytes, %v", name, len(b), err)
	}
	return b
}

// sevenWith is an archive with a header that is not compressed.
func sevenWith(data, header string) []byte {
	b := make([]byte, sevenStart)
	copy(b, "7z\xbc\xaf\x27\x1c\x00\x04")
	binary.LittleEndian.PutUint64(b[12:], uint64(len(data)))
	binary.LittleEndian.PutUint64(b[20:], uint64(len(header)))
	return slices.Concat(b, []byte(data), []byte(header))
}

func TestSevenZip(t *testing.T) {
	first, second := "fox.txt="+fox, "second.txt=second\n"
	for name, tt := range map[string]struct {
		members []string
		problem string
	}{
		"solid": {[]string{first, second}, ""}, "plain": {[]string{first, second}, ""}, "bz": {[]string{first}, ""},
		"delta": {[]string{first, second}, ""}, "bcj": {[]string{first}, "filter 0x3030103, which was not undone"},
		"ppmd": {nil, "method 0x30401"}, "enc": {nil, "encrypted"}, "enchdr": {nil, "encrypted"},
	} {
		b := sevenIn(t, name)
		if got := recognisedBy(b); !slices.Equal(got, []string{"7z"}) {
			t.Errorf("%s: recognised as %v", name, got)
		}
		members, problems := opened(t, SevenZip{}, b, Limits{})
		if !slices.Equal(members, tt.members) || (len(problems) > 0) != (tt.problem != "") || !strings.Contains(strings.Join(problems, "\n"), tt.problem) {
			t.Errorf("%s: members %q, problems %q", name, members, problems)
		}
		for n := 6; n < len(b); n++ {
			if _, problems := opened(t, SevenZip{}, b[:n], Limits{}); len(problems) == 0 {
				t.Errorf("%s, cut at %d: silent", name, n)
			}
		}
		// Damaged anywhere: no panic.
		for i := range b {
			for _, x := range []byte{1, 0x10, 0x80, 0xff} {
				bad := bytes.Clone(b)
				bad[i] ^= x
				opened(t, SevenZip{}, bad, Limits{Bytes: 1 << 20})
			}
		}
	}
}

// A wrong checksum anywhere does not end the reading.
func TestSevenZipChecksums(t *testing.T) {
	b := sevenIn(t, "delta")
	for _, at := range []int{8, 28} {
		b[at] ^= 0xff
	}
	if members, problems := opened(t, SevenZip{}, b, Limits{}); len(members) != 2 || len(problems) > 0 {
		t.Errorf("members %q, problems %q", members, problems)
	}
}

const sevenHuge = "\xff\xff\xff\xff\xff\xff\xff\x0f"

func TestSevenZipHeaders(t *testing.T) {
	pack := "\x01\x04\x06\x00\x01\x09\x07\x00"
	folder := "\x07\x0b\x01\x00\x01\x01\x00\x0c\x07\x00"
	for name, tt := range map[string]struct {
		header  string
		members []string
		problem string
	}{
		"no names":       {pack + folder + "\x00\x00", []string{"folder 0, file 0=second\n"}, ""},
		"cut in names":   {pack + folder + "\x08\x0d\x02\x09\x03\x00\x00\x05\x02\x11\x07\x00a\x00", []string{"folder 0, file 0=sec", "folder 0, file 1=ond\n"}, "unexpected EOF"},
		"names":          {pack + folder + "\x08\x0d\x02\x09\x03\x00\x00\x05\x03\x0e\x01\x40\x11\x0d\x00a\x00\x00\x00b\x00\x00\x00c\x00\x00\x00\x00", []string{"a=sec", "c=ond\n"}, ""},
		"file too large": {pack + folder + "\x08\x0d\x02\x09\x7f\x00\x00\x00", []string{"folder 0, file 0=second\n", "folder 0, file 1="}, ""},
		"packs":          {"\x01\x04\x06\x00\xff" + sevenHuge + "\x09\x07", nil, "unexpected EOF"},
		"folders":        {pack + "\x07\x0b\xff" + sevenHuge + "\x00", nil, "unexpected EOF"},
		"many folders":   {pack + "\x07\x0b\xff" + sevenHuge + "\x00" + strings.Repeat("\x01\x01\x00", 20_000), nil, "more than 10000 folders"},
		"coders":         {pack + "\x07\x0b\x01\x00\x21", nil, "a folder of 33 coders"},
		"properties":     {pack + "\x07\x0b\x01\x00\x01\x21\x21\xff" + sevenHuge, nil, "unexpected EOF"},
		"files":          {pack + folder + "\x08\x0d\xff" + sevenHuge + "\x09" + strings.Repeat("\x00", 30_000), nil, "more than 20000 files"},
		"sums":           {"\x01\x04\x06\x00\x01\x0a\x01", nil, "unexpected EOF"},
		"many sums":      {"\x01\x04\x06\x00\xff" + sevenHuge + "\x0a\x00", nil, "unexpected EOF"},
		"circle":         {pack + "\x07\x0b\x01\x00\x03\x01\x00\x01\x00\x01\x00\x00\x01\x00\x00\x0c\x07\x07\x07\x00\x00\x00", nil, "not in a row"},
		"two inputs":     {pack + "\x07\x0b\x01\x00\x01\x11\x00\x02\x01\x00\x01\x0c\x07\x00\x00\x00", nil, "not in a row"},
		"too long":       {strings.Replace(pack, "\x09\x07", "\x09\x70", 1) + folder + "\x00\x00", []string{"folder 0, file 0=second\n"}, "cut short"},
	} {
		members, problems := opened(t, SevenZip{}, sevenWith("second\n", tt.header), Limits{})
		if len(tt.members) > 0 && !slices.Equal(members, tt.members) || (len(problems) > 0) != (tt.problem != "") || !strings.Contains(strings.Join(problems, "\n"), tt.problem) {
			t.Errorf("%s: %d members %.100q, problems %.200q", name, len(members), members, problems)
		}
	}
	// A header that says only that it is compressed, and is itself again.
	loop := sevenWith("\x17\x06\x00\x01\x09\x0f\x00\x07\x0b\x01\x00\x01\x01\x00\x0c\x14\x00\x00", "\x17\x06\x00\x01\x09\x12\x00\x07\x0b\x01\x00\x01\x01\x00\x0c\x12\x00\x00")
	if _, problems := opened(t, SevenZip{}, loop, Limits{}); len(problems) != 1 {
		t.Errorf("loop: problems %q", problems)
	}
}

// A file of a folder reads the same in any order.
func TestSevenZipReadsAnywhere(t *testing.T) {
	b := sevenIn(t, "solid")
	var all []Member
	for m, err := range (SevenZip{}).Members(Plain(bytes.NewReader(b), int64(len(b))), NewBudget(context.Background(), Limits{Memory: 200})) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, m)
	}
	want := []string{fox, "second\n"}
	for range 3 {
		for i := len(all) - 1; i >= 0; i-- {
			got := make([]byte, len(want[i]))
			if n, _ := all[i].Data.ReadAt(got, 0); n != len(got) || string(got) != want[i] {
				t.Errorf("%s: %q", all[i].Name, got[:n])
			}
			ReleaseAll(all[i].Data)
		}
	}
}

func FuzzSevenZip(f *testing.F) {
	for name := range sevens {
		f.Add(sevenIn(f, name))
	}
	f.Add(sevenWith("second\n", "\x01\x04\x06\x00\x01\x09\x07\x00\x07\x0b\x01\x00\x01\x01\x00\x0c\x07\x00\x08\x0d\x02\x09\x03\x00\x00\x05\x02\x11\x07\x00a\x00"))
	f.Fuzz(func(t *testing.T, b []byte) {
		lim := Limits{Entries: 50, Bytes: 1 << 20, Total: 4 << 20, Memory: 1 << 14}
		members, _ := opened(t, SevenZip{}, b, lim)
		if len(members) > lim.Entries {
			t.Fatalf("%d members", len(members))
		}
	})
}
