package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"
)

// Plain runs one SELECT of the user. It can write nothing: SQLite's file is opened read-only
// and no other one can be attached, which would be opened as its name says; PostgreSQL's
// transaction is read-only, and its protocol takes one statement.
func (d *DB) Plain(ctx context.Context, query string, timeout time.Duration, limit int) (*Table, error) {
	if d.mode != ToRead {
		return nil, errors.New("plain SQL wants a database that is open for reading")
	}
	query, err := oneSelect(query, d.postgres())
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	conn, err := d.sql.Conn(ctx)
	if err != nil {
		return nil, d.explain(err)
	}
	defer func() { _ = conn.Close() }() // it goes back to the others
	if !d.postgres() {
		if _, err := sqlite.Limit(conn, lib.SQLITE_LIMIT_ATTACHED, 0); err != nil {
			return nil, d.explain(err)
		}
	}
	tx, err := conn.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, d.explain(err)
	}
	defer func() { _ = tx.Rollback() }() // there is nothing to lose
	if d.postgres() {
		// The server stops by itself, too, should we not be there to tell it.
		if _, err := tx.ExecContext(ctx, fmt.Sprintf("SET LOCAL statement_timeout = %d", timeout.Milliseconds())); err != nil {
			return nil, d.explain(err)
		}
	}
	rows, err := tx.QueryContext(ctx, query)
	if err != nil {
		return nil, d.explain(orTimeout(ctx, err))
	}
	t, err := readTable(rows, limit)
	return t, d.explain(orTimeout(ctx, err))
}

// orTimeout says that the time was over where a driver says that it was interrupted.
func orTimeout(ctx context.Context, err error) error {
	if err != nil && errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return context.DeadlineExceeded
	}
	return err
}

// oneSelect checks that there is one statement, and that it begins as one that reads does.
// That nothing can be written is seen to elsewhere; this is for a clear word.
func oneSelect(query string, postgres bool) (string, error) {
	query = strings.TrimRight(strings.TrimSpace(query), "; \t\r\n")
	rest := query
	for {
		rest = strings.TrimSpace(rest)
		if after, ok := strings.CutPrefix(rest, "--"); ok {
			_, rest, _ = strings.Cut(after, "\n")
		} else if after, ok := strings.CutPrefix(rest, "/*"); ok {
			_, rest, _ = strings.Cut(after, "*/")
		} else {
			break
		}
	}
	word := strings.ToUpper(rest[:len(rest)-len(strings.TrimLeft(rest, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"))])
	switch {
	case rest == "":
		return "", errors.New("the SQL is empty: want one SELECT")
	case word != "SELECT" && word != "WITH" && word != "VALUES":
		return "", errors.New("only one SELECT (or WITH … SELECT, or VALUES) is run, and nothing that writes")
	case several(query, postgres):
		return "", errors.New("more than one statement: only one SELECT is run")
	}
	return query, nil
}

// several reports a semicolon outside of quotes and comments, after which something comes.
// SQLite quotes in brackets and backquotes, too (sqlite.org/lang_keywords.html).
func several(query string, postgres bool) bool {
	for i := 0; i < len(query); i++ {
		switch c := query[i]; {
		case !postgres && (c == '[' || c == '`'):
			end := strings.IndexByte(query[i+1:], map[byte]byte{'[': ']', '`': '`'}[c])
			if end < 0 {
				return false // the database says what is wrong
			}
			i += end + 1
		case c == '\'' || c == '"':
			end := strings.IndexByte(query[i+1:], c)
			if end < 0 {
				return false // the database says what is wrong
			}
			i += end + 1
		case c == ';':
			return true
		case strings.HasPrefix(query[i:], "--"):
			end := strings.IndexByte(query[i:], '\n')
			if end < 0 {
				return false
			}
			i += end
		case strings.HasPrefix(query[i:], "/*"):
			end := strings.Index(query[i+2:], "*/")
			if end < 0 {
				return false
			}
			i += end + 3
		}
	}
	return false
}
