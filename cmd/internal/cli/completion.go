package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/pickle-lint/pickle-lint/cmd/internal/report"
)

// complete offers words for a flag.
func complete(cmd *cobra.Command, name string, words ...string) {
	register(cmd, name, cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp))
}

// completeBy offers words for a flag that are not known before somebody asks.
func completeBy(cmd *cobra.Command, name string, words func(cmd *cobra.Command, word string) []string) {
	register(cmd, name, func(cmd *cobra.Command, _ []string, word string) ([]string, cobra.ShellCompDirective) {
		return words(cmd, word), cobra.ShellCompDirectiveNoFileComp
	})
}

func register(cmd *cobra.Command, name string, words cobra.CompletionFunc) {
	if err := cmd.RegisterFlagCompletionFunc(name, words); err != nil {
		panic(fmt.Sprintf("completion of --%s: %v", name, err))
	}
}

// completeOutput offers the formats of --output, and files besides: the shell has no way to
// complete a file behind FORMAT: but to be told the word as a whole.
func completeOutput(cmd *cobra.Command) {
	register(cmd, "output", func(_ *cobra.Command, _ []string, word string) (out []string, then cobra.ShellCompDirective) {
		for _, format := range report.Formats() {
			if strings.HasPrefix(format, word) && word != "" || word == "" {
				out = append(out, format+":")
			}
		}
		if len(out) == 0 {
			return nil, cobra.ShellCompDirectiveDefault // a file
		}
		return out, cobra.ShellCompDirectiveNoSpace
	})
}

// completeCommands offers the names of commands as arguments.
func completeCommands(root *cobra.Command) cobra.CompletionFunc {
	return func(_ *cobra.Command, args []string, _ string) (out []string, then cobra.ShellCompDirective) {
		at, rest, err := root.Find(args)
		if err == nil && len(rest) == 0 {
			for _, c := range at.Commands() {
				if c.IsAvailableCommand() {
					out = append(out, c.Name()+"\t"+c.Short)
				}
			}
		}
		return out, cobra.ShellCompDirectiveNoFileComp
	}
}
