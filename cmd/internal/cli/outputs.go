package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/pickle-lint/pickle-lint/cmd/internal/report"
	"github.com/pickle-lint/pickle-lint/internal/rules"
	"github.com/pickle-lint/pickle-lint/internal/worktree"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/lint/suggest"
)

// outputs are the formats of one run and the files they are written to.
type outputs struct {
	lint.BlobHandler
	files []*reportFile
}

// open makes the handlers. A file that cannot be written is found out here,
// before any work is done.
func (f *lintFlags) open(set *settings, streams Streams, targets []target) (*outputs, error) {
	out := new(outputs)
	refused := func(err error) (*outputs, error) { return nil, errors.Join(err, out.finish(err)) }
	set.written = make(written)
	var handlers []lint.Handler
	json := false
	handle := func(format string, w io.Writer, skipsElsewhere bool) error {
		color, err := f.wantColor(w, streams.Getenv)
		if err != nil {
			return err
		}
		h, err := report.New(format, w, report.Options{
			Color:           color,
			Verbose:         f.verbose,
			Rules:           rules.All(),
			Version:         Version(),
			Root:            set.root,
			SkipsElsewhere:  skipsElsewhere,
			Source:          sourceReader(set),
			Day:             set.trust.Today.Format(time.DateOnly),
			SarifSuppressed: f.sarifSuppressed,
			Repository:      worktree.Top(set.root),
			Category:        f.sarifCategory,
		})
		if err != nil && !slices.Contains(report.Formats(), format) {
			err = fmt.Errorf("%w%s", err, suggest.DidYouMean(format, report.Formats()))
		}
		handlers = append(handlers, h)
		json = json || format == "json"
		return err
	}
	toStdout := !f.diff && !f.quiet
	for _, spec := range f.outputs {
		format, name, err := cutFormat(spec)
		if err != nil {
			return refused(err)
		}
		if meant := formatOf(name); format == "" && meant != "" && !f.given("format") {
			return refused(fmt.Errorf("--output: %s would be text: did you mean \"%s:%s\"? (--format text if not)", lint.Printable(name), meant, lint.Printable(name)))
		}
		if format == "" {
			format, toStdout = f.format, false
		}
		file, err := createBeside(name, targets)
		if err != nil {
			return refused(fmt.Errorf("--output: %w", err))
		}
		out.files = append(out.files, file)
		if file.path != "" && slices.ContainsFunc(out.files[:len(out.files)-1], func(other *reportFile) bool { return other.path == file.path }) {
			return refused(fmt.Errorf("--output: %s is written twice", lint.Printable(name)))
		}
		set.written.add(name)
		set.written.add(file.Name())
		if err := handle(format, file, false); err != nil {
			return refused(err)
		}
	}
	if toStdout {
		if err := handle(f.format, streams.Out, true); err != nil {
			return refused(err)
		}
	}
	if f.progress == progressJSON && !json {
		return refused(errors.New("--progress: json is for JSON output, and there is none: see --format and --output"))
	}
	handlers = append(handlers, &notices{w: streams.Err, verbose: f.verbose})
	out.BlobHandler = lint.Tee(handlers...)
	return out, nil
}

// cutFormat splits [FORMAT:]FILE. A word before a colon that is no format is
// taken for a misspelled one, unless it can only be a path: a drive letter, or a
// word with a slash or a dot in it.
func cutFormat(spec string) (format, file string, err error) {
	return cutFormatOf(spec, report.Formats())
}

func cutFormatOf(spec string, formats []string) (format, file string, err error) {
	format, file, ok := strings.Cut(spec, ":")
	switch {
	case !ok || len(format) == 1 || strings.ContainsAny(format, `/\.`):
		format, file = "", spec
	case !slices.Contains(formats, format):
		return "", "", fmt.Errorf("--output: unknown format %q in %q: want %s%s", format, spec, strings.Join(formats, ", "), suggest.DidYouMean(format, formats))
	}
	switch file {
	case "":
		return "", "", fmt.Errorf("--output: no file in %q", spec)
	case "-":
		return "", "", errDash
	}
	return format, file, nil
}

// endings are those of files that nobody expects text in.
var endings = []struct{ ending, format string }{
	{".sarif", "sarif"}, {".sarif.json", "sarif"}, {".json", "json"}, {".jsonl", "json"}, {".html", "html"}, {".htm", "html"}, {".xml", "junit"}, {".md", "markdown"},
}

// formatOf is the format that the name of a file promises, or "".
func formatOf(name string) string {
	for _, e := range endings {
		if strings.HasSuffix(strings.ToLower(name), e.ending) {
			return e.format
		}
	}
	return ""
}

// errDash: a file of that name is hardly meant.
var errDash = errors.New("--output: a file, not -: standard output is where it goes without the flag")

// finish puts the files in their places, unless something went wrong before.
func (o *outputs) finish(failed error) error {
	var err error
	for _, f := range o.files {
		err = errors.Join(err, f.finish(failed))
	}
	return err
}

// sourceReader reads sources for excerpts. The path is what messages show.
func sourceReader(set *settings) func(string) ([]byte, error) {
	return func(path string) ([]byte, error) {
		at, ok := set.view.actual(absPath(set.root, path))
		if !ok {
			return nil, os.ErrNotExist
		}
		return os.ReadFile(at)
	}
}

// notices writes skips to standard error, one line each, whatever the format of
// the report is: what was not looked at must not hide in a file.
type notices struct {
	w       io.Writer
	verbose bool
}

func (n *notices) Skip(m *lint.Skip) error {
	if m.Excluded && !n.verbose {
		return nil
	}
	where := strings.Join(append([]string{m.Path}, m.Member...), " » ")
	if m.Line > 0 {
		where = fmt.Sprintf("%s:%d", where, m.Line)
	}
	verb := "skipped"
	if m.Excluded {
		verb = "left out"
	}
	complain(n.w, "%s: %s: %s", verb, lint.Printable(where), lint.Printable(m.Reason))
	return nil
}

func (n *notices) Config(*lint.Config) error     { return nil }
func (n *notices) Progress(*lint.Progress) error { return nil }
func (n *notices) Site(*lint.Site) error         { return nil }
func (n *notices) Finding(*lint.Finding) error   { return nil }

// Summary says by what configuration a change is judged, if that is its own.
func (n *notices) Summary(m *lint.Summary) error {
	for _, c := range m.Reconfigured {
		complain(n.w, "%s", report.Reconfigured(m, c))
	}
	return nil
}
