package config

import "slices"

// Key is what is said of one key of the configuration, and said once: the JSON Schema,
// docs/configuration.md, what "pickle-lint init" writes and what "pickle-lint config"
// prints come from here. Of which type a value is, the Go types say; see [Shapes].
type Key struct {
	// Path leads to the key: "*" stands for any name, "[]" for any item of a list.
	Path string
	// About says what the key is for.
	About string
	// Default is what holds without the key, in YAML, and Otherwise says in words what
	// does, where that is no value.
	Default, Otherwise string
	// Example is a value in YAML.
	Example string
	// Words are all that may be said here: in a list by each item, in a mapping by
	// each value.
	Words []string
	// Form is the regular expression of such words, What a name for them, for messages.
	Form, What string
	// NameForm and NameWhat are the same for the names of a mapping.
	NameForm, NameWhat string
	// Min and Max bound a number, if they differ.
	Min, Max int
	// Required keys are missed by their table, and what is NonEmpty holds something.
	Required, NonEmpty bool
}

// The regular expressions are those of Go and of JSON Schema alike.
const (
	moduleForm       = `^[\p{L}_][\p{L}\p{N}_]*(\.[\p{L}_][\p{L}\p{N}_]*)*$`
	distributionForm = `^[A-Za-z0-9]([-A-Za-z0-9._]*[A-Za-z0-9])?$` // PEP 508
	versionForm      = `^[ \t]*[vV]?[0-9]`                          // how one begins; pep440 reads it all
	globForm         = `[^/ ]`
)

// keys are all of them, in the order of the pages.
var keys = slices.Concat(linting, governing)

