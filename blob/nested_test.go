package blob

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/binary"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/internal/recipe"
	"github.com/pickle-lint/pickle-lint/lint"
)

// Tensors that pickle.dumps of Python 3.11 made with torch 1.13:
// pickle.dumps(torch.tensor([1.0, 2.0]), protocol).
func TestHonestTensors(t *testing.T) {
	names, err := filepath.Glob("testdata/torch-tensor.p*")
	if err != nil || len(names) < 4 {
		t.Fatalf("%d fixtures, %v", len(names), err)
	}
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, policy := range []Policy{Default, Strict} {
			rep, findings, skips := scanned(b, policy)
			if len(findings)+len(skips) > 0 || len(rep.Streams) != 6 {
				t.Errorf("%s, %s: %d streams, findings %v, skips %v", name, policy, len(rep.Streams), ids(findings), skips)
			}
		}
		if _, findings, _ := scanned(b, WeightsOnly); !slices.Equal(ids(findings), []string{"PKL101", "PKL116"}) {
			t.Errorf("%s: weights-only says %v", name, ids(findings))
		}
	}
}

const (
	load = "GLOBAL torch.storage _load_from_bytes\n"
)

// bytesOp writes bytes with BINBYTES, for assembled ops before and behind it.
func bytesOp(b []byte) []byte {
	return slices.Concat(binary.LittleEndian.AppendUint32([]byte{'B'}, uint32(len(b))), b)
}

// loading is a stream that is written before and behind a literal.
func loading(before string, literal []byte, behind string) []byte {
	return slices.Concat(recipe.MustAssemble("PROTO 4\n"+before), literal, recipe.MustAssemble(behind))
}

// What is not one whole file of torch.save, with nothing wrong in it, given to
// the loader as the stream spells it out, is an error.
func TestNestedLoads(t *testing.T) {
	clean := legacyFile(legacyHead, legacyObject)
	evilObject := legacyFile(legacyHead, strings.Replace(legacyObject, "TUPLE2\nSTOP", "GLOBAL posix system\nBINUNICODE 'id'\nTUPLE1\nREDUCE\nTUPLE3\nSTOP", 1))
	ownObject := legacyFile(legacyHead, strings.Replace(legacyObject, "TUPLE2\nSTOP", "GLOBAL mine Thing\nEMPTY_TUPLE\nNEWOBJ\nTUPLE3\nSTOP", 1))
	frames := slices.Concat(clean[:2], []byte("\x95\xff\x00\x00\x00\x00\x00\x00\x00"), clean[2:])
	for name, b := range map[string][]byte{
		"a dangerous global":           loading(load, bytesOp(evilObject), "TUPLE1\nREDUCE\nSTOP\n"),
		"a class nobody knows":         loading(load, bytesOp(ownObject), "TUPLE1\nREDUCE\nSTOP\n"),
		"cut":                          loading(load, bytesOp(clean[:len(clean)-1]), "TUPLE1\nREDUCE\nSTOP\n"),
		"cut in a stream":              loading(load, bytesOp(clean[:150]), "TUPLE1\nREDUCE\nSTOP\n"),
		"with more behind it":          loading(load, bytesOp(slices.Concat(clean, []byte("N."))), "TUPLE1\nREDUCE\nSTOP\n"),
		"with more before it":          loading(load, bytesOp(slices.Concat(good, clean)), "TUPLE1\nREDUCE\nSTOP\n"),
		"a pickle":                     loading(load, bytesOp(good), "TUPLE1\nREDUCE\nSTOP\n"),
		"no pickle":                    loading(load, bytesOp([]byte("a harmless text")), "TUPLE1\nREDUCE\nSTOP\n"),
		"empty":                        loading(load, bytesOp(nil), "TUPLE1\nREDUCE\nSTOP\n"),
		"a frame that lies":            loading(load, bytesOp(frames), "TUPLE1\nREDUCE\nSTOP\n"),
		"a zip":                        loading(load, bytesOp(zipped(t, 0, "a/data.pkl", string(good))), "TUPLE1\nREDUCE\nSTOP\n"),
		"compressed":                   loading(load, bytesOp(gzipped(t, clean)), "TUPLE1\nREDUCE\nSTOP\n"),
		"base64":                       loading(load, bytesOp([]byte(base64.StdEncoding.EncodeToString(clean))), "TUPLE1\nREDUCE\nSTOP\n"),
		"a bytearray":                  loading(load, slices.Concat(binary.LittleEndian.AppendUint64([]byte{0x96}, uint64(len(clean))), clean), "TUPLE1\nREDUCE\nSTOP\n"),
		"a binary string":              loading(load, slices.Concat(binary.LittleEndian.AppendUint32([]byte{'T'}, uint32(len(clean))), clean), "TUPLE1\nREDUCE\nSTOP\n"),
		"two arguments":                loading(load, bytesOp(clean), "NONE\nTUPLE2\nREDUCE\nSTOP\n"),
		"unpacked":                     loading(load, bytesOp(clean), "REDUCE\nSTOP\n"),
		"computed":                     loading(load+"GLOBAL _codecs encode\n", bytesOp(clean), "BINUNICODE 'zlib'\nTUPLE2\nREDUCE\nTUPLE1\nREDUCE\nSTOP\n"),
		"not called":                   loading("", bytesOp(clean), "POP\n"+load+"STOP\n"),
		"looked at, not called":        loading("", bytesOp(clean), load+"TUPLE2\nSTOP\n"),
		"one of two":                   slices.Concat(loading(load+"MEMOIZE\n", bytesOp(clean), "TUPLE1\nREDUCE\nPOP\nBINGET 0\n"), bytesOp(evilObject), recipe.MustAssemble("TUPLE1\nREDUCE\nSTOP\n")),
		"called again":                 loading(load+"MEMOIZE\n", bytesOp(clean), "TUPLE1\nREDUCE\nPOP\nBINGET 0\nBINBYTES 'text'\nTUPLE1\nREDUCE\nSTOP\n"),
		"given away":                   loading(load+"MEMOIZE\n", bytesOp(clean), "TUPLE1\nREDUCE\nPOP\nGLOBAL functools partial\nBINGET 0\nBINBYTES 'text'\nTUPLE2\nREDUCE\nSTOP\n"),
		"the frames of the stream lie": slices.Concat(recipe.MustAssemble("PROTO 4\n"), []byte("\x95\x05\x00\x00\x00\x00\x00\x00\x00"), loading(load, bytesOp(clean), "TUPLE1\nREDUCE\nSTOP\n")[2:]),
		"another loader":               loading("GLOBAL pickle loads\n", bytesOp(clean), "TUPLE1\nREDUCE\nSTOP\n"),
		"torch.load":                   loading("GLOBAL torch load\n", bytesOp(clean), "TUPLE1\nREDUCE\nSTOP\n"),
		"names may be others":          loading("GLOBAL copyreg add_extension\nBINUNICODE 'a'\nBINUNICODE 'b'\nBININT1 1\nTUPLE3\nREDUCE\n"+load, bytesOp(clean), "TUPLE1\nREDUCE\nSTOP\n"),
	} {
		_, findings, _ := unnamed(b)
		want := "torch.storage._load_from_bytes"
		switch name {
		case "another loader":
			want = "pickle.loads"
		case "torch.load":
			want = "torch.load"
		}
		if !slices.ContainsFunc(findings, func(f *lint.Finding) bool { return f.Severity == lint.Error && f.Callable == want }) {
			t.Errorf("%s: no error names %s: %v", name, want, messages(findings))
		}
	}
}

