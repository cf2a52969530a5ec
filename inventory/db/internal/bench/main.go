//go:build unix

// Bench measures the database of inventories with an organisation that there is not: merging
// it, the ready questions, and the pages under two clients.
//
//	go run ./internal/bench --db FILE|postgres://… [--repositories N] [--sites N]
//
// Without --db it takes a file of SQLite and then a PostgreSQL that it starts.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"syscall"
	"time"

	"github.com/pickle-lint/pickle-lint/inventory/db"
	"github.com/pickle-lint/pickle-lint/inventory/db/internal/postgres"
	"github.com/pickle-lint/pickle-lint/inventory/db/internal/synthetic"
	"github.com/pickle-lint/pickle-lint/inventory/db/web"
)

type bench struct {
	repositories, sites, requests int
}

func main() {
	var b bench
	name := flag.String("db", "", "the database, which must be empty")
	flag.IntVar(&b.repositories, "repositories", 1000, "how many repositories")
	flag.IntVar(&b.sites, "sites", 200_000, "how many sites they have together")
	flag.IntVar(&b.requests, "requests", 10_000, "how many pages are asked for")
	repository := flag.String("repository", "../..", "the top of the repository")
	flag.Parse()
	if err := b.all(context.Background(), *name, *repository); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func (b *bench) all(ctx context.Context, name, repository string) (err error) {
	if name != "" {
		return b.run(ctx, name)
	}
	dir, err := os.MkdirTemp("", "pickle-bench-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	if err := b.run(ctx, filepath.Join(dir, "inventory.db")); err != nil {
		return err
	}
	server, err := postgres.Start(ctx, repository)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, server.Stop()) }()
	empty, err := server.Create(ctx)
	if err != nil {
		return err
	}
	return b.run(ctx, server.URL(empty))
}

func (b *bench) run(ctx context.Context, name string) (err error) {
	address, err := db.ParseAddress(name)
	if err != nil {
		return err
	}
	fmt.Printf("%s\n", address)
	if err := b.merge(ctx, address); err != nil {
		return err
	}
	d, err := db.Open(ctx, address, db.ToRead)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	d.Now = func() time.Time { return time.Date(2026, 11, 26, 0, 0, 0, 0, time.UTC) }
	if err := questions(ctx, d); err != nil || b.requests == 0 {
		return err
	}
	return b.serve(ctx, d)
}

// merge puts everything in as JSON, then a second commit of a tenth, then all of it again.
func (b *bench) merge(ctx context.Context, address db.Address) (err error) {
	d, err := db.Open(ctx, address, db.ToWrite)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	if err := d.Migrate(ctx); err != nil {
		return err
	}
	for _, round := range []struct {
		what       string
		org        synthetic.Organisation
		only, skip int
	}{
		{"merge", synthetic.Organisation{Day: "2026-11-20"}, 1, 0},
		{"a new commit of a tenth", synthetic.Organisation{Day: "2026-11-25", Generation: 1}, 10, 0},
		{"all of the first again", synthetic.Organisation{Day: "2026-11-20"}, 1, 0},
	} {
		round.org.Repositories, round.org.Sites = b.repositories, b.sites
		var texts [][]byte
		size := 0
		for i := 0; i < b.repositories; i += round.only {
			text, err := json.Marshal(round.org.Inventory(i))
			if err != nil {
				return err
			}
			texts = append(texts, text)
			size += len(text)
		}
		begin, used := time.Now(), cpu()
		for _, text := range texts {
			inv, err := db.Read(bytes.NewReader(text))
			if err != nil {
				return err
			}
			if _, err := d.Merge(ctx, inv, false); err != nil {
				return err
			}
		}
		fmt.Printf("  %-28s %d repositories, %d MB of JSON: %.1f s (our CPU %.1f s)\n", round.what, len(texts), size/1e6, time.Since(begin).Seconds(), (cpu() - used).Seconds())
	}
	return d.Analyze(ctx)
}

