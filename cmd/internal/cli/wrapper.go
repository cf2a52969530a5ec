package cli

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/internal/config"
	"github.com/pickle-lint/pickle-lint/inventory/wrapper"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/lint/suggest"
)

func newWrapperCommand(streams Streams) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "wrapper",
		Short: "Write a module that signs, checks and restricts pickles",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return cmd.Help()
		},
	}
	cmd.AddCommand(newWrapperInitCommand(streams))
	return cmd
}

// wrapping is one run of wrapper init.
type wrapping struct {
	streams              Streams
	lang                 string
	dir, goDir, pkg      string
	allow                []string
	inventory            string
	protocol             int
	maxSize              int64
	prune, force, dryRun bool
}

func newWrapperInitCommand(streams Streams) *cobra.Command {
	w := &wrapping{streams: streams}
	cmd := &cobra.Command{
		Use:   "init [flags]",
		Short: "Write " + wrapper.PythonFile + " or its Go twin, or update the table",
		Long: `Write ` + wrapper.PythonFile + `: loads and dumps that sign what they write,
check it before a byte of it is unpickled, and import only the classes of a
table. For Go a package is written that does the same for gob.

The table is made of --allow and of the inventory. If the file is there, the
section between its marks is written anew: what its table has stays, unless
--prune says that only what is named now counts. What stands outside of the
marks is never changed, except with --force, which writes the whole file anew.

docs/wrapper.md says what the wrapper does, and what it cannot.`,
		Example: `  pickle-lint wrapper init --dir app --allow app.models.Job
  pickle-lint wrapper init --dir app --allow mail=app.models:Mail.Part
  pickle-lint inventory --format json --output inventory.json
  pickle-lint wrapper init --dir app --from-inventory inventory.json
  pickle-lint wrapper init --lang go --go-dir internal/safegob`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return w.run() },
	}
	fs := cmd.Flags()
	fs.StringVar(&w.lang, "lang", "python", "`language` of the wrapper: python, go, both")
	fs.StringVar(&w.dir, "dir", ".", "the `directory` of "+wrapper.PythonFile)
	fs.StringVar(&w.goDir, "go-dir", "", "the `directory` of the Go package (default "+wrapper.GoPackage+" below --dir)")
	fs.StringVar(&w.pkg, "package", "", "`name` of the Go package (default that of its directory)")
	fs.StringArrayVar(&w.allow, "allow", nil, "a `class` that may be imported: module.Name, module:Outer.Inner, or CHANNEL=module.Name for one channel (repeatable)")
	fs.StringVar(&w.inventory, "from-inventory", "", "allow the classes of the channels in an inventory, a JSON `file`")
	fs.IntVar(&w.protocol, "protocol", 0, fmt.Sprintf("the `protocol` of pickle that is written and read: 4 or 5 (default %d)", wrapper.DefaultProtocol))
	fs.Int64Var(&w.maxSize, "max-size", 0, fmt.Sprintf("the most `bytes` of a payload (default %d)", wrapper.DefaultMaxSize))
	fs.BoolVar(&w.prune, "prune", false, "take out of the table what is not named now")
	fs.BoolVar(&w.force, "force", false, "write the whole file anew, whatever it holds")
	fs.BoolVar(&w.dryRun, "dry-run", false, "print the files, write none")
	complete(cmd, "lang", "python", "go", "both")
	complete(cmd, "protocol", "4", "5")
	return cmd
}

func (w *wrapping) run() error {
	python, golang := w.lang != "go", w.lang != "python"
	if langs := []string{"python", "go", "both"}; !slices.Contains(langs, w.lang) {
		return fmt.Errorf("--lang: %q is not python, go or both%s", w.lang, suggest.DidYouMean(w.lang, langs))
	}
	if err := w.check(python, golang); err != nil {
		return err
	}
	add, err := w.table()
	if err != nil {
		return err
	}
	var files []wrapperFile
	if python {
		f, err := w.python(add)
		if err != nil {
			return err
		}
		files = append(files, f)
	}
	if golang {
		all, err := w.golang()
		if err != nil {
			return err
		}
		files = append(files, all...)
	}
	if w.dryRun {
		return showFiles(w.streams, files)
	}
	for _, f := range files {
		if err := f.write(); err != nil {
			return err
		}
		if f.said != "" {
			if err := say(w.streams, "%s\n", lint.Printable(f.said)); err != nil {
				return err
			}
		}
	}
	return w.next(python, slices.ContainsFunc(files, func(f wrapperFile) bool { return f.present == "" }))
}

