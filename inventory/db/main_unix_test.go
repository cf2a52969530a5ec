//go:build unix

package db

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/pickle-lint/pickle-lint/inventory/db/internal/postgres"
)

var server = &postgres.ForTests{Repository: "../.."}

func TestMain(m *testing.M) { os.Exit(server.Main(m)) }

// each runs a test on both databases. It gets the address of one that is empty.
func each(t *testing.T, test func(t *testing.T, address string)) {
	t.Run("sqlite", func(t *testing.T) { test(t, filepath.Join(t.TempDir(), "a ?#%25 b.db")) })
	t.Run("postgres", func(t *testing.T) { test(t, server.Empty(t)) })
}

// The day of the tests.
var day = time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)

func open(t *testing.T, text string, mode Mode) *DB {
	t.Helper()
	address, err := ParseAddress(text)
	if err != nil {
		t.Fatal(err)
	}
	d, err := Open(t.Context(), address, mode)
	if err != nil {
		t.Fatal(err)
	}
	d.Wait = 0
	d.Now = func() time.Time { return day }
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

// fresh opens an empty database with the schema.
func fresh(t *testing.T, text string) *DB {
	t.Helper()
	d := open(t, text, ToWrite)
	if err := d.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return d
}