// words are what the questions are asked with.
var words = map[string][]string{
	"loads-class": {"app7.models.Class3"}, "boundary-unverified": {"partner"}, "owner": {"@org/team-07"}, "changed-since": {"2026-11-22"}, "history": {"file:area1/item-1-*.pkl"},
}

func questions(ctx context.Context, d *db.DB) error {
	for _, q := range db.Questions() {
		values, err := q.Values(words[q.Name])
		if err != nil {
			return err
		}
		var times []time.Duration
		var rows int
		used := cpu()
		for range 7 {
			begin := time.Now()
			t, err := d.Ask(ctx, q, "", values, 10_000)
			if err != nil {
				return err
			}
			times, rows = append(times, time.Since(begin)), len(t.Rows)
		}
		first := times[0]
		slices.Sort(times)
		fmt.Printf("  %-28s %5d rows, first %4d ms, median %4d ms (our CPU %4d ms each)\n", q.Name, rows, first.Milliseconds(), times[3].Milliseconds(), (cpu()-used).Milliseconds()/7)
	}
	return nil
}

var paths = []string{
	"/", "/repositories", "/services?q=service-07", "/channels", "/channels?q=item-11&kind=queue&page=2", "/channels?boundary=partner&verification=none", "/channel?repository=org/repository-0007&id=file:area1/item-1-*.pkl",
	"/findings", "/skips", "/repository?name=org/repository-0010", "/questions/loads-class?class=app7.models.Class3", "/questions/sensitive?repository=org/repository-00*", "/static/style.css",
}

// serve asks for pages, as two clients at once, and tells what is left of it.
func (b *bench) serve(ctx context.Context, d *db.DB) (err error) {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() {
		ended <- web.Serve(ctx, l, d, web.Options{Log: slog.New(slog.NewTextHandler(os.Stderr, nil))})
	}()
	defer func() {
		cancel()
		err = errors.Join(err, <-ended)
	}()
	base := "http://" + l.Addr().String()
	if _, err := ask(base, 400); err != nil {
		return err
	}
	before := left()
	begin := time.Now()
	times, err := ask(base, b.requests)
	if err != nil {
		return err
	}
	took := time.Since(begin)
	slices.Sort(times)
	fmt.Printf("  %d requests from 2 clients: %.1f s, median %d ms, 99%% below %d ms\n", len(times), took.Seconds(), times[len(times)/2].Milliseconds(), times[len(times)*99/100].Milliseconds())
	fmt.Printf("  before %s; after %s\n", before, left())
	return nil
}

func ask(base string, n int) ([]time.Duration, error) {
	var group sync.WaitGroup
	times, errs := make([][]time.Duration, 2), make([]error, 2)
	for i := range 2 {
		group.Go(func() {
			transport := &http.Transport{}
			defer transport.CloseIdleConnections()
			client := &http.Client{Transport: transport}
			for j := range n / 2 {
				begin := time.Now()
				answer, err := client.Get(base + paths[(7*i+j)%len(paths)])
				if err != nil {
					errs[i] = err
					return
				}
				_, err = io.Copy(io.Discard, answer.Body)
				if err = errors.Join(err, answer.Body.Close()); err == nil && answer.StatusCode != http.StatusOK {
					err = fmt.Errorf("%s: %s", answer.Request.URL, answer.Status)
				}
				if err != nil {
					errs[i] = err
					return
				}
				times[i] = append(times[i], time.Since(begin))
			}
		})
	}
	group.Wait()
	return slices.Concat(times...), errors.Join(errs...)
}

// left is what the process holds, once what is about to end has ended.
func left() string {
	time.Sleep(500 * time.Millisecond)
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	files := 0
	if entries, err := os.ReadDir("/proc/self/fd"); err == nil {
		files = len(entries)
	}
	return fmt.Sprintf("%d goroutines, %d files, %.1f MB", runtime.NumGoroutine(), files, float64(m.HeapAlloc)/1e6)
}

// cpu is what this process has used. Of SQLite it is everything, of PostgreSQL our half.
func cpu() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