// check looks at the flags.
func (w *wrapping) check(python, golang bool) error {
	switch {
	case w.protocol != 0 && w.protocol != 4 && w.protocol != 5:
		return fmt.Errorf("--protocol: %d is not 4 or 5: older ones name classes in ways that are not checked, and there is no newer one", w.protocol)
	case w.maxSize < 0 || w.maxSize > wrapper.MostSize:
		return fmt.Errorf("--max-size: %d is not between 1 and %d", w.maxSize, int64(wrapper.MostSize))
	case !python && (len(w.allow) > 0 || w.inventory != "" || w.protocol != 0 || w.prune):
		return errors.New("wrapper init: --allow, --from-inventory, --protocol and --prune are for Python: gob decodes into the type that it is given")
	case !golang && (w.goDir != "" || w.pkg != ""):
		return errors.New("wrapper init: --go-dir and --package are for --lang go or both")
	}
	if !golang {
		return nil
	}
	if w.goDir == "" {
		w.goDir = filepath.Join(w.dir, wrapper.GoPackage)
	}
	if w.pkg == "" {
		abs, err := filepath.Abs(w.goDir)
		if err != nil {
			return fmt.Errorf("--go-dir: %w", err)
		}
		if w.pkg = filepath.Base(abs); !wrapper.IsGoPackage(w.pkg) {
			return fmt.Errorf("--go-dir: %q is no name for a package; say --package NAME", w.pkg)
		}
	}
	if !wrapper.IsGoPackage(w.pkg) {
		return fmt.Errorf("--package: %q is no name for a package of this kind: a word of lower-case letters and digits", w.pkg)
	}
	return nil
}

// table is what is to be allowed, by the flags and the inventory.
func (w *wrapping) table() (*wrapper.Table, error) {
	t := &wrapper.Table{Protocol: w.protocol, MaxSize: w.maxSize, Only: make(map[string][]wrapper.Class)}
	known := catalog.Builtin()
	for _, text := range w.allow {
		channel, class, one := strings.Cut(text, "=")
		if !one {
			channel, class = "", text
		} else if !wrapper.IsChannel(channel) {
			return nil, fmt.Errorf("--allow: %q is no name of a channel", channel)
		}
		c, err := wrapper.ParseClass(class)
		if err != nil {
			return nil, fmt.Errorf("--allow: %w", err)
		}
		refused, doubt := c.Verdict(known)
		if refused != "" {
			return nil, fmt.Errorf("--allow: %s is %s", c, refused)
		}
		if doubt != "" {
			complain(w.streams.Err, "%s is allowed now, and is %s", c, doubt)
		}
		t.Allowed = append(t.Allowed, c)
		if channel != "" {
			t.Only[channel] = append(t.Only[channel], c)
		}
	}
	if w.inventory == "" {
		return t, nil
	}
	text, err := os.ReadFile(w.inventory)
	if err != nil {
		return nil, fmt.Errorf("--from-inventory: %w", err)
	}
	from, left, err := wrapper.FromInventory(text, known)
	if err != nil {
		return nil, fmt.Errorf("--from-inventory: %s %w", w.inventory, err)
	}
	for _, line := range left {
		complain(w.streams.Err, "not allowed: %s", line)
	}
	t.Add(from)
	return t, nil
}

func (w *wrapping) python(add *wrapper.Table) (wrapperFile, error) {
	f, present, err := w.at(w.dir, wrapper.PythonFile)
	if err != nil {
		return f, err
	}
	r, err := wrapper.Python(present, add, w.prune)
	if err != nil {
		return f, w.unchanged(f, err)
	}
	f.text = r.Text
	f.said = fmt.Sprintf("wrote %s: %s allowed, %s with a list of its own", f.show, counted(len(r.Table.Allowed), "global"), counted(len(r.Table.Only), "channel"))
	if r.Text == f.present {
		f.said = fmt.Sprintf("%s is up to date: %s allowed", f.show, counted(len(r.Table.Allowed), "global"))
	}
	w.differs(f, r)
	if r.Before != nil && r.Before.Protocol != r.Table.Protocol {
		complain(w.streams.Err, "%s: the protocol changes from %d to %d: what was written until now is refused from now on", f.show, r.Before.Protocol, r.Table.Protocol)
	}
	return f, nil
}

