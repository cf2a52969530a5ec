//go:build unix

package command

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/pickle-lint/pickle-lint/inventory/db/internal/synthetic"
)

// bigInventory takes a while to push.
func bigInventory(t *testing.T) string {
	t.Helper()
	text, err := json.Marshal(synthetic.Organisation{Repositories: 1, Sites: 30_000, Day: "2026-11-25"}.Inventory(0))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "big.json")
	if err := os.WriteFile(path, text, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}
