package lock

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Parse reads a lock strictly: it must be, byte for byte, what [File.Bytes] writes. What
// two readers could understand in two ways is no lock. Errors name the line.
func Parse(text []byte) (*File, error) {
	if before, _, found := bytes.Cut(text, []byte("\r\n")); found {
		return nil, fmt.Errorf("line %d: the line ends with CR LF, as git on Windows may have made it: write \"%s text eol=lf\" into .gitattributes", 1+bytes.Count(before, []byte("\n")), Name)
	}
	f, err := read(text, true)
	if err != nil {
		return nil, err
	}
	for _, b := range f.Blobs {
		b.Normalize()
	}
	if err := sameText(text, f.Bytes()); err != nil {
		return nil, err
	}
	return f, nil
}

// Mend reads a lock as far as it can be understood, for whoever is about to write it anew:
// in any order, with line ends of any kind, and of two entries for a path the second.
func Mend(text []byte) (*File, error) {
	f, err := read(bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n")), false)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(f.Blobs, func(a, b *Blob) int { return cmp.Compare(a.Path, b.Path) })
	slices.Reverse(f.Blobs)
	f.Blobs = slices.CompactFunc(f.Blobs, func(a, b *Blob) bool { return a.Path == b.Path })
	slices.Reverse(f.Blobs)
	for _, b := range f.Blobs {
		b.Normalize()
	}
	return f, nil
}

// sameText returns an error about the first line that is not as it should be.
func sameText(text, want []byte) error {
	if bytes.Equal(text, want) {
		return nil
	}
	is, should := bytes.SplitAfter(text, []byte("\n")), bytes.SplitAfter(want, []byte("\n"))
	for i := range max(len(is), len(should)) {
		if i >= len(is) || i >= len(should) || !bytes.Equal(is[i], should[i]) {
			return fmt.Errorf("line %d: not as \"pickle-lint lock\" writes it: run that, and review what changes", i+1)
		}
	}
	return nil
}

// reading is the state between two lines.
type reading struct {
	file   *File
	strict bool
	blob   *Blob
	pickle *Pickle
	ended  bool
}

func read(text []byte, strict bool) (*File, error) {
	if len(text) > MaxSize {
		return nil, fmt.Errorf("a lock of %d bytes: more than %d are not read", len(text), MaxSize)
	}
	r := &reading{file: new(File), strict: strict}
	n := 0
	for l := range bytes.Lines(text) {
		n++
		line := strings.TrimSuffix(string(l), "\n")
		if n == 1 {
			if err := checkVersion(line); err != nil {
				return nil, err
			}
			continue
		}
		if err := r.line(line, n); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
	}
	switch {
	case n == 0:
		return nil, fmt.Errorf("line 1: the file is empty; a lock begins with %q", headline)
	case !r.ended:
		return nil, fmt.Errorf("line %d: the lock has no end: its last line is not %q", n, last)
	}
	return r.file, nil
}

func checkVersion(line string) error {
	word, ok := strings.CutPrefix(line, magic)
	if !ok {
		return fmt.Errorf("line 1: this is no lock: it does not begin with %q", headline)
	}
	switch n, err := strconv.Atoi(word); {
	case err != nil || n < 1 || strconv.Itoa(n) != word:
		return fmt.Errorf("line 1: %q is no version of a lock", show(word))
	case n > version:
		return fmt.Errorf("line 1: the lock is of version %d, and this pickle-lint knows none later than %d: it was written by a newer one", n, version)
	}
	return nil
}

func (r *reading) line(line string, n int) error {
	for _, mark := range []string{"<<<<<<<", "=======", ">>>>>>>", "|||||||"} {
		if strings.HasPrefix(line, mark) {
			return fmt.Errorf("%q is the mark of a merge: take the lock of one side (git checkout --ours %s), and run \"pickle-lint lock\"", mark, Name)
		}
	}
	key, rest, _ := strings.Cut(strings.TrimLeft(line, " "), " ")
	if key == "" || key[0] == '#' {
		return nil // that it stands where it should is told by sameText
	}
	if r.ended {
		return fmt.Errorf("something stands behind %q", last)
	}
	values, err := words(rest)
	if err != nil {
		return err
	}
	switch key {
	case last:
		r.ended = true
		return r.close()
	case "blob":
		return r.begin(values, n)
	}
	if r.blob == nil {
		return fmt.Errorf("%q stands before the first blob", show(key))
	}
	if key == "pickle" {
		r.pickle = &Pickle{Member: values}
		r.blob.Pickles = append(r.blob.Pickles, r.pickle)
		return nil
	}
	if len(values) != 1 {
		return fmt.Errorf("%s takes one word, and %d are there", show(key), len(values))
	}
	return r.fact(key, values[0])
}

// begin takes the first line of an entry.
func (r *reading) begin(values []string, n int) error {
	if err := r.close(); err != nil {
		return err
	}
	if len(values) != 1 {
		return fmt.Errorf("blob takes one path, and %d words are there", len(values))
	}
	if err := checkPath(values[0]); err != nil {
		return err
	}
	r.blob, r.pickle = &Blob{Path: values[0], Size: -1, Line: n}, nil
	if k := len(r.file.Blobs); r.strict && k > 0 {
		switch before := r.file.Blobs[k-1]; cmp.Compare(before.Path, r.blob.Path) {
		case 0:
			return fmt.Errorf("%s is on line %d already: one path has one entry", show(word(r.blob.Path)), before.Line)
		case 1:
			return fmt.Errorf("%s stands behind %s: entries are in the order of their paths; \"pickle-lint lock\" puts them so", show(word(r.blob.Path)), show(word(before.Path)))
		}
	}
	r.file.Blobs = append(r.file.Blobs, r.blob)
	return nil
}

// checkPath refuses what does not lead to one file below the directory of the lock.
func checkPath(p string) error {
	if p == "" || p == "." || path.IsAbs(p) || path.Clean(p) != p || p == ".." || strings.HasPrefix(p, "../") || strings.ContainsRune(p, 0) {
		return fmt.Errorf("%s does not lead to a file below the directory of the lock", show(strconv.Quote(p)))
	}
	return nil
}

// close checks that the entry before is whole.
func (r *reading) close() error {
	if r.blob == nil {
		return nil
	}
	switch b := r.blob; {
	case b.SHA256 == "":
		return fmt.Errorf("the entry of line %d has no sha256", b.Line)
	case b.Size < 0:
		return fmt.Errorf("the entry of line %d has no size", b.Line)
	case b.FirstSeen == "":
		return fmt.Errorf("the entry of line %d has no first-seen", b.Line)
	case len(b.Pickles) == 0:
		return fmt.Errorf("the entry of line %d has no pickle", b.Line)
	}
	return nil
}

var errTwice = errors.New("the entry says this twice")

// fact takes a line of an entry.
func (r *reading) fact(key, value string) error {
	b := r.blob
	switch key {
	case "sha256":
		if b.SHA256 != "" {
			return errTwice
		}
		if len(value) != 64 || strings.Trim(value, "0123456789abcdef") != "" {
			return fmt.Errorf("%q is not a SHA-256 in hexadecimal", show(value))
		}
		b.SHA256 = value
	case "size":
		n, err := strconv.ParseInt(value, 10, 64)
		if err != nil || n < 0 || b.Size >= 0 {
			return fmt.Errorf("%q is not a number of bytes, or not the only one", show(value))
		}
		b.Size = n
	case "first-seen":
		if b.FirstSeen != "" {
			return errTwice
		}
		if _, err := time.Parse(time.DateOnly, value); err != nil {
			return fmt.Errorf("%q is not a date of the form YYYY-MM-DD", show(value))
		}
		b.FirstSeen = value
	case "container":
		b.Containers = append(b.Containers, value)
	case "further":
		n, err := strconv.Atoi(value)
		if err != nil || n < 1 {
			return fmt.Errorf("%q is not a number of places", show(value))
		}
		r.pickle = &Pickle{More: n}
		b.Pickles = append(b.Pickles, r.pickle)
	default:
		return r.pickleFact(key, value)
	}
	return nil
}

func (r *reading) pickleFact(key, value string) error {
	switch key {
	case "protocol", "global", "call":
	default:
		return fmt.Errorf("%q is nothing that a lock says", show(key))
	}
	if r.pickle == nil {
		return fmt.Errorf("%s stands before the first pickle of its entry", key)
	}
	switch key {
	case "protocol":
		n, err := strconv.Atoi(value)
		if err != nil || n < 0 || n > 255 {
			return fmt.Errorf("%q is no protocol", show(value))
		}
		r.pickle.Protocols = append(r.pickle.Protocols, n)
	case "global":
		r.pickle.Globals = append(r.pickle.Globals, value)
	case "call":
		r.pickle.Calls = append(r.pickle.Calls, value)
	}
	return nil
}
