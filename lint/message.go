package lint

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Config is the first message of a stream: what produced it and how.
type Config struct {
	Tool    string `json:"tool"`
	Version string `json:"version"`
	// Root is the absolute directory that relative paths start from.
	Root string `json:"root"`
	// Args are the patterns and paths that were asked for.
	Args []string `json:"args"`
	// FailOn is the quietest severity that makes the exit code 1; it is left
	// out when nothing does.
	FailOn Severity `json:"fail_on,omitempty"`
}

// Progress says what the run is doing. A stream stays valid and complete with
// every Progress removed.
type Progress struct {
	Message string `json:"message"`
	// Files are done, of Total that are known; Bytes is their size, and Findings
	// what was found in them.
	Files    int   `json:"files,omitempty"`
	Total    int   `json:"total,omitempty"`
	Bytes    int64 `json:"bytes,omitempty"`
	Findings int   `json:"findings,omitempty"`
}

// Site is a place in source where bytes become objects, listed even when it is
// fine. It carries no verdict.
type Site struct {
	Location
	// Wing is "python" or "go".
	Wing string `json:"wing"`
	// API is the qualified name of the sink, for example "pickle.load" or
	// "(*encoding/gob.Decoder).Decode".
	API string `json:"api"`
	// Format is what the sink decodes: pickle, gob, marshal, …
	Format string `json:"format"`
	// Function is the enclosing function's qualified name, or "".
	Function string `json:"function,omitempty"`
	// Argument is the source text of what is decoded, shortened.
	Argument string `json:"argument,omitempty"`
	// Loads is the path of the stored file that a constant argument names, as in
	// [Location], or "".
	Loads string `json:"loads,omitempty"`
	// Safe says why the form of the call is safe in itself (for example
	// "weights_only=True"), or "".
	Safe string `json:"safe,omitempty"`
	// Verified says what proves, on every way to the site, that its bytes are those
	// that somebody signed, or "".
	Verified string `json:"verified,omitempty"`
	// Note says what makes the site less certain than others, or "".
	Note string `json:"note,omitempty"`
	// Generated reports a file that carries the "Code generated" mark.
	Generated bool `json:"generated,omitempty"`
	// Channel is where the bytes come from, where somebody asked for it, or nil where they
	// never left the process.
	Channel *Channel `json:"channel,omitempty"`
	// Justification is the claim that covers the site, or nil.
	Justification *Justification `json:"justification,omitempty"`
	// Fingerprint is what the site has in common with itself in another version of
	// the source.
	Fingerprint Fingerprint `json:"fingerprint,omitempty"`
	// BaselineState says, where results were compared with those of an older state,
	// whether the site is one of them.
	BaselineState string `json:"baseline_state,omitempty"`
}

// Justification is a claim, with boundary and reason, that a site is safe.
// The grammar and the checks live in lint/justify.
type Justification struct {
	Boundary    string `json:"boundary"`
	Reason      string `json:"reason"`
	VerifiedBy  string `json:"verified_by,omitempty"`
	Owner       string `json:"owner,omitempty"`
	Expires     string `json:"expires,omitempty"`
	Retention   string `json:"retention,omitempty"`
	Sensitivity string `json:"sensitivity,omitempty"`
	Compat      string `json:"compat,omitempty"`
	Ticket      string `json:"ticket,omitempty"`
	// Line is where the directive stands, in the file of the site.
	Line int `json:"line"`
}

// Skip is something that was not looked at, or not fully, and why.
type Skip struct {
	Location
	Reason string `json:"reason"`
	// Excluded marks what was left out on purpose, by configuration or by a
	// documented default. It is counted and printed with -v, and it does not
	// turn the exit code to 3.
	Excluded bool `json:"excluded,omitempty"`
}

// Blob is what is in a file of stored bytes, or in one member of it: facts, no
// verdict. A stream has some only where somebody asked for them.
type Blob struct {
	// Path and Member are a place as in [Location].
	Path   string   `json:"path"`
	Member []string `json:"member,omitempty"`
	// Size is in bytes; of a compressed member, decompressed. It is left out
	// where nobody has read that far.
	Size int64 `json:"size,omitempty"`
	// Containers are the kinds of container that the place is: "zip", "gzip", …
	Containers []string `json:"containers,omitempty"`
	// Pickles counts the streams of the place itself, Broken those of them that
	// do not reach their end, and Ops their ops.
	Pickles int   `json:"pickles"`
	Broken  int   `json:"broken,omitempty"`
	Ops     int64 `json:"ops,omitempty"`
	// Protocols are those of the streams, ascending.
	Protocols []int `json:"protocols,omitempty"`
	// Globals counts different globals by their class in the catalogue, Calls
	// the places that run code.
	Globals map[string]int `json:"globals,omitempty"`
	Calls   int64          `json:"calls,omitempty"`
	// Loaders are those that read every stream to its end.
	Loaders []string `json:"loaders,omitempty"`
	// More is how many further members of the file this stands for, of which
	// nothing is said one by one.
	More int `json:"more,omitempty"`
}

// CompareBlobs orders blobs by place; what stands for further members is last.
func CompareBlobs(a, b *Blob) int {
	return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.More, b.More), slices.Compare(a.Member, b.Member))
}

// StepBytes is how many bytes of an op a step shows at most.
const StepBytes = 16

