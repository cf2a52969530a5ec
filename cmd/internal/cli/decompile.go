package cli

import (
	"github.com/spf13/cobra"

	"github.com/pickle-lint/pickle-lint/cmd/internal/facts"
)

func newDecompileCommand(streams Streams) *cobra.Command {
	return newFactCommand(streams, &factCommand{
		name:  "decompile",
		short: "Show the pickles in a file as Python that does the same",
		long: `Show each pickle in a file as Python that does the same: an import for each
look-up, an assignment for each call, in the order of the pickle. Nothing is
run, and the text is for reading: what it shows may well be an attack.
Containers are opened; - is standard input.
` + readingHelp + `

Exit codes: 0 all was shown, to STOP or to an error of the pickle itself;
2 usage error; 3 something could not be looked at.`,
		example: `  pickle-lint decompile model.pt
  pickle-lint decompile --loader c-file suspicious.pkl`,
		formats: []factFormat{{"text", (*facts.Run).Decompile}},
	})
}
