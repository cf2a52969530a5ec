package facts

import (
	"archive/zip"
	"bytes"
	"fmt"
	"reflect"
	"testing"

	"github.com/pickle-lint/pickle-lint/blob"
	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/internal/recipe"
	"github.com/pickle-lint/pickle-lint/lint"
)

func blobsOf(t *testing.T, data []byte) []*lint.Blob {
	t.Helper()
	rep := blob.Scan(t.Context(), "f", bytes.NewReader(data), int64(len(data)), blob.Options{Named: true})
	return Blobs(rep, catalog.Builtin())
}

var everybody = []string{"c-mem", "c-file", "c-peek", "py"}

func TestBlobs(t *testing.T) {
	evil := recipe.MustAssemble("PROTO 4\nGLOBAL posix system\nSHORT_BINUNICODE 'id'\nTUPLE1\nREDUCE\nGLOBAL collections OrderedDict\nGLOBAL posix system\nGLOBAL shop Order\nSTOP")
	plain := recipe.MustAssemble("PROTO 2\nEMPTY_DICT\nSTOP")
	for name, tt := range map[string]struct {
		data []byte
		want []*lint.Blob
	}{
		"nothing": {[]byte("This is no pickle."), nil},
		"one": {evil, []*lint.Blob{{
			Path: "f", Size: int64(len(evil)), Pickles: 1, Ops: 9, Protocols: []int{4}, Calls: 1, Loaders: everybody,
			Globals: map[string]int{"dangerous": 1, "allowed": 1, "unknown": 1},
		}}},
		"two": {append(bytes.Clone(plain), evil...), []*lint.Blob{{
			Path: "f", Size: int64(len(plain) + len(evil)), Pickles: 2, Ops: 12, Protocols: []int{2, 4}, Calls: 1, Loaders: everybody,
			Globals: map[string]int{"dangerous": 1, "allowed": 1, "unknown": 1},
		}}},
		"broken": {evil[:len(evil)-1], []*lint.Blob{{
			Path: "f", Size: int64(len(evil) - 1), Pickles: 1, Broken: 1, Ops: 8, Protocols: []int{4}, Calls: 1,
			Globals: map[string]int{"dangerous": 1, "allowed": 1, "unknown": 1},
		}}},
	} {
		if got := blobsOf(t, tt.data); !reflect.DeepEqual(got, tt.want) {
			for _, b := range got {
				t.Errorf("%s: got %+v", name, b)
			}
		}
	}
}

// A file of many members is told in few lines, the odd ones among them.
func TestManyMembersAreTold(t *testing.T) {
	plain := recipe.MustAssemble("PROTO 2\nEMPTY_DICT\nSTOP")
	evil := recipe.MustAssemble("PROTO 4\nGLOBAL posix system\nSTOP")
	var file bytes.Buffer
	z := zip.NewWriter(&file)
	const members, last = 300, 299
	for i := range members {
		w, err := z.CreateHeader(&zip.FileHeader{Name: fmt.Sprintf("%03d.pkl", i), Method: zip.Store})
		if err != nil {
			t.Fatal(err)
		}
		data := plain
		if i == last {
			data = evil
		}
		if _, err := w.Write(data); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	got := blobsOf(t, file.Bytes())
	if len(got) != mostMembers+1 {
		t.Fatalf("%d lines", len(got))
	}
	if b := got[0]; len(b.Member) > 0 || b.Containers[0] != "zip" || b.Size != int64(file.Len()) {
		t.Errorf("the file: %+v", b)
	}
	if b := got[mostMembers-1]; b.Member[0] != "299.pkl" || b.Globals["dangerous"] != 1 {
		t.Errorf("the odd one: %+v", b)
	}
	rest := members + 1 - mostMembers
	want := &lint.Blob{Path: "f", More: rest, Pickles: rest, Ops: 3 * int64(rest), Protocols: []int{2}, Loaders: everybody}
	if !reflect.DeepEqual(got[mostMembers], want) {
		t.Errorf("the rest: %+v", got[mostMembers])
	}
}
