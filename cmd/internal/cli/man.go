package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
)

func newManCommand(streams Streams, root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:   "man [COMMAND ...]",
		Short: "Print the man page of pickle-lint or of one of its commands",
		Example: `  pickle-lint man > pickle-lint.1
  pickle-lint man blob > pickle-lint-blob.1`,
		ValidArgsFunction: completeCommands(root),
		RunE: func(_ *cobra.Command, args []string) error {
			// Man pages name a command as pickle-lint-blob.
			words := strings.Split(strings.TrimPrefix(strings.Join(args, "-"), "pickle-lint"), "-")
			cmd, rest, err := root.Find(slices.DeleteFunc(words, func(w string) bool { return w == "" }))
			if err != nil || len(rest) > 0 {
				return fmt.Errorf("man: no command %q", strings.Join(args, " "))
			}
			return writeMan(cmd, streams.Out)
		},
	}
}

// writeMan renders the declarations of a command. The date is the release's, so
// that the same source makes the same bytes.
func writeMan(cmd *cobra.Command, w io.Writer) error {
	cmd.Root().DisableAutoGenTag = true
	cmd.InitDefaultHelpFlag()
	err := doc.GenMan(cmd, &doc.GenManHeader{Section: "1", Date: &releaseDay, Source: "pickle-lint " + release, Manual: "pickle-lint"}, w)
	if err != nil {
		return fmt.Errorf("writing the man page of %s: %w", cmd.CommandPath(), err)
	}
	return nil
}
