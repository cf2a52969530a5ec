package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/spf13/cobra"

	"github.com/pickle-lint/pickle-lint/cmd/internal/relpath"
	"github.com/pickle-lint/pickle-lint/inventory/lock"
	"github.com/pickle-lint/pickle-lint/inventory/lock/signature"
	"github.com/pickle-lint/pickle-lint/lint"
)

// keyFlags say where a key is: in a file or in a variable, never on the command line, which
// every process of the machine can read. Which kind of key it is they say, too: the
// signature is not asked.
type keyFlags struct {
	file, variable       string
	macFile, macVariable string
	lock                 string
	getenv               func(string) string
	given                func(string) bool
}

const (
	// passwordVariable holds the password of a secret key that has one.
	passwordVariable = "PICKLE_LINT_LOCK_PASSWORD"
	// signatureEnd is what the name of a signature has behind that of the lock.
	signatureEnd = ".sig"
	// mostKey bounds a key, in bytes.
	mostKey = 1 << 16
)

func (k *keyFlags) register(cmd *cobra.Command, streams Streams, what string) {
	k.getenv = streams.Getenv
	fs := cmd.Flags()
	k.given = fs.Changed
	fs.StringVar(&k.file, "key", "", "`file` of the "+what+" key of minisign")
	fs.StringVar(&k.variable, "key-env", "", "`name` of the environment variable that holds it")
	fs.StringVar(&k.macFile, "hmac", "", "`file` of the secret for HMAC-SHA-256, instead of a key of minisign")
	fs.StringVar(&k.macVariable, "hmac-env", "", "`name` of the environment variable that holds it")
	fs.StringVar(&k.lock, "lock", "", "`file` of the lock (default that of the project)")
	cmd.MarkFlagsMutuallyExclusive("key", "key-env", "hmac", "hmac-env")
}

func (k *keyFlags) check() error {
	for _, flag := range []struct{ name, value string }{{"key", k.file}, {"key-env", k.variable}, {"hmac", k.macFile}, {"hmac-env", k.macVariable}, {"lock", k.lock}} {
		if flag.value == "" && k.given(flag.name) {
			return fmt.Errorf("--%s: the value is empty", flag.name)
		}
	}
	return nil
}

// mac reports that the key is a secret that both ends share.
func (k *keyFlags) mac() bool { return k.macFile != "" || k.macVariable != "" }

func (k *keyFlags) any() bool { return k.mac() || k.file != "" || k.variable != "" }

// text reads the key. secret is whether others must not.
func (k *keyFlags) text(secret bool) (text []byte, where string, err error) {
	file, variable := first(k.file, k.macFile), first(k.variable, k.macVariable)
	if variable != "" {
		value := k.getenv(variable)
		if value == "" {
			return nil, "", fmt.Errorf("$%s is empty: it should hold a key", lint.Printable(variable))
		}
		return []byte(value), "$" + lint.Printable(variable), nil
	}
	text, err = readKey(file, secret)
	return text, lint.Printable(file), err
}

// readKey reads the file of a key, if nobody else can have read it, or changed it.
func readKey(name string, secret bool) (text []byte, err error) {
	show := lint.Printable(name)
	r, info, err := openRegular(name)
	if err != nil {
		return nil, fmt.Errorf("%s: %s", show, reasonOf(err))
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	mode := info.Mode().Perm()
	switch {
	case runtime.GOOS == "windows":
	case secret && mode&0o077 != 0:
		return nil, fmt.Errorf("%s: others may read or write this key (mode %04o): chmod 600 %s", show, mode, show)
	case mode&0o002 != 0:
		return nil, fmt.Errorf("%s: everybody may change this key (mode %04o): chmod o-w %s", show, mode, show)
	}
	text, err = io.ReadAll(io.LimitReader(r, mostKey+1))
	if err != nil {
		return nil, fmt.Errorf("%s: %s", show, reasonOf(err))
	}
	if len(text) > mostKey {
		return nil, fmt.Errorf("%s: this is no key: it has more than %d bytes", show, mostKey)
	}
	return text, nil
}

func newLockSignCommand(streams Streams) *cobra.Command {
	f, k := new(lintFlags), new(keyFlags)
	var comment, today string
	cmd := &cobra.Command{
		Use:   "sign [flags]",
		Short: "Sign the lock, so that whoever deploys knows who reviewed it",
		Long: `Sign the lock, into a file beside it whose name ends in .sig. With --key it is a
signature of minisign (Ed25519), which "minisign -V" takes as well; with --hmac
one with a secret of 32 bytes or more that both ends share. Keys come from a
file that nobody else may read, or from a variable, and never from the command
line.

A key of minisign with a password needs it in ` + passwordVariable + `.
"pickle-lint lock keygen" makes keys without one.

Exit codes: 0 signed; 2 anything else.`,
		Example: `  pickle-lint lock sign --key ~/.keys/lock.key
  pickle-lint lock sign --hmac-env LOCK_SECRET`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			f.today = today
			return signLock(streams, f, k, comment)
		},
	}
	fs := cmd.Flags()
	k.register(cmd, streams, "secret")
	f.given = fs.Changed
	f.progress = progressAuto
	fs.StringVar(&f.config, "config", "", "configuration `file`")
	fs.StringVar(&comment, "comment", "", "`text` that is signed with the lock and shown when it is verified (default the number of blobs and the day)")
	fs.StringVar(&today, "today", "", "the `date` (YYYY-MM-DD) of the comment (default the current day, UTC)")
	return cmd
}

