package inventory

import (
	"slices"
	"strings"
)

// Owners is a CODEOWNERS file: which owners a path has, by the last line that matches
// (docs.github.com, "About code owners"; GitLab's sections in brackets are headings
// of which the owners count for lines without any).
type Owners struct {
	// Path is the file's.
	Path  string
	lines []ownerLine
	names map[string]bool
}

type ownerLine struct {
	pattern string
	owners  []string
}

// CodeOwnersPaths are where the file is looked for, first to last.
var CodeOwnersPaths = []string{".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"}

// ParseOwners reads the file. Lines that it does not understand own nothing, as with the
// forges.
func ParseOwners(path string, text []byte) *Owners {
	o := &Owners{Path: path, names: make(map[string]bool)}
	var section []string
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		if line[0] == '[' || strings.HasPrefix(line, "^[") {
			_, after, _ := strings.Cut(line, "]")
			section = ownersOf(strings.Fields(after))
			o.add(section)
			continue
		}
		words := strings.Fields(strings.ReplaceAll(line, `\ `, "\x00"))
		owners := ownersOf(words[1:])
		if len(owners) == 0 && len(words) == 1 {
			owners = section
		}
		o.add(owners)
		o.lines = append(o.lines, ownerLine{strings.ReplaceAll(words[0], "\x00", " "), owners})
	}
	return o
}

// ownersOf are the words up to a comment.
func ownersOf(words []string) []string {
	if i := slices.IndexFunc(words, func(w string) bool { return w[0] == '#' }); i >= 0 {
		words = words[:i]
	}
	return slices.DeleteFunc(slices.Clone(words), func(w string) bool { return !strings.Contains(w, "@") })
}

func (o *Owners) add(owners []string) {
	for _, name := range owners {
		o.names[ownerName(name)] = true
	}
}

// Has reports whether an owner is named in the file: with or without the @, and a team with
// or without its organisation.
func (o *Owners) Has(owner string) bool { return o.names[ownerName(owner)] }

// SameOwner reports whether two words name one owner, in the sense of [Owners.Has].
func SameOwner(a, b string) bool { return ownerName(a) == ownerName(b) }

// ownerName is what two spellings of an owner have in common.
func ownerName(owner string) string {
	owner = strings.ToLower(owner)
	if strings.HasPrefix(owner, "@") || !strings.Contains(owner, "@") {
		owner = strings.TrimPrefix(owner, "@")
		owner = owner[strings.LastIndexByte(owner, '/')+1:]
	}
	return owner
}

// Of returns the owners of a path.
func (o *Owners) Of(path string) []string {
	if o == nil {
		return nil
	}
	for _, line := range slices.Backward(o.lines) {
		if owns(line.pattern, path) {
			return line.owners
		}
	}
	return nil
}

// owns matches as .gitignore does, without negation and character classes, which
// CODEOWNERS has not.
func owns(pattern, path string) bool {
	directory := strings.HasSuffix(pattern, "/")
	pattern = strings.TrimSuffix(pattern, "/")
	anchored := strings.Contains(pattern, "/")
	pattern = strings.TrimPrefix(pattern, "/")
	parts := strings.Split(path, "/")
	if len(pattern) > maxName || len(path) > 4*maxName {
		return false
	}
	form := strings.Split(pattern, "/")
	for from := range parts {
		if from > 0 && anchored {
			break
		}
		for i, matches := range segments(form, parts[from:]) {
			to := from + i
			if !matches || i == 0 || directory && to == len(parts) {
				continue
			}
			// "docs/*" owns files of docs, and not those below its directories.
			if to == len(parts) || !strings.HasSuffix(pattern, "*") || strings.HasSuffix(pattern, "**") || !anchored {
				return true
			}
		}
	}
	return false
}

// segments tells for each number of parts of a path whether a pattern matches them. It goes
// once over each pair: whoever writes a pattern may write many stars.
func segments(pattern, parts []string) []bool {
	row := make([]bool, len(parts)+1)
	row[0] = true
	for _, form := range pattern {
		before, some := false, false
		form = strings.ReplaceAll(form, "?", "*")
		for i := range row {
			was := row[i]
			if form == "**" {
				row[i] = was || i > 0 && row[i-1]
			} else {
				row[i] = before && spells(form, parts[i-1])
			}
			before, some = was, some || row[i]
		}
		if !some {
			break
		}
	}
	return row
}
