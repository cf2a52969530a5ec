package db

import (
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"

	"github.com/jackc/pgx/v5"
)

// DefaultFile is the database where none is named.
const DefaultFile = "pickle-inventory.db"

// Address says where a database is.
type Address struct {
	// file is the one of SQLite, or "".
	file string
	// postgres is the configuration of PostgreSQL, or nil.
	postgres *pgx.ConnConfig
	// PasswordInURL reports a password that others may read in the list of processes.
	PasswordInURL bool
}

// ParseAddress reads the name of a file, or a URL of PostgreSQL, in which everything may be
// missing that PG* variables, a service file or ~/.pgpass say.
func ParseAddress(text string) (Address, error) {
	scheme, _, isURL := strings.Cut(text, "://")
	switch {
	case text == "":
		return Address{}, errors.New("the name of the database is empty: want a file or postgres://HOST/NAME")
	case strings.ContainsRune(text, 0):
		return Address{}, errors.New("the name of the database has a NUL in it")
	case isURL && (scheme == "postgres" || scheme == "postgresql"):
	case isURL:
		return Address{}, fmt.Errorf("databases are files of SQLite or postgres://HOST/NAME, not %s://", scheme)
	default:
		return Address{file: text}, nil
	}
	// Whatever these say of a URL may show its password.
	u, err := url.Parse(text)
	if err != nil {
		return Address{}, errBadURL
	}
	config, err := pgx.ParseConfig(text)
	if err != nil {
		return Address{}, errBadURL
	}
	_, inUser := u.User.Password()
	return Address{postgres: config, PasswordInURL: inUser || u.Query().Get("password") != ""}, nil
}

var errBadURL = errors.New("the URL of the database cannot be used (it is not shown, as it may hold a password): want postgres://USER@HOST:PORT/NAME?sslmode=verify-full, " +
	"where special characters are written as %40 and the like, and PG* variables that PostgreSQL knows")

// String names the database without secrets.
func (a Address) String() string {
	if a.postgres == nil {
		return a.file
	}
	host := a.postgres.Host
	if strings.HasPrefix(host, "/") {
		return fmt.Sprintf("PostgreSQL database %q at the socket in %s", a.postgres.Database, host)
	}
	return fmt.Sprintf("PostgreSQL database %q at %s:%d", a.postgres.Database, host, a.postgres.Port)
}

// sqliteURI is the name by which SQLite opens a file.
func sqliteURI(file string, parameters url.Values) (string, error) {
	path, err := filepath.Abs(file)
	if err != nil {
		return "", fmt.Errorf("%s: %w", file, err)
	}
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // C:/…
	}
	return (&url.URL{Scheme: "file", Path: path, RawQuery: parameters.Encode(), OmitHost: false}).String(), nil
}
