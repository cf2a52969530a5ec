package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"github.com/pickle-lint/pickle-lint/cmd/internal/relpath"
	"github.com/pickle-lint/pickle-lint/inventory/lock"
	"github.com/pickle-lint/pickle-lint/lint"
)

// verifyFlags are the flags of the command that holds files against a lock.
type verifyFlags struct {
	lintFlags
	keys               keyFlags
	root               string
	deep, only, signed bool
}

func newLockVerifyCommand(streams Streams) *cobra.Command {
	f := &verifyFlags{lintFlags: lintFlags{formats: []string{"text", "json"}}}
	cmd := &cobra.Command{
		Use:   "verify [flags] [PATH ...]",
		Short: "Hold the files against the lock, before they are loaded",
		Long: `Hold the files of a tree against its lock: size and SHA-256 of each file that
the lock has an entry for, and that lies below an argument, if there are any. It
needs no repository and no configuration, follows no symbolic link, and tells
files that are missing, changed or extra.

An extra file is one that the lock has no entry for and that is a pickle by its
name or by its first bytes; with --only, any file. --deep looks for pickles in
every file, as "pickle-lint lock" does, and compares what they load and call.

With a key (--key, --key-env, --hmac, --hmac-env, or lock.key of the
configuration), the signature beside the lock must be one of that key, or
nothing is looked at. --signed, and lock.signed of the configuration, refuse to
go without a key. With --lock no configuration is looked for: one that lies
beside the blobs is by whoever wrote them.

--format json is one object a line: {"path", "state", "reason"}, where state is
missing, changed, extra, new-global, stale, signature or unread; and in the end
{"lock", "blobs", "verified", "signed_by", "comment"}.

Exit codes: 0 all is as the lock says; 1 it is not, or the signature is wrong; 2
usage error, or no lock; 3 a file could not be read.`,
		Example: `  pickle-lint lock verify
  pickle-lint lock verify --lock r.lock --root /srv/models --key lock.key.pub
  pickle-lint lock verify --only models/`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			return runVerify(cmd.Context(), streams, f, args)
		},
	}
	f.registerPlaces(cmd)
	fs := cmd.Flags()
	f.keys.register(cmd, streams, "public")
	fs.StringVarP(&f.format, "format", "f", "text", "output `format`: text or json")
	fs.StringVar(&f.root, "root", "", "`directory` from which the paths of the lock lead (default that of the configuration, or with --lock that of the lock)")
	fs.BoolVar(&f.deep, "deep", false, "also look for pickles in every file, and compare what they load and call")
	fs.BoolVar(&f.only, "only", false, "whatever is not in the lock is extra, pickle or not")
	fs.BoolVar(&f.signed, "signed", false, "the lock must be signed, and a key must be there to prove it")
	complete(cmd, "format", "text", "json")
	hide(cmd, "tags", "no-commands", "no-gitignore", "progress", "verbose")
	return cmd
}

// verifying is one run of the command.
type verifying struct {
	streams Streams
	flags   *verifyFlags
	set     *settings
	lock    *lock.File
	name    string // of the lock, absolute
	base    string // where its paths lead from, absolute

	mu       sync.Mutex
	answers  []*answer
	verified int
}

// answer is what is wrong with a file.
type answer struct {
	Path   string `json:"path"`
	State  string `json:"state"`
	Reason string `json:"reason,omitempty"`
}

// verifySummary is the last line of JSON.
type verifySummary struct {
	Lock     string `json:"lock"`
	Blobs    int    `json:"blobs"`
	Verified int    `json:"verified"`
	SignedBy string `json:"signed_by,omitempty"`
	Comment  string `json:"comment,omitempty"`
}

// notRead is the state of a file that is neither right nor wrong.
const notRead = "unread"

func runVerify(ctx context.Context, streams Streams, f *verifyFlags, args []string) error {
	if !slices.Contains(f.formats, f.format) {
		return fmt.Errorf("--format: unknown format %q: want text or json", f.format)
	}
	if err := f.keys.check(); err != nil {
		return err
	}
	if f.keys.lock != "" && f.config == "" && !f.given("config") {
		// What lies beside the blobs was written by whoever wrote them.
		f.config = os.DevNull
	}
	set, err := f.resolve()
	if err != nil {
		return err
	}
	if f.root == "" && f.given("root") {
		return errors.New("--root: the value is empty")
	}
	set.gitignore = false
	name, text, err := lockFile(set, f.keys.lock)
	if err != nil {
		return err
	}
	v := &verifying{streams: streams, flags: f, set: set, name: name, base: lockBase(set)}
	if f.keys.lock != "" {
		v.base = filepath.Dir(name)
	}
	if v.base, err = filepath.EvalSymlinks(first(f.root, v.base)); err == nil {
		v.base, err = filepath.Abs(v.base)
	}
	if err != nil {
		return fmt.Errorf("--root: %s: %s", lint.Printable(f.root), reasonOf(err))
	}
	show := lint.Printable(relpath.Show(set.root, name))
	sum := &verifySummary{Lock: relpath.Show(set.root, name)}
	if sum.SignedBy, sum.Comment, err = v.signature(text); err != nil || len(v.answers) > 0 {
		return errors.Join(err, v.finish(sum))
	}
	if v.lock, err = lock.Parse(text); err != nil {
		return lineIn(show, err)
	}
	sum.Blobs = len(v.lock.Blobs)
	if len(args) == 0 {
		args = []string{v.base}
	}
	targets, problems := parseTargets(args, allWings)
	for _, p := range problems {
		// What is asked for and is not there may be in the lock.
		complain(streams.Err, "%v", p)
	}
	if len(problems) > 0 {
		return &exitError{code: ExitUsage}
	}
	if err := v.files(ctx, targets); err != nil {
		return err
	}
	sum.Verified = v.verified
	if ctx.Err() != nil {
		v.tell(&answer{show, notRead, "interrupted: not every file was looked at"})
	}
	return v.finish(sum)
}

