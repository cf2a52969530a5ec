package blob

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/internal/recipe"
	"github.com/pickle-lint/pickle-lint/lint"
)

// holding is a harmless pickle of a list whose second item is a literal.
func holding(op string, payload []byte) []byte {
	b := recipe.MustAssemble("PROTO 4\nEMPTY_LIST\nMARK\nNONE\n")
	switch op {
	case "SHORT_BINBYTES", "SHORT_BINUNICODE", "SHORT_BINSTRING":
		b = append(b, map[string]byte{"SHORT_BINBYTES": 'C', "SHORT_BINUNICODE": 0x8c, "SHORT_BINSTRING": 'U'}[op], byte(len(payload)))
	case "BYTEARRAY8":
		b = binary.LittleEndian.AppendUint64(append(b, 0x96), uint64(len(payload)))
	case "BINBYTES", "BINUNICODE":
		b = binary.LittleEndian.AppendUint32(append(b, map[string]byte{"BINBYTES": 'B', "BINUNICODE": 'X'}[op]), uint32(len(payload)))
	case "STRING", "UNICODE":
		b = append(b, map[string]byte{"STRING": 'S', "UNICODE": 'V'}[op])
		return slices.Concat(b, payload, []byte("\ne."))
	}
	return slices.Concat(b, payload, []byte("e."))
}

// latin1 is bytes as protocols below 3 write them.
func latin1(b []byte) []byte {
	var out []byte
	for _, c := range b {
		out = append(out, string(rune(c))...)
	}
	return out
}

func quoted(b []byte, prefix string) []byte {
	var out strings.Builder
	for _, c := range b {
		fmt.Fprintf(&out, prefix, c)
	}
	return []byte(out.String())
}

// A pickle inside a literal is found, in whatever way it is written.
func TestPicklesInLiterals(t *testing.T) {
	quotedEvil := slices.Concat([]byte("'"), quoted(evil, `\x%02x`), []byte("'"))
	for name, b := range map[string][]byte{
		"bytes":                  holding("SHORT_BINBYTES", evil),
		"bytes of a block":       slices.Concat(good, make([]byte, blockBehind(int64(len(good)))-int64(len(good))), holding("SHORT_BINBYTES", evil)),
		"long bytes":             holding("BINBYTES", slices.Concat(evil, make([]byte, 200<<10))),
		"bytearray":              holding("BYTEARRAY8", evil),
		"binary string":          holding("SHORT_BINSTRING", evil),
		"text in bytes":          holding("SHORT_BINBYTES", evilText),
		"text in str":            holding("SHORT_BINUNICODE", evilText),
		"a long line before it":  holding("BINBYTES", slices.Concat([]byte("V"+strings.Repeat("x", 20_000)+"\n0"), evilText)),
		"latin-1":                holding("BINUNICODE", latin1(evil)),
		"latin-1 zlib":           holding("BINUNICODE", latin1(deflated(t, evil))),
		"escapes":                holding("STRING", quotedEvil),
		"unicode escapes":        holding("UNICODE", quoted(evil, `\u%04x`)),
		"zlib":                   holding("BINBYTES", deflated(t, evil)),
		"gzip":                   holding("BINBYTES", gzipped(t, evil)),
		"zip":                    holding("BINBYTES", zipped(t, 8, "a/data.pkl", string(evil))),
		"npy":                    holding("BINBYTES", npy("'|O'", "(1,)", evil)),
		"base64":                 holding("BINUNICODE", []byte(base64.StdEncoding.EncodeToString(evil))),
		"base64 of base64":       holding("BINUNICODE", []byte(base64.StdEncoding.EncodeToString([]byte(base64.StdEncoding.EncodeToString(evil))))),
		"base64 of hex of gzip":  holding("BINUNICODE", []byte(base64.StdEncoding.EncodeToString([]byte(hex.EncodeToString(gzipped(t, evil)))))),
		"hex of base64":          holding("BINBYTES", []byte(hex.EncodeToString([]byte(base64.StdEncoding.EncodeToString(evil))))),
		"base64 of text":         holding("BINUNICODE", []byte(base64.StdEncoding.EncodeToString(evilText))),
		"base64 of gzip":         holding("BINBYTES", []byte(base64.URLEncoding.EncodeToString(gzipped(t, evil)))),
		"hex":                    holding("BINUNICODE", []byte(hex.EncodeToString(evil))),
		"hex of zlib":            holding("BINBYTES", []byte(hex.EncodeToString(deflated(t, evil)))),
		"base64 in UNICODE":      holding("UNICODE", []byte(base64.StdEncoding.EncodeToString(evil))),
		"base64 in zlib":         holding("BINBYTES", deflated(t, []byte(base64.StdEncoding.EncodeToString(evil)))),
		"a pickle in a pickle":   holding("BINBYTES", holding("BINBYTES", evil)),
		"cut behind its payload": holding("SHORT_BINBYTES", evil[:len(evil)-1]),
		"second of two":          holding("BINBYTES", slices.Concat(good, evil)),
	} {
		rep, findings, skips := unnamed(b)
		if !slices.Contains(ids(findings), "PKL101") {
			t.Errorf("%s: findings %v, %d streams, skips %v", name, ids(findings), len(rep.Streams), skips)
			continue
		}
		if !slices.ContainsFunc(findings, func(f *lint.Finding) bool {
			return len(f.Member) > 0 && strings.Contains(f.Member[0], " at 0x")
		}) {
			t.Errorf("%s: no member names the literal", name)
		}
	}
}

