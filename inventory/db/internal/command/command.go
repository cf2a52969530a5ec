// Package command is the program pickle-inventory: the commands that dbcommand names, over
// package db and package web.
package command

import (
	"context"
	"fmt"
	"io"
	"runtime/debug"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/pickle-lint/pickle-lint/internal/dbcommand"
	"github.com/pickle-lint/pickle-lint/inventory/db"
	"github.com/pickle-lint/pickle-lint/lint"
)

// Streams are what a command reads and writes besides files.
type Streams struct {
	In       io.Reader
	Out, Err io.Writer
	Getenv   func(string) string
}

// Main runs the command and returns its exit code: 0, or 2 where something was wrong.
func Main(ctx context.Context, args []string, streams Streams) int {
	root := &cobra.Command{
		Use:           "pickle-inventory",
		Short:         "Keep the inventories of many repositories in one database",
		SilenceUsage:  true,
		SilenceErrors: true,
		Version:       version(),
	}
	root.SetVersionTemplate("pickle-inventory {{.Version}}\n")
	root.SetIn(streams.In)
	root.SetOut(streams.Out)
	root.SetErr(streams.Err)
	root.SetArgs(args)
	root.CompletionOptions.DisableDefaultCmd = true
	for name, command := range dbcommand.All() {
		r := &running{streams: streams}
		cmd := command(&r.options)
		cmd.RunE = func(cmd *cobra.Command, args []string) error {
			var err error
			if r.today, err = r.clock(); err != nil {
				return err
			}
			return map[string]func(context.Context, []string) error{"merge": r.merge, "push": r.push, "query": r.query, "serve": r.serve}[name](cmd.Context(), args)
		}
		root.AddCommand(cmd)
	}
	if err := root.ExecuteContext(ctx); err != nil {
		if err.Error() != "" {
			complain(streams.Err, "%v", err)
		}
		return 2
	}
	return 0
}

// running is one run of a command.
type running struct {
	streams Streams
	options dbcommand.Options
	today   func() time.Time
}

func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		return info.Main.Version
	}
	return "0.1.0-dev"
}

// complain writes to standard error. What is quoted in it may have been chosen by whoever
// named a file or a repository.
func complain(w io.Writer, format string, args ...any) {
	for line := range strings.SplitSeq(fmt.Sprintf(format, args...), "\n") {
		// A broken standard error leaves nobody to tell.
		_, _ = fmt.Fprintf(w, "pickle-inventory: %s\n", lint.Printable(line))
	}
}

func (r *running) clock() (func() time.Time, error) {
	if r.options.Today == "" {
		return time.Now, nil
	}
	day, err := time.Parse(time.DateOnly, r.options.Today)
	if err != nil {
		return nil, fmt.Errorf("--today: %q is no day (YYYY-MM-DD)", r.options.Today)
	}
	return func() time.Time { return day }, nil
}

// open opens the database that the flag, the environment or nobody names.
func (r *running) open(ctx context.Context, mode db.Mode) (*db.DB, error) {
	name := r.options.DB
	if name == "" {
		name = r.streams.Getenv(dbcommand.DBVariable)
	}
	if name == "" {
		name = db.DefaultFile
	}
	address, err := db.ParseAddress(name)
	if err != nil {
		return nil, err
	}
	if address.PasswordInURL && r.options.DB != "" {
		complain(r.streams.Err, "warning: the URL holds a password, which others see in the list of processes: use PGPASSWORD, ~/.pgpass or %s", dbcommand.DBVariable)
	}
	d, err := db.Open(ctx, address, mode)
	if err != nil {
		return nil, err
	}
	d.Now = r.today
	return d, nil
}
