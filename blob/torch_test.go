package blob

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pickle-lint/pickle-lint/internal/recipe"
	"github.com/pickle-lint/pickle-lint/pickle"
)

const legacyHead = `
PROTO 2
LONG1 119547037146038801333356
STOP
PROTO 2
BININT2 1001
STOP
PROTO 2
EMPTY_DICT
BINPUT 0
MARK
BINUNICODE 'little_endian'
NEWTRUE
SETITEMS
STOP
`

// legacyObject holds two storages.
const legacyObject = `
PROTO 2
MARK
BINUNICODE 'storage'
GLOBAL torch FloatStorage
BINUNICODE '101'
BINUNICODE 'cpu'
BININT1 3
NONE
TUPLE
BINPERSID
MARK
BINUNICODE 'storage'
GLOBAL torch LongStorage
BINUNICODE '102'
BINUNICODE 'cpu'
BININT1 2
NONE
TUPLE
BINPERSID
TUPLE2
STOP
PROTO 2
EMPTY_LIST
MARK
BINUNICODE '101'
BINUNICODE '102'
APPENDS
STOP
`

// counted is a count of elements and the elements.
func counted(count, each int) []byte {
	b := binary.LittleEndian.AppendUint64(nil, uint64(count))
	return append(b, bytes.Repeat([]byte("\x9c"), count*each)...)
}

func legacyFile(head, object string) []byte {
	return slices.Concat(recipe.MustAssemble(head+object), counted(3, 4), counted(2, 8))
}

func TestTorchLegacy(t *testing.T) {
	whole := legacyFile(legacyHead, legacyObject)
	rep, findings, skips := unnamed(whole)
	if len(rep.Streams) != 5 || rep.Streams[4].Trailing != 0 || len(findings)+len(skips) > 0 {
		t.Errorf("honest: %d streams, findings %v, skips %v", len(rep.Streams), findings, skips)
	}
	before, _, _ := strings.Cut(legacyObject, "STOP\n")
	before += "STOP\n"
	// The magic number is computed, here by a call: what stands in the file says nothing.
	computed := strings.Replace(legacyHead, "LONG1 119547037146038801333356", "GLOBAL posix system\nBINUNICODE 'id'\nTUPLE1\nREDUCE", 1)
	for name, tt := range map[string]struct {
		data     []byte
		rules    []string
		trailing int64
		told     string
	}{
		"payload behind":         {slices.Concat(whole, evil), []string{"PKL101"}, 0, ""},
		"text payload behind":    {slices.Concat(whole, evilText), []string{"PKL101"}, 0, ""},
		"payload as magic":       {legacyFile(computed, legacyObject), []string{"PKL101"}, 0, ""},
		"payload as keys":        {slices.Concat(recipe.MustAssemble(legacyHead+before), evil), []string{"PKL101"}, 0, ""},
		"junk behind":            {slices.Concat(whole, []byte("\xff\xff")), nil, 2, ""},
		"cut":                    {whole[:len(whole)-1], nil, 43, "breaks off"},
		"cut in a count":         {whole[:len(whole)-20], nil, 24, "breaks off"},
		"unknown storage":        {legacyFile(legacyHead, strings.Replace(legacyObject, "LongStorage", "NewStorage", 1)), []string{"PKL105"}, 44, "length is not known"},
		"count beyond the end":   {slices.Concat(whole[:len(whole)-24], []byte("\xff\xff\xff\xff\xff\xff\xff\xff")), nil, 28, "breaks off"},
		"payload at the storage": {slices.Concat(whole[:len(whole)-44], evil), []string{"PKL101"}, 0, "breaks off"},
	} {
		rep, findings, skips := unnamed(tt.data)
		last := rep.Streams[len(rep.Streams)-1]
		if !slices.Equal(ids(findings), tt.rules) || last.Trailing != tt.trailing {
			t.Errorf("%s: rules %v, want %v; %d bytes behind, want %d", name, ids(findings), tt.rules, last.Trailing, tt.trailing)
		}
		if tt.told == "" != (len(skips) == 0) || tt.told != "" && !strings.Contains(skips[0].Reason, tt.told) {
			t.Errorf("%s: skips %v, want %q", name, skips, tt.told)
		}
	}
}

const (
	storagesCount = "PROTO 2\nBININT1 1\nSTOP\n"
	storageTuple  = "PROTO 2\nBININT1 5\nBINUNICODE 'cpu'\nGLOBAL torch FloatStorage\nTUPLE3\nSTOP\n"
	tensorTuple   = "PROTO 2\nBININT1 7\nBININT1 5\nGLOBAL torch FloatTensor\nTUPLE3\nSTOP\n"
	storageViews  = "PROTO 2\nEMPTY_LIST\nSTOP\n"
)