// Step is one line of the way to a finding: an op of a blob, or a hop of a flow. One
// without a path is about bytes that the source spells at the place of the finding,
// and its offset counts in these.
type Step struct {
	Location
	// Text is the op with its argument, or what happens there.
	Text string `json:"text"`
	// Bytes are those of the op in hexadecimal, of a long one the first
	// [StepBytes]; left out where they are not at hand.
	Bytes string `json:"bytes,omitempty"`
	// Mark says that the step is what the finding is about.
	Mark bool `json:"mark,omitempty"`
}

// Finding is a place where a rule is broken.
type Finding struct {
	// Rule, Name, Severity and CWE come from the rule; see [Rule.Finding].
	Rule     string   `json:"rule"`
	Name     string   `json:"name"`
	Severity Severity `json:"severity"`
	// Message is one line, made of printable characters only (see [Printable]).
	Message string `json:"message"`
	Location
	// Callable is what is called or imported, or the API of the site.
	Callable string `json:"callable,omitempty"`
	Trace    []Step `json:"trace,omitempty"`
	// Justification and Suppressed: a suppressed finding is still counted
	// and still in the stream, and never changes the exit code.
	Justification *Justification `json:"justification,omitempty"`
	Suppressed    bool           `json:"suppressed,omitempty"`
	// SuppressedBy says why: by a justification, or because the finding was there before.
	SuppressedBy string `json:"suppressed_by,omitempty"`
	// BaselineState says, where results were compared with older ones, whether the
	// finding is one of them.
	BaselineState string      `json:"baseline_state,omitempty"`
	Fingerprint   Fingerprint `json:"fingerprint"`
	CWE           int         `json:"cwe,omitempty"`
	// Fixes are what may be done about it, each on its own.
	Fixes []Fix `json:"fixes,omitempty"`
	// Otherwise is what a more general rule says of the same place, or nil: it is told
	// where a project has switched this one off.
	Otherwise *Finding `json:"-"`
}

// The words of [Finding.SuppressedBy].
const (
	ByJustification = "justification"
	ByBaseline      = "baseline"
	BySince         = "since"
)

// The words of [Finding.BaselineState].
const (
	NewFinding   = "new"
	KnownFinding = "unchanged"
)

// The words of [Site.BaselineState]. A site is another than before where its claim is, or what
// proves that its bytes are checked: nothing else of it says that it is fine.
const (
	NewSite     = "new"
	ChangedSite = "updated"
	KnownSite   = "unchanged"
)

// Accept suppresses a finding that was there before, for one of the reasons above.
func (f *Finding) Accept(by string) {
	f.Suppressed, f.SuppressedBy, f.BaselineState = true, by, KnownFinding
}

// Known reports a finding that nobody has justified and that was there before.
func (f *Finding) Known() bool {
	return f.Suppressed && (f.SuppressedBy == ByBaseline || f.SuppressedBy == BySince)
}

// CompareSites orders sites by place and then by API.
func CompareSites(a, b *Site) int {
	return cmp.Or(a.Location.Compare(b.Location), cmp.Compare(a.API, b.API))
}

// CompareSkips orders skips by place and then by reason.
func CompareSkips(a, b *Skip) int {
	return cmp.Or(a.Location.Compare(b.Location), cmp.Compare(a.Reason, b.Reason))
}

// CompareFindings orders findings by place and then by rule and message.
func CompareFindings(a, b *Finding) int {
	return cmp.Or(
		a.Location.Compare(b.Location),
		cmp.Compare(a.Rule, b.Rule),
		cmp.Compare(a.Message, b.Message),
	)
}

// ConfigChange is something of the configuration that is not as it was in the older state with
// which results were compared, which both states are judged by.
type ConfigChange struct {
	// Path is the file, as in [Location].
	Path string `json:"path"`
	// Keys are those of other values, if they are known.
	Keys []string `json:"keys,omitempty"`
	// Entries are how many a baseline has more than before.
	Entries int `json:"entries,omitempty"`
}

// mostKeys bounds how many keys a line names.
const mostKeys = 8

// String says what changed.
func (c ConfigChange) String() string {
	text := Printable(c.Path)
	switch {
	case c.Entries == 1:
		text += ": 1 entry more"
	case c.Entries > 1:
		text += fmt.Sprintf(": %d entries more", c.Entries)
	case len(c.Keys) > 0:
		text += ": " + Printable(strings.Join(c.Keys[:min(len(c.Keys), mostKeys)], ", "))
		if n := len(c.Keys) - mostKeys; n > 0 {
			text += fmt.Sprintf(" and %d more", n)
		}
	}
	return text
}

// Summary is the last message of a stream.
type Summary struct {
	// Looked at: files in all, and among them Python sources and blobs; and Go
	// packages, which the go command reads.
	Files    int `json:"files"`
	Packages int `json:"packages"`
	Python   int `json:"python"`
	Blobs    int `json:"blobs"`
	Sites    int `json:"sites"`
	// Findings that count, by severity.
	Errors   int `json:"errors"`
	Warnings int `json:"warnings"`
	Notes    int `json:"notes"`
	// Suppressed findings, skips, and what was left out on purpose.
	Suppressed int `json:"suppressed"`
	// Known are those of the suppressed that were there before.
	Known int `json:"known,omitempty"`
	// Since is the older state with which the results were compared, or "".
	Since string `json:"since,omitempty"`
	// Reconfigured is what of the configuration changed since.
	Reconfigured []ConfigChange `json:"configuration_changed,omitempty"`
	// Incomplete: the run was interrupted, and everything above is of a part.
	Incomplete bool `json:"incomplete,omitempty"`
	Skips      int  `json:"skips"`
	Excluded   int  `json:"excluded"`
}
