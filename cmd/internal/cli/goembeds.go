package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/cmd/internal/goload"
	"github.com/pickle-lint/pickle-lint/lint"
)

// embeds settles what is told of bytes that are both in a Go program and in a file that
// the run looked at itself: once, where the program has them, since a directive can
// stand there. looked are the files that were looked at with the settings of the project,
// whose word counts: what they allow is no finding here either. With the rule of the
// program switched off, the finding of the file stands.
func (r *results) embeds(embedded []*goload.Embedded, looked map[string]bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	stored := make(map[string][]*lint.Finding)
	for _, f := range r.findings {
		stored[f.Path] = append(stored[f.Path], f)
	}
	taken := make(map[*lint.Finding]bool)
	var more []*lint.Finding
	for _, e := range embedded {
		if e.Skip != nil {
			if !looked[e.File] { // or else it is a skip of the file
				r.skips = append(r.skips, e.Skip)
			}
			continue
		}
		same := slices.IndexFunc(stored[sourceOf(e)], func(f *lint.Finding) bool { return sameBytes(e, f) })
		switch {
		case same >= 0:
			f := stored[sourceOf(e)][same]
			e.Finding.Severity = f.Severity
			if !taken[f] {
				e.Finding.Otherwise = f
			}
			taken[f] = true
		case e.File != "" && looked[e.File]:
			continue
		}
		more = append(more, e.Finding)
	}
	r.findings = append(slices.DeleteFunc(r.findings, func(f *lint.Finding) bool { return taken[f] }), more...)
}

// sourceOf is the file in which the blob wing finds the bytes.
func sourceOf(e *goload.Embedded) string {
	if e.File != "" {
		return e.File
	}
	return e.Finding.Path
}

// sameBytes reports whether a finding of the blob wing is about the same bytes. In a
// source it names the text that it decoded by its place: "base64 at 95".
func sameBytes(e *goload.Embedded, f *lint.Finding) bool {
	if f.Rule != e.Rule || f.Offset != e.Offset {
		return false
	}
	if e.File != "" {
		return slices.Equal(f.Member, e.Member)
	}
	if len(f.Member) == 0 || len(f.Member) < len(e.Member) {
		return false
	}
	_, place, ok := strings.Cut(f.Member[0], " at ")
	var at int64
	if n, err := fmt.Sscan(place, &at); !ok || n != 1 || err != nil {
		return false
	}
	return e.Start <= at && at < e.End
}
