package db

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"
	"github.com/pressly/goose/v3/lock"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// versionTable is a name of ours: the one that goose takes may be that of another program
// in the same database.
const versionTable = "inventory_version"

func (d *DB) provider() (*goose.Provider, error) {
	dir, err := fs.Sub(migrationFiles, "migrations")
	if err != nil {
		return nil, err
	}
	dialect := database.DialectSQLite3
	options := []goose.ProviderOption{goose.WithDisableGlobalRegistry(true)}
	if d.postgres() {
		dialect = database.DialectPostgres
		// Two that push first at once would both make the tables.
		locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 60))
		if err != nil {
			return nil, err
		}
		options = append(options, goose.WithSessionLocker(locker))
	}
	store, err := database.NewStore(dialect, versionTable)
	if err != nil {
		return nil, err
	}
	return goose.NewProvider("", d.sql, dir, append(options, goose.WithStore(store))...)
}

// Newest is the version of the schema that this program knows.
func Newest() int64 {
	files, err := fs.Glob(migrationFiles, "migrations/*.sql")
	if err != nil || len(files) == 0 {
		panic("no migrations are embedded")
	}
	version, err := goose.NumericComponent(files[len(files)-1])
	if err != nil {
		panic(err)
	}
	return version
}

// version is that of the schema in the database, 0 where there is none.
func (d *DB) version(ctx context.Context) (int64, error) {
	var v sql.NullInt64
	err := d.sql.QueryRowContext(ctx, "SELECT max(version_id) FROM "+versionTable+" WHERE is_applied").Scan(&v)
	if e, ok := errors.AsType[*pgconn.PgError](err); ok && e.Code == "42P01" {
		return 0, nil
	}
	if err != nil && !d.postgres() && strings.Contains(err.Error(), "no such table") {
		return 0, nil
	}
	return v.Int64, err
}

// CheckSchema returns an error unless the schema is the one that this program knows.
func (d *DB) CheckSchema(ctx context.Context) error {
	v, err := d.version(ctx)
	switch {
	case err != nil:
		return d.explain(err)
	case v == Newest():
		return nil
	case v > Newest():
		return d.newer(v)
	case v == 0:
		return &Error{text: fmt.Sprintf("%s: holds no inventory yet: `pickle-lint inventory merge` or `push` makes one", d)}
	}
	return &Error{text: fmt.Sprintf("%s: has schema %d and this program reads schema %d: the next `pickle-lint inventory merge` or `push` brings it up to date", d, v, Newest())}
}

func (d *DB) newer(v int64) error {
	return &Error{text: fmt.Sprintf("%s: has schema %d, and this program knows schemas up to %d: install a newer pickle-inventory", d, v, Newest())}
}

// Migrate makes the schema, or brings it up to date. The database may be away for a while.
func (d *DB) Migrate(ctx context.Context) error {
	return d.again(ctx, func() error {
		v, err := d.version(ctx)
		switch {
		case err != nil:
			return err
		case v > Newest():
			return d.newer(v)
		case v == Newest():
			return nil
		case v == 0:
			if err := d.refuseForeign(ctx); err != nil {
				return err
			}
		}
		p, err := d.provider()
		if err != nil {
			return err
		}
		return d.up(ctx, p)
	})
}

// up migrates. SQLite has no lock for that: whoever comes second fails, and looks again.
func (d *DB) up(ctx context.Context, p *goose.Provider) error {
	for try := 0; ; try++ {
		_, err := p.Up(ctx)
		if err == nil || d.postgres() || try == 20 {
			return err
		}
		if v, _ := d.version(ctx); v == Newest() {
			return nil
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// refuseForeign returns an error if the tables of somebody else are there: of a file that
// was named by mistake nothing is to be changed.
func (d *DB) refuseForeign(ctx context.Context) error {
	query := "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> $1"
	if d.postgres() {
		query = "SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema() AND table_name <> $1"
	}
	var tables int64
	if err := d.sql.QueryRowContext(ctx, query, versionTable).Scan(&tables); err != nil {
		return err
	}
	if tables == 0 {
		return nil
	}
	// Somebody else may have made ours just now.
	if v, err := d.version(ctx); err != nil || v == 0 {
		return &Error{text: fmt.Sprintf("%s: holds the tables of something else (%d): name a database, or a schema by search_path, of its own", d, tables), err: err}
	}
	return nil
}
