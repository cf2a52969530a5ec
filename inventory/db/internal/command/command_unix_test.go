//go:build unix

package command

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/pickle-lint/pickle-lint/internal/dbcommand"
	"github.com/pickle-lint/pickle-lint/inventory/db/internal/postgres"
)

const top = "../../../.."

var server = &postgres.ForTests{Repository: top}

func TestMain(m *testing.M) { os.Exit(server.Main(m)) }

// run runs the program in this process.
func run(t *testing.T, env map[string]string, in string, args ...string) (code int, out, said string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code = Main(t.Context(), args, Streams{In: strings.NewReader(in), Out: &stdout, Err: &stderr, Getenv: func(name string) string { return env[name] }})
	return code, stdout.String(), stderr.String()
}

func testdata(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("../../testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestMergeAndPush(t *testing.T) {
	db := filepath.Join(t.TempDir(), "x.db")
	code, out, said := run(t, nil, "", "merge", "--db", db, "--today", "2026-11-26", "../../testdata/shop.json", "../../testdata/billing.json")
	if want := "acme/shop at 2222222222222222222222222222222222222222: added\nacme/billing at 3333333333333333333333333333333333333333: added\n"; code != 0 || out != want || said != "" {
		t.Errorf("%d, %q, %q", code, out, said)
	}
	// The database that the environment names; standard input without being asked for.
	env := map[string]string{dbcommand.DBVariable: db}
	code, out, said = run(t, env, testdata(t, "shop-old.json"), "push", "--today", "2026-11-26")
	if code != 0 || !strings.Contains(out, "added (kept as history: a newer record is the current one)") || said != "" {
		t.Errorf("%d, %q, %q", code, out, said)
	}
	changed := strings.Replace(testdata(t, "shop.json"), `"proved"`, `"none"`, 1)
	code, out, said = run(t, env, changed, "push", "-", "--today", "2026-11-26")
	if code != 2 || out != "" || !strings.Contains(said, "standard input") && !strings.Contains(said, "acme/shop at 2222") || strings.Count(said, "\n") != 1 {
		t.Errorf("%d, %q, %q", code, out, said)
	}
	if code, out, _ := run(t, env, changed, "push", "--replace", "--today", "2026-11-26"); code != 0 || !strings.Contains(out, "replaced") {
		t.Errorf("%d, %q", code, out)
	}
	// Of many, one that is wrong keeps nobody out.
	dir := t.TempDir()
	for name, text := range map[string]string{"a.json": "{", "b.json": testdata(t, "billing.json"), "sub/c.json": testdata(t, "shop-old.json"), "d.txt": "not asked"} {
		if err := errors.Join(os.MkdirAll(filepath.Join(dir, "sub"), 0o755), os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	code, out, said = run(t, nil, "", "merge", "--db", filepath.Join(dir, "y.db"), "--today", "2026-11-26", dir)
	if code != 2 || strings.Count(out, "added") != 2 || !strings.Contains(said, "a.json: is cut off after 1 bytes") || !strings.Contains(said, "1 of 3 inventories were not taken") {
		t.Errorf("%d, %q, %q", code, out, said)
	}
	// One that is wrong makes no database.
	none := filepath.Join(dir, "none.db")
	if code, _, said := run(t, nil, "{}", "push", "--db", none); code != 2 || !strings.Contains(said, "standard input: is no inventory") {
		t.Errorf("%d, %q", code, said)
	}
	if _, err := os.Stat(none); err == nil {
		t.Error("it made a database")
	}
}

func TestQueryCommand(t *testing.T) {
	db := filepath.Join(t.TempDir(), "x.db")
	if code, _, said := run(t, nil, "", "merge", "--db", db, "--today", "2026-11-26", "../../testdata"); code != 0 {
		t.Fatal(said)
	}
	for _, tt := range []struct {
		args string
		code int
		want string
	}{
		{"query --db DB loads-class shop.orders.Order --format csv", 0, "acme/billing,invoices,invoices/read.py,12,"},
		{"query --db DB --repository acme/s* loads-class *", 0, "cache:order-*"},
		{"query --db DB --format json expires-within", 0, `"state": "expired"`},
		{"query --list", 0, "loads-class CLASS"},
		{"query --db DB --sql SELECT+count(*)+AS+n+FROM+snapshot --format csv", 0, "n\n3\n"},
		{"query --db DB --limit 1 retention-missing", 0, "there are more rows than the 1 of --limit"},
		{"query --db DB --sql DELETE+FROM+snapshot", 2, "nothing that writes"},
		{"query --db DB --timeout 100ms --sql WITH+RECURSIVE+n(i)+AS+(SELECT+1+UNION+ALL+SELECT+i+FROM+n)+SELECT+count(*)+FROM+n", 2, "took too long"},
		{"query --db DB", 2, "want a question"}, {"query --db DB nosuch", 2, "no question is called"}, {"query --db DB loads-class", 2, "wants CLASS"}, {"query --db DB.none sensitive", 2, "there is no such database"},
		{"query --db DB --sql SELECT+1 sensitive", 2, "want a question, or --sql"}, {"query --db DB --format xml sensitive", 2, "want one of text, json, csv"}, {"query --today x --list", 2, "is no day"}, {"query --db DB --limit 0 sensitive", 2, "at least 1"},
		{"query --db mysql://u:hunter2@h/d sensitive", 2, "not mysql://"}, {"quary", 2, "unknown command"},
	} {
		args := strings.Fields(strings.ReplaceAll(tt.args, "DB", db))
		for i := range args {
			args[i] = strings.ReplaceAll(args[i], "+", " ")
		}
		if len(args) > 1 && args[0] == "query" && !strings.Contains(tt.args, "--today") {
			args = append(args, "--today", "2026-11-26")
		}
		code, out, said := run(t, nil, "", args...)
		if code != tt.code || !strings.Contains(out+said, tt.want) || strings.Contains(out+said, "hunter2") {
			t.Errorf("%s: %d\n%s%s", tt.args, code, out, said)
		}
	}
}

// build makes the program.
func build(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "pickle-inventory")
	out, err := exec.CommandContext(t.Context(), "go", "build", "-buildvcs=false", "-o", path, "../../cmd/pickle-inventory").CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return path
}

// The variables and files of PostgreSQL work, and the password shows nowhere.
func TestPasswords(t *testing.T) {
	program, s := build(t), server.Server(t)
	name, err := s.Create(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	pass := filepath.Join(t.TempDir(), "pgpass")
	line := fmt.Sprintf("127.0.0.1:%s:%s:inventory:%s\n", s.Port(), name, postgres.Password)
	if err := os.WriteFile(pass, []byte(line), 0o600); err != nil {
		t.Fatal(err)
	}
	whereabouts := []string{"PGHOST=127.0.0.1", "PGPORT=" + s.Port(), "PGUSER=inventory", "PGDATABASE=" + name, "PGSSLMODE=disable"}
	for _, tt := range []struct {
		name, db string
		env      []string
		code     int
		want     string
	}{
		{"variables", "postgres://", append(whereabouts, "PGPASSWORD="+postgres.Password), 0, "acme/shop at"},
		{"a password file", "postgres://", append(whereabouts, "PGPASSFILE="+pass), 0, "acme/shop at"},
		{"a file, and a URL", "postgres://inventory@127.0.0.1:" + s.Port() + "/" + name + "?sslmode=disable", []string{"PGPASSFILE=" + pass}, 0, "acme/shop at"},
		{"in the URL", s.URL(name), nil, 0, "warning: the URL holds a password"},
		{"the URL in the environment", "", []string{dbcommand.DBVariable + "=" + s.URL(name)}, 0, "acme/shop at"},
		{"a wrong one", "postgres://", append(whereabouts, "PGPASSWORD=hunter2"), 2, "check PGUSER, PGPASSWORD or ~/.pgpass"},
		{"none", "postgres://", append(whereabouts, "PGPASSFILE=/dev/null"), 2, "pgpass"},
	} {
		args := []string{"merge", "--today", "2026-11-26", "--wait", "100ms", "../../testdata/shop.json"}
		if tt.db != "" {
			args = append(args, "--db", tt.db)
		}
		cmd := exec.CommandContext(t.Context(), program, args...)
		cmd.Env = append([]string{"HOME=" + t.TempDir()}, tt.env...)
		out, err := cmd.CombinedOutput()
		if code := cmd.ProcessState.ExitCode(); code != tt.code || !strings.Contains(string(out), tt.want) {
			t.Errorf("%s: %v\n%s", tt.name, err, out)
		}
		for _, secret := range []string{"nicht-an", "hunter2"} {
			if strings.Contains(string(out), secret) {
				t.Errorf("%s shows the password:\n%s", tt.name, out)
			}
		}
		if warned := strings.Contains(string(out), "warning:"); warned != (tt.name == "in the URL") {
			t.Errorf("%s: warned %v", tt.name, warned)
		}
	}
}

// The server dies while a big inventory is pushed. The push says so, nothing is there of
// it, and the same push works later; one that waits works by itself.
func TestServerDiesDuringPush(t *testing.T) {
	program, s := build(t), server.Server(t)
	name, err := s.Create(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	big := bigInventory(t)
	push := func(wait string, ready func()) (int, string) {
		cmd := exec.CommandContext(t.Context(), program, "push", "--db", "postgres://", "--wait", wait, "--today", "2026-11-26", big)
		cmd.Env = append(os.Environ(), "PGHOST=127.0.0.1", "PGPORT="+s.Port(), "PGUSER=inventory", "PGDATABASE="+name, "PGSSLMODE=disable", "PGPASSWORD="+postgres.Password)
		var out bytes.Buffer
		cmd.Stdout, cmd.Stderr = &out, &out
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		ready()
		_ = cmd.Wait() // its code tells
		return cmd.ProcessState.ExitCode(), out.String()
	}
	// The schema is there before: the push is in its transaction when the server dies.
	if code, _, said := run(t, nil, testdata(t, "billing.json"), "push", "--db", s.URL(name), "--today", "2026-11-26"); code != 0 {
		t.Fatal(said)
	}
	count := func() string {
		_, out, said := run(t, nil, "", "query", "--db", s.URL(name), "--format", "csv", "--sql", "SELECT (SELECT count(*) FROM snapshot), (SELECT count(*) FROM channel_end)")
		return strings.TrimSpace(out[strings.Index(out, "\n")+1:]) + strings.ReplaceAll(said, "pickle-inventory: warning: the URL holds a password, which others see in the list of processes: use PGPASSWORD, ~/.pgpass or PICKLE_INVENTORY_DB\n", "")
	}
	busy := func() {
		for begin := time.Now(); time.Since(begin) < 20*time.Second; time.Sleep(5 * time.Millisecond) {
			_, out, _ := run(t, nil, "", "query", "--db", s.URL(name), "--format", "csv", "--sql", "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'INSERT INTO channel%'")
			if strings.HasSuffix(out, "\n1\n") {
				return
			}
		}
		t.Error("the push was never seen")
	}
	before := count()
	code, out := push("0s", func() {
		busy()
		if err := s.Kill(t.Context()); err != nil {
			t.Error(err)
		}
	})
	if code != 2 || !strings.Contains(out, "later") || strings.Count(out, "\n") != 1 {
		t.Errorf("%d, %s", code, out)
	}
	if err := s.Up(t.Context()); err != nil {
		t.Fatal(err)
	}
	if after := count(); after != before {
		t.Errorf("half of it is there: %s, before %s", after, before)
	}
	code, out = push("60s", func() {
		busy()
		if err := errors.Join(s.Kill(t.Context()), s.Up(t.Context())); err != nil {
			t.Error(err)
		}
	})
	if code != 0 || !strings.Contains(out, "added") {
		t.Errorf("%d, %s", code, out)
	}
	if after := count(); after == before {
		t.Errorf("nothing is there: %s", after)
	}
}

func TestServeCommand(t *testing.T) {
	program := build(t)
	dir := t.TempDir()
	db := filepath.Join(dir, "x.db")
	if code, _, said := run(t, nil, "", "merge", "--db", db, "--today", "2026-11-26", "../../testdata"); code != 0 {
		t.Fatal(said)
	}
	for _, tt := range []struct {
		args []string
		env  string
		want string
	}{
		{[]string{"--addr", "0.0.0.0:0"}, "", "only look with a token"}, {[]string{"--addr", ":0"}, dbcommand.TokenVariable + "=short", "want 16 to 512"}, {[]string{"--addr", "nowhere"}, "", "--addr"},
		{[]string{"--token-file", filepath.Join(dir, "none")}, "", "--token-file"}, {[]string{"--tls-cert", "x"}, "", "belong together"}, {[]string{"--db", db + ".none"}, "", "there is no such database"},
	} {
		cmd := exec.CommandContext(t.Context(), program, append([]string{"serve", "--db", db}, tt.args...)...)
		cmd.Env = append(os.Environ(), tt.env)
		if out, _ := cmd.CombinedOutput(); cmd.ProcessState.ExitCode() != 2 || !strings.Contains(string(out), tt.want) {
			t.Errorf("%v: %s", tt.args, out)
		}
	}
	token := filepath.Join(dir, "token")
	if err := os.WriteFile(token, []byte("0123456789abcdef\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"--addr", "127.0.0.1:0"}, {"--addr", "0.0.0.0:0", "--token-file", token}} {
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
		cmd := exec.CommandContext(ctx, program, append([]string{"serve", "--db", db}, args...)...)
		pipe, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		line := make([]byte, 4096)
		n, err := pipe.Read(line)
		m := regexp.MustCompile(`http://\S+:(\d+)/`).FindStringSubmatch(string(line[:n]))
		if err != nil || m == nil {
			t.Fatalf("%v, %q", err, line[:n])
		}
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://127.0.0.1:"+m[1]+"/", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer 0123456789abcdef")
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(answer.Body)
		if err = errors.Join(err, answer.Body.Close()); err != nil || !strings.Contains(string(body), "acme/shop") {
			t.Errorf("%v, %s", err, answer.Status)
		}
		http.DefaultClient.CloseIdleConnections()
		if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
			t.Error(err)
		}
		if err := cmd.Wait(); err != nil {
			t.Errorf("it did not end well: %v", err)
		}
		cancel()
	}
}
