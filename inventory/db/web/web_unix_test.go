//go:build unix

package web

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pickle-lint/pickle-lint/inventory/db"
)

// reply is an answer without its body, which was read.
type reply struct {
	Status     string
	StatusCode int
	Header     http.Header
	Cookies    []*http.Cookie
}

// get asks for a page and returns it.
func get(t testing.TB, client *http.Client, address string, header ...string) (*reply, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(header); i += 2 {
		if r.Header.Set(header[i], header[i+1]); header[i] == "Host" {
			r.Host = header[i+1]
		}
	}
	return do(t, client, r)
}

func do(t testing.TB, client *http.Client, r *http.Request) (*reply, string) {
	t.Helper()
	answer, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }() // it was read
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return &reply{answer.Status, answer.StatusCode, answer.Header, answer.Cookies()}, string(body)
}

var links = regexp.MustCompile(`(?:href|src|action)="([^"]*)"`)

// Every page that a link leads to is there, from the overview on.
func TestAllLinks(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		base := start(t, d, Options{})
		seen, todo := map[string]bool{"/": true}, []string{"/"}
		for len(todo) > 0 && len(seen) < 1500 {
			path := todo[0]
			todo = todo[1:]
			answer, body := get(t, http.DefaultClient, base+path)
			if answer.StatusCode != http.StatusOK {
				t.Errorf("%s: %s", path, answer.Status)
			}
			if len(seen) > 400 {
				continue // what these link to is like the others
			}
			for _, m := range links.FindAllStringSubmatch(body, -1) {
				next := strings.ReplaceAll(m[1], "&amp;", "&")
				if !strings.HasPrefix(next, "/") && !strings.HasPrefix(next, "#") {
					t.Errorf("%s links to %s", path, next)
				} else if !seen[next] && strings.HasPrefix(next, "/") && next != "/diff" {
					seen[next] = true
					todo = append(todo, next)
				}
			}
		}
		if len(seen) < 150 {
			t.Errorf("only %d pages", len(seen))
		}
	})
}

func TestWhatPagesSay(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		base := start(t, d, Options{})
		for _, tt := range []struct {
			path   string
			status int
			want   []string
		}{
			{"/", 200, []string{"<b>5</b> repositories", "The newest record is of 2026-11-25."}},
			{"/repositories?q=acme", 200, []string{"acme/shop", "acme/billing"}},
			{"/channels?q=cache:&repository=acme/*", 200, []string{"cache:order-*", "cache:user-*"}},
			{"/channels?verification=claimed&repository=acme/*", 200, []string{"file:rates/*.joblib"}},
			{"/channels?service=invoices&boundary=partner", 200, []string{"queue:orders", "file:rates/*.joblib"}},
			{"/channels?repository=org/*&page=2", 200, []string{"← earlier rows", "more rows →"}},
			{"/channels?q=nosuch", 200, []string{"No channel is as you ask."}},
			{"/channel?repository=acme/shop&id=cache:user-*", 200, []string{"web/cache.py", "shop.users.User", "PKL508", "SEC-7", "2222222222", "filled by the nightly job"}},
			{"/channel?repository=acme/shop&id=file:spool/*.pkl", 200, []string{"has no such channel; it may have had one", "2026-11-20"}},
			{"/channel?repository=acme/billing&id=channel:ledger", 200, []string{"bank", "audit"}},
			{"/repository?name=acme/shop", 200, []string{"Compare", "111111111111", "222222222222"}},
			{"/findings?severity=warning", 200, []string{"PKL508"}},
			{"/skips", 200, []string{"web/broken.py", "the file does not parse"}},
			{"/questions/loads-class", 200, []string{"a qualified name such as"}},
			{"/questions/loads-class?class=shop.*", 200, []string{"invoices/read.py", "as CSV"}},
			{"/questions/changed-since?day=2026-11-23", 200, []string{"file:spool/*.pkl", "gone"}},
			{"/questions/loads-class?class=shop.*&format=csv", 200, []string{"repository,service,path"}},
			{"/questions/sensitive?format=json", 200, []string{`"sensitivity": "pii"`}},
			{"/diff?from=1&to=2", 200, []string{"What changed in acme/shop", "cache:user-*"}},
			{"/nosuch", 404, []string{"There is no such page"}}, {"/questions/nosuch", 404, []string{"no such question"}}, {"/repository?name=x", 404, []string{"No repository is called so"}},
			{"/repository", 400, nil}, {"/channel?id=x", 400, nil}, {"/channels?page=0", 400, nil}, {"/channels?page=x", 400, nil}, {"/channels?q=%ff", 400, nil}, {"/channels?q=%00", 400, nil}, {"/questions/changed-since?day=x", 400, []string{"is no day"}},
			{"/diff?from=1", 400, nil}, {"/diff?from=1&to=99", 404, nil}, {"/channels?q=" + strings.Repeat("x", 3000), 400, nil}, {"/questions/sensitive?format=xml", 400, nil},
		} {
			answer, body := get(t, http.DefaultClient, base+tt.path)
			if answer.StatusCode != tt.status {
				t.Errorf("%.80s: %s", tt.path, answer.Status)
			}
			for _, want := range tt.want {
				if !strings.Contains(body, want) {
					t.Errorf("%s does not say %s:\n%s", tt.path, want, body)
				}
			}
		}
	})
}