func messages(findings []*lint.Finding) (all []string) {
	for _, f := range findings {
		all = append(all, f.Rule+" "+f.Message)
	}
	return all
}

// Nothing is done to what was loaded but to hand it on.
func TestNestedResults(t *testing.T) {
	clean := legacyFile(legacyHead, legacyObject)
	for behind, want := range map[string][]string{
		"STOP":                                  nil,
		"DUP\nTUPLE2\nSTOP":                     nil,
		"EMPTY_DICT\nBUILD\nSTOP":               {"PKL102"},
		"NONE\nAPPEND\nSTOP":                    {"PKL102"},
		"BINUNICODE 'k'\nNONE\nSETITEM\nSTOP":   {"PKL102"},
		"EMPTY_TUPLE\nREDUCE\nSTOP":             {"PKL101"},
		"BINUNICODE 'id'\nTUPLE1\nNEWOBJ\nSTOP": {"PKL101"},
	} {
		_, findings, _ := unnamed(loading(load, bytesOp(clean), "TUPLE1\nREDUCE\n"+behind+"\n"))
		if got := ids(findings); !slices.Equal(got, want) {
			t.Errorf("%q: %v, want %v", behind, messages(findings), want)
		}
	}
	// Two calls may share a literal, which nothing can change.
	shared := loading(load+"MEMOIZE\n", bytesOp(clean), "MEMOIZE\nTUPLE1\nREDUCE\nBINGET 0\nBINGET 1\nTUPLE1\nREDUCE\nTUPLE2\nSTOP\n")
	if _, findings, _ := unnamed(shared); len(findings) > 0 {
		t.Errorf("a shared literal: %v", messages(findings))
	}
}

// A literal that was not looked into for a limit excuses nothing.
func TestNestedBeyondBounds(t *testing.T) {
	clean := legacyFile(legacyHead, legacyObject)
	one := loading(load, bytesOp(clean), "TUPLE1\nREDUCE\nSTOP\n")
	deep := one
	for range 14 {
		deep = holding("BINBYTES", deep)
	}
	many := slices.Concat(recipe.MustAssemble("PROTO 4\nEMPTY_LIST\nMARK\n"), bytes.Repeat(bytesOp(good), 10), one[2:len(one)-1], []byte("e."))
	for name, tt := range map[string]struct {
		b   []byte
		lim Limits
	}{
		"literals": {many, Limits{Literals: 10}},
		"streams":  {one, Limits{Streams: 4}},
	} {
		rep := Scan(context.Background(), "f", bytes.NewReader(tt.b), int64(len(tt.b)), Options{Limits: tt.lim})
		findings, skips := Judge(rep, catalog.Builtin(), Default)
		if !slices.Contains(ids(findings), "PKL101") || len(skips) == 0 {
			t.Errorf("%s: findings %v, skips %v", name, messages(findings), skips)
		}
	}
	rep := Scan(context.Background(), "f", bytes.NewReader(many), int64(len(many)), Options{})
	if findings, _ := Judge(rep, catalog.Builtin(), Default); len(findings) > 0 {
		t.Errorf("within the limits: %v", messages(findings))
	}
	// Where it is too deep to look into, there is a skip.
	if _, _, skips := unnamed(deep); len(skips) == 0 {
		t.Error("a call in fourteen literals: no skip")
	}
}
