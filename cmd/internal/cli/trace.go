package cli

import (
	"github.com/spf13/cobra"

	"github.com/pickle-lint/pickle-lint/cmd/internal/facts"
)

func newTraceCommand(streams Streams) *cobra.Command {
	return newFactCommand(streams, &factCommand{
		name:  "trace",
		short: "Say what the pickles in a file do, without a verdict",
		long: `Say what each pickle in a file does: which globals it looks up, what it calls
and with what, and where loaders part. Nothing is run, and nothing is judged:
that is "pickle-lint blob". Containers are opened; - is standard input.
` + readingHelp + `

--format json is JSON Lines, one object a pickle:

  path, member           where: the file, and the way into containers
  offset, end            the first byte, and the byte behind STOP or the last op
  protocol, ops          as PROTO says; how many ops
  loader                 as --loader
  loaders                who reaches STOP
  globals[]              raw [module, name], module and path as resolved,
                         offset, op, loaders, resolved, untrusted, and
                         extension: the number of an extension code
  calls[]                kind, target, offset, loaders, op, args, nargs,
                         if (defined, missing or set; absent: always), again
                         (a second state), discarded
  persistent_ids         how many; persistent[] has id, offset, loaders
  implicit[]             kind, target, offset, loaders, op: code of an object
                         that an op runs without calling it (hash, iter, …)
  anomalies[]            kind, offset, text
  error                  kind, offset and text, or null
  next[]                 offset, loaders: where they read the file's next pickle
  trailing               bytes behind the last pickle
  buffers                how many out-of-band buffers it asks for
  arrays[]               offset, length, pickled: arrays of joblib in mid-stream
  repeated, more_implicit, more_persistent, more_arrays, more_anomalies
                         how many facts are not listed
  carved                 found by searching, or the rest of another pickle
  written_by             cloudpickle, dill, joblib, torch or ""

A global that the pickle computes is not resolved: module is "" and path [].
Names that are no UTF-8 stay what they are: a surrogate is \udXXX, as in
Python's JSON, and any other such byte is \udcXX, as in Python's names of files.
Keys may be added. docs/facts.md says more of each.

Exit codes: 0 all was followed, to STOP or to an error of the pickle itself;
2 usage error; 3 something could not be looked at.`,
		example: `  pickle-lint trace model.pt
  pickle-lint trace --format json --loader c-file --python 3.13 - < job.pkl`,
		formats: []factFormat{{"text", (*facts.Run).TraceText}, {"json", (*facts.Run).TraceJSON}},
	})
}