func TestHeaders(t *testing.T) {
	base := start(t, filled(t, t.TempDir()+"/x.db"), Options{})
	for _, path := range []string{"/", "/nosuch", "/static/style.css", "/channels?page=x"} {
		answer, body := get(t, http.DefaultClient, base+path)
		for name, want := range map[string]string{"Content-Security-Policy": "default-src 'none'", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "X-Frame-Options": "DENY", "Cache-Control": "no-store"} {
			if !strings.Contains(answer.Header.Get(name), want) {
				t.Errorf("%s: %s is %q", path, name, answer.Header.Get(name))
			}
		}
		if !strings.Contains(answer.Header.Get("Content-Security-Policy"), "frame-ancestors 'none'") || strings.Contains(answer.Header.Get("Content-Security-Policy"), "unsafe") {
			t.Error(answer.Header)
		}
		if strings.Contains(body, "<style") || strings.Contains(body, "style=") || regexp.MustCompile(`<script[^>]*>[^<]|\son\w+=`).MatchString(body) {
			t.Errorf("%s has what the policy forbids", path)
		}
	}
	for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodDelete, "PROPFIND"} {
		r, err := http.NewRequestWithContext(t.Context(), method, base+"/channels", strings.NewReader("x"))
		if err != nil {
			t.Fatal(err)
		}
		if answer, _ := do(t, http.DefaultClient, r); answer.StatusCode != http.StatusMethodNotAllowed {
			t.Errorf("%s: %s", method, answer.Status)
		}
	}
}

// A page whose name leads to loopback reads nothing.
func TestHosts(t *testing.T) {
	base := start(t, filled(t, t.TempDir()+"/x.db"), Options{})
	_, port, _ := net.SplitHostPort(strings.TrimPrefix(base, "http://"))
	for host, status := range map[string]int{
		"localhost:" + port: 200, "127.0.0.1:" + port: 200, "[::1]:" + port: 200, "LOCALHOST:" + port: 200,
		"evil.example:" + port: 421, "evil.example": 421, "localhost": 421, "127.0.0.1:1": 421, "127.0.0.1.evil.example:" + port: 421, "localhost.:" + port: 421,
	} {
		for _, path := range []string{"/", "/static/style.css"} {
			if answer, _ := get(t, http.DefaultClient, base+path, "Host", host); answer.StatusCode != status {
				t.Errorf("%s: %s", host, answer.Status)
			}
		}
	}
}

func TestToken(t *testing.T) {
	const token = "0123456789abcdef"
	base := start(t, filled(t, t.TempDir()+"/x.db"), Options{Token: token})
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	for _, tt := range []struct {
		header []string
		status int
	}{
		{nil, 401}, {[]string{"Authorization", "Bearer " + token}, 200}, {[]string{"Authorization", "Bearer " + token + "x"}, 401}, {[]string{"Authorization", "Bearer "}, 401}, {[]string{"Authorization", token}, 401},
		{[]string{"Cookie", cookieName + "=" + session(token)}, 200}, {[]string{"Cookie", cookieName + "=" + token}, 401}, {[]string{"Cookie", cookieName + "="}, 401}, {[]string{"Cookie", cookieName + "=" + session(token)[1:]}, 401},
		// Behind a proxy the name is another one, and nobody without the cookie gets in.
		{[]string{"Authorization", "Bearer " + token, "Host", "pickles.example.org"}, 200},
	} {
		for _, path := range []string{"/", "/channels", "/questions/sensitive?format=json", "/nosuch"} {
			status := tt.status
			if status == 200 && path == "/nosuch" {
				status = 404
			}
			answer, body := get(t, client, base+path, tt.header...)
			if answer.StatusCode != status || status == 401 && strings.Contains(body, "acme") {
				t.Errorf("%s with %v: %s", path, tt.header, answer.Status)
			}
		}
	}
	post := func(word string) *reply {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, base+"/login", strings.NewReader(url.Values{"token": {word}}.Encode()))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		answer, _ := do(t, client, r)
		return answer
	}
	if answer := post("wrong"); answer.StatusCode != http.StatusForbidden || len(answer.Cookies) > 0 {
		t.Errorf("%s, %v", answer.Status, answer.Cookies)
	}
	if answer := post(strings.Repeat("x", 10_000)); answer.StatusCode != http.StatusBadRequest {
		t.Errorf("a long one: %s", answer.Status)
	}
	answer := post(token)
	if answer.StatusCode != http.StatusSeeOther || len(answer.Cookies) != 1 {
		t.Fatalf("%s, %v", answer.Status, answer.Cookies)
	}
	if c := answer.Cookies[0]; !c.HttpOnly || c.SameSite != http.SameSiteStrictMode || c.Value == token {
		t.Errorf("%+v", c)
	}
	for _, bad := range []string{"short", strings.Repeat("x", 600), "0123456789 abcdef", "0123456789abcdefü"} {
		if CheckToken(bad) == nil {
			t.Errorf("%q is a token", bad)
		}
	}
}

