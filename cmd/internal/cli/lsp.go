package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"github.com/pickle-lint/pickle-lint/cmd/internal/lsp"
	"github.com/pickle-lint/pickle-lint/cmd/internal/progress"
	"github.com/pickle-lint/pickle-lint/cmd/internal/relpath"
	"github.com/pickle-lint/pickle-lint/cmd/internal/report"
	"github.com/pickle-lint/pickle-lint/internal/config"
	"github.com/pickle-lint/pickle-lint/lint"
)

func newLSPCommand(streams Streams) *cobra.Command {
	flags := new(lintFlags)
	cmd := &cobra.Command{
		Use:   "lsp [flags]",
		Short: "Serve an editor over standard input and output",
		Long: `Speak the Language Server Protocol over standard input and output: an editor
starts this, and a person does not.

Python is looked at as it is typed, among the other sources of the workspace, a
Go package when one of its files is opened or saved. What a baseline accepts is
left out. Hovering tells what is known of a site, a justification and a stored
file that a string names; quick fixes are those of --fix and --fix=justify.

Exit codes: 0 if the editor has said goodbye, 1 if not, 2 usage error.`,
		Example: `  pickle-lint lsp
  pickle-lint lsp --config tools/pickle-lint.yml`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			logf := func(format string, args ...any) { complain(streams.Err, format, args...) }
			server := lsp.New(streams.In, streams.Out, &editor{flags: flags}, Version(), logf)
			server.Configs = []string{config.Name, config.ProjectName}
			if !server.Run(cmd.Context()) {
				return &exitError{code: ExitFindings}
			}
			return nil
		},
	}
	flags.register(cmd)
	// Editors that come from elsewhere say how they talk. There is one way.
	cmd.Flags().Bool("stdio", true, "talk over standard input and output")
	// An editor shows what is there, whenever it came.
	hide(cmd, "stdio", "format", "output", "fail-on", "color", "sarif-suppressed", "sarif-category", "fix", "diff", "no-cache", "jobs", "verbose", "progress", "no-gitignore", "no-commands", "include",
		"since", "new-from-rev", "staged")
	return cmd
}

// editor looks at files for the language server.
type editor struct {
	flags *lintFlags
	mu    sync.Mutex
	// set is what holds now, or nil; declarations are its.
	set          *settings
	declarations *declarations
	around       surroundings
	known        lastBaseline
}

// Open makes a directory the one of the run, as if the command had been started there.
func (e *editor) Open(dir string) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if dir != "" {
		if err := os.Chdir(dir); err != nil {
			return fmt.Errorf("opening the workspace: %w", err)
		}
	}
	set, err := e.flags.resolve()
	if err != nil {
		return err
	}
	set.fixes = []lint.FixKind{lint.SafeFix, lint.JustifyFix}
	// Stored files are judged without the sources around them: those come with a document.
	set.know(context.Background(), blobWing, nil, &plan{})
	// Those of before may be in use, and hold a few directories open.
	e.declarations, e.set = set.declare(nil), set
	_, err = e.known.of(e.flags, set)
	return err
}

// current returns the settings, or nil if there never were any.
func (e *editor) current() *settings {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.set
}

// looked reports whether the configuration leaves a file in.
func (s *settings) looked(path string) bool {
	if !below(s.root, path) {
		return true
	}
	return s.wanted([]target{{path: s.root, isDir: true}}, path)
}

// Python looks at a text.
func (e *editor) Python(ctx context.Context, path string, text []byte) *lsp.Result {
	set := e.current()
	if set == nil || !set.looked(path) {
		return new(lsp.Result)
	}
	actual := resolvedPath(path)
	loads := newLoads(set, []target{{path: set.root, isDir: true}})
	defer loads.close()
	res := e.around.python(ctx, set, actual, text, loads.stored)
	r := &results{sites: res.Sites, findings: res.Findings}
	e.finish(set, r)
	return &lsp.Result{Sites: r.sites, Findings: r.findings}
}

// finish makes of what was found what the command would tell.
func (e *editor) finish(set *settings, r *results) {
	r.anchor(set.root, set.anchor)
	r.level(set.levels, set.root)
	if known, err := e.known.of(e.flags, set); known != nil && err == nil { // or Open has said what is wrong
		known.match(set, r).Apply()
	}
}

