package lsp

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/lint"
)

func keys[V any](m map[string]V) iter.Seq[string] { return maps.Keys(m) }

// severities are the protocol's numbers: 1 error, 2 warning, 3 information.
var severities = map[lint.Severity]int{lint.Error: 1, lint.Warning: 2, lint.Note: 3}

// onDisk reports that a document is what its file holds. A byte order mark is not in what
// an editor shows.
func onDisk(d *document) bool {
	b, err := os.ReadFile(d.path)
	return err == nil && bytes.Equal(bytes.TrimPrefix(b, []byte("\ufeff")), d.text.bytes)
}

func (s *Server) diagnostic(d *document, f *lint.Finding) diagnostic {
	out := diagnostic{
		Range: d.text.span(f.Location), Severity: severities[f.Severity], Code: f.Rule, Source: "pickle-lint",
		Description: codeDescription{lint.PageURL(f.Rule, f.Name)}, Message: f.Name + ": " + f.Message,
	}
	if f.Rule == deadRule {
		out.Tags = []int{tagUnnecessary}
	}
	texts := make(map[string]*text)
	for _, step := range f.Trace {
		at := step.Location
		if at.Path == "" || at.Line == 0 || len(at.Member) > 0 {
			at = f.Location
		}
		out.Related = append(out.Related, related{s.locate(d, f, at, texts), step.Text})
		if len(out.Related) == mostRelated {
			break
		}
	}
	return out
}

// mostRelated bounds the steps of a way that an editor is told.
const mostRelated = 50

// deadRule is that of directives that excuse nothing, which editors show faded.
const deadRule = "PKL908"

// locate returns the place of a step: in the document, in another one that is open, or in
// a file.
func (s *Server) locate(d *document, f *lint.Finding, at lint.Location, texts map[string]*text) location {
	if at.Path == f.Path {
		return location{d.uri, d.text.span(at)}
	}
	path := s.checker.Abs(at.Path)
	if other := s.open(path); other != nil {
		return location{other.uri, other.text.span(at)}
	}
	t, read := texts[path]
	if !read {
		b, err := os.ReadFile(path)
		if err == nil {
			t = newText(b, s.utf8, filepath.Ext(path) == ".go")
		}
		texts[path] = t
	}
	where := location{URI: uriOf(path)}
	if t != nil {
		where.Range = t.span(at)
	}
	return where
}

// known returns a document whose text was looked at, as it is at this moment.
func (s *Server) known(uri string) (document, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	d := s.docs[uri]
	if d == nil {
		return document{}, false
	}
	return document{uri: d.uri, path: d.path, language: d.language, version: d.version, text: d.text, result: d.result}, true
}

// actions answers which fixes there are for a range.
func (s *Server) actions(_ context.Context, raw json.RawMessage) (any, error) {
	var p codeActionParams
	if err := json.Unmarshal(raw, &p); err != nil {
		return nil, failf(codeInvalidParams, "%v", err)
	}
	out := []codeAction{}
	wanted := len(p.Context.Only) == 0 || slices.ContainsFunc(p.Context.Only, func(kind string) bool { return kind == quickFix || kind == "" })
	d, ok := s.known(p.Document.URI)
	if !ok || !wanted || d.result == nil {
		return out, nil
	}
	from, to := d.text.offset(p.Range.Start), d.text.offset(p.Range.End)
	sum := lint.Sum(d.text.bytes)
	var made []lint.Fix
	for _, f := range d.result.Findings {
		start, end := d.text.at(f.Line, f.Column), d.text.at(f.EndLine, f.EndColumn)
		if f.Suppressed || max(end, start) < from || to < start {
			continue
		}
		for _, fix := range f.Fixes {
			if fix.Sum != sum || slices.ContainsFunc(made, fix.Same) {
				continue
			}
			made = append(made, fix)
			action := codeAction{Title: fix.Text, Kind: quickFix, Preferred: fix.Kind == lint.SafeFix, Edit: workspaceEdit{map[string][]textEdit{}}}
			s.mu.Lock()
			action.Diagnostics = []diagnostic{s.diagnostic(&d, f)}
			s.mu.Unlock()
			for _, e := range fix.Edits {
				action.Edit.Changes[d.uri] = append(action.Edit.Changes[d.uri], textEdit{span{d.text.position(int(e.Offset)), d.text.position(int(e.End))}, e.New})
			}
			out = append(out, action)
		}
	}
	return out, nil
}