// A database that goes away is an answer, too, and shows nothing of itself.
func TestDatabaseGoesAway(t *testing.T) {
	s := server.Server(t)
	base := start(t, filled(t, server.Empty(t)), Options{})
	if err := s.Kill(t.Context()); err != nil {
		t.Fatal(err)
	}
	answer, body := get(t, http.DefaultClient, base+"/channels")
	if answer.StatusCode != http.StatusServiceUnavailable || strings.Contains(body, "127.0.0.1") || answer.Header.Get("Retry-After") == "" {
		t.Errorf("%s\n%s", answer.Status, body)
	}
	if err := s.Up(t.Context()); err != nil {
		t.Fatal(err)
	}
	for range 50 {
		if answer, _ = get(t, http.DefaultClient, base+"/channels"); answer.StatusCode == http.StatusOK {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Errorf("it is back, but %s", answer.Status)
}

// Two clients ask many times, and now and then go away in the middle; nothing of them is
// left. The program internal/bench asks 10,000 times.
func TestNoLeak(t *testing.T) {
	const requests = 1000
	each(t, func(t *testing.T, d *db.DB) {
		base := start(t, d, Options{})
		paths := []string{"/", "/channels?q=item&page=2", "/channel?repository=acme/shop&id=cache:user-*", "/questions/loads-class?class=shop.*", "/findings", "/static/style.css", "/diff?from=1&to=2", "/nosuch", "/channels?page=x"}
		ask := func(n int) {
			var group sync.WaitGroup
			for i := range 2 {
				group.Go(func() {
					transport := &http.Transport{}
					client := &http.Client{Transport: transport}
					for j := range n / 2 {
						ctx, cancel := context.WithCancel(context.Background())
						r, err := http.NewRequestWithContext(ctx, http.MethodGet, base+paths[(i+j)%len(paths)], nil)
						if err != nil {
							panic(err)
						}
						if j%50 == 7 {
							time.AfterFunc(time.Millisecond, cancel)
						}
						if answer, err := client.Do(r); err == nil {
							_, _ = io.Copy(io.Discard, answer.Body)
							_ = answer.Body.Close()
							if answer.StatusCode >= 500 && ctx.Err() == nil {
								t.Errorf("%s: %s", r.URL, answer.Status)
							}
						}
						cancel()
					}
					transport.CloseIdleConnections()
				})
			}
			group.Wait()
		}
		ask(200)
		before := measure(t)
		ask(requests)
		after := measure(t)
		t.Logf("before %+v, after %+v", before, after)
		if after.goroutines > before.goroutines+10 || after.files > before.files+10 || after.heap > before.heap+8<<20 {
			t.Errorf("before %+v, after %+v", before, after)
		}
	})
}

type state struct {
	goroutines, files int
	heap              uint64
}

func (s state) String() string {
	return fmt.Sprintf("%d goroutines, %d files, %d KiB", s.goroutines, s.files, s.heap>>10)
}

// measure waits for what is about to end.
func measure(t *testing.T) state {
	t.Helper()
	time.Sleep(300 * time.Millisecond)
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	files := 0
	if entries, err := os.ReadDir("/proc/self/fd"); err == nil {
		files = len(entries)
	}
	return state{runtime.NumGoroutine(), files, m.HeapAlloc}
}

// Requests that are under way are finished; who waits and says nothing is cut off.
func TestShutdown(t *testing.T) {
	d := filled(t, t.TempDir()+"/x.db")
	base := start(t, d, Options{})
	silent, err := new(net.Dialer).DialContext(t.Context(), "tcp", strings.TrimPrefix(base, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = silent.Close() }()
	if answer, _ := get(t, http.DefaultClient, base+"/"); answer.StatusCode != http.StatusOK {
		t.Error(answer.Status)
	}
	// The clean-up of start waits for the end, and the test has a time limit.
}
