package cli

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/pickle-lint/pickle-lint/inventory/audit"
	"github.com/pickle-lint/pickle-lint/lint"
)

func newAuditCommand(streams Streams) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "audit",
		Short: "Check the log of removals",
		Long: `"pickle-lint stale --delete" writes a log in which each record carries the hash
of the one before. "pickle-lint audit verify" checks it.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	var head string
	verify := &cobra.Command{
		Use:   "verify [flags] FILE",
		Short: "Check that no record of the log was changed, added or taken out",
		Long: `Check each record of the log and the chain that they make. Records in the
middle cannot be changed, put in or taken out unnoticed. Records at the end
can: keep the head that "stale --delete" and this command print elsewhere, and
give it to --head, which is then the hash of one of the records.

Exit codes: 0 the chain holds; 1 it does not; 2 the log cannot be read.`,
		Example: `  pickle-lint audit verify removals.jsonl
  pickle-lint audit verify --head "$(cat removals.head)" removals.jsonl`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return errors.New("audit verify needs the file of the log")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if head == "" && cmd.Flags().Changed("head") {
				return errors.New("--head: the value is empty")
			}
			return verifyAudit(streams, args[0], head)
		},
	}
	verify.Flags().StringVar(&head, "head", "", "`hash` of a record that the log must have")
	cmd.AddCommand(verify)
	return cmd
}

func verifyAudit(streams Streams, name, head string) (err error) {
	file, _, err := openRegular(name) // a pipe that nobody writes to would hold it up for good
	if err != nil {
		return fmt.Errorf("reading the log %s: %s", lint.Printable(name), reasonOf(err))
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	met := false
	chain, err := audit.Verify(file, func(r *audit.Record) { met = met || strings.EqualFold(r.Hash, head) })
	var broken *audit.BrokenError
	switch {
	case errors.As(err, &broken):
		if _, err := fmt.Fprintf(streams.Out, "%s:%d: %s; the %d records before hold\n", lint.Printable(name), broken.Line, lint.Printable(broken.Reason), chain.Records); err != nil {
			return err
		}
		return &exitError{code: ExitFindings}
	case err != nil:
		return err
	case head != "" && !met:
		if _, err := fmt.Fprintf(streams.Out, "%s: no record has the hash %s: the log was cut off or written anew\n", lint.Printable(name), lint.Printable(head)); err != nil {
			return err
		}
		return &exitError{code: ExitFindings}
	case chain.Records == 0:
		_, err = fmt.Fprintf(streams.Out, "%s: no records\n", lint.Printable(name))
		return err
	}
	for _, r := range chain.Open {
		if _, err := fmt.Fprintf(streams.Out, "%s: record %d has no outcome: the run that was to remove %s was interrupted\n", lint.Printable(name), r.Seq, lint.Printable(r.Path)); err != nil {
			return err
		}
	}
	_, err = fmt.Fprintf(streams.Out, "%s: %d records hold, the last of %s; the head is %s\n", lint.Printable(name), chain.Records, chain.Last.Format(time.RFC3339), chain.Head)
	return err
}