// errNoGoModule is why a Go file is not looked at.
var errNoGoModule = errors.New(noModule)

// Go looks at the package of a file.
func (e *editor) Go(ctx context.Context, path string) (map[string]*lsp.Result, error) {
	set := e.current()
	if set == nil || !set.looked(path) {
		return nil, nil
	}
	actual, err := filepath.EvalSymlinks(path)
	if err != nil {
		return nil, err
	}
	dir := filepath.Dir(actual)
	w := &walker{set: set, plan: &plan{modules: make(map[string]*module)}, modules: make(map[string]string)}
	w.goFile(actual, dir, true)
	if len(w.plan.modules) == 0 {
		return nil, errNoGoModule
	}
	r := new(results)
	embedded := lintModules(ctx, set, goWing, []target{{path: dir, isDir: true}}, w.plan, progress.NewMeter(), r)
	r.embeds(embedded, nil)
	e.finish(set, r)
	out := make(map[string]*lsp.Result)
	of := func(show string) *lsp.Result {
		at := filepath.Join(filepath.Dir(path), filepath.Base(e.Abs(show)))
		if out[at] == nil {
			out[at] = new(lsp.Result)
		}
		return out[at]
	}
	of(path) // nothing in it is an answer, too
	for _, s := range r.sites {
		of(s.Path).Sites = append(of(s.Path).Sites, s)
	}
	for _, f := range r.findings {
		of(f.Path).Findings = append(of(f.Path).Findings, f)
	}
	for _, s := range r.skips {
		if !s.Excluded {
			err = errors.Join(err, errors.New(s.Reason))
		}
	}
	return out, err
}

// mostSaid bounds the findings that are told of a stored file.
const mostSaid = 5

// Stored says what is in a stored file.
func (e *editor) Stored(ctx context.Context, path string) (said string) {
	set := e.current()
	if set == nil {
		return ""
	}
	defer func() {
		if r := recover(); r != nil {
			said = fmt.Sprintf("the decoder crashed: %v", r)
		}
	}()
	r, info, err := openRegular(path)
	if err != nil {
		return ""
	}
	defer func() { _ = r.Close() }() // it was only read
	show := relpath.Show(set.root, path)
	seen := look(ctx, set, &input{show: show, r: r, size: info.Size(), named: true}, true)
	if !seen.Recognised {
		return ""
	}
	var lines []string
	for _, b := range seen.Blobs[:min(len(seen.Blobs), mostSaid)] {
		lines = append(lines, code(report.BlobLine(b)))
	}
	found := &results{findings: seen.Findings}
	found.level(set.levels, set.root)
	for i, f := range found.findings {
		if i == mostSaid {
			lines = append(lines, fmt.Sprintf("and %d more", len(found.findings)-i))
			break
		}
		lines = append(lines, fmt.Sprintf("**%s %s**: %s", f.Severity, f.Rule, code(f.Message)))
	}
	if len(found.findings) == 0 {
		lines = append(lines, "Nothing in it is found wanting.")
	}
	return strings.Join(lines, "\n\n")
}

// code writes a text of somebody else's as one of code, in which Markdown means nothing.
func code(text string) string {
	return "`` " + strings.ReplaceAll(lint.Printable(text), "``", "''") + " ``"
}

// Named finds the file of a name in a source, as a constant path is looked for.
func (e *editor) Named(source, name string) string {
	set := e.current()
	if set == nil || len(name) > maxPath || strings.ContainsAny(name, "\n\x00") {
		return ""
	}
	loads := newLoads(set, []target{{path: set.root, isDir: true}})
	defer loads.close()
	if show := loads.stored(relpath.Show(set.root, source), filepath.ToSlash(name), false); show != "" {
		return e.Abs(show)
	}
	return ""
}

// Abs is the path of a file that messages name.
func (e *editor) Abs(show string) string {
	if set := e.current(); set != nil {
		return absPath(set.root, show)
	}
	return show
}

// Boundary says what lies behind a boundary.
func (e *editor) Boundary(name string) string {
	if set := e.current(); set != nil {
		return set.trust.Boundaries[name].Description
	}
	return ""
}
