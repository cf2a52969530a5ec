package wire

import (
	"slices"

	"github.com/pickle-lint/pickle-lint/analyzers/internal/verdict"
	"github.com/pickle-lint/pickle-lint/lint"
)

// fixes writes the fixes of a finding in the words of package lint. A fix of several files,
// which none of ours is, or of a file that is not the one which was analysed, is left out.
func (s *sender) fixes(f verdict.Finding) (out []lint.Fix) {
	for _, suggested := range f.Fixes {
		fix := lint.Fix{Text: suggested.Message, Kind: f.Kind}
		for _, e := range suggested.TextEdits {
			file := s.pass.Fset.File(e.Pos)
			if file == nil || fix.Path != "" && fix.Path != file.Name() {
				fix.Edits = nil
				break
			}
			fix.Path = file.Name()
			end := e.Pos
			if e.End.IsValid() {
				end = e.End
			}
			fix.Edits = append(fix.Edits, lint.Edit{Offset: int64(file.Offset(e.Pos)), End: int64(file.Offset(end)), New: string(e.NewText)})
		}
		if fix.Sum = s.sum(fix.Path); len(fix.Edits) > 0 && fix.Sum != "" {
			slices.SortFunc(fix.Edits, lint.CompareEdits)
			out = append(out, fix)
		}
	}
	return out
}

// sum returns what [lint.Sum] says of a file, or "" if it cannot be read.
func (s *sender) sum(path string) string {
	sum, known := s.sums[path]
	if !known {
		if text, err := s.pass.ReadFile(path); err == nil {
			sum = lint.Sum(text)
		}
		s.sums[path] = sum
	}
	return sum
}
