package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/pickle-lint/pickle-lint/inventory"
	"github.com/pickle-lint/pickle-lint/lint"
)

// Outcome is what became of an inventory.
type Outcome struct {
	Repository, Revision string
	// Done is one of the words below.
	Done string
	// Older reports that a newer record of the repository is there, which stays the
	// current one.
	Older bool
}

// The words of [Outcome.Done].
const (
	// Added: the revision was not known.
	Added = "added"
	// Same: all of it was known.
	Same = "unchanged"
	// Renewed: the sources say the same, and what depends on the day and on the program
	// was written anew.
	Renewed = "renewed"
	// Replaced: the revision was known with other contents, which are gone.
	Replaced = "replaced"
)

// ConflictError says that a commit, which cannot change, has two records.
type ConflictError struct {
	Repository, Revision, Known, New string
}

func (e *ConflictError) Error() string {
	by := ""
	if e.Known != e.New {
		by = fmt.Sprintf(" (it was made by %s, this one by %s)", e.Known, e.New)
	}
	return fmt.Sprintf("%s at %s is known with other channels%s: nothing was changed; --replace takes the new record",
		lint.Printable(e.Repository), lint.Printable(e.Revision), lint.Printable(by))
}

// Merge writes one inventory, wholly or not at all. Tried again, it does no harm.
func (d *DB) Merge(ctx context.Context, inv *inventory.Inventory, replace bool) (Outcome, error) {
	// A date from the future would be the newest for as long as it takes to come.
	if tomorrow := d.Now().UTC().Add(24 * time.Hour).Format(time.DateOnly); inv.Date > tomorrow {
		return Outcome{}, fmt.Errorf("the record is of %s, which is still to come: check the clock of the machine that made it", inv.Date)
	}
	r := newRecord(inv)
	var out Outcome
	err := d.again(ctx, func() error {
		tx, err := d.sql.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		out, err = d.merge(ctx, tx, r, replace)
		if err != nil {
			return errors.Join(err, ignoreDone(tx.Rollback()))
		}
		return tx.Commit()
	})
	if conflict, ok := errors.AsType[*ConflictError](err); ok {
		return Outcome{}, conflict
	}
	return out, err
}

// Analyze tells PostgreSQL what is there now. It does so by itself after a minute, and until
// then a question after a large merge would take seconds; SQLite needs none for ours.
func (d *DB) Analyze(ctx context.Context) error {
	if !d.postgres() {
		return nil
	}
	_, err := d.sql.ExecContext(ctx, "ANALYZE snapshot, service, channel, channel_end, channel_class, channel_boundary, channel_owner, service_owner, stored_blob, finding, skip")
	return d.explain(err)
}

// ignoreDone drops what a rollback says after the connection went: there is nothing left
// to roll back.
func ignoreDone(err error) error {
	if err == nil || errors.Is(err, sql.ErrTxDone) || away(err) {
		return nil
	}
	return err
}

func (d *DB) merge(ctx context.Context, tx *sql.Tx, r *record, replace bool) (Outcome, error) {
	out := Outcome{Repository: r.repository, Revision: r.revision, Done: Added}
	if d.postgres() {
		// One writes at a time, as in SQLite. Readers do not wait.
		if _, err := tx.ExecContext(ctx, "LOCK TABLE snapshot IN SHARE ROW EXCLUSIVE MODE"); err != nil {
			return out, err
		}
	}
	var id int64
	first, day := r.day, r.day
	var known struct{ first, day, facts, verdicts, tool, version string }
	err := tx.QueryRowContext(ctx, "SELECT id, first_day, day, facts, verdicts, tool, tool_version FROM snapshot WHERE repository = $1 AND revision = $2", r.repository, r.revision).
		Scan(&id, &known.first, &known.day, &known.facts, &known.verdicts, &known.tool, &known.version)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		if err := tx.QueryRowContext(ctx, "SELECT coalesce(max(id), 0) + 1 FROM snapshot").Scan(&id); err != nil {
			return out, err
		}
	case err != nil:
		return out, err
	case known.facts == r.facts:
		first, day = min(first, known.first), max(day, known.day)
		out.Done = Renewed
		if known.verdicts == r.verdicts || r.day < known.day {
			out.Done = Same
		}
	case replace || !r.pinned:
		out.Done = Replaced
	default:
		return out, &ConflictError{Repository: r.repository, Revision: r.revision, Known: known.tool + " " + known.version, New: r.inv.Tool + " " + r.inv.Version}
	}
	now := d.Now().UnixMilli()
	if out.Done == Same {
		if _, err := tx.ExecContext(ctx, "UPDATE snapshot SET first_day = $2, day = $3, received = $4 WHERE id = $1", id, first, day, now); err != nil {
			return out, err
		}
	} else if err := r.write(ctx, tx, d.placeholder, id, first, day, now, out.Done != Added); err != nil {
		return out, err
	}
	current, err := settleCurrent(ctx, tx, r.repository)
	out.Older = current != id
	return out, err
}

