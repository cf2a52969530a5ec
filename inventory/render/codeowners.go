package render

import (
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/pickle-lint/pickle-lint/inventory"
	"github.com/pickle-lint/pickle-lint/lint"
)

// writeCodeOwners is for the CODEOWNERS file: who is asked when somebody changes a file that
// writes or loads pickles, or one by which they are judged.
func writeCodeOwners(w io.Writer, inv *inventory.Inventory, opt Options) error {
	o := newFileOwners(inv)
	var b strings.Builder
	fmt.Fprintf(&b, "# Pickles in %s: who is asked when such a file changes. Made by \"pickle-lint inventory\" for the\n", lint.Printable(inv.Repository))
	b.WriteString("# end of CODEOWNERS: of several lines that match a file, the last one counts.\n")
	if files := opt.files(); len(files) > 0 {
		b.WriteString("\n# What pickle-lint goes by.\n")
		for _, path := range files {
			o.line(&b, path, o.ofAll(path))
		}
	}
	if len(o.words) > 0 {
		b.WriteString("\n# Files that write or load pickles.\n")
		for _, path := range slices.Sorted(maps.Keys(o.words)) {
			o.line(&b, path, o.words[path])
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// files are those by which pickle-lint judges, as far as there are any.
func (o Options) files() []string {
	files := slices.DeleteFunc([]string{o.Config, o.Baseline, o.Lock}, func(path string) bool { return path == "" })
	slices.Sort(files)
	return slices.Compact(files)
}

// fileOwners says who owns the files of a record.
type fileOwners struct {
	inv *inventory.Inventory
	// words are what the record says of each file that has a site, sorted; handles are the
	// names in it that a forge understands.
	words   map[string][]string
	handles []string
}

func newFileOwners(inv *inventory.Inventory) *fileOwners {
	o := &fileOwners{inv: inv, words: make(map[string][]string)}
	add := func(path string, words ...string) {
		o.words[path] = append(o.words[path], words...)
		slices.Sort(o.words[path])
		o.words[path] = slices.Compact(o.words[path])
		o.handles = append(o.handles, words...)
	}
	for _, c := range inv.Channels {
		o.handles = append(o.handles, c.Owners...)
		for _, e := range endsOf(c) {
			switch {
			case e.at.Path == "":
			case e.claim != nil && e.claim.Owner != "":
				add(e.at.Path, e.claim.Owner)
			default:
				add(e.at.Path, c.Owners...)
			}
		}
	}
	for _, s := range inv.Services {
		o.handles = append(o.handles, s.Owners...)
	}
	// The line takes the file from those that an earlier one gives its directory to.
	for path := range o.words {
		add(path, o.ofService(path)...)
	}
	slices.Sort(o.handles)
	o.handles = slices.DeleteFunc(slices.Compact(o.handles), func(word string) bool { return !handle.MatchString(word) })
	return o
}

// ofService are the owners of the service in whose directory a path lies.
func (o *fileOwners) ofService(path string) (owners []string) {
	most := -1
	for _, s := range o.inv.Services {
		for _, dir := range s.Paths {
			dir = strings.TrimSuffix(dir, "/")
			if dir == "." {
				dir = ""
			}
			if (dir == "" || strings.HasPrefix(path, dir+"/")) && len(dir) > most {
				most, owners = len(dir), s.Owners
			}
		}
	}
	return owners
}

// ofAll are the owners of a file that all services go by: those of its directory, or else
// those of every service.
func (o *fileOwners) ofAll(path string) (owners []string) {
	if owners = o.ofService(path); len(owners) > 0 {
		return owners
	}
	for _, s := range o.inv.Services {
		owners = append(owners, s.Owners...)
	}
	slices.Sort(owners)
	return slices.Compact(owners)
}

// handle is the form of an owner that GitHub and GitLab know: a user, a team or group, a role,
// or an address.
var handle = regexp.MustCompile(`^(@@?[A-Za-z0-9][-A-Za-z0-9_.]*(/[-A-Za-z0-9_.]+)*|[-A-Za-z0-9_.+]+@[-A-Za-z0-9]+(\.[-A-Za-z0-9]+)+)$`)

// of finds the handles for what somebody wrote as an owner: that itself, or those of the record
// that mean the same, as owner=storage means @acme/storage.
func (o *fileOwners) of(words []string) (handles, unknown []string) {
	for _, word := range words {
		if handle.MatchString(word) {
			handles = append(handles, word)
			continue
		}
		known := false
		for _, h := range o.handles {
			if inventory.SameOwner(word, h) {
				handles, known = append(handles, h), true
			}
		}
		if !known && strings.TrimSpace(word) != "" {
			unknown = append(unknown, word)
		}
	}
	slices.Sort(handles)
	return slices.Compact(handles), unknown
}

// line writes the owners of a file. One without is a comment, because a line without owners
// would take the file from those that an earlier line gives it to.
func (o *fileOwners) line(b *strings.Builder, path string, words []string) {
	handles, unknown := o.of(words)
	if len(unknown) > 0 {
		fmt.Fprintf(b, "# no user, team or address: %s\n", list(unknown))
	}
	if len(handles) == 0 {
		fmt.Fprintf(b, "# no owner: %s\n", lint.Printable(path))
		return
	}
	b.WriteString(ownersPattern(path) + " " + strings.Join(handles, " ") + "\n")
}

// ownersPattern writes a path as a pattern that begins at the top. The forges do not agree on
// how to quote what has a meaning in a pattern, so that a mark for any one character stands
// for it: a pattern that fits one file too many asks somebody in vain, and no more.
func ownersPattern(path string) string {
	var b strings.Builder
	b.WriteByte('/')
	for i, r := range path {
		switch {
		case r == ' ':
			b.WriteString(`\ `)
		case strings.ContainsRune(`*?[]!\#`, r), !lint.PrintableRune(r):
			b.WriteByte('?')
		case r == utf8.RuneError && !strings.HasPrefix(path[i:], "\ufffd"):
			b.WriteByte('?')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
