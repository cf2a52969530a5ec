//go:build unix

package db

import (
	"context"
	"strings"
	"testing"
	"time"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"
)

// Whatever is asked, nothing can be written, and it ends.
func TestPlain(t *testing.T) {
	each(t, func(t *testing.T, address string) {
		d := fresh(t, address)
		merge(t, d, small("2026-11-20", nil))
		before := counts(t, d)
		reader := open(t, address, ToRead)
		table, err := reader.Plain(t.Context(), "-- all of them\nSELECT count(*) AS n, 'a;b' AS x FROM snapshot WHERE repository LIKE 'org/%' ;\n", time.Minute, 10)
		if err != nil || Cell(table.Rows[0][0]) != "1" || table.Columns[0] != "n" || table.Get(0, "x") != "a;b" {
			t.Errorf("%v, %v", table, err)
		}
		if table, err := reader.Plain(t.Context(), "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) SELECT i, NULL, 1.5, TRUE FROM n", time.Minute, 10); err != nil || len(table.Rows) != 10 || !table.More {
			t.Errorf("%v, %v", table, err)
		}
		for _, query := range []string{
			"DELETE FROM snapshot", "INSERT INTO service_owner VALUES (1, 'x', 'y')", "DROP TABLE skip", "PRAGMA query_only = 0", "ATTACH 'x.db' AS y", "COMMIT", "", "  -- nothing", "COPY snapshot TO PROGRAM 'id'",
			"SELECT 1; DELETE FROM snapshot", "SELECT 1;\nCOMMIT; DELETE FROM snapshot", "/* */ DELETE FROM snapshot", "SELECT ';' ; DELETE FROM snapshot", "WITH x AS (SELECT 1) DELETE FROM snapshot",
			"WITH x AS (DELETE FROM snapshot RETURNING *) SELECT * FROM x", "SELECT 1 /* ' */; DELETE FROM snapshot", "SELECT set_config('transaction_read_only', 'off', FALSE), nextval('x')",
			"SELECT * INTO stolen FROM snapshot", "SELECT 'a''; DELETE FROM snapshot", "SELECT $$'$$; DELETE FROM snapshot", "SELECT E'\\'; DELETE FROM snapshot; --'", "SELECT nosuch FROM snapshot", "SELECT 1 -- ;\n; DELETE FROM snapshot",
			"SELECT 1 AS [']; COMMIT; PRAGMA query_only=0; DELETE FROM snapshot; --'", "SELECT 1 AS `'`; COMMIT; DELETE FROM snapshot; --'",
		} {
			if table, err := reader.Plain(t.Context(), query, time.Minute, 10); err == nil || strings.Contains(err.Error(), "\n") {
				t.Errorf("%s: %v, %v", query, table, err)
			}
		}
		if !reader.postgres() {
			// Were there a way around the check of statements, there still were nothing to write to.
			conn, err := reader.sql.Conn(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if _, err := sqlite.Limit(conn, lib.SQLITE_LIMIT_ATTACHED, 0); err != nil {
				t.Fatal(err)
			}
			for _, statement := range []string{"PRAGMA query_only=0; DELETE FROM snapshot", "PRAGMA query_only=0; ATTACH 'file:" + address + "?mode=rw' AS e", "VACUUM INTO '" + address + ".copy'"} {
				if _, err := conn.ExecContext(t.Context(), statement); err == nil {
					t.Errorf("%s was done", statement)
				}
			}
			if err := conn.Close(); err != nil {
				t.Fatal(err)
			}
		}
		if after := counts(t, d); after != before {
			t.Errorf("it was changed: %s, before %s", after, before)
		}
		begin := time.Now()
		endless := "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
		if _, err := reader.Plain(t.Context(), endless, 200*time.Millisecond, 10); err == nil || !strings.Contains(err.Error(), "took too long") {
			t.Errorf("%v", err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
		defer cancel()
		if _, err := reader.Plain(ctx, endless, time.Minute, 10); err == nil {
			t.Error("it ended by itself")
		}
		if took := time.Since(begin); took > 10*time.Second {
			t.Errorf("it took %s", took)
		}
		if _, err := d.Plain(t.Context(), "SELECT 1", time.Minute, 1); err == nil {
			t.Error("a database that is open for writing takes plain SQL")
		}
	})
}
