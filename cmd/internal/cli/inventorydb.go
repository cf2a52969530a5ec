package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/pickle-lint/pickle-lint/internal/dbcommand"
)

// helperProgram is the program that knows databases. It is installed by itself, as
// not everybody wants their drivers.
const helperProgram = "pickle-inventory"

// addInventoryDatabase adds the commands around a database of inventories, which another
// program runs. Their help is ours.
func addInventoryDatabase(cmd *cobra.Command, streams Streams) {
	for name, command := range dbcommand.All() {
		sub := command(new(dbcommand.Options))
		// The other program reads the flags; here they are only shown.
		sub.DisableFlagParsing = true
		sub.Args = cobra.ArbitraryArgs
		sub.RunE = func(sub *cobra.Command, args []string) error {
			words := args
			if i := slices.Index(args, "--"); i >= 0 {
				words = args[:i]
			}
			if slices.Contains(words, "-h") || slices.Contains(words, "--help") {
				return sub.Help()
			}
			return handOver(sub.Context(), streams, append([]string{name}, args...))
		}
		cmd.AddCommand(sub)
	}
}

// handOver runs the helper with our streams, and ends as it ends.
func handOver(ctx context.Context, streams Streams, args []string) error {
	path := findHelper(os.Executable, streams.Getenv("PATH"))
	if path == "" {
		return fmt.Errorf("inventory %s: the program %s is not installed: put it beside pickle-lint or into the PATH "+
			"(go install github.com/pickle-lint/pickle-lint/inventory/db/cmd/%s@latest)", args[0], helperProgram, helperProgram)
	}
	helper := exec.CommandContext(ctx, path, args...)
	helper.Stdin, helper.Stdout, helper.Stderr = streams.In, streams.Out, streams.Err
	// Who is told to end passes it on, and waits for what the helper has to finish.
	helper.Cancel = func() error { return ask(helper.Process) }
	helper.WaitDelay = 15 * time.Second
	err := helper.Run()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		if code := exit.ExitCode(); code >= 0 {
			// It has said why.
			return &exitError{code: code}
		}
		return fmt.Errorf("inventory %s: %s was killed: %w", args[0], helperProgram, exit)
	}
	if err != nil && ctx.Err() != nil && helper.ProcessState != nil {
		// It ended well although it was asked to.
		return &exitError{code: max(0, helper.ProcessState.ExitCode())}
	}
	if err != nil {
		return fmt.Errorf("inventory %s: %w", args[0], err)
	}
	return nil
}

// findHelper looks beside our own program, behind links and not, and then in the absolute
// directories of the PATH. Never in the current directory: it may be a repository that
// somebody else has filled.
func findHelper(self func() (string, error), path string) string {
	name := helperProgram
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	var dirs []string
	if own, err := self(); err == nil {
		dirs = append(dirs, filepath.Dir(own))
		if target, err := filepath.EvalSymlinks(own); err == nil {
			dirs = append(dirs, filepath.Dir(target))
		}
	}
	for _, dir := range append(dirs, filepath.SplitList(path)...) {
		if !filepath.IsAbs(dir) {
			continue
		}
		file := filepath.Join(dir, name)
		info, err := os.Stat(file)
		if err == nil && info.Mode().IsRegular() && (runtime.GOOS == "windows" || info.Mode()&0o111 != 0) {
			return file
		}
	}
	return ""
}