// signature proves the signature of the lock, if there is a key. A wrong one is an answer.
func (v *verifying) signature(text []byte) (by, comment string, err error) {
	keys, wanted := &v.flags.keys, v.flags.signed || v.set.config.Lock.Signed
	if !keys.any() {
		keys.file = v.set.config.Lock.Key
	}
	if !keys.any() {
		if wanted {
			return "", "", errors.New("the lock must be signed, and no key is there to prove it: name one with --key, --hmac, or lock.key of the configuration")
		}
		return "", "", nil
	}
	prove, id, err := keys.prover()
	if err != nil {
		return "", "", err
	}
	show := relpath.Show(v.set.root, v.name) + signatureEnd
	wrong := func(reason string) { v.tell(&answer{show, "signature", reason}) }
	if !exists(v.name + signatureEnd) {
		wrong("not there: the lock is not signed, and was to be")
		return "", "", nil
	}
	sig, err := readLock(v.name+signatureEnd, keys.lock != "")
	if err != nil {
		wrong(err.Error())
		return "", "", nil
	}
	if comment, err = prove(text, sig); err != nil {
		wrong(err.Error())
		return "", "", nil
	}
	return id, lint.Printable(comment), nil
}

func (v *verifying) tell(a *answer) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.answers = append(v.answers, a)
}

// files holds what is there against the lock.
func (v *verifying) files(ctx context.Context, targets []target) error {
	root, err := os.OpenRoot(v.base)
	if err != nil {
		return fmt.Errorf("%s: %s", lint.Printable(v.base), reasonOf(err))
	}
	defer func() { _ = root.Close() }() // it was only read
	var todo []file
	for _, entry := range v.lock.Blobs {
		path := filepath.Join(v.base, filepath.FromSlash(entry.Path))
		if slices.ContainsFunc(targets, func(t target) bool { return t.path == path || t.isDir && below(t.path, path) }) {
			todo = append(todo, file{path: path, show: relpath.Show(v.set.root, path), tree: root, rel: filepath.FromSlash(entry.Path)})
		}
	}
	p := makePlan(ctx, v.set, targets, func(int) {})
	defer p.close()
	for _, s := range p.skips {
		if !s.Excluded && !strings.HasPrefix(s.Reason, "nothing to lint") && s.Reason != noModule {
			v.tell(&answer{s.Path, notRead, s.Reason})
		}
	}
	job := &fileJob{set: v.set}
	job.each(ctx, todo, func(f file, _ *reader) { v.judge(&f, v.locked(ctx, &f)) })
	job.each(ctx, p.files, func(f file, w *reader) {
		if rel, below := relpath.Below(v.base, f.path); below && v.lock.Find(rel) != nil || v.own(&f) {
			return
		}
		v.judge(&f, v.extra(ctx, &f, w))
	})
	return nil
}

// own reports the lock and its signature themselves.
func (v *verifying) own(f *file) bool { return f.path == v.name || f.path == v.name+signatureEnd }

// judge tells an error about a file: what could not be read is no answer.
func (v *verifying) judge(f *file, err error) {
	if wrong, ok := errors.AsType[*heldError](err); ok {
		for _, reason := range wrong.reasons {
			v.tell(&answer{f.show, wrong.state, reason})
		}
	} else if err != nil {
		v.tell(&answer{f.show, notRead, reasonOf(err)})
	}
}

// finish writes the answers, in the order of paths.
func (v *verifying) finish(sum *verifySummary) error {
	slices.SortFunc(v.answers, func(a, b *answer) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.State, b.State), cmp.Compare(a.Reason, b.Reason))
	})
	code := ExitClean
	for _, a := range v.answers {
		switch {
		case a.State != notRead:
			code = ExitFindings
		case code == ExitClean:
			code = ExitSkipped
		}
		var err error
		if v.flags.format == "json" {
			err = sayJSON(v.streams, a)
		} else {
			err = say(v.streams, "%s %s: %s\n", a.State, lint.Printable(a.Path), lint.Printable(a.Reason))
		}
		if err != nil {
			return err
		}
	}
	if v.flags.format == "json" {
		if err := sayJSON(v.streams, sum); err != nil {
			return err
		}
	} else if err := v.sum(sum); err != nil {
		return err
	}
	if code != ExitClean {
		return &exitError{code: code}
	}
	return nil
}

func (v *verifying) sum(sum *verifySummary) error {
	by := "not signed, as far as anybody asked"
	if sum.SignedBy != "" {
		by = "signed by " + sum.SignedBy
		if sum.Comment != "" {
			by += " (" + sum.Comment + ")"
		}
	}
	if v.lock == nil {
		by = "nothing was looked at"
	}
	return say(v.streams, "%s: %d of %s verified; %s\n", lint.Printable(sum.Lock), sum.Verified, counted(sum.Blobs, "blob"), by)
}