func (w *wrapping) golang() ([]wrapperFile, error) {
	f, present, err := w.at(w.goDir, wrapper.GoFile)
	if err != nil {
		return nil, err
	}
	r, err := wrapper.Go(present, w.pkg, w.maxSize)
	if err != nil {
		return nil, w.unchanged(f, err)
	}
	f.text = r.Text
	f.said = fmt.Sprintf("wrote %s, package %s", f.show, w.pkg)
	if r.Text == f.present {
		f.said = f.show + " is up to date"
	}
	w.differs(f, r)
	files := []wrapperFile{f}
	parts := wrapper.GoParts(w.pkg)
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		part, present, err := w.at(w.goDir, name)
		if err != nil {
			return nil, err
		}
		switch {
		case present == "":
			part.text = parts[name]
			files = append(files, part)
		case present != parts[name]:
			complain(w.streams.Err, "%s is not that of this version, and stays: --force writes it anew", part.show)
		}
	}
	return files, nil
}

// unchanged is why a file that is there is left alone.
func (w *wrapping) unchanged(f wrapperFile, err error) error {
	if errors.Is(err, wrapper.ErrForeign) {
		return fmt.Errorf("%s %w; --force writes over it", f.show, err)
	}
	return fmt.Errorf("%s: %w; --force writes the file anew, without it", f.show, err)
}

// differs says that there is more in a file than its table which another version would write.
func (w *wrapping) differs(f wrapperFile, r *wrapper.Result) {
	if r.Edited {
		complain(w.streams.Err, "%s: what stands outside of the marks is not that of this version, and stays: --force writes it anew", f.show)
	}
}

// next says what is left to do, and of a first time how to begin.
func (w *wrapping) next(python, first bool) error {
	var b strings.Builder
	if python {
		line, err := w.configured()
		if err != nil {
			return err
		}
		b.WriteString(line)
	}
	if first {
		b.WriteString("\nnext: make a key, in a file that nobody else may read:\n\n  umask 077 && echo k1 active $(openssl rand -hex 32) > FILE\n")
	}
	return say(w.streams, "%s", b.String())
}

// configured returns what the configuration has to say for PKL206 to know the wrapper, or "".
func (w *wrapping) configured() (string, error) {
	root, err := workingDir()
	if err != nil {
		return "", err
	}
	module, err := moduleOf(w.dir)
	if err != nil {
		return "", err
	}
	var names []string
	where := config.Name
	if path, err := config.Find(root); err == nil && path != "" {
		c, err := config.Load(path)
		if err != nil {
			return "", err
		}
		if slices.Contains(c.Wrapper, module) {
			return "", nil
		}
		names, where = c.Wrapper, path
		if filepath.Base(path) != config.Name {
			return fmt.Sprintf("\nadd to [tool.pickle-lint] in %s:\n\n  wrapper = [%s]\n", lint.Printable(path), quotedList(append(names, module))), nil
		}
	}
	return fmt.Sprintf("\nadd to %s:\n\n  wrapper: [%s]\n", lint.Printable(where), strings.Join(append(slices.Clone(names), module), ", ")), nil
}

func quotedList(names []string) string {
	out := make([]string, len(names))
	for i, name := range names {
		out[i] = fmt.Sprintf("%q", name)
	}
	return strings.Join(out, ", ")
}

// moduleOf returns the dotted name of the wrapper in a directory: its packages are those
// with an __init__.py.
func moduleOf(dir string) (string, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return "", fmt.Errorf("--dir: %w", err)
	}
	module := strings.TrimSuffix(wrapper.PythonFile, ".py")
	for exists(filepath.Join(abs, "__init__.py")) && wrapper.IsModule(filepath.Base(abs)) {
		module = filepath.Base(abs) + "." + module
		abs = filepath.Dir(abs)
	}
	return module, nil
}