// linting are the keys of a lint run.
var linting = []Key{
	{
		Path:    "exclude",
		About:   "Globs of paths to leave out, with the manners of .gitignore, from the directory of the configuration. --exclude adds to them. A file that is named on the command line is looked at all the same.",
		Default: "[]", Example: `[third_party/, "**/*.golden"]`, Form: globForm,
	},
	{
		Path:    "include",
		About:   "Globs of the paths to look at; the rest is left out. exclude wins over it, and --include stands in for it.",
		Default: "[]", Otherwise: "everything", Example: `["*.pkl", models/]`, Form: globForm,
	},
	{Path: "gitignore", About: "Whether what git ignores is left out.", Default: "true", Example: "false"},
	{Path: "commands", About: "Whether Python is looked for in the commands of scripts, workflows and Dockerfiles.", Default: "true", Example: "false"},
	{
		Path: "fail-on", About: "The quietest severity that makes the exit code 1.",
		Default: "warning", Example: "error", Words: []string{"error", "warning", "note", Never},
	},
	{
		Path:    "policy",
		About:   "How stored blobs are judged. strict: unknown callables and classes are errors. weights-only: so is what torch.load(weights_only=True) refuses.",
		Default: "default", Example: "strict", Words: Policies,
	},
	{
		Path:    "catalog",
		About:   "Catalogue files with more sinks, sources and globals, from the directory of the configuration; see CONTRIBUTING.md. --catalog adds to them.",
		Default: "[]", Example: "[pickle-lint.cat]", Form: `.`, What: "the name of a file",
	},
	{
		Path:      "baseline",
		About:     "The file of the findings that were accepted on a day and do not count, from the directory of the configuration; pickle-lint baseline writes it. --baseline and --no-baseline win over it.",
		Otherwise: "none", Example: ".pickle-lint-baseline", Form: `.`, What: "the name of a file",
	},
	{
		Path:    "allow-packages",
		About:   "The project's own packages: what these modules and those below them define may stand in blobs.",
		Default: "[]", Example: "[mycompany, my_tools.models]",
		Form: moduleForm, What: "the dotted name of a module; it covers all modules below it",
	},
	{
		Path: "boundaries", About: "Trust boundaries besides the built-in ones, by name, for the justifications of this project.",
		Default: "{}", Example: `{lab: {description: written by the lab's instruments, requires: [owner]}}`,
	},
	{Path: "boundaries.*.description", About: "What lies on the other side: who may have written the bytes.", Example: "written by the lab's instruments", Form: `\S`, Required: true},
	{Path: "boundaries.*.requires", About: "Keys that a justification with this boundary must have, besides boundary and reason.", Default: "[]", Example: "[owner, expires]"},
	{Path: "boundaries.*.proof", About: "Whether a claim alone does not suppress, and a verification of the bytes has to be proved.", Default: "false", Example: "true"},
	{
		Path: "rules", About: "Whether rules are on and how loud, by id or by name. --enable and --disable win over it.",
		Default: "{}", Otherwise: "each rule's own; see docs/rules", Example: "{unknown-class: off, PKL909: warning}", Words: ruleWords,
	},
	{
		Path: "overrides", About: "The same under some paths; the last that matches wins.",
		Default: "[]", Example: `[{paths: ["tests/**", conftest.py], rules: {unjustified-load: note}}]`,
	},
	{Path: "overrides[].paths", About: "Globs of paths, as those of exclude.", Example: `["tests/**"]`, Form: globForm, Required: true, NonEmpty: true},
	{Path: "overrides[].rules", About: "What holds for rules there.", Example: "{unjustified-load: note}", Words: ruleWords, Required: true, NonEmpty: true},
	{
		Path:      "wrapper",
		About:     "The modules, or functions of modules, through which the project loads its pickles; rules PKL206 and PKL207. An empty list says that there are none.",
		Otherwise: "looked for by name and content", Example: "[mycompany.safe_pickle]",
		Form: moduleForm, What: "the dotted name of a module or of what is in it",
	},
	{
		Path:      "states",
		About:     "Globs of the stored pickles whose states __setstate__ still has to take; rule PKL224. An empty list says that there are none.",
		Otherwise: "the usual names of pickles, such as *.pkl", Example: `["tests/**/*.pkl"]`, Form: globForm,
	},
	{
		Path:    "sources",
		About:   "Where Python gets bytes from that is not the outside, by the kind of origin or by the first words of a dotted name: the boundary behind which it is, or trusted; rule PKL203.",
		Default: "{}", Example: "{redis: internal, queue: trusted}",
	},
	{Path: "go", About: "Which Go files and decoders are looked at.", Example: "{tests: false, generated: false}"},
	{Path: "go.tests", About: "Whether files that end in _test.go are looked at.", Default: "true", Example: "false"},
	{Path: "go.generated", About: `Whether files with the "Code generated" mark are looked at.`, Default: "true", Example: "false"},
	{Path: "go.optional-sinks", About: "Whether decoders of JSON, XML, CBOR and the like count, too.", Default: "false", Example: "true"},
	{Path: "python", About: "Versions of Python and its libraries where the project's own files declare none.", Example: `{version: "3.10", libraries: {torch: "2.6"}}`},
	{Path: "python.version", About: "The oldest Python that the project runs on.", Otherwise: "what the project declares", Example: `"3.10"`, Form: versionForm, What: "a version"},
	{
		Path: "python.libraries", About: "Versions of libraries, by the names of their distributions.",
		Default: "{}", Otherwise: "what the project declares", Example: `{torch: "2.6"}`,
		Form: versionForm, What: "a version", NameForm: distributionForm, NameWhat: "the name of a distribution",
	},
	{Path: "protocol", About: "Which protocols of pickle may be written; rules PKL210 to PKL213.", Example: "{min: 4, max: 4, require: true}"},
	{Path: "protocol.min", About: "The oldest that may be written.", Otherwise: "any", Example: "4", Max: newestProtocol},
	{Path: "protocol.max", About: "The newest that may be written.", Otherwise: "what the oldest Python of the project reads", Example: "4", Max: newestProtocol},
	{Path: "protocol.require", About: "Whether each dump has to name one.", Default: "false", Example: "true"},
	{Path: "proof", About: "What counts as a check of the bytes that Python loads; rule PKL205.", Example: "{assert: true}"},
	{Path: "proof.assert", About: "Whether an assert counts, because nothing runs under python -O.", Default: "false", Example: "true"},
	{Path: "lock", About: "The lock of stored pickles; rules PKL520 to PKL523, and pickle-lint lock.", Example: "{signed: true, key: keys/lock.pub}"},
	{
		Path: "lock.file", About: "The file, from the directory of the configuration, which then has to be there; off for none.",
		Otherwise: "pickle.lock beside the configuration, or without one at the top of the checkout, if it is there", Example: "pickle.lock", Form: `.`, What: "the name of a file",
	},
	{Path: "lock.signed", About: "Whether pickle-lint lock verify takes a lock without a signature.", Default: "false", Example: "true"},
	{
		Path: "lock.key", About: "The public key of minisign that signatures are proved with, from the directory of the configuration.",
		Otherwise: "none", Example: "keys/lock.pub", Form: `.`, What: "the name of a file",
	},
}

// Policies are the words of policy, which are blob's.
var Policies = []string{"default", "strict", "weights-only"}

// KeyAt returns what is said of a key, or nil.
func KeyAt(path string) *Key {
	i := slices.IndexFunc(keys, func(k Key) bool { return k.Path == path })
	if i < 0 {
		return nil
	}
	return &keys[i]
}

// Default returns the value of a key that nothing sets.
func Default(path string) string { return KeyAt(path).Default }
