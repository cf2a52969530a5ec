package command

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/inventory/db"
)

func (r *running) query(ctx context.Context, args []string) (err error) {
	o := &r.options
	switch {
	case !slices.Contains(db.Formats(), o.Format):
		return fmt.Errorf("--format: want one of %s, not %q", strings.Join(db.Formats(), ", "), o.Format)
	case o.Limit < 1:
		return errors.New("--limit: want at least 1")
	case o.Timeout <= 0:
		return errors.New("--timeout: want more than nothing")
	case o.List && (o.SQL != "" || len(args) > 0), o.SQL != "" && len(args) > 0:
		return errors.New("query: want a question, or --sql, or --list")
	case o.SQL != "" && o.Repository != "":
		return errors.New("--repository is for ready questions: say it in the SQL")
	case o.List:
		return list().Write(r.streams.Out, o.Format)
	case o.SQL == "" && len(args) == 0:
		return errors.New("query: want a question (--list shows the ready ones), or --sql")
	}
	var question *db.Question
	var values map[string]string
	if o.SQL == "" {
		if question, err = db.Find(args[0]); err != nil {
			return err
		}
		if values, err = question.Values(args[1:]); err != nil {
			return err
		}
	}
	d, err := r.open(ctx, db.ToRead)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	if err := d.CheckSchema(ctx); err != nil {
		return err
	}
	var table *db.Table
	if question == nil {
		table, err = d.Plain(ctx, o.SQL, o.Timeout, o.Limit)
	} else {
		ctx, cancel := context.WithTimeout(ctx, o.Timeout)
		defer cancel()
		table, err = d.Ask(ctx, question, o.Repository, values, o.Limit)
	}
	if err != nil {
		return err
	}
	if err := table.Write(r.streams.Out, o.Format); err != nil {
		return fmt.Errorf("writing to standard output: %w", err)
	}
	if table.More {
		complain(r.streams.Err, "there are more rows than the %d of --limit", o.Limit)
	}
	return nil
}

// list is what there is to ask.
func list() *db.Table {
	t := &db.Table{Columns: []string{"question", "asks"}}
	for _, q := range db.Questions() {
		t.Rows = append(t.Rows, []any{q.Usage(), q.Asks})
	}
	return t
}
