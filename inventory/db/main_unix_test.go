//go:build unix

package db

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/pickle-lint/pickle-lint/inventory/db/internal/postgres"
)

const repository = "../.."

// server is a PostgreSQL that is started when the first test wants it.
var server = sync.OnceValues(func() (*postgres.Server, error) {
	return postgres.Start(context.Background(), repository)
})

var started bool

func TestMain(m *testing.M) {
	code := m.Run()
	if started {
		if s, err := server(); err == nil {
			if err := s.Stop(); err != nil {
				fmt.Fprintln(os.Stderr, err)
				code = 1
			}
		}
	}
	os.Exit(code)
}

func needServer(t *testing.T) *postgres.Server {
	t.Helper()
	s, err := server()
	if errors.Is(err, postgres.ErrNone) && os.Getenv("CI") == "" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	started = true
	return s
}

// each runs a test on both databases. It gets the address of one that is empty.
func each(t *testing.T, test func(t *testing.T, address string)) {
	t.Run("sqlite", func(t *testing.T) { test(t, filepath.Join(t.TempDir(), "a ?#%25 b.db")) })
	t.Run("postgres", func(t *testing.T) { test(t, emptyPostgres(t)) })
}

func emptyPostgres(t *testing.T) string {
	t.Helper()
	s := needServer(t)
	name, err := s.Create(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return s.URL(name)
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
