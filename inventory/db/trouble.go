package db

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"
)

const sqliteCantOpen = lib.SQLITE_CANTOPEN

// isSQLite reports one of SQLite's primary codes.
func isSQLite(err error, codes ...int) bool {
	e, ok := errors.AsType[*sqlite.Error](err)
	return ok && slices.Contains(codes, e.Code()&0xff)
}

// passing are the SQLSTATEs of PostgreSQL, by their beginnings, that another try may not
// meet: lost connections, a server that starts or stops, no place, lost races.
var passing = []string{"08", "57P01", "57P02", "57P03", "53300", "40001", "40P01", "55P03", "25006"}

// away reports trouble that may pass.
func away(err error) bool {
	if errors.Is(err, context.Canceled) || err == nil {
		return false
	}
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return slices.ContainsFunc(passing, func(code string) bool { return strings.HasPrefix(e.Code, code) })
	}
	if _, ok := errors.AsType[net.Error](err); ok {
		return true
	}
	if _, ok := errors.AsType[*pgconn.ConnectError](err); ok {
		return true
	}
	return isSQLite(err, lib.SQLITE_BUSY, lib.SQLITE_LOCKED) || errors.Is(err, driver.ErrBadConn) || errors.Is(err, io.EOF) ||
		errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) || pgconn.SafeToRetry(err) || strings.Contains(err.Error(), "conn closed")
}

// again calls f until it succeeds, fails for good, or the time is over. What f does it must
// do wholly or not at all, and twice must be as good as once: whether a commit arrived
// before the connection went is not known.
func (d *DB) again(ctx context.Context, f func() error) error {
	begin := time.Now()
	for pause := 100 * time.Millisecond; ; pause = min(2*pause, 3*time.Second) {
		err := f()
		if !away(err) || ctx.Err() != nil {
			return d.explain(err)
		}
		left := d.Wait - time.Since(begin)
		if left <= 0 {
			return d.explain(err)
		}
		// Many that wait for one database should not come back at once.
		wait := min(left, pause/2+rand.N(pause))
		select {
		case <-ctx.Done():
		case <-time.After(wait):
		}
	}
}

// Error is what went wrong with a database, in one line with what to do. It shows no
// password: the drivers do not, and the URL is not part of it.
type Error struct {
	text string
	err  error
}

func (e *Error) Error() string { return e.text }
func (e *Error) Unwrap() error { return e.err }

// explain makes one line of what a driver says.
func (d *DB) explain(err error) error {
	if err == nil {
		return nil
	}
	if _, ok := errors.AsType[*Error](err); ok {
		return err
	}
	return &Error{d.String() + ": " + d.said(err), err}
}

func (d *DB) said(err error) string {
	e, isPostgres := errors.AsType[*pgconn.PgError](err)
	switch {
	case errors.Is(err, context.DeadlineExceeded), isPostgres && e.Code == "57014":
		return "the answer took too long, and the question was stopped"
	case errors.Is(err, context.Canceled), isSQLite(err, lib.SQLITE_INTERRUPT):
		return "interrupted"
	case isPostgres && strings.HasPrefix(e.Code, "28"):
		return fmt.Sprintf("%s (SQLSTATE %s): check PGUSER, PGPASSWORD or ~/.pgpass", e.Message, e.Code)
	case isPostgres && e.Code == "3D000":
		return e.Message + ": make it with createdb"
	case isPostgres && e.Code == "42501":
		return e.Message + ": the role lacks a right"
	case isPostgres && e.Code == "25006":
		return "the database takes no writes now: it is a standby, or read-only"
	case isPostgres:
		return fmt.Sprintf("%s (SQLSTATE %s)", e.Message, e.Code)
	case isSQLite(err, lib.SQLITE_BUSY, lib.SQLITE_LOCKED):
		return "busy: another program writes to it; try again later"
	case isSQLite(err, lib.SQLITE_NOTADB):
		return "is not a database of SQLite"
	case isSQLite(err, lib.SQLITE_CORRUPT):
		return "is damaged: restore it from a copy, or merge the inventories into a new one"
	case isSQLite(err, lib.SQLITE_READONLY, lib.SQLITE_PERM):
		return "may not be written"
	case isSQLite(err, lib.SQLITE_FULL):
		return "the disk is full"
	case isSQLite(err, sqliteCantOpen):
		return "cannot be opened: check the path and its rights"
	case d.postgres() && away(err):
		return "cannot be reached: " + oneLine(err) + "; nothing was half-written, try again later"
	}
	return oneLine(err)
}

func oneLine(err error) string { return strings.Join(strings.Fields(err.Error()), " ") }
