package cli

import "github.com/spf13/cobra"

func newInventoryCommand(streams Streams) *cobra.Command {
	cmd := &cobra.Command{Use: "inventory", Short: "List who writes and who loads pickles", Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() }}
	addInventoryDatabase(cmd, streams)
	return cmd
}
