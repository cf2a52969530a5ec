package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/pickle-lint/pickle-lint/lint/suggest"
)

// Streams are what a command reads and writes besides files.
type Streams struct {
	In  io.Reader
	Out io.Writer
	Err io.Writer
	// Getenv looks up an environment variable; see wantColor.
	Getenv func(string) string
}

// Main runs the command and returns its exit code.
func Main(ctx context.Context, args []string, streams Streams) int {
	if streams.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(softMemory)
	}
	root := newRoot(streams)
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	if unread(err) {
		return ExitClean
	}
	if err != nil && err.Error() != "" {
		complain(streams.Err, "%v", err)
	}
	return exitCode(err)
}

// softMemory is where the collector begins to work harder. What the limits of the
// decoder let live stays below it; the rest is garbage that would wait.
const softMemory = 400 << 20

func newRoot(streams Streams) *cobra.Command {
	flags := new(lintFlags)
	root := &cobra.Command{
		Use:   "pickle-lint [flags] [PATTERN|PATH ...]",
		Short: "Find where stored bytes become live objects, and ask who may have written them",
		Long: `pickle-lint lints Go packages, Python sources and stored pickles.

Every load or decode site carries a trust-boundary justification or is a
finding; every stored pickle is decoded, without running it, and judged by what
it does. Without an argument it lints ./...

Exit codes: 0 clean; 1 findings at or above --fail-on; 2 usage or configuration
error; 3 no such findings, but something could not be looked at, or interrupted.`,
		Example: `  pickle-lint ./...
  pickle-lint --output sarif:pickle-lint.sarif ./...
  pickle-lint blob model.pt
  pickle-lint explain PKL201`,
		Args:          cobra.ArbitraryArgs,
		Version:       Version(),
		SilenceUsage:  true,
		SilenceErrors: true,
		RunE: func(cmd *cobra.Command, args []string) error {
			err := runLint(cmd.Context(), streams, flags, allWings, args)
			if exitCode(err) == ExitUsage && len(args) > 0 && !exists(args[0]) {
				for _, name := range cmd.SuggestionsFor(args[0]) {
					complain(streams.Err, "did you mean the command %q?", name)
				}
			}
			return err
		},
	}
	root.SetVersionTemplate("pickle-lint {{.Version}}\n")
	root.SetUsageTemplate(strings.NewReplacer("Flags.FlagUsages", fmt.Sprint("Flags.FlagUsagesWrapped ", helpColumns), " for more information about a command.", " says more.").Replace(root.UsageTemplate()))
	root.SetIn(streams.In)
	root.SetOut(streams.Out)
	root.SetErr(streams.Err)
	flags.register(root)
	root.AddCommand(
		newBlobCommand(streams),
		newSitesCommand(streams),
		newInventoryCommand(streams),
		newStaleCommand(streams),
		newAuditCommand(streams),
		newBaselineCommand(streams),
		newLockCommand(streams),
		newTraceCommand(streams),
		newDisCommand(streams),
		newDecompileCommand(streams),
		newRulesCommand(streams),
		newExplainCommand(streams),
		newConfigCommand(streams),
		newInitCommand(streams),
		newWrapperCommand(streams),
		newVersionCommand(streams),
		newManCommand(streams, root),
		newLSPCommand(streams),
	)
	root.SetFlagErrorFunc(unknownFlag)
	root.SuggestionsMinimumDistance = 2
	root.InitDefaultCompletionCmd()
	root.InitDefaultHelpCmd()
	for _, cmd := range root.Commands() {
		if name := cmd.Name(); name == "completion" || name == "help" {
			strict(root, cmd)
		}
	}
	return root
}

func newBlobCommand(streams Streams) *cobra.Command {
	flags := new(lintFlags)
	cmd := &cobra.Command{
		Use:   "blob [flags] PATH ...",
		Short: "Lint stored bytes only; - is standard input",
		Long: `Lint stored bytes only: pickles and the containers that carry them, found by
content and not by extension. Directories are walked; - is standard input. A
file that is named and cannot be recognised is a skip, never silence.

Exit codes are those of pickle-lint.`,
		Example: `  pickle-lint blob checkpoints/
  pickle-lint blob --include '*.pkl' --include '*.pt' -v store/
  pickle-lint blob - < queue-message.bin`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return errors.New("blob needs a path, or - for standard input")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return runLint(cmd.Context(), streams, flags, blobWing, args)
		},
	}
	flags.register(cmd)
	// Nothing in stored bytes has a build tag or a justification.
	hide(cmd, "tags", "today", "sarif-suppressed", "no-gitignore", "no-commands", "quick", "new-from-rev", "fix", "diff")
	return cmd
}

// helpColumns is how wide help is: no terminal in use is narrower.
const helpColumns = 80

// strict makes one of cobra's own commands refuse a word it does not know, which
// it would otherwise answer with general help and success.
func strict(root, cmd *cobra.Command) {
	of := root
	if cmd.Name() == "completion" {
		of = cmd
	}
	cmd.Run = nil
	cmd.RunE = func(_ *cobra.Command, args []string) error {
		found, rest, err := of.Find(args)
		if err != nil || len(rest) > 0 {
			return fmt.Errorf("%s: unknown word %q", cmd.Name(), strings.Join(args, " "))
		}
		return found.Help()
	}
}

// vetFlag is how the flags begin that the vet tool takes from go vet.
const vetFlag = " in -picklelint."

// unknownFlag adds what may have been meant to what pflag says of a flag.
func unknownFlag(cmd *cobra.Command, err error) error {
	if _, name, found := strings.Cut(err.Error(), vetFlag); found {
		name, _, _ = strings.Cut(name, "=")
		return fmt.Errorf("-picklelint.%s is a flag of \"go vet -vettool\": pickle-lint has --enable, --disable, --catalog, --today and its configuration", name)
	}
	_, name, found := strings.Cut(err.Error(), "unknown flag: --")
	if !found {
		return err
	}
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if !f.Hidden {
			names = append(names, f.Name)
		}
	})
	slices.Sort(names)
	return fmt.Errorf("%w%s", err, suggest.DidYouMean(name, names))
}
