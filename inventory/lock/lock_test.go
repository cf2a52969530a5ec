package lock

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pickle-lint/pickle-lint/lint"
)

// example is a block of a page: entries, and what is wanted of their lines.
func example(t *testing.T, code string) (*File, map[string][]string) {
	t.Helper()
	wants := make(map[string][]string)
	var out strings.Builder
	out.WriteString(preface + "\n")
	for line := range strings.Lines(code) {
		line, want, ok := strings.Cut(strings.TrimSuffix(line, "\n"), ` # want "`)
		if ok {
			wants[strings.TrimPrefix(line, "blob ")] = append(wants[strings.TrimPrefix(line, "blob ")], strings.TrimSuffix(want, `"`))
		}
		out.WriteString(line + "\n")
		if strings.HasPrefix(line, "  size") && !strings.Contains(code, "first-seen") {
			out.WriteString("  first-seen 2026-11-02\n")
		}
	}
	f, err := Parse([]byte(out.String() + "\nend\n"))
	if err != nil {
		t.Fatalf("%v in\n%s", err, out.String())
	}
	return f, wants
}

// The examples of the pages are a lock, or none of its entries, and a tree: what is said of
// an entry or a blob stands behind its first line.
func TestPages(t *testing.T) {
	for _, rule := range Rules {
		for _, section := range rule.Page.Sections {
			lock, is, wants := new(File), new(File), make(map[string][]string)
			for _, e := range section.Examples {
				f, w := example(t, e.Code)
				if e.Lang == "lock" {
					lock = f
				} else {
					is = f
				}
				for path, texts := range w {
					wants[path] = append(wants[path], texts...)
				}
			}
			if want := map[string]bool{"Example": true}[section.Title]; want != (len(wants) > 0) {
				t.Errorf("%s: %s: %d wants", rule.Name, section.Title, len(wants))
			}
			var missing []*Blob
			for _, b := range lock.Blobs {
				if is.Find(b.Path) == nil {
					missing = append(missing, b)
				}
			}
			j := &Judging{Lock: lock, Path: Name, Show: func(path string) string { return path }}
			for _, f := range j.Judge(is.Blobs, missing) {
				at := f.Path
				for _, b := range lock.Blobs {
					if f.Path == Name && f.Line == b.Line {
						at = b.Path
					}
				}
				if f.Rule == rule.ID && (len(wants[at]) == 0 || !strings.Contains(f.Message, wants[at][0])) {
					t.Errorf("%s: %s: %s: %s", rule.Name, section.Title, at, f.Message)
				}
				if f.Rule == rule.ID {
					delete(wants, at)
				} else if section.Title != "Example" {
					t.Errorf("%s: %s: %s: %s", rule.Name, section.Title, f.Rule, f.Message)
				}
			}
			for at, texts := range wants {
				t.Errorf("%s: %s: nothing says %q of %s", rule.Name, section.Title, texts, at)
			}
		}
	}
}

var digest = strings.Repeat("5a", 32)

func blob(path string, globals ...string) *Blob {
	b := &Blob{Path: path, SHA256: digest, Size: 12, FirstSeen: "2026-11-26", Pickles: []*Pickle{{Protocols: []int{4}, Globals: globals}}}
	b.Normalize()
	return b
}

