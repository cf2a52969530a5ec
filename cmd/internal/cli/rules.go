package cli

import (
	"errors"
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/pickle-lint/pickle-lint/internal/rules"
	"github.com/pickle-lint/pickle-lint/lint"
)

func newRulesCommand(streams Streams) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "rules",
		Short: "List the rules",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			switch format {
			case "text":
				return printRules(streams)
			case "json":
				return printRulesJSON(streams)
			}
			return fmt.Errorf("rules: unknown format %q: want text or json", format)
		},
	}
	cmd.Flags().StringVarP(&format, "format", "f", "text", "output `format`: text, json")
	return cmd
}

func printRules(streams Streams) error {
	w := tabwriter.NewWriter(streams.Out, 0, 0, 2, ' ', 0)
	for _, r := range rules.All() {
		if _, err := fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", r.ID, r.Name, r.Default(), r.Page.Summary); err != nil {
			return err
		}
	}
	return w.Flush()
}

func printRulesJSON(streams Streams) error {
	type row struct {
		ID        string        `json:"id"`
		Name      string        `json:"name"`
		Severity  lint.Severity `json:"severity"`
		Off       bool          `json:"off,omitempty"`
		Precision string        `json:"precision"`
		CWE       int           `json:"cwe,omitempty"`
		Since     string        `json:"since"`
		Summary   string        `json:"summary"`
	}
	for _, r := range rules.All() {
		if err := sayJSON(streams, row{r.ID, r.Name, r.Severity, r.Off, r.Precision, r.CWE, r.Since, r.Page.Summary}); err != nil {
			return err
		}
	}
	return nil
}

func newExplainCommand(streams Streams) *cobra.Command {
	return &cobra.Command{
		Use:     "explain RULE",
		Short:   "Print the page of a rule, by id or by name",
		Example: "  pickle-lint explain PKL201\n  pickle-lint explain unjustified-load",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return errors.New("explain needs one rule, for example PKL201")
			}
			return nil
		},
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return ruleNames(), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error {
			r := ruleNamed(args[0])
			if r == nil {
				return noRule(args[0])
			}
			return printPage(streams, r)
		},
	}
}

// ruleNames are all words that name a rule.
func ruleNames() []string {
	var words []string
	for _, r := range rules.All() {
		words = append(words, r.ID, r.Name)
	}
	return words
}

func printPage(streams Streams, r *lint.Rule) error {
	title, body, _ := strings.Cut(r.Page.Text, "\n")
	_, err := fmt.Fprintf(streams.Out, "%s (%s, %s, since %s)\n%s", title, r.ID, r.Default(), r.Since, body)
	return err
}
