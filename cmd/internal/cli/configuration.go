package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/pickle-lint/pickle-lint/cmd/internal/relpath"
	"github.com/pickle-lint/pickle-lint/internal/config"
	"github.com/pickle-lint/pickle-lint/internal/rules"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/lint/suggest"
)

func newConfigCommand(streams Streams) *cobra.Command {
	flags := &lintFlags{formats: []string{"text", "json"}}
	var schema bool
	cmd := &cobra.Command{
		Use:   "config [flags]",
		Short: "Say what is in force, and where each value comes from",
		Long: `Say what is in force: the value of each key of the configuration, and of each
flag that has no key; whether it comes from the file (with its line), from a
flag, from the environment, or is the default. Nothing is linted. A
configuration that could not be used is an error, as for a run with these flags.

--format json is one object a line: {"key", "value", "from"}, where from is
default, file, flag or environment, with "file" and "line", "flag" or
"variable". "otherwise" says in words what holds where there is no value, and
"over" where the value stood that a flag stands in for.

--schema prints the JSON Schema. docs/configuration.md lists the keys.`,
		Example: `  pickle-lint config
  pickle-lint config --fail-on note --format json
  pickle-lint config --schema > .pickle-lint.schema.json`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if schema {
				text, err := config.Schema(rules.All())
				if err == nil {
					_, err = streams.Out.Write(text)
				}
				return err
			}
			return printConfig(streams, flags)
		},
	}
	flags.register(cmd)
	fs := cmd.Flags()
	fs.BoolVar(&schema, "schema", false, "print the JSON Schema of "+config.Name+" instead")
	hide(cmd, "output")
	return cmd
}

// inForce is one value, and where it comes from.
type inForce struct {
	Key       string `json:"key"`
	Value     any    `json:"value"`
	Otherwise string `json:"otherwise,omitempty"`
	origin
	Over *origin `json:"over,omitempty"`
}

// origin is where a value comes from.
type origin struct {
	From     string `json:"from"` // default, file, flag or environment
	File     string `json:"file,omitempty"`
	Line     int    `json:"line,omitempty"`
	Flag     string `json:"flag,omitempty"`
	Variable string `json:"variable,omitempty"`
}

func (o origin) String() string {
	switch o.From {
	case "file":
		return fmt.Sprintf("%s:%d", o.File, o.Line)
	case "flag":
		return "--" + o.Flag
	case "environment":
		return "$" + o.Variable
	}
	return o.From
}

func byFlag(name string) origin { return origin{From: "flag", Flag: name} }

func printConfig(streams Streams, flags *lintFlags) error {
	if !slices.Contains(flags.formats, flags.format) {
		return fmt.Errorf("config: unknown format %q: want %s%s", flags.format, strings.Join(flags.formats, " or "), suggest.DidYouMean(flags.format, flags.formats))
	}
	if len(flags.outputs) > 0 {
		return errors.New("config: --output is for reports; redirect standard output")
	}
	set, err := flags.resolve()
	if err != nil {
		return err
	}
	if _, err := flags.wantColor(streams.Out, streams.Getenv); err != nil {
		return err
	}
	all := append(flags.keysInForce(set), flags.runInForce(set, streams.Getenv)...)
	if flags.format == "json" {
		for _, v := range all {
			if err := sayJSON(streams, v); err != nil {
				return err
			}
		}
		return nil
	}
	w := tabwriter.NewWriter(streams.Out, 0, 0, 2, ' ', 0)
	for _, v := range all {
		from := v.String()
		if v.Over != nil {
			from += fmt.Sprintf(" (over %v)", v.Over)
		}
		if _, err := fmt.Fprintf(w, "%s\t%s\t%s\n", lint.Printable(v.Key), lint.Printable(from), lint.Printable(v.text())); err != nil {
			return err
		}
	}
	return w.Flush()
}

// text is the value for people.
func (v inForce) text() string {
	var text string
	switch value := v.Value.(type) {
	case nil:
		return "(" + v.Otherwise + ")"
	case string:
		text = value
	default:
		b, err := json.Marshal(value)
		if err != nil {
			return err.Error() // no value of ours
		}
		text = string(b)
	}
	if v.Otherwise != "" && v.From == "default" {
		text += " (" + v.Otherwise + ")"
	}
	return text
}