// hover answers what is known of a place: a justification, a site, a file that is named.
func (s *Server) hover(ctx context.Context, raw json.RawMessage) (any, error) {
	var p positionParams
	if err := json.Unmarshal(raw, &p); err != nil {
		return nil, failf(codeInvalidParams, "%v", err)
	}
	d, ok := s.known(p.Document.URI)
	if !ok {
		return nil, nil
	}
	off := d.text.offset(p.Position)
	var parts []string
	if d.path != "" {
		if name := literalAt(d.text, off); name != "" {
			if file := s.checker.Named(d.path, name); file != "" {
				if said := s.checker.Stored(ctx, file); said != "" {
					parts = append(parts, said)
				}
			}
		}
	}
	if d.result != nil {
		for _, site := range d.result.Sites {
			j := site.Justification
			start, end := d.text.at(site.Line, site.Column), d.text.at(site.EndLine, site.EndColumn)
			switch {
			case start <= off && off < end:
				parts = append(parts, describe(&d, site))
			case j != nil && j.Line == p.Position.Line+1 && bytes.Contains(d.text.line(p.Position.Line), []byte("picklelint:")):
				parts = append(parts, s.claim(site))
			}
		}
	}
	if len(parts) == 0 {
		return nil, nil
	}
	return hover{Contents: markup{"markdown", strings.Join(slices.Compact(parts), "\n\n---\n\n")}}, nil
}

// describe says what is known of a site.
func describe(d *document, site *lint.Site) string {
	lines := []string{fmt.Sprintf("**%s** turns bytes into objects (%s).", escape(site.API), escape(site.Format))}
	for _, f := range d.result.Findings {
		if f.Line == site.Line && f.Column == site.Column && f.Callable == site.API {
			line := fmt.Sprintf("[%s %s](%s): %s", f.Rule, f.Name, lint.PageURL(f.Rule, f.Name), escape(f.Message))
			if f.Known() {
				line += " (accepted in the baseline)"
			}
			lines = append(lines, line)
		}
	}
	if site.Safe != "" {
		lines = append(lines, "Safe form: "+escape(site.Safe)+".")
	}
	if site.Verified != "" {
		lines = append(lines, "Verified: "+escape(site.Verified)+".")
	}
	if j := site.Justification; j != nil {
		lines = append(lines, fmt.Sprintf("Justified on line %d, boundary=%s: %s", j.Line, escape(j.Boundary), escape(j.Reason)))
	}
	return strings.Join(lines, "\n\n")
}

// claim says what a justification claims.
func (s *Server) claim(site *lint.Site) string {
	j := site.Justification
	text := fmt.Sprintf("Claims for **%s** on line %d: boundary `%s`", escape(site.API), site.Line, strings.ReplaceAll(j.Boundary, "`", "'"))
	if what := s.checker.Boundary(j.Boundary); what != "" {
		text += ", " + escape(what)
	}
	paragraphs := []string{text + "."}
	for _, f := range []struct{ name, value string }{
		{"Reason", j.Reason}, {"Verified by", j.VerifiedBy}, {"Owner", j.Owner}, {"Expires", j.Expires}, {"Retention", j.Retention},
		{"Sensitivity", j.Sensitivity}, {"Compatibility", j.Compat}, {"Ticket", j.Ticket},
	} {
		if f.value != "" {
			paragraphs = append(paragraphs, f.name+": "+escape(f.value))
		}
	}
	return strings.Join(paragraphs, "\n\n")
}

// markdown escapes what Markdown would read in a text that somebody else has written.
var markdown = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`, "&", `\&`, "!", `\!`, "#", `\#`)

func escape(text string) string { return markdown.Replace(lint.Printable(text)) }

// literalAt returns what stands between the quotes around an offset on its line, or "".
func literalAt(t *text, off int) string {
	n := t.position(off).Line
	line, at := t.line(n), off-t.starts[n]
	for i := 0; i < len(line); i++ {
		quote := line[i]
		if quote != '"' && quote != '\'' && quote != '`' {
			continue
		}
		end := i + 1
		for end < len(line) && line[end] != quote {
			if line[end] == '\\' {
				end++
			}
			end++
		}
		if end >= len(line) {
			return ""
		}
		if i <= at && at <= end {
			if name := string(line[i+1 : end]); !strings.Contains(name, `\`) {
				return name
			}
			return ""
		}
		i = end
	}
	return ""
}
