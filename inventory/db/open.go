package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	_ "modernc.org/sqlite" // registers "sqlite"
)

// Mode is what a database is opened for.
type Mode int

// The modes.
const (
	// ToRead lets nothing be written, whatever is asked.
	ToRead Mode = iota
	// ToWrite makes the file if there is none.
	ToWrite
)

// DB is an open database.
type DB struct {
	sql     *sql.DB
	address Address
	mode    Mode
	// Wait is how long a write is tried again while the database is away or busy.
	Wait time.Duration
	// Now is the clock.
	Now func() time.Time
}

// postgres reports which of the two it is.
func (d *DB) postgres() bool { return d.address.postgres != nil }

// busyTimeout is how long SQLite waits for another writer before it says so.
const busyTimeout = 5 * time.Second

// Open opens a database. That of PostgreSQL is not asked for anything yet.
func Open(ctx context.Context, address Address, mode Mode) (*DB, error) {
	d := &DB{address: address, mode: mode, Wait: 30 * time.Second, Now: time.Now}
	if address.postgres != nil {
		d.openPostgres()
		return d, nil
	}
	if err := d.openSQLite(ctx); err != nil {
		return nil, err
	}
	return d, nil
}

func (d *DB) openPostgres() {
	config := d.address.postgres.Copy()
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = 5 * time.Second
	}
	if config.RuntimeParams["application_name"] == "" {
		config.RuntimeParams["application_name"] = "pickle-inventory"
	}
	// Compiling our questions takes PostgreSQL longer than answering them, and it takes reading
	// by an index for slower than it is on anything but a turning disk. Said after the start,
	// as poolers refuse parameters of the start that they do not know.
	settings := "SET jit = off; SET random_page_cost = 1.1"
	if d.mode == ToRead {
		settings += "; SET default_transaction_read_only = on"
	}
	if config.DefaultQueryExecMode == pgx.QueryExecModeSimpleProtocol {
		// That one takes several statements at once, and plain SQL may be anybody's.
		config.DefaultQueryExecMode = pgx.QueryExecModeDescribeExec
	}
	d.sql = stdlib.OpenDB(*config, stdlib.OptionAfterConnect(func(ctx context.Context, c *pgx.Conn) error {
		_, err := c.Exec(ctx, settings)
		return err
	}))
	d.limit(8)
}

func (d *DB) openSQLite(ctx context.Context) error {
	info, err := os.Stat(d.address.file)
	switch {
	case errors.Is(err, fs.ErrNotExist) && d.mode == ToRead:
		return fmt.Errorf("%s: there is no such database: `pickle-lint inventory merge` or `push` makes one", d.address.file)
	case err == nil && info.IsDir():
		return fmt.Errorf("%s: is a directory, not a database", d.address.file)
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("the database cannot be opened: %w", err)
	}
	parameters := url.Values{"_pragma": {fmt.Sprintf("busy_timeout(%d)", busyTimeout.Milliseconds()), "foreign_keys(1)", "cache_size(-65536)"}}
	connections := 1
	if d.mode == ToRead {
		parameters.Set("mode", "ro")
		parameters.Add("_pragma", "query_only(1)")
		connections = 4
	} else {
		// Readers go on while one writes, and a power cut costs the last write at most.
		parameters["_pragma"] = append(parameters["_pragma"], "journal_mode(WAL)", "synchronous(NORMAL)")
		parameters.Set("_txlock", "immediate")
	}
	if err := d.openFile(ctx, parameters, connections); err != nil {
		_, wal := os.Stat(d.address.file + "-wal")
		if d.mode != ToRead || !isSQLite(err, sqliteCantOpen) || !errors.Is(wal, fs.ErrNotExist) {
			return d.explain(err)
		}
		// Nobody writes, and in a directory that may not be written SQLite must be told.
		parameters.Set("immutable", "1")
		return d.explain(d.openFile(ctx, parameters, connections))
	}
	return nil
}

func (d *DB) openFile(ctx context.Context, parameters url.Values, connections int) error {
	uri, err := sqliteURI(d.address.file, parameters)
	if err != nil {
		return err
	}
	if d.sql, err = sql.Open("sqlite", uri); err != nil {
		return err
	}
	d.limit(connections)
	var tables int
	if err := d.sql.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_master").Scan(&tables); err != nil {
		return errors.Join(err, d.sql.Close())
	}
	return nil
}

func (d *DB) limit(connections int) {
	d.sql.SetMaxOpenConns(connections)
	d.sql.SetMaxIdleConns(connections)
	d.sql.SetConnMaxIdleTime(5 * time.Minute)
}

// Close closes the database.
func (d *DB) Close() error { return d.sql.Close() }

// String names the database without secrets.
func (d *DB) String() string { return d.address.String() }