// configFile names the configuration as messages do, or is "" without one.
func (s *settings) configFile() string {
	if s.config.File == "" {
		return ""
	}
	return relpath.Show(s.root, filepath.Join(s.config.Dir, filepath.Base(s.config.File)))
}

// keysInForce are the keys of the configuration.
func (f *lintFlags) keysInForce(set *settings) (out []inForce) {
	file := set.configFile()
	for _, s := range set.config.Settings() {
		v := inForce{Key: s.Path, Value: s.Value, Otherwise: s.Otherwise, origin: origin{From: "default"}}
		if s.Line > 0 {
			v.origin = origin{From: "file", File: file, Line: s.Line}
		}
		out = f.withFlag(out, v)
	}
	for _, name := range []struct {
		flag, word string
		rules      []string
	}{{"enable", config.On, f.enable}, {"disable", config.Off, f.disable}} {
		for _, rule := range name.rules {
			out = append(out, inForce{Key: "rules." + ruleNamed(rule).Name, Value: name.word, origin: byFlag(name.flag)})
		}
	}
	return out
}

// withFlag adds a key, or what a flag says instead or in addition.
func (f *lintFlags) withFlag(out []inForce, v inForce) []inForce {
	var value any
	adds := false
	name := v.Key
	said := true // a flag that says no may be given with =false
	switch v.Key {
	case "exclude":
		value, adds = f.exclude, true
	case "catalog":
		value, adds = f.catalogs, true
	case "include":
		value = f.include
	case "fail-on":
		value = f.failOn
	case "policy":
		value = f.policy
	case "baseline":
		value = f.baseline
		if f.noBaseline {
			name, value = "no-baseline", ""
		}
	case "gitignore":
		name, value, said = "no-gitignore", false, f.noGitignore
	case "commands":
		name, value, said = "no-commands", false, f.noCommands
	default:
		return append(out, v)
	}
	if !said || !f.given(name) {
		return append(out, v)
	}
	flagged := inForce{Key: v.Key, Value: value, origin: byFlag(name)}
	if adds && v.From != "default" {
		return append(out, v, flagged)
	}
	if v.From != "default" {
		flagged.Over = &v.origin
	}
	return append(out, flagged)
}

// runInForce is what flags and the environment alone decide.
func (f *lintFlags) runInForce(set *settings, getenv func(string) string) []inForce {
	row := func(name string, value any) inForce {
		v := inForce{Key: "--" + name, Value: value, origin: origin{From: "default"}}
		if f.given(name) {
			v.origin = byFlag(name)
		}
		return v
	}
	file := row("config", nil)
	if file.Value = set.config.File; set.config.File == "" {
		file.Value, file.Otherwise = nil, "there is no "+config.Name+" and no [tool.pickle-lint] in a "+config.ProjectName
	}
	jobs := row("jobs", set.jobs)
	if !f.given("jobs") {
		jobs.Otherwise = fmt.Sprintf("one a processor: %d", runtime.GOMAXPROCS(0))
	}
	tags := row("tags", f.tags)
	if f.tags == "" {
		tags.Value, tags.Otherwise = nil, "none"
	}
	color := row("color", f.color)
	if when, variable := colorOf(getenv); f.color == "auto" && variable != "" {
		color = inForce{Key: "--color", Value: when, origin: origin{From: "environment", Variable: variable}}
	}
	remembered := inForce{Key: "cache", Value: "off", origin: byFlag("no-cache")}
	if !f.noCache {
		dir, variable, err := cacheDir(getenv)
		if err != nil {
			dir = err.Error()
		}
		remembered.Value, remembered.origin = dir, origin{From: "default"}
		if variable != "" {
			remembered.origin = origin{From: "environment", Variable: variable}
		}
	}
	out := []inForce{
		file, row("source", append([]string{}, f.sources...)), tags, jobs, row("quick", f.quick),
		row("today", set.trust.Today.Format(time.DateOnly)), row("sarif-suppressed", f.sarifSuppressed), color, row("progress", f.progress), remembered,
	}
	if limit := getenv("GOMEMLIMIT"); limit != "" {
		out = append(out, inForce{Key: "memory", Value: limit, origin: origin{From: "environment", Variable: "GOMEMLIMIT"}})
	}
	return out
}
