package cli

import (
	"fmt"
	"runtime/debug"
	"time"

	"github.com/spf13/cobra"
)

// release is the release this source leads up to. A build that the go command
// stamped, from a module version or from version control, says that instead.
const release = "0.1.0-dev"

// releaseDay is the day of that release, or of its last change.
var releaseDay = time.Date(2026, time.November, 1, 0, 0, 0, 0, time.UTC)

// Version returns the version of this binary.
func Version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" || info.Main.Version == "(devel)" {
		return release
	}
	return info.Main.Version
}

func newVersionCommand(streams Streams) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintln(streams.Out, "pickle-lint", Version())
			return err
		},
	}
}
