//go:build unix

package db

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/pickle-lint/pickle-lint/inventory/db/internal/postgres"
)

// columns lists what the database says of its tables and indexes.
func columns(t *testing.T, d *DB) string {
	t.Helper()
	query := "SELECT m.name || ' ' || p.name FROM sqlite_master m JOIN pragma_table_xinfo(m.name) p UNION SELECT name FROM sqlite_master WHERE type = 'index' ORDER BY 1"
	if d.postgres() {
		query = "SELECT table_name || ' ' || column_name || ' ' || data_type FROM information_schema.columns WHERE table_schema = 'public' UNION SELECT indexname FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1"
	}
	rows, err := d.sql.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	table, err := readTable(rows, 10_000)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint(table.Rows)
}

func TestUpDownUp(t *testing.T) {
	each(t, func(t *testing.T, address string) {
		d := fresh(t, address)
		merge(t, d, small("2026-11-20", nil))
		up := columns(t, d)
		p, err := d.provider()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := p.DownTo(t.Context(), 0); err != nil {
			t.Fatal(err)
		}
		if down := columns(t, d); strings.Contains(down, "channel") || strings.Contains(down, "snapshot") {
			t.Errorf("left after down: %s", down)
		}
		if err := d.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		if again := columns(t, d); again != up {
			t.Errorf("up again\n%s\nfirst\n%s", again, up)
		}
		merge(t, d, small("2026-11-20", nil))
	})
}

// An older schema is brought up to date by who writes; a newer one is nobody's to touch.
func TestVersions(t *testing.T) {
	each(t, func(t *testing.T, address string) {
		d := fresh(t, address)
		merge(t, d, small("2026-11-20", nil))
		before := counts(t, d)
		p, err := d.provider()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := p.DownTo(t.Context(), 1); err != nil {
			t.Fatal(err)
		}
		reader := open(t, address, ToRead)
		if err := reader.CheckSchema(t.Context()); err == nil || !strings.Contains(err.Error(), "has schema 1 and this program reads schema 2: the next `pickle-lint inventory merge` or `push`") {
			t.Errorf("older, read: %v", err)
		}
		if err := d.Migrate(t.Context()); err != nil {
			t.Errorf("older, written: %v", err)
		}
		if err := reader.CheckSchema(t.Context()); err != nil {
			t.Error(err)
		}
		if after := counts(t, d); after != before {
			t.Errorf("migrating lost something: %s, before %s", after, before)
		}
		if _, err := d.sql.ExecContext(t.Context(), "INSERT INTO "+versionTable+" (version_id, is_applied) VALUES (99, TRUE)"); err != nil {
			t.Fatal(err)
		}
		for what, err := range map[string]error{"read": reader.CheckSchema(t.Context()), "written": d.Migrate(t.Context())} {
			if err == nil || !strings.Contains(err.Error(), "has schema 99, and this program knows schemas up to 2: install a newer pickle-inventory") {
				t.Errorf("newer, %s: %v", what, err)
			}
		}
	})
}

// Empty databases, and those of somebody else.
func TestNotOurs(t *testing.T) {
	each(t, func(t *testing.T, address string) {
		d := open(t, address, ToWrite)
		if err := d.CheckSchema(t.Context()); err == nil || !strings.Contains(err.Error(), "holds no inventory yet") {
			t.Errorf("empty: %v", err)
		}
		if _, err := d.sql.ExecContext(t.Context(), "CREATE TABLE customers (id BIGINT)"); err != nil {
			t.Fatal(err)
		}
		if err := d.Migrate(t.Context()); err == nil || !strings.Contains(err.Error(), "tables of something else") {
			t.Errorf("foreign: %v", err)
		}
		if got := columns(t, d); strings.Contains(got, "snapshot") {
			t.Errorf("it was changed: %s", got)
		}
	})
}

func TestBadFiles(t *testing.T) {
	dir := t.TempDir()
	text := dir + "/text.db"
	if err := os.WriteFile(text, []byte(strings.Repeat("this is no database\n", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		address string
		mode    Mode
		want    string
	}{
		{text, ToRead, "is not a database"}, {text, ToWrite, "is not a database"}, {dir, ToRead, "is a directory"}, {dir + "/none.db", ToRead, "there is no such database"},
		{dir + "/none/x.db", ToWrite, "cannot be opened"}, {text + "/x.db", ToWrite, "cannot be opened"},
	} {
		a, err := ParseAddress(tt.address)
		if err != nil {
			t.Fatal(err)
		}
		d, err := Open(t.Context(), a, tt.mode)
		if err == nil || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v, want %s", tt.address, err, tt.want)
		}
		if err == nil {
			_ = d.Close()
		}
	}
	if _, err := os.Stat(dir + "/none.db"); err == nil {
		t.Error("reading made a database")
	}
}

func TestAddresses(t *testing.T) {
	t.Setenv("PGHOST", "db.example.org")
	t.Setenv("PGPASSWORD", "geheim")
	for _, tt := range []struct {
		text, want string
		password   bool
	}{
		{"x.db", "x.db", false}, {"C:/x.db", "C:/x.db", false}, {"postgres://", `PostgreSQL database "" at db.example.org:5432`, false},
		{"postgresql://u@h:7/d", `PostgreSQL database "d" at h:7`, false}, {"postgres://u:hunter2@h/d", `PostgreSQL database "d" at h:5432`, true},
		{"postgres://h/d?password=hunter2", `PostgreSQL database "d" at h:5432`, true}, {"postgres:///d?host=/run/pg", `PostgreSQL database "d" at the socket in /run/pg`, false},
	} {
		a, err := ParseAddress(tt.text)
		if err != nil || a.String() != tt.want || a.PasswordInURL != tt.password {
			t.Errorf("%s: %s, %v, %v", tt.text, a, a.PasswordInURL, err)
		}
	}
	for _, text := range []string{"", "mysql://u:hunter2@h/d", "postgres://u:hunter2@h:port/d", "postgres://u:hunter2@h/d?sslmode=hunter2", "postgres://u:hun/ter2@h", "postgres://u:%zzhunter2@h", "a\x00b"} {
		if _, err := ParseAddress(text); err == nil || strings.Contains(err.Error(), "hunter2") || strings.Contains(err.Error(), "ter2") {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// The password is in no message, whatever is wrong.
func TestPasswordIsNotShown(t *testing.T) {
	s := server.Server(t)
	for what, address := range map[string]string{
		"wrong password":    strings.Replace(s.URL("postgres"), "R%C3", "X%C3", 1),
		"no such database":  s.URL("nosuch"),
		"nobody is there":   strings.Replace(s.URL("postgres"), ":"+s.Port(), ":1", 1),
		"no such name":      strings.Replace(s.URL("postgres"), "127.0.0.1", "nosuch.invalid", 1),
		"TLS is not spoken": strings.Replace(s.URL("postgres"), "disable", "require", 1),
	} {
		d := open(t, address, ToWrite)
		d.Wait = 10 * time.Millisecond
		err := d.Migrate(t.Context())
		if err == nil || strings.Contains(err.Error(), "nicht-an") || strings.Contains(err.Error(), postgres.Password) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v", what, err)
		}
	}
}
