// Package dbcommand says what the commands around a database of inventories are called and
// take: merge, push, query and serve. They run in a program of their own, pickle-inventory,
// so that the linter needs no database drivers; the linter shows their help all the same.
// So the words stand here, once for both.
package dbcommand

import (
	"time"

	"github.com/spf13/cobra"
)

// Options are what the flags of the commands set.
type Options struct {
	DB    string
	Today string
	// Merge and push.
	Replace bool
	Wait    time.Duration
	// Query.
	Format, Repository, SQL string
	List                    bool
	Limit                   int
	Timeout                 time.Duration
	// Serve.
	Addr, TokenFile, TLSCert, TLSKey string
}

// The environment variables.
const (
	// DBVariable names the database where no flag does.
	DBVariable = "PICKLE_INVENTORY_DB"
	// TokenVariable is the token of serve where no file is named.
	TokenVariable = "PICKLE_INVENTORY_TOKEN"
)

// All are the commands. What they do is the caller's to set.
func All() map[string]func(*Options) *cobra.Command {
	return map[string]func(*Options) *cobra.Command{"merge": merge, "push": push, "query": query, "serve": serve}
}

const aboutDB = `
The database is a file of SQLite, or a PostgreSQL named by postgres://HOST/NAME;
without --db that of the variable ` + DBVariable + `, or else
pickle-inventory.db in the current directory. What a URL does not say, the
variables PGHOST, PGUSER, PGPASSWORD and so on say, and ~/.pgpass; a password
does not belong into a URL, where others see it in the list of processes.
`

const exitCodes = `
Exit codes: 0 done; 2 usage error, or something could not be done.`

func merge(o *Options) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "merge [flags] INVENTORY.json|DIRECTORY|- ...",
		Short: "Put inventories into a database of many repositories",
		Long: `Put inventories (the output of pickle-lint inventory --format json) into a
database of many repositories. Of a directory all *.json are taken, - is
standard input.

A repository has one record for each commit, and keeps those it had. Each
inventory is one transaction: it is there wholly or not at all, and while the
database is away or busy it is tried again. A commit that is known with other
channels is refused, unless --replace is given. One that is older than the
newest is kept, and does not become the current one.
` + aboutDB + exitCodes,
		Example: `  pickle-lint inventory merge --db inventory.db inventories/
  pickle-lint inventory merge --db postgres://db.example.org/pickles a.json`,
		Args: cobra.MinimumNArgs(1),
	}
	writing(cmd, o)
	return cmd
}

func push(o *Options) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "push [flags] [INVENTORY.json|-]",
		Short: "Put the inventory of one repository into a shared database",
		Long: `Put one inventory, or that on standard input, into a shared database: the last
step of a pipeline. It is as merge with one inventory.
` + aboutDB + exitCodes,
		Example: `  pickle-lint inventory --format json |
      pickle-lint inventory push --db inventory.db`,
		Args: cobra.MaximumNArgs(1),
	}
	writing(cmd, o)
	return cmd
}

func query(o *Options) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "query [flags] QUESTION [WORD ...]",
		Short: "Ask a database of inventories a ready question, or one in SQL",
		Long: `Ask a database of inventories: a ready question with its words (--list shows
all), or one SELECT of your own. Nothing can be written: the file is opened
read-only, the transaction of PostgreSQL is read-only, and a question that takes
longer than --timeout is stopped. The tables are described in
docs/inventory-database.md.
` + aboutDB + exitCodes,
		Example: `  pickle-lint inventory query --list
  pickle-lint inventory query loads-class 'shop.orders.*'
  pickle-lint inventory query --format csv boundary-unverified partner
  pickle-lint inventory query --sql 'SELECT repository, day FROM snapshot'`,
		Args: cobra.ArbitraryArgs,
	}
	common(cmd, o)
	fs := cmd.Flags()
	fs.BoolVar(&o.List, "list", false, "list the ready questions")
	fs.StringVar(&o.SQL, "sql", "", "run one SELECT `QUERY`")
	fs.StringVar(&o.Format, "format", "text", "write text, json or csv: `FORMAT`")
	fs.StringVar(&o.Repository, "repository", "", "ask about repositories that match `PATTERN` (with *)")
	fs.IntVar(&o.Limit, "limit", 10_000, "write at most `N` rows")
	fs.DurationVar(&o.Timeout, "timeout", 30*time.Second, "stop a question after `TIME`")
	return cmd
}

func serve(o *Options) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "serve [flags]",
		Short: "Show a database of inventories as web pages that change nothing",
		Long: `Show a database of inventories as web pages: repositories, services, channels
with both ends and their history, findings, the ready questions, and what is
different between two commits. Nothing can be changed there, and the pages need
no script and nothing from elsewhere.

It listens on loopback only. Any other address wants a token of 16 characters or
more, from --token-file or the variable ` + TokenVariable + `; browsers are
asked for it, and programs send "Authorization: Bearer TOKEN". Where the network
is not trusted, give a certificate, too, or stand it behind a proxy with TLS.
` + aboutDB + exitCodes,
		Example: `  pickle-lint inventory serve --db inventory.db
  pickle-lint inventory serve --addr :8700 --token-file token --tls-cert c.pem \
      --tls-key k.pem`,
		Args: cobra.NoArgs,
	}
	common(cmd, o)
	fs := cmd.Flags()
	fs.StringVar(&o.Addr, "addr", "127.0.0.1:8700", "listen on `HOST:PORT`")
	fs.StringVar(&o.TokenFile, "token-file", "", "read the token from `FILE`")
	fs.StringVar(&o.TLSCert, "tls-cert", "", "serve HTTPS with the certificate of `FILE`")
	fs.StringVar(&o.TLSKey, "tls-key", "", "the key of the certificate is in `FILE`")
	return cmd
}

func common(cmd *cobra.Command, o *Options) {
	cmd.Flags().StringVar(&o.DB, "db", "", "the database: `FILE` or postgres://HOST/NAME")
	cmd.Flags().StringVar(&o.Today, "today", "", "take `YYYY-MM-DD` for today")
}

func writing(cmd *cobra.Command, o *Options) {
	common(cmd, o)
	cmd.Flags().BoolVar(&o.Replace, "replace", false, "replace what is known of a commit")
	cmd.Flags().DurationVar(&o.Wait, "wait", 30*time.Second, "try again for `TIME` while the database is away or busy")
}