func signLock(streams Streams, f *lintFlags, k *keyFlags, comment string) error {
	set, err := f.resolve()
	if err != nil {
		return err
	}
	if err := k.check(); err != nil {
		return err
	}
	if !k.any() {
		return errors.New("with which key? --key and --hmac name a file, --key-env and --hmac-env a variable")
	}
	if k.mac() && comment != "" {
		return errors.New("--comment: a signature with HMAC has none")
	}
	name, text, err := lockFile(set, k.lock)
	if err != nil {
		return err
	}
	show := lint.Printable(relpath.Show(set.root, name))
	file, err := lock.Parse(text)
	if err == nil {
		err = file.Future(set.trust.Today)
	}
	if err != nil {
		return lineIn(show, err)
	}
	words, where, err := k.text(true)
	if err != nil {
		return err
	}
	var sig []byte
	var id string
	if k.mac() {
		key, err := signature.ParseMACKey(words)
		if err != nil {
			return fmt.Errorf("%s: %w", where, err)
		}
		sig, id = key.Sign(text), key.ID()
	} else {
		key, err := signature.ParseSecretKey(words, k.password)
		if err != nil {
			return fmt.Errorf("%s: %w", where, err)
		}
		comment = first(comment, fmt.Sprintf("%s, %s, %s", lock.Name, counted(len(file.Blobs), "blob"), set.trust.Today.Format(time.DateOnly)))
		if sig, err = key.Sign(text, comment); err != nil {
			return fmt.Errorf("--comment: %w", err)
		}
		id = key.ID()
	}
	if err := refuseLink(name+signatureEnd, nil); err != nil {
		return err
	}
	if err := replace(name+signatureEnd, sig); err != nil {
		return fmt.Errorf("%s%s: %w", show, signatureEnd, err)
	}
	return say(streams, "%s%s: signed with key %s\n", show, signatureEnd, id)
}

func (k *keyFlags) password() ([]byte, error) {
	word := k.getenv(passwordVariable)
	if word == "" {
		return nil, fmt.Errorf("the key has a password, and $%s is empty", passwordVariable)
	}
	return []byte(word), nil
}

// proof returns what a signature says, if it is one of the text of a lock. Any error of it
// is an answer; those of keys are told before.
type proof func(text, sig []byte) (comment string, err error)

// prover reads the key that proves signatures, and says how it is called.
func (k *keyFlags) prover() (proof, string, error) {
	words, where, err := k.text(k.mac())
	if err != nil {
		return nil, "", err
	}
	if k.mac() {
		key, err := signature.ParseMACKey(words)
		if err != nil {
			return nil, "", fmt.Errorf("%s: %w", where, err)
		}
		return func(text, sig []byte) (string, error) { return "", key.Verify(text, sig) }, key.ID(), nil
	}
	key, err := signature.ParsePublicKey(words)
	if err != nil {
		return nil, "", fmt.Errorf("%s: %w", where, err)
	}
	return key.Verify, key.ID(), nil
}

func newLockKeygenCommand(streams Streams) *cobra.Command {
	return &cobra.Command{
		Use:   "keygen FILE",
		Short: "Make a pair of keys for signatures of locks",
		Long: `Make a pair of keys of minisign: the secret one in FILE, which nobody else may
read, without a password, and the public one in FILE.pub. Neither may be there.
"minisign -C -s FILE" gives the secret key a password.`,
		Example: `  pickle-lint lock keygen lock.key`,
		Args:    cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			key, err := signature.NewKey()
			if err != nil {
				return err
			}
			for _, file := range []struct {
				name string
				text []byte
				mode os.FileMode
			}{{args[0], key.Text(), 0o600}, {args[0] + ".pub", key.Public().Text(), 0o644}} {
				if err := writeNew(file.name, file.text, file.mode); err != nil {
					return err
				}
			}
			return say(streams, "%s: the secret key %s\n%s.pub: the public one\n", lint.Printable(args[0]), key.ID(), lint.Printable(args[0]))
		},
	}
}

// writeNew writes a file that is not there yet.
func writeNew(name string, text []byte, mode os.FileMode) (err error) {
	f, err := os.OpenFile(filepath.Clean(name), os.O_CREATE|os.O_EXCL|os.O_WRONLY, mode)
	if err != nil {
		return fmt.Errorf("%s: %s", lint.Printable(name), reasonOf(err))
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	_, err = io.Copy(f, bytes.NewReader(text))
	return err
}