func dims(n int) []byte {
	return append(binary.LittleEndian.AppendUint64(nil, uint64(n)), make([]byte, 16*n+8)...)
}

func tarOf(t testing.TB, headers ...*tar.Header) func(data ...[]byte) []byte {
	return func(data ...[]byte) []byte {
		t.Helper()
		var out bytes.Buffer
		w := tar.NewWriter(&out)
		for i, h := range headers {
			h.Mode = 0o600
			if i < len(data) {
				h.Size = int64(len(data[i]))
			}
			if err := w.WriteHeader(h); err != nil {
				t.Fatal(err)
			}
			if i < len(data) {
				if _, err := w.Write(data[i]); err != nil {
					t.Fatal(err)
				}
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
}

func torchTar(t testing.TB, storages, tensors, object []byte) []byte {
	return tarOf(t, &tar.Header{Name: "pickle"}, &tar.Header{Name: "tensors"}, &tar.Header{Name: "storages"})(object, tensors, storages)
}

func TestTorchTar(t *testing.T) {
	asm := recipe.MustAssemble
	storages := slices.Concat(asm(storagesCount), asm(storageTuple), counted(4, 4), asm(storageViews))
	tensors := slices.Concat(asm(storagesCount), asm(tensorTuple), dims(2))
	object := asm("PROTO 2\nBININT1 7\nBINPERSID\nSTOP\n")
	rep, findings, skips := unnamed(torchTar(t, storages, tensors, object))
	if len(rep.Streams) != 6 || len(findings)+len(skips) > 0 {
		t.Errorf("honest: %d streams, findings %v, skips %v", len(rep.Streams), findings, skips)
	}
	half := strings.Replace(storageTuple, "FloatStorage", "HalfStorage", 1)
	for name, b := range map[string][]byte{
		"storages":                        torchTar(t, evil, tensors, object),
		"storages, text":                  torchTar(t, evilText, tensors, object),
		"tensors":                         torchTar(t, storages, evil, object),
		"pickle":                          torchTar(t, storages, tensors, evilText),
		"behind the count":                torchTar(t, slices.Concat(asm(storagesCount), evilText), tensors, object),
		"behind a storage":                torchTar(t, slices.Concat(asm(storagesCount), asm(storageTuple), counted(4, 4), evilText), tensors, object),
		"behind halves":                   torchTar(t, slices.Concat(asm(storagesCount), asm(half), counted(5, 2), evilText), tensors, object),
		"behind an unknown class":         torchTar(t, slices.Concat(asm(storagesCount), asm(strings.Replace(storageTuple, "FloatStorage", "NewStorage", 1)), counted(5, 8), evilText), tensors, object),
		"behind a tensor":                 torchTar(t, storages, slices.Concat(asm(storagesCount), asm(tensorTuple), dims(3), evilText), object),
		"behind a tensor of none":         torchTar(t, storages, slices.Concat(asm(storagesCount), asm(tensorTuple), dims(0), evilText), object),
		"anywhere":                        torchTar(t, slices.Concat(storages, []byte("\xff\xff\xff"), bytes.Repeat([]byte("\x80\x02\x80"), 5_000), evil), tensors, object),
		"second storages":                 tarOf(t, &tar.Header{Name: "storages"}, &tar.Header{Name: "storages"})(storages, evil),
		"first storages":                  tarOf(t, &tar.Header{Name: "storages"}, &tar.Header{Name: "storages"})(evil, storages),
		"hard link to it":                 tarOf(t, &tar.Header{Name: "x"}, &tar.Header{Name: "storages", Typeflag: tar.TypeLink, Linkname: "x"})(slices.Concat(asm(storagesCount), asm(storageTuple), counted(4, 4), evilText)),
		"links in a row":                  tarOf(t, &tar.Header{Name: "x"}, &tar.Header{Name: "y", Typeflag: tar.TypeSymlink, Linkname: "x"}, &tar.Header{Name: "tensors", Typeflag: tar.TypeSymlink, Linkname: "./y"})(slices.Concat(asm(storagesCount), asm(tensorTuple), dims(3), evilText)),
		"pax, long name":                  tarOf(t, &tar.Header{Name: strings.Repeat("long/", 60) + "x", Format: tar.FormatPAX})(evil),
		"gnu, long name":                  tarOf(t, &tar.Header{Name: strings.Repeat("long/", 60) + "x", Format: tar.FormatGNU})(evil),
		"of a type that nobody knows":     tarOf(t, &tar.Header{Name: "x", Typeflag: '7'})(evil),
		"in a checkpoint inside of .nemo": tarOf(t, &tar.Header{Name: "./model_config.yaml"}, &tar.Header{Name: "./model_weights.ckpt"})([]byte("target: nemo.collections.asr\n"), zipped(t, zip.Store, "archive/data.pkl", string(evil))),
	} {
		if _, findings, _ := unnamed(b); !slices.Contains(ids(findings), "PKL101") {
			t.Errorf("%s: rules %v", name, ids(findings))
		}
	}
	many := torchTar(t, slices.Concat(storages, []byte("\xff"), bytes.Repeat([]byte("\x80\x02\x80"), 2*maxCarved)), tensors, object)
	if _, _, skips := unnamed(many); len(skips) != 1 || !strings.Contains(skips[0].Reason, "look like pickles") {
		t.Errorf("too many places: skips %v", skips)
	}
	away := tarOf(t, &tar.Header{Name: "storages", Typeflag: tar.TypeSymlink, Linkname: "/tmp/x"})()
	if _, _, skips := unnamed(away); len(skips) != 1 || !strings.Contains(skips[0].Reason, "not in the tar") {
		t.Errorf("a link that leads out of the tar: skips %v", skips)
	}
}

// What PyTorch and its kin write is silent, and a payload in any member is found.
func TestFormatsOfPyTorch(t *testing.T) {
	object := string(recipe.MustAssemble("PROTO 2\nEMPTY_DICT\nSTOP\n"))
	for name, members := range map[string][]string{
		"torch.save":    {"n/data.pkl", object, "n/byteorder", "little", "n/data/0", "\x00\x01\x02\x03", "n/version", "3\n", "n/.data/serialization_id", "0636067589145689764400000000000000000000"},
		"TorchScript":   {"n/data.pkl", object, "n/code/__torch__/net.py", "class Net(Module):\n  __parameters__ = []\n", "n/code/__torch__/net.py.debug_pkl", object, "n/constants.pkl", string(recipe.MustAssemble("PROTO 2\nEMPTY_TUPLE\nSTOP\n")), "n/version", "3\n"},
		"torch.package": {"n/.data/extern_modules", "torch\n", "n/.data/python_version", "3.11.7", "n/.data/version", "6\n", "n/.data/0.storage", "\x00\x00", "n/res/model.pkl", object, "n/mymod.py", "X = 1\n", "n/byteorder", "little"},
		"wheel":         {"p/__init__.py", "import os\n", "p-1.0.dist-info/METADATA", "Metadata-Version: 2.1\n", "p-1.0.dist-info/RECORD", "p/__init__.py,,\n"},
		"TorchServe":    {"MAR-INF/MANIFEST.json", "{}", "handler.py", "def handle(data, context): ...\n", "model.pt", string(legacyFile(legacyHead, legacyObject))},
	} {
		for _, method := range []uint16{zip.Store, zip.Deflate} {
			_, findings, skips := unnamed(zipped(t, method, members...))
			if len(findings)+len(skips) > 0 {
				t.Errorf("%s: findings %v, skips %v", name, ids(findings), skips)
			}
			for i := 1; i < len(members); i += 2 {
				bad := slices.Clone(members)
				bad[i] = string(evil)
				if _, findings, _ := unnamed(zipped(t, method, bad...)); !slices.Equal(ids(findings), []string{"PKL101"}) {
					t.Errorf("%s, payload as %s: rules %v", name, bad[i-1], ids(findings))
				}
			}
		}
	}
}

// Bytes between pickles are the writer's to choose.
func FuzzTorch(f *testing.F) {
	f.Add(slices.Concat(counted(3, 4), counted(2, 8), evil))
	f.Add(slices.Concat(recipe.MustAssemble(storageTuple), counted(4, 4), evilText))
	f.Add(slices.Concat(recipe.MustAssemble(tensorTuple), dims(3), evilText))
	head := recipe.MustAssemble(legacyHead + legacyObject)
	count := recipe.MustAssemble(storagesCount)
	lim := Limits{Pickle: pickle.Limits{Ops: 1 << 12, Stack: 1 << 10, Memo: 1 << 10, Duration: time.Second}, Streams: 100, Facts: 1000}
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, whole := range [][]byte{slices.Concat(head, b), torchTar(t, slices.Concat(count, b), b, b)} {
			rep := Scan(context.Background(), "f", bytes.NewReader(whole), int64(len(whole)), Options{Limits: lim})
			for _, s := range rep.Streams {
				if size := s.size; s.Trace.End > size || s.Trailing < 0 || s.Trailing > size {
					t.Fatalf("%v: end %d, trailing %d of %d", s.Member, s.Trace.End, s.Trailing, size)
				}
			}
		}
	})
}
