package cli

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
)

func newManCommand(streams Streams, root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:   "man [COMMAND ...]",
		Short: "Print the man page of pickle-lint or of one of its commands",
		Example: `  pickle-lint man > pickle-lint.1
  pickle-lint man blob > pickle-lint-blob.1`,
		RunE: func(_ *cobra.Command, args []string) error {
			cmd, rest, err := root.Find(args)
			if err != nil || len(rest) > 0 {
				return fmt.Errorf("man: no command %q", args)
			}
			return writeMan(cmd, streams.Out)
		},
	}
}

// writeMan renders the declarations of a command. There is no date in it, so
// that the same source makes the same bytes.
func writeMan(cmd *cobra.Command, w io.Writer) error {
	cmd.Root().DisableAutoGenTag = true
	cmd.InitDefaultHelpFlag()
	err := doc.GenMan(cmd, &doc.GenManHeader{Section: "1", Source: "pickle-lint", Manual: "pickle-lint"}, w)
	if err != nil {
		return fmt.Errorf("writing the man page of %s: %w", cmd.CommandPath(), err)
	}
	return nil
}
