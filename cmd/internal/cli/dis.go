package cli

import (
	"github.com/spf13/cobra"

	"github.com/pickle-lint/pickle-lint/cmd/internal/facts"
)

func newDisCommand(streams Streams) *cobra.Command {
	return newFactCommand(streams, &factCommand{
		name:  "dis",
		short: "Show the ops of the pickles in a file",
		long: `Show the ops of each pickle in a file: offset, depth of the stack behind the op,
the opcode's byte, its name and argument, and behind a # what it does: the entry
of the memo, the global, the call, and who refuses it. Nothing is run.
Containers are opened; - is standard input.
` + readingHelp + `
With union the ops are those of a pickle in memory; how a file object is read
differently is told at the end, and --loader shows it.

--format json is JSON Lines, one object an op: path, member, offset, end,
opcode, name, arg (a number or a text of at most --limit bytes), arg_text,
arg_offset, arg_length, depth, marks, memo, global, calls, persistent, implicit,
loaders (who is left), left (who refused this op), notes. One with the key
"summary" ends each pickle; its keys are those of "pickle-lint trace", and
highest_protocol and ops_error.

--format recipe writes the whole file, or each member with a pickle, in the
language of recipes (internal/recipe), of which the same bytes can be made
again.

Exit codes: 0 all was shown, to STOP or to an error of the pickle itself;
2 usage error; 3 something could not be looked at.`,
		example: `  pickle-lint dis model.pt
  pickle-lint dis --loader c-file suspicious.pkl
  pickle-lint dis --format recipe hostile.pkl > hostile.recipe`,
		formats: []factFormat{{"text", (*facts.Run).DisText}, {"json", (*facts.Run).DisJSON}, {"recipe", (*facts.Run).Recipe}},
		limited: true,
	})
}
