package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/pickle-lint/pickle-lint/pickle"
)

// comparedRelease is what one loader is followed as, unless --python says so: the
// release with which tests compare the decoder.
const comparedRelease = "3.11"

// readingFlags say whose reading of a stream is shown.
type readingFlags struct {
	loader, python, encoding string
}

const readingHelp = `
Loaders read the same bytes differently. --loader union follows all of them, in
every release of Python 3 and however they are called: the superset. One loader
is followed exactly, as pickle.load of --python calls it: c-mem (_pickle over
bytes), c-file (over a file object without peek: BytesIO, a record of
torch.load), c-peek (over open(…, "rb")), py (pickle.py: joblib, pandas).`

func (f *readingFlags) register(cmd *cobra.Command) {
	fs := cmd.Flags()
	fs.StringVar(&f.loader, "loader", "union", "`loader` to follow: "+strings.Join(loaderWords(), ", "))
	fs.StringVar(&f.python, "python", "", "`release` whose loaders are followed: "+strings.Join(pickle.Releases(), ", ")+", also with a third number (default every 3.x with union, else "+comparedRelease+")")
	fs.StringVar(&f.encoding, "encoding", "", "what the caller says about binary strings: `word` of "+strings.Join(encodingWords(), ", ")+" (default any with union, else ascii)")
	complete(cmd, "loader", loaderWords()...)
	complete(cmd, "python", pickle.Releases()...)
	complete(cmd, "encoding", encodingWords()...)
}

func loaderWords() []string { return append(pickle.AllLoaders.Names(), "union") }

func encodingWords() []string {
	var words []string
	for _, e := range pickle.Encodings() {
		words = append(words, string(e))
	}
	return words
}

// resolve turns the words into options of the decoder.
func (f *readingFlags) resolve(given func(string) bool) (pickle.Options, error) {
	var o pickle.Options
	for _, flag := range []struct{ name, value string }{
		{"loader", f.loader}, {"python", f.python}, {"encoding", f.encoding},
	} {
		if flag.value == "" && given(flag.name) {
			return o, fmt.Errorf("--%s: the value is empty", flag.name)
		}
	}
	set, err := pickle.ParseLoader(f.loader)
	if err != nil {
		return o, fmt.Errorf("--loader: %w", err)
	}
	o.Loaders, o.Plain = set, set != pickle.AllLoaders
	python := f.python
	if python == "" && o.Plain {
		python = comparedRelease
	}
	if python != "" {
		if o.Python, err = pickle.ParseRelease(python); err != nil {
			return o, fmt.Errorf("--python: %w", err)
		}
	}
	o.Encoding = pickle.Encoding(f.encoding)
	if f.encoding != "" && !slices.Contains(pickle.Encodings(), o.Encoding) {
		return o, fmt.Errorf("--encoding: unknown encoding %q: want %s", f.encoding, strings.Join(encodingWords(), ", "))
	}
	if f.encoding != "" && strings.HasPrefix(o.Python.String(), "2") {
		return o, errors.New("--encoding: the loaders of Python 2.7 take none")
	}
	return o, nil
}

// hide leaves flags out of the help of a command for which they say nothing. They are
// taken all the same, so that one list of flags does for several commands.
func hide(cmd *cobra.Command, names ...string) {
	for _, name := range names {
		cmd.Flags().Lookup(name).Hidden = true
	}
}

// needsFile is the check of arguments of a command that reads files.
func needsFile(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return errors.New(cmd.Name() + " needs a file, or - for standard input")
	}
	return nil
}
