//go:build unix

package db

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pickle-lint/pickle-lint/inventory"
	"github.com/pickle-lint/pickle-lint/inventory/db/internal/synthetic"
	"github.com/pickle-lint/pickle-lint/lint"
)

var tables = []string{"snapshot", "service", "channel", "channel_end", "channel_class", "channel_boundary", "channel_owner", "service_owner", "stored_blob", "finding", "skip"}

// counts are the rows of all tables.
func counts(t *testing.T, d *DB) string {
	t.Helper()
	var out []string
	for _, table := range tables {
		var n int
		if err := d.sql.QueryRowContext(t.Context(), "SELECT count(*) FROM "+table).Scan(&n); err != nil {
			t.Fatal(err)
		}
		out = append(out, fmt.Sprintf("%s %d", table, n))
	}
	return strings.Join(out, ", ")
}

func current(t *testing.T, d *DB) string {
	t.Helper()
	var revision string
	if err := d.sql.QueryRowContext(t.Context(), "SELECT revision FROM snapshot WHERE is_current").Scan(&revision); err != nil {
		t.Fatal(err)
	}
	return revision
}

func small(date string, change func(*inventory.Inventory)) *inventory.Inventory {
	inv := synthetic.Organisation{Repositories: 1, Sites: 30, Day: date}.Inventory(0)
	inv.Channels[0].Blobs = []*inventory.Blob{{Path: "a.pkl", Size: 5, Modified: "2026-11-01", Protocols: []int{4}, Globals: []string{"x.Y"}}}
	if change != nil {
		change(inv)
	}
	return inv
}

func TestMerge(t *testing.T) {
	each(t, func(t *testing.T, address string) {
		d := fresh(t, address)
		first := small("2026-11-20", nil)
		for _, tt := range []struct {
			name string
			inv  *inventory.Inventory
			want Outcome
			now  string
		}{
			{"a new one", first, Outcome{Done: Added}, first.Commit},
			{"again", small("2026-11-20", nil), Outcome{Done: Same}, first.Commit},
			{"a later day", small("2026-11-22", nil), Outcome{Done: Same}, first.Commit},
			// A checkout writes all files anew.
			{"other times of blobs", small("2026-11-22", func(i *inventory.Inventory) { i.Channels[0].Blobs[0].Modified = "2026-11-22" }), Outcome{Done: Renewed}, first.Commit},
			{"other verdicts", small("2026-11-23", func(i *inventory.Inventory) { i.Findings = nil }), Outcome{Done: Renewed}, first.Commit},
			{"other verdicts of an older day", small("2026-11-21", nil), Outcome{Done: Same}, first.Commit},
			{"a newer commit", small("2026-11-24", func(i *inventory.Inventory) { i.Commit = "b" }), Outcome{Done: Added}, "b"},
			// A clock in the past, or a record that comes late.
			{"an older commit", small("2026-11-19", func(i *inventory.Inventory) { i.Commit = "c" }), Outcome{Done: Added, Older: true}, "b"},
			{"a commit of the same day", small("2026-11-24", func(i *inventory.Inventory) { i.Commit = "d" }), Outcome{Done: Added}, "d"},
			{"back to the commit before", small("2026-11-24", func(i *inventory.Inventory) { i.Commit = "b" }), Outcome{Done: Same}, "b"},
			{"changes", small("2026-11-25", func(i *inventory.Inventory) { i.Dirty = true }), Outcome{Done: Added}, first.Commit + "+dirty"},
			{"other changes", small("2026-11-25", func(i *inventory.Inventory) { i.Dirty, i.Channels = true, i.Channels[:1] }), Outcome{Done: Replaced}, first.Commit + "+dirty"},
			{"no commit", small("2026-11-26", func(i *inventory.Inventory) { i.Commit = "" }), Outcome{Done: Added}, "day 2026-11-26"},
			{"no commit, again", small("2026-11-26", func(i *inventory.Inventory) { i.Commit, i.Channels = "", nil }), Outcome{Done: Replaced}, "day 2026-11-26"},
		} {
			// The order of one day is that of arrival.
			now := d.Now().Add(time.Millisecond)
			d.Now = func() time.Time { return now }
			tt.want.Repository, tt.want.Revision = tt.inv.Repository, Revision(tt.inv)
			if got := merge(t, d, tt.inv); got != tt.want {
				t.Errorf("%s: %+v, want %+v", tt.name, got, tt.want)
			}
			if got := current(t, d); got != tt.now {
				t.Errorf("%s: the current one is %s, want %s", tt.name, got, tt.now)
			}
		}
		var firstDay, last string
		if err := d.sql.QueryRowContext(t.Context(), "SELECT first_day, day FROM snapshot WHERE revision = $1", first.Commit).Scan(&firstDay, &last); err != nil || firstDay != "2026-11-20" || last != "2026-11-23" {
			t.Errorf("the first one stands from %s to %s, %v", firstDay, last, err)
		}
	})
}

