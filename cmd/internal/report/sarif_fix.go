package report

import (
	"slices"

	"github.com/pickle-lint/pickle-lint/lint"
)

// The fixes of a result, SARIF 3.55 to 3.57.

type sarifFix struct {
	Description sarifText             `json:"description"`
	Changes     []sarifArtifactChange `json:"artifactChanges"`
}

type sarifArtifactChange struct {
	Artifact     sarifArtifactLocation `json:"artifactLocation"`
	Replacements []sarifReplacement    `json:"replacements"`
}

type sarifReplacement struct {
	Deleted sarifRegion `json:"deletedRegion"`
	// Inserted is left out where nothing is.
	Inserted *sarifText `json:"insertedContent,omitempty"`
}

// fixes are those of a finding whose file still is what they are about: SARIF has places
// only, which would be others.
func (s *sarif) fixes(f *lint.Finding) (out []sarifFix) {
	for _, fix := range f.Fixes {
		source := s.sources.file(lint.Location{Path: fix.Path, Line: 1})
		if source == nil || lint.Sum(source.text) != fix.Sum {
			continue
		}
		change := sarifArtifactChange{Artifact: s.artifact(fix.Path)}
		for _, e := range fix.Edits {
			var r sarifReplacement
			var ok, too bool
			r.Deleted.StartLine, r.Deleted.StartColumn, ok = source.place(e.Offset)
			r.Deleted.EndLine, r.Deleted.EndColumn, too = source.place(e.End)
			if !ok || !too {
				change.Replacements = nil
				break
			}
			if e.New != "" {
				r.Inserted = &sarifText{Text: e.New}
			}
			change.Replacements = append(change.Replacements, r)
		}
		if len(change.Replacements) > 0 {
			out = append(out, sarifFix{sarifText{Text: plainMessage(fix.Text)}, []sarifArtifactChange{change}})
		}
	}
	return out
}

// place returns the line of an offset and the column in UTF-16 code units.
func (f *sourceFile) place(off int64) (line, column int, ok bool) {
	if off < 0 || off > int64(len(f.text)) {
		return 0, 0, false
	}
	// The end of the text stands last, and is no line of its own unless one begins there.
	starts := f.starts[:len(f.starts)-1]
	i, found := slices.BinarySearch(starts, int(off))
	if !found {
		i--
	}
	column, ok = f.utf16Column(i+1, int(off)-starts[i]+1)
	return i + 1, column, ok
}
