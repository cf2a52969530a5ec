//go:build unix

package db

import (
	"os"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/inventory"
	"github.com/pickle-lint/pickle-lint/inventory/db/internal/synthetic"
)

// stored reads an inventory of testdata.
func stored(t *testing.T, name string) *inventory.Inventory {
	t.Helper()
	f, err := os.Open("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}()
	inv, err := Read(f)
	if err != nil {
		t.Fatal(err)
	}
	return inv
}

func merge(t *testing.T, d *DB, inv *inventory.Inventory) Outcome {
	t.Helper()
	out, err := d.Merge(t.Context(), inv, false)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// answer is a table in one text, a row a line.
func answer(t *testing.T, d *DB, name string, words ...string) string {
	t.Helper()
	q, err := Find(name)
	if err != nil {
		t.Fatal(err)
	}
	values, err := q.Values(words)
	if err != nil {
		t.Fatal(err)
	}
	table, err := d.Ask(t.Context(), q, "", values, 100)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	var lines []string
	for _, row := range table.Rows {
		var cells []string
		for _, v := range row {
			cells = append(cells, Cell(v))
		}
		lines = append(lines, strings.Join(cells, "|"))
	}
	return strings.Join(lines, "\n")
}

// Every question has an answer on the demonstration, the same from both databases.
func TestQuestions(t *testing.T) {
	asked := make(map[string]bool)
	each(t, func(t *testing.T, address string) {
		d := fresh(t, address)
		for _, name := range []string{"shop-old.json", "shop.json", "billing.json"} {
			merge(t, d, stored(t, name))
		}
		for _, tt := range []struct{ question, want string }{
			{"loads-class shop.orders.Order", `acme/billing|invoices|invoices/read.py|12|pickle.load|queue:orders|shop.orders.Order|partner|none
acme/shop|web|web/cache.py|20|pickle.loads|cache:order-*|shop.orders.Order|host|proved`},
			{"loads-class shop.*.USER", "acme/shop|web|web/cache.py|31|pickle.loads|cache:user-*|shop.users.User|internal|none"},
			{"loads-class Shop.Users.*", "acme/shop|web|web/cache.py|31|pickle.loads|cache:user-*|shop.users.User|internal|none"},
			{"loads-class 100%", ""},
			{"loads-class _hop.orders.Order", ""},
			{"boundary-unverified partner", `acme/billing|audit||0||channel:ledger|partner|none||
acme/billing|invoices|invoices/read.py|12|pickle.load|queue:orders|partner|none||@acme/billing
acme/billing|invoices|invoices/rates.py|7|joblib.load|file:rates/*.joblib|partner|claimed|ingest.verify|@acme/billing`},
			{"boundary-unverified nosuch", ""},
			{"expires-within 30d", `2026-11-01|expired|acme/shop|web|web/cache.py|31|cache:user-*|@acme/web|SEC-7
2026-12-20||acme/billing|invoices|invoices/rates.py|7|file:rates/*.joblib|@acme/billing|`},
			{"expires-this-month", "2026-11-01|expired|acme/shop|web|web/cache.py|31|cache:user-*|@acme/web|SEC-7"},
			{"unproduced", "acme/billing|file:rates/*.joblib|file|1|0|partner|@acme/billing"},
			{"sensitive", "pii|none|acme/shop|cache:user-*|1|1|internal|7d|@acme/web"},
			{"owner @acme/billing", ownerWant},
			{"retention-missing", "acme/shop|cache:order-*|cache|1|0||@acme/web\nacme/shop|queue:orders|queue|1|0||@acme/web"},
			{"history cache:*", `acme/shop|cache:order-*|2026-11-20|` + oldCommit + `|1|1|0|host|none|||@acme/web|new
acme/shop|cache:order-*|2026-11-25|` + newCommit + `|1|1|0|host|proved|||@acme/web|changed
acme/shop|cache:user-*|2026-11-25|` + newCommit + `|1|1|0|internal|none|pii|7d|@acme/web|new`},
			{"changed-since 2026-11-23", changedWant},
			{"changed-since 2026-11-25", ""},
		} {
			words := strings.Fields(tt.question)
			asked[words[0]] = true
			if got := answer(t, d, words[0], words[1:]...); got != tt.want {
				t.Errorf("%s\ngot\n%s\nwant\n%s", tt.question, got, tt.want)
			}
		}
		for _, q := range Questions() {
			if !asked[q.Name] {
				t.Errorf("no test asks %s", q.Name)
			}
		}
	})
}

const (
	oldCommit = "1111111111111111111111111111111111111111"
	newCommit = "2222222222222222222222222222222222222222"
	ownerWant = `@acme/billing|channel|acme/billing||file:rates/*.joblib|partner|claimed|||2026-12-20
@acme/billing|channel|acme/billing||queue:orders|partner|none|||
@acme/billing|service|acme/billing|invoices||||||`
	changedWant = "acme/billing|new|repository|||0|||||3333333333333333333333333333333333333333" + `
acme/shop|changed|channel|cache:order-*||0||host|proved|none|` + newCommit + `
acme/shop|new|channel|cache:user-*||0||internal|none||` + newCommit + `
acme/shop|gone|channel|file:spool/*.pkl||0||||none|` + newCommit + `
acme/shop|changed|consumer|cache:order-*|web/cache.py|20|web|host|proved|none|` + newCommit + `
acme/shop|new|consumer|cache:user-*|web/cache.py|31|web|internal|none||` + newCommit + `
acme/shop|new|producer|cache:user-*|web/cache.py|27|web||||` + newCommit + `
acme/shop|gone|producer|file:spool/*.pkl|web/spool.py|5|web||||` + newCommit
)

// What the pages ask both databases understand, filtered or not.
func TestPages(t *testing.T) {
	each(t, func(t *testing.T, address string) {
		d := fresh(t, address)
		org := synthetic.Organisation{Repositories: 3, Sites: 60, Day: "2026-11-25"}
		for i := range org.Repositories {
			merge(t, d, org.Inventory(i))
		}
		first := org.Inventory(0)
		for _, q := range pages {
			for _, filter := range []string{"", "*e*"} {
				values := map[string]string{"limit": "10", "offset": "0", "name": first.Repository, "channel": first.Channels[0].ID, "side": "consumer", "from": "1", "to": "1", "id": "1"}
				for _, p := range q.Parameters {
					if p.Kind == "pattern" {
						values[p.Name] = filter
					}
				}
				table, err := d.Ask(t.Context(), q, "", values, 100)
				if err != nil {
					t.Errorf("%s: %v", q.Name, err)
				} else if len(table.Rows) == 0 && filter == "" && q.Name != "diff" && q.Name != "blobs" && q.Name != "ends" {
					t.Errorf("%s: no rows", q.Name)
				}
			}
		}
	})
}

func TestFilledInWrongly(t *testing.T) {
	d := fresh(t, t.TempDir()+"/x.db")
	for _, tt := range []struct{ question, want string }{
		{"loads-class", "loads-class wants CLASS"}, {"changed-since yesterday", `"yesterday" is no day`}, {"expires-within soon", `"soon" is not a number of days`},
		{"unproduced x", "one word too many"}, {"loads-clazz x", `did you mean "loads-class"`}, {"loads-class " + strings.Repeat("x", 5000), "too long"},
	} {
		words := strings.Fields(tt.question)
		q, err := Find(words[0])
		if err == nil {
			var values map[string]string
			if values, err = q.Values(words[1:]); err == nil {
				_, err = d.Ask(t.Context(), q, "", values, 10)
			}
		}
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %s", tt.question, err, tt.want)
		}
	}
}

// Rows beyond the limit are said to be there.
func TestLimit(t *testing.T) {
	each(t, func(t *testing.T, address string) {
		d := fresh(t, address)
		merge(t, d, synthetic.Organisation{Repositories: 1, Sites: 100, Day: "2026-11-25"}.Inventory(0))
		q, err := Find("retention-missing")
		if err != nil {
			t.Fatal(err)
		}
		for limit, more := range map[int]bool{1: true, 1000: false} {
			table, err := d.Ask(t.Context(), q, "", nil, limit)
			if err != nil || table.More != more || len(table.Rows) == 0 {
				t.Errorf("limit %d: %d rows, more %v, %v", limit, len(table.Rows), table.More, err)
			}
		}
		for pattern, some := range map[string]bool{"org/*": true, "org/repository-0000": true, "other/*": false} {
			table, err := d.Ask(t.Context(), q, pattern, nil, 10)
			if err != nil || (len(table.Rows) > 0) != some {
				t.Errorf("%s: %v, %v", pattern, table, err)
			}
		}
	})
}