func TestConflict(t *testing.T) {
	each(t, func(t *testing.T, address string) {
		d := fresh(t, address)
		merge(t, d, small("2026-11-20", nil))
		before := counts(t, d)
		other := small("2026-11-20", func(i *inventory.Inventory) { i.Version, i.Channels = "0.2.0", i.Channels[1:] })
		_, err := d.Merge(t.Context(), other, false)
		if _, ok := errors.AsType[*ConflictError](err); !ok || !strings.Contains(err.Error(), "made by pickle-lint 0.1.0, this one by pickle-lint 0.2.0") || !strings.Contains(err.Error(), "--replace") {
			t.Errorf("%v", err)
		}
		if after := counts(t, d); after != before {
			t.Errorf("it was changed: %s, before %s", after, before)
		}
		out, err := d.Merge(t.Context(), other, true)
		if err != nil || out.Done != Replaced {
			t.Errorf("%+v, %v", out, err)
		}
		alone := fresh(t, t.TempDir()+"/alone.db")
		merge(t, alone, other)
		if got, want := counts(t, d), counts(t, alone); got != want {
			t.Errorf("after replacing %s, want %s", got, want)
		}
	})
}

func TestFuture(t *testing.T) {
	d := fresh(t, t.TempDir()+"/x.db")
	if _, err := d.Merge(t.Context(), small("2026-11-29", nil), false); err == nil || !strings.Contains(err.Error(), "check the clock") {
		t.Errorf("%v", err)
	}
	merge(t, d, small("2026-11-27", nil)) // it is tomorrow somewhere
}

// Texts of any length and with any character are stored, and of two long ones that begin
// alike both.
func TestOddTexts(t *testing.T) {
	each(t, func(t *testing.T, address string) {
		d := fresh(t, address)
		long := strings.Repeat("ü", 100_000)
		inv := small("2026-11-20", func(i *inventory.Inventory) {
			i.Repository = "a\x00b'\"; DROP TABLE snapshot; --" + long
			i.Channels[0].ID, i.Channels[1].ID = long+"1", long+"2"
			i.Channels[0].Classes = []string{long + "1", long + "2", "\x00", "x\u202ey", ""}
			i.Channels[0].Owners = []string{long}
			i.Findings[0].Message = long
			i.Skips = []*lint.Skip{{Location: lint.Location{Path: "\x00"}, Reason: long}}
			i.Services[0].Owners = []string{long}
		})
		merge(t, d, inv)
		if got := merge(t, d, inv); got.Done != Same {
			t.Errorf("%+v", got)
		}
		var n int
		if err := d.sql.QueryRowContext(t.Context(), "SELECT count(DISTINCT name) FROM channel_class WHERE channel = 0").Scan(&n); err != nil || n != 4 {
			t.Errorf("%d classes, %v", n, err)
		}
	})
}

// Many that push at once all get through, and one record of each repository is current.
func TestAtOnce(t *testing.T) {
	each(t, func(t *testing.T, address string) {
		org := synthetic.Organisation{Repositories: 4, Sites: 400, Day: "2026-11-20"}
		var group sync.WaitGroup
		failures := make(chan error, 100)
		for i := range 8 {
			group.Go(func() {
				a, err := ParseAddress(address)
				if err != nil {
					failures <- err
					return
				}
				d, err := Open(t.Context(), a, ToWrite)
				if err != nil {
					failures <- err
					return
				}
				d.Now = func() time.Time { return day }
				// The first of all make the schema at the same time.
				failures <- d.Migrate(t.Context())
				for n := range org.Repositories {
					_, err := d.Merge(t.Context(), org.Inventory((n+i)%org.Repositories), false)
					failures <- err
				}
				failures <- d.Close()
			})
		}
		group.Wait()
		close(failures)
		for err := range failures {
			if err != nil {
				t.Error(err)
			}
		}
		var all, now int
		d := open(t, address, ToRead)
		if err := d.sql.QueryRowContext(t.Context(), "SELECT count(*), count(CASE WHEN is_current THEN 1 END) FROM snapshot").Scan(&all, &now); err != nil || all != 4 || now != 4 {
			t.Errorf("%d snapshots, %d current, %v", all, now, err)
		}
	})
}

// The server dies at random moments of many pushes. Nothing is half-written, who waits long
// enough succeeds, and who does not is told to try later.
func TestServerDies(t *testing.T) {
	s := server.Server(t)
	d := fresh(t, server.Empty(t))
	org := synthetic.Organisation{Repositories: 12, Sites: 12_000, Day: "2026-11-20"}
	d.Wait = time.Minute
	done := make(chan error, 1)
	go func() {
		r := rand.New(rand.NewPCG(1, 2))
		var err error
		for range 4 {
			time.Sleep(time.Duration(100+r.IntN(400)) * time.Millisecond)
			err = errors.Join(err, s.Kill(context.Background()), s.Up(context.Background()))
		}
		done <- err
	}()
	for i := range org.Repositories {
		if _, err := d.Merge(t.Context(), org.Inventory(i), false); err != nil {
			t.Errorf("%d: %v", i, err)
		}
	}
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	control := fresh(t, t.TempDir()+"/control.db")
	for i := range org.Repositories {
		merge(t, control, org.Inventory(i))
	}
	d.Wait = time.Minute
	if err := d.again(t.Context(), func() error { return d.sql.PingContext(t.Context()) }); err != nil {
		t.Fatal(err)
	}
	if got, want := counts(t, d), counts(t, control); got != want {
		t.Errorf("%s\nwant %s", got, want)
	}

	if err := s.Kill(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := s.Up(t.Context()); err != nil {
			t.Fatal(err)
		}
	}()
	d.Wait = 200 * time.Millisecond
	_, err := d.Merge(t.Context(), org.Inventory(1), false)
	if err == nil || !strings.Contains(err.Error(), "cannot be reached") || !strings.Contains(err.Error(), "later") || strings.Contains(err.Error(), "\n") {
		t.Errorf("while it is away: %v", err)
	}
}