// settleCurrent makes the newest record of a repository the current one: of one day, that
// which came last.
func settleCurrent(ctx context.Context, tx *sql.Tx, repository string) (current int64, err error) {
	if err := tx.QueryRowContext(ctx, "SELECT id FROM snapshot WHERE repository = $1 ORDER BY day DESC, received DESC, id DESC LIMIT 1", repository).Scan(&current); err != nil {
		return 0, err
	}
	_, err = tx.ExecContext(ctx, "UPDATE snapshot SET is_current = (id = $1) WHERE repository = $2 AND is_current <> (id = $1)", current, repository)
	return current, err
}

func (r *record) write(ctx context.Context, tx *sql.Tx, mark func(int) string, id int64, first, day string, now int64, known bool) error {
	if known {
		if _, err := tx.ExecContext(ctx, "DELETE FROM snapshot WHERE id = $1", id); err != nil {
			return err
		}
	}
	snapshot := &tableRows{table: "snapshot", columns: []string{
		"repository", "revision", "commit_id", "dirty", "first_day", "day", "received", "facts", "verdicts", "tool", "tool_version", "is_current",
		"services", "channels", "producers", "consumers", "blobs", "findings", "skips",
	}}
	snapshot.add(
		r.repository, r.revision, text(r.inv.Commit), r.inv.Dirty, first, day, now, r.facts, r.verdicts, text(r.inv.Tool), text(r.inv.Version), false,
		len(r.services.rows), len(r.channels.rows), r.producers, r.consumers, r.blobCount, len(r.findings.rows), len(r.skips.rows),
	)
	if err := snapshot.insert(ctx, tx, mark, "id", id); err != nil {
		return err
	}
	for _, t := range r.tables() {
		if err := t.insert(ctx, tx, mark, "snapshot", id); err != nil {
			return err
		}
	}
	return nil
}

// rowsAtOnce is how many rows a statement inserts: far more gain nothing, and both
// databases bound the parameters of one.
const rowsAtOnce = 64

// placeholder is how parameter n of a long statement is written. SQLite keeps the names of
// parameters in a list that it searches from the start for each; those without a name cost
// nothing.
func (d *DB) placeholder(n int) string {
	if d.postgres() {
		return "$" + strconv.Itoa(n)
	}
	return "?"
}

func (t *tableRows) insert(ctx context.Context, tx *sql.Tx, mark func(int) string, first string, id int64) error {
	width := len(t.columns) + 1
	for begin := 0; begin < len(t.rows); begin += rowsAtOnce {
		rows := t.rows[begin:min(begin+rowsAtOnce, len(t.rows))]
		var b strings.Builder
		b.WriteString("INSERT INTO " + t.table + " (" + first + ", " + strings.Join(t.columns, ", ") + ") VALUES ")
		values := make([]any, 0, len(rows)*width)
		for i, row := range rows {
			if len(row) != len(t.columns) {
				panic(fmt.Sprintf("%s: %d values for %d columns", t.table, len(row), len(t.columns)))
			}
			b.WriteString([]string{"(", ", ("}[min(i, 1)])
			for j := range width {
				if j > 0 {
					b.WriteByte(',')
				}
				b.WriteString(mark(i*width + j + 1))
			}
			b.WriteByte(')')
			values = append(append(values, id), row...)
		}
		if _, err := tx.ExecContext(ctx, b.String(), values...); err != nil {
			return err
		}
	}
	return nil
}