// names are what files, members and globals may be called.
var names = []string{
	"a", "a b", "b/c.pkl", `"`, "#a", "new\nline", "é", "e\u0301", "\xff", "a\u202eb", "\ufffd", "\t", "os.system", "\r", `\`, "'", "end", "blob", "\x00",
}

func randomLock(r *rand.Rand) *File {
	f := new(File)
	seen := make(map[string]bool)
	some := func() (out []string) {
		for range r.IntN(4) {
			out = append(out, names[r.IntN(len(names))])
		}
		return out
	}
	for range r.IntN(6) {
		path := names[r.IntN(len(names))]
		if seen[path] || checkPath(path) != nil {
			continue
		}
		seen[path] = true
		b := &Blob{Path: path, SHA256: digest, Size: r.Int64N(1 << 40), FirstSeen: "2026-11-26", Containers: []string{"zip", "gzip", "zip"}[:r.IntN(4)]}
		for range 1 + r.IntN(100) {
			b.Pickles = append(b.Pickles, &Pickle{Member: some(), Protocols: []int{r.IntN(6), r.IntN(6)}, Globals: some(), Calls: some()})
		}
		b.Normalize()
		f.Blobs = append(f.Blobs, b)
	}
	slices.SortFunc(f.Blobs, func(a, b *Blob) int { return strings.Compare(a.Path, b.Path) })
	return f
}

// What is written is read back, whatever is in it, and comes in one form.
func TestRoundTrip(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	entries := 0
	for range 200 {
		text := randomLock(r).Bytes()
		back, err := Parse(text)
		if err != nil {
			t.Fatalf("%v in\n%s", err, text)
		}
		entries += len(back.Blobs)
		if !bytes.Equal(back.Bytes(), text) {
			t.Fatalf("another text comes back from\n%s", text)
		}
		for i := range text {
			if c := text[i]; c != '\n' && (c < ' ' || c > '~') {
				t.Fatalf("byte %#x stands in\n%s", c, text)
			}
		}
	}
	if entries < 100 {
		t.Errorf("%d entries", entries)
	}
}

func lines(more ...string) string { return preface + "\n" + strings.Join(more, "\n") + "\n" }

func entry(path string) string {
	return "blob " + path + "\n  sha256 " + digest + "\n  size 12\n  first-seen 2026-11-26\n  pickle\n    protocol 4"
}

func TestMistakes(t *testing.T) {
	whole := string((&File{Blobs: []*Blob{blob("a", "m.x"), blob("b")}}).Bytes())
	for _, tt := range []struct{ text, want string }{
		{"", "line 1: the file is empty"},
		{"{}\n", "line 1: this is no lock"},
		{magic + "2\nwhatever\n", "line 1: the lock is of version 2, and this pickle-lint knows none later than 1: it was written by a newer one"},
		{magic + "01\n", `line 1: "01" is no version`},
		{strings.ReplaceAll(whole, "\n", "\r\n"), "line 1: the line ends with CR LF"},
		{strings.TrimSuffix(whole, "\nend\n"), "the lock has no end"},
		{whole + "blob c\n", `something stands behind "end"`},
		{whole + "\n", "line 21: not as \"pickle-lint lock\" writes it"},
		{strings.TrimSuffix(whole, "\n"), "line 20: not as"},
		{strings.Replace(whole, "somebody", "nobody", 1), "line 2: not as"},
		{strings.Replace(whole, "    global m.x", "    global \"m.x\"", 1), "line 11: not as"},
		{strings.Replace(whole, "    global m.x", "   global m.x", 1), "line 11: not as"},
		{strings.Replace(whole, "    global m.x", "    global m.x y", 1), "line 11: global takes one word, and 2 are there"},
		{strings.Replace(whole, "    global m.x", "    global \"m.x", 1), "line 11: a quote is not closed"},
		{strings.Replace(whole, "    global m.x", "    global \"m.x\"y", 1), "line 11: something stands right behind the quotes"},
		{strings.Replace(whole, "    global m.x", "    imports m.x", 1), `line 11: "imports" is nothing that a lock says`},
		{strings.Replace(whole, "    global m.x", "    global m.x\n    global m.x", 1), "line 12: not as"},
		{strings.Replace(whole, "    global m.x", "    global m.x\n    global a.b", 1), "line 11: not as"},
		{lines(entry("b"), "", entry("a"), "", last), "line 12: a stands behind b"},
		{lines(entry("a"), "", entry("a"), "", last), "line 12: a is on line 5 already: one path has one entry"},
		{lines(entry("a"), entry("b"), "", last), "line 11: not as"},
		{lines(entry("../a"), "", last), `line 5: "../a" does not lead to a file below the directory of the lock`},
		{lines(entry("/etc/a"), "", last), "does not lead to a file below"},
		{lines(entry("a/./b"), "", last), "does not lead to a file below"},
		{lines(entry(`"a\x00"`), "", last), "does not lead to a file below"},
		{lines("blob a", last), "line 6: the entry of line 5 has no sha256"},
		{lines("  size 3", last), `line 5: "size" stands before the first blob`},
		{lines("blob a", "  sha256 "+digest, "  size 1", "  first-seen 2026-11-26", "", last), "the entry of line 5 has no pickle"},
		{lines("blob a", "  sha256 5A", last), `line 6: "5A" is not a SHA-256`},
		{lines("blob a", "  size -1", last), `line 6: "-1" is not a number of bytes`},
		{lines("blob a", "  first-seen 2026-13-01", last), `line 6: "2026-13-01" is not a date`},
		{lines("blob a", "    global x", last), "line 6: global stands before the first pickle"},
		{lines("<<<<<<< ours", last), `line 5: "<<<<<<<" is the mark of a merge`},
		{strings.Repeat("x", MaxSize+1), "more than"},
	} {
		f, err := Parse([]byte(tt.text))
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%.200q: %v, %v, want %s", tt.text, f, err, tt.want)
		}
	}
}

// No bit and no end of a lock can be changed without it being no lock any more, or saying
// something else than what was reviewed. Of the day on which a path was first seen nobody
// but a signature can tell.
func TestBitFlips(t *testing.T) {
	f := &File{Blobs: []*Blob{blob("a", "builtins.list", "os.path.join"), blob("dir/b c.pkl", "x.y")}}
	f.Blobs[1].Containers = []string{"zip"}
	f.Blobs[1].Pickles[0].Member = []string{"inner", "data.pkl"}
	f.Blobs[1].Pickles[0].Calls = []string{"x.y"}
	text := f.Bytes()
	silent := 0
	for i := range 8 * len(text) {
		damaged := bytes.Clone(text)
		damaged[i/8] ^= 1 << (i % 8)
		back, err := Parse(damaged)
		if err != nil {
			continue
		}
		j := &Judging{Lock: back, Path: Name, Show: func(path string) string { return path }}
		var missing []*Blob
		for _, b := range back.Blobs {
			if f.Find(b.Path) == nil {
				missing = append(missing, b)
			}
		}
		if len(j.Judge(f.Blobs, missing)) > 0 {
			continue
		}
		silent++
		if at := bytes.LastIndexByte(damaged[:i/8], '\n'); !bytes.HasPrefix(damaged[at+1:], []byte("  first-seen ")) {
			t.Errorf("bit %d does not count: %s", i, damaged[at+1:])
		}
	}
	for i := range text {
		if _, err := Parse(text[:i]); err == nil {
			t.Errorf("the first %d bytes are a lock", i)
		}
	}
	if silent == 0 {
		t.Error("no day could be changed, which the comment says")
	}
}

func TestFuture(t *testing.T) {
	f := &File{Blobs: []*Blob{blob("a")}}
	f.Blobs[0].Line = 5
	day := func(text string) time.Time { d, _ := time.Parse(time.DateOnly, text); return d }
	if err := f.Future(day("2026-11-26")); err != nil {
		t.Error(err)
	}
	if err := f.Future(day("2026-11-25")); err == nil || err.Error() != "line 5: a was first seen on 2026-11-26, and today is 2026-11-25: set the clock right, or say --today" {
		t.Error(err)
	}
}

// Somebody who has put both sides of a merge together need not sort them.
func TestMend(t *testing.T) {
	f, err := Mend([]byte(strings.ReplaceAll(lines(entry("b"), "    global z.z", "    global a.a", entry("a"), entry("b"), "", last), "\n", "\r\n")))
	if err != nil {
		t.Fatal(err)
	}
	if want := string((&File{Blobs: []*Blob{blob("a"), blob("b")}}).Bytes()); string(f.Bytes()) != want {
		t.Errorf("%s\nwant\n%s", f.Bytes(), want)
	}
	if _, err := Parse(f.Bytes()); err != nil {
		t.Error(err)
	}
}

// Equal places of a container are one, and what nobody would read is summed up.
func TestNormalize(t *testing.T) {
	b := &Blob{Path: "a", Pickles: []*Pickle{{Member: []string{"x"}, Globals: []string{"b.b"}}, {Member: []string{"x"}, Globals: []string{"a.a", "b.b"}}}}
	b.Normalize()
	if len(b.Pickles) != 1 || fmt.Sprint(b.Globals()) != "[a.a b.b]" {
		t.Errorf("%d places, %v", len(b.Pickles), b.Globals())
	}
	b = new(Blob)
	for i := range 200 {
		b.Pickles = append(b.Pickles, &Pickle{Member: []string{fmt.Sprintf("%03d", i)}, Globals: []string{fmt.Sprint("m.", i)}})
	}
	b.Normalize()
	if last := b.Pickles[len(b.Pickles)-1]; len(b.Pickles) != mostPlaces+1 || last.More != 200-mostPlaces || len(b.Globals()) != 200 {
		t.Errorf("%d places, the last of %d, %d globals", len(b.Pickles), last.More, len(b.Globals()))
	}
	again := *b
	again.Normalize()
	if !sameFacts(b, &again) {
		t.Error("what is normal becomes something else")
	}
}

func TestUpdate(t *testing.T) {
	f := &File{Blobs: []*Blob{blob("bad", "a.a"), blob("changed", "a.a", "b.b"), blob("gone"), blob("same"), blob("unseen")}}
	bad, changed, added, worse := blob("bad", "os.system"), blob("changed", "b.b", "c.c"), blob("added", "d.d"), blob("worse", "os.system")
	for _, b := range []*Blob{bad, changed, added, worse} {
		b.FirstSeen = ""
	}
	changed.Size = 99
	c := f.Update([]*Blob{worse, bad, changed, added, blob("same")}, "2027-01-01",
		func(b *Blob) bool { return b.Path == "gone" }, func(b *Blob) bool { return b == bad || b == worse })
	paths := func(blobs []*Blob) (out []string) {
		for _, b := range blobs {
			out = append(out, b.Path)
		}
		return out
	}
	if got := fmt.Sprint(paths(c.Added), paths(c.Removed), paths(c.Refused), len(c.Changed)); got != "[added] [gone] [bad worse] 1" {
		t.Error(got)
	}
	if d := c.Changed[0]; fmt.Sprintf("%v %v %v %v", d.NewGlobals, d.Gone, d.After.FirstSeen, added.FirstSeen) != "[c.c] [a.a] 2026-11-26 2027-01-01" {
		t.Errorf("%v %v %v %v", d.NewGlobals, d.Gone, d.After.FirstSeen, added.FirstSeen)
	}
	if got := fmt.Sprint(paths(f.Blobs), f.Find("bad").Globals()); got != "[added bad changed same unseen] [a.a]" {
		t.Error(got)
	}
}

// A finding that a baseline accepts is about these bytes.
func TestFingerprints(t *testing.T) {
	lock := &File{Blobs: []*Blob{blob("a")}}
	printOf := func(sum string) lint.Fingerprint {
		b := blob("a")
		b.SHA256 = sum
		found := (&Judging{Lock: lock, Path: Name, Show: func(p string) string { return p }}).Judge([]*Blob{b}, nil)
		if len(found) != 1 || found[0].Rule != ChangedBlob.ID {
			t.Fatalf("%v", found)
		}
		return found[0].Fingerprint
	}
	one, other := printOf(strings.Repeat("1", 64)), printOf(strings.Repeat("2", 64))
	if one == other || one != printOf(strings.Repeat("1", 64)) {
		t.Error("two changes have the same fingerprint, or one has two")
	}
}

func FuzzParse(f *testing.F) {
	f.Add((&File{Blobs: []*Blob{blob("a b", "os.system"), blob("b")}}).Bytes())
	f.Add([]byte(lines(entry("b"), entry("a"), last)))
	f.Add(randomLock(rand.New(rand.NewPCG(3, 4))).Bytes())
	f.Fuzz(func(t *testing.T, text []byte) {
		if file, err := Parse(text); err == nil && !bytes.Equal(file.Bytes(), text) {
			t.Errorf("%q is read, and is not what is written", text)
		}
		if file, err := Mend(text); err == nil {
			if _, err := Parse(file.Bytes()); err != nil {
				t.Errorf("%q is mended to what is no lock: %v", text, err)
			}
		}
	})
}