// A value is often written in several ways, one around the other; that is no depth
// of containers. Each way is opened once.
func TestValuesWrittenInManyWays(t *testing.T) {
	for name, wrap := range map[string]func(b []byte) []byte{
		"base64 and zlib": func(b []byte) []byte { return []byte(base64.StdEncoding.EncodeToString(deflated(t, b))) },
		"hex and gzip":    func(b []byte) []byte { return []byte(hex.EncodeToString(gzipped(t, b))) },
		"pickle and zlib": func(b []byte) []byte { return holding("BINBYTES", deflated(t, b)) },
	} {
		b := evil
		for range 5 {
			b = wrap(b)
		}
		for in, b := range map[string][]byte{"a literal": holding("BINBYTES", b), "a named file": b} {
			rep, findings, skips := scanned(b, Default)
			if len(findings) != 1 || findings[0].Rule != "PKL101" || len(skips) > 0 {
				t.Errorf("%s in %s: %v, %v", name, in, ids(findings), rep.Problems)
			}
		}
	}
}

// The values of a cache are no entries of an archive.
func TestManyCompressedLiterals(t *testing.T) {
	one := deflated(t, good)
	last := deflated(t, evil)
	many := slices.Concat(recipe.MustAssemble("PROTO 4\nEMPTY_LIST\nMARK\n"), bytes.Repeat(slices.Concat([]byte{'C', byte(len(one))}, one), 10_001), []byte{'C', byte(len(last))}, last, []byte("e."))
	_, findings, skips := unnamed(many)
	if !slices.Equal(ids(findings), []string{"PKL101"}) || len(skips) > 0 {
		t.Errorf("%v, %d skips", ids(findings), len(skips))
	}
}

// Literals that merely begin like a pickle are not spoken of.
func TestHonestLiterals(t *testing.T) {
	for name, b := range map[string][]byte{
		"text":             holding("BINUNICODE", []byte("coverage\npytest\n.tox\nthe rest of a list of requirements")),
		"a word":           holding("BINUNICODE", []byte("Introduction to the theory")),
		"no nucleotide":    holding("BINUNICODE", []byte(strings.Repeat("N", 100))),
		"a digest":         holding("BINUNICODE", []byte("8004959b2f2ab0a5a83aee29b7f3a1b1c4d2e6f7a8b9c0d1e2f3a4b5c6d7e8f9")),
		"numbers":          holding("BINBYTES", []byte("\x80\x02\xc3\x28\x00\x00\x00\x3f\x00\x00\x80\x3f")),
		"a broken length":  holding("BINBYTES", []byte("\x80\x02X\xff\xff\x00\x00rest of it")),
		"zlib of text":     holding("BINBYTES", deflated(t, []byte("coverage\npytest\n.tox\n"))),
		"zlib that is not": holding("BINBYTES", []byte("x\x9c this is no compressed data")),
	} {
		rep, findings, skips := unnamed(b)
		if len(findings) > 0 || len(skips) > 0 || len(rep.Streams) != 1 {
			t.Errorf("%s: findings %v, skips %v, %d streams", name, ids(findings), skips, len(rep.Streams))
		}
	}
	rep, findings, _ := unnamed(holding("BINBYTES", good))
	if len(findings) > 0 || len(rep.Streams) != 2 {
		t.Errorf("an honest pickle in a pickle: findings %v, %d streams, want none and 2", ids(findings), len(rep.Streams))
	}
}

// What is too deep or too much is told.
func TestLiteralsBeyondBounds(t *testing.T) {
	b := evil
	for range 13 {
		b = holding("BINBYTES", b)
	}
	if _, _, skips := unnamed(b); len(skips) == 0 {
		t.Error("thirteen pickles inside each other: no skip")
	}
	many := slices.Concat(recipe.MustAssemble("PROTO 4\nEMPTY_LIST\nMARK\n"), bytes.Repeat(slices.Concat([]byte{'C', byte(len(good))}, good), 11), []byte("e."))
	rep := Scan(context.Background(), "f", bytes.NewReader(many), int64(len(many)), Options{Limits: Limits{Literals: 10}})
	if len(rep.Problems) != 1 || len(rep.Streams) != 11 {
		t.Errorf("more literals than are looked at: %d streams, problems %v", len(rep.Streams), rep.Problems)
	}
}
