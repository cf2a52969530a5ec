//go:build unix

package web

import (
	"context"
	"encoding/json"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/pickle-lint/pickle-lint/inventory"
	"github.com/pickle-lint/pickle-lint/inventory/db"
	"github.com/pickle-lint/pickle-lint/inventory/db/internal/postgres"
	"github.com/pickle-lint/pickle-lint/inventory/db/internal/synthetic"
)

var server = &postgres.ForTests{Repository: "../../.."}

func TestMain(m *testing.M) { os.Exit(server.Main(m)) }

// each runs a test on both databases, which hold the demonstration and what is given.
func each(t *testing.T, test func(t *testing.T, d *db.DB), more ...*inventory.Inventory) {
	t.Run("sqlite", func(t *testing.T) { test(t, filled(t, filepath.Join(t.TempDir(), "x.db"), more...)) })
	t.Run("postgres", func(t *testing.T) { test(t, filled(t, server.Empty(t), more...)) })
}

// filled opens a database for reading that holds the demonstration and a few repositories.
func filled(t testing.TB, text string, more ...*inventory.Inventory) *db.DB {
	t.Helper()
	address, err := db.ParseAddress(text)
	if err != nil {
		t.Fatal(err)
	}
	d, err := db.Open(t.Context(), address, db.ToWrite)
	if err != nil {
		t.Fatal(err)
	}
	d.Now = func() time.Time { return time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC) }
	if err := d.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	var all []*inventory.Inventory
	for _, name := range []string{"shop-old.json", "shop.json", "billing.json"} {
		data, err := os.ReadFile("../testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		inv := new(inventory.Inventory)
		if err := json.Unmarshal(data, inv); err != nil {
			t.Fatal(err)
		}
		all = append(all, inv)
	}
	org := synthetic.Organisation{Repositories: 3, Sites: 600, Day: "2026-11-20"}
	for i := range org.Repositories {
		all = append(all, org.Inventory(i))
	}
	for _, inv := range append(all, more...) {
		if _, err := d.Merge(t.Context(), inv, false); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	reader, err := db.Open(t.Context(), address, db.ToRead)
	if err != nil {
		t.Fatal(err)
	}
	reader.Now = d.Now
	t.Cleanup(func() {
		if err := reader.Close(); err != nil {
			t.Error(err)
		}
	})
	return reader
}

// start serves a database and returns the address.
func start(t testing.TB, d *db.DB, o Options) string {
	t.Helper()
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	o.Log = slog.New(slog.NewTextHandler(t.Output(), nil))
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	ended := make(chan error, 1)
	go func() { ended <- Serve(ctx, l, d, o) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return "http://" + l.Addr().String()
}
