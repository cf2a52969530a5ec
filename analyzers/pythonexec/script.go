package pythonexec

import (
	"cmp"
	"go/token"
	"slices"

	"github.com/pickle-lint/pickle-lint/analyzers/decodesite"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/spelled"
	"github.com/pickle-lint/pickle-lint/lint"
)

// Script is Python that a Go package spells and runs.
type Script struct {
	// Call is a finding of the rule without a message, at what runs the script.
	Call lint.Finding `json:"call"`
	// Standing is that of the claim there; see justify.Claim.
	Standing string `json:"standing"`
	// Key is what fingerprints of findings in the script are made of.
	Key lint.Key `json:"key"`
	// Text is the script or, if Shell, a command line that may run some.
	Text  []byte `json:"text"`
	Shell bool   `json:"shell,omitempty"`
	// Holes: parts of the text stand for what is not known before the program runs.
	Holes bool `json:"holes,omitempty"`
	// From names the embedded file that it comes from, or is "".
	From string `json:"from,omitempty"`
	// Runs are where the bytes of the text stand, sorted.
	Runs []Run `json:"runs,omitempty"`
	// Words are the findings that the words of the script give alone.
	Words []*lint.Finding `json:"words,omitempty"`
}

// Run is a stretch of a script, on one line of a Go file.
type Run struct {
	// At and Len count bytes of the text.
	At  int `json:"at"`
	Len int `json:"len"`
	// Location is where the first byte stands.
	lint.Location
	// Fixed: all bytes stand for what is there.
	Fixed bool `json:"fixed,omitempty"`
}

// Place returns where to report a stretch of the text: where it stands in the statement
// that runs it, because there is where a claim covers it, and else at the call. Then ok
// is false.
func (s *Script) Place(from, to int) (at lint.Location, ok bool) {
	at, ok = s.Spelled(from, to)
	if call := s.Call.Location; !ok || at.Path != call.Path || at.Line < call.Line || at.Line > call.EndLine {
		return call, false
	}
	return at, true
}

// Spelled returns where a stretch of the text stands in a Go file, and false where it
// stands in none.
func (s *Script) Spelled(from, to int) (lint.Location, bool) {
	at, ok := s.point(from)
	if !ok {
		return lint.Location{}, false
	}
	end, ok := s.point(max(from, to-1))
	at.EndLine, at.EndColumn = at.Line, at.Column+1
	if ok && end.Path == at.Path && end.Offset >= at.Offset {
		at.EndLine, at.EndColumn = end.Line, end.Column+1
	}
	return at, true
}

// steps leads from the call to the stretch of the text that a finding there is about.
func (s *Script) steps(from, to int) []lint.Step {
	if _, here := s.Place(from, to); here {
		return nil
	}
	at, ok := s.Spelled(from, to)
	if !ok {
		return nil
	}
	return []lint.Step{
		{Location: at, Text: "the script unpickles"},
		{Location: s.Call.Location, Text: "it is run by " + s.Call.Callable, Mark: true},
	}
}

func (s *Script) point(at int) (lint.Location, bool) {
	i, _ := slices.BinarySearchFunc(s.Runs, at, func(r Run, at int) int { return cmp.Compare(r.At+r.Len-1, at) })
	if i >= len(s.Runs) || at < s.Runs[i].At {
		return lint.Location{}, false
	}
	loc := s.Runs[i].Location
	if d := at - s.Runs[i].At; !s.Runs[i].Fixed {
		if loc.Offset > 0 {
			loc.Offset += int64(d)
		}
		loc.Column += d
	}
	return loc, true
}

// runsOf writes down where a text stands.
func runsOf(sites *decodesite.Result, t *spelled.Text) ([]Run, error) {
	var out []Run
	add := func(at, n int, pos token.Pos, fixed bool) error {
		loc, err := sites.Location(pos, pos)
		if err != nil {
			return err
		}
		out = append(out, Run{at, n, loc, fixed})
		return nil
	}
	for _, r := range t.Runs {
		if !r.Pos.IsValid() {
			continue // it is embedded
		}
		if r.Fixed {
			if err := add(r.At, r.Len, r.Pos, true); err != nil {
				return nil, err
			}
			continue
		}
		for from := 0; from < r.Len; {
			to := r.Len
			if i := slices.Index(t.Bytes[r.At+from:r.At+r.Len], '\n'); i >= 0 {
				to = from + i + 1
			}
			if err := add(r.At+from, to-from, r.Pos+token.Pos(from), false); err != nil {
				return nil, err
			}
			from = to
		}
	}
	return out, nil
}
