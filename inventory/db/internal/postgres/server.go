//go:build unix

// Package postgres starts a PostgreSQL of its own for tests and benchmarks.
//
// It finds the programs by scripts/postgres.sh, which also installs them where the
// environment variable CI is set, and runs them as another user where we are root, as
// PostgreSQL refuses to be.
package postgres

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // registers "pgx"
)

// ErrNone says that there is no PostgreSQL here.
var ErrNone = errors.New("no PostgreSQL is installed (scripts/postgres.sh installs one)")

// Server is a running one.
type Server struct {
	bin, dir, port string
	as             *syscall.Credential
}

// Start starts a server below a new directory. The password of its user "inventory" is
// Password.
func Start(ctx context.Context, repository string) (_ *Server, err error) {
	bin, err := programs(ctx, repository)
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "pickle-postgres-")
	if err != nil {
		return nil, err
	}
	s := &Server{bin: bin, dir: dir}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.RemoveAll(dir))
		}
	}()
	if s.as, err = somebodyElse(); err != nil {
		return nil, err
	}
	if s.as != nil {
		if err := os.Chown(dir, int(s.as.Uid), int(s.as.Gid)); err != nil {
			return nil, err
		}
	}
	if s.port, err = freePort(ctx); err != nil {
		return nil, err
	}
	word := filepath.Join(dir, "word")
	if err := os.WriteFile(word, []byte(Password), 0o644); err != nil {
		return nil, err
	}
	err = s.run(ctx, "initdb", "-D", s.data(), "-U", "inventory", "-A", "scram-sha-256", "--pwfile", word, "-E", "UTF8", "--locale=C", "--no-sync")
	if err != nil {
		return nil, err
	}
	return s, s.Up(ctx)
}

// Password is that of the user "inventory".
const Password = "Rühr-mich-nicht-an%40"

// programs returns the directory of PostgreSQL's programs.
func programs(ctx context.Context, repository string) (string, error) {
	if os.Getenv("CI") == "" {
		dirs := []string{os.Getenv("PICKLE_POSTGRES")}
		for _, glob := range []string{"/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", filepath.Join(repository, ".tools/postgres-*/native/bin")} {
			found, err := filepath.Glob(glob)
			if err != nil {
				return "", err
			}
			dirs = append(dirs, found...)
		}
		if path, err := exec.LookPath("initdb"); err == nil {
			dirs = append(dirs, filepath.Dir(path))
		}
		for _, dir := range dirs {
			if _, err := os.Stat(filepath.Join(dir, "initdb")); dir != "" && err == nil {
				return dir, nil
			}
		}
		return "", ErrNone
	}
	out, err := exec.CommandContext(ctx, filepath.Join(repository, "scripts", "postgres.sh")).Output()
	if err != nil {
		return "", fmt.Errorf("scripts/postgres.sh: %w", err)
	}
	return strings.TrimSpace(string(out)), nil
}

// somebodyElse is who runs the server if we are root.
func somebodyElse() (*syscall.Credential, error) {
	if os.Getuid() != 0 {
		return nil, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err := strconv.ParseUint(u.Uid, 10, 32)
		if err != nil {
			return nil, err
		}
		gid, err := strconv.ParseUint(u.Gid, 10, 32)
		if err != nil {
			return nil, err
		}
		return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
	}
	return nil, errors.New("PostgreSQL refuses root, and there is neither a user postgres nor nobody")
}

func freePort(ctx context.Context) (string, error) {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	_, port, err := net.SplitHostPort(l.Addr().String())
	return port, errors.Join(err, l.Close())
}

func (s *Server) data() string { return filepath.Join(s.dir, "data") }

func (s *Server) run(ctx context.Context, name string, args ...string) error {
	cmd := exec.CommandContext(ctx, filepath.Join(s.bin, name), args...)
	cmd.Dir = s.dir
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: s.as}
	cmd.Env = append(os.Environ(), "LC_ALL=C")
	// The server lives on with what it was given: a pipe would never end.
	log, err := os.OpenFile(filepath.Join(s.dir, name+".out"), os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o644)
	if err != nil {
		return err
	}
	cmd.Stdout, cmd.Stderr = log, log
	err = errors.Join(cmd.Run(), log.Close())
	if err != nil {
		said, _ := os.ReadFile(log.Name()) // what it said is only told
		return fmt.Errorf("%s: %w\n%s", name, err, said)
	}
	return nil
}

// Up starts the server, again if it was stopped.
func (s *Server) Up(ctx context.Context) error {
	options := fmt.Sprintf("-p %s -h 127.0.0.1 -k %s -c fsync=off -c max_connections=60", s.port, s.dir)
	return s.run(ctx, "pg_ctl", "-D", s.data(), "-w", "-t", "60", "-l", filepath.Join(s.data(), "log"), "-o", options, "start")
}

// Kill ends the server at once: connections break, and what was not committed is gone.
func (s *Server) Kill(ctx context.Context) error {
	return s.run(ctx, "pg_ctl", "-D", s.data(), "-m", "immediate", "-w", "stop")
}

// Stop ends the server and removes its directory.
func (s *Server) Stop() error {
	return errors.Join(s.Kill(context.Background()), os.RemoveAll(s.dir))
}

// Port is where the server listens.
func (s *Server) Port() string { return s.port }

// URL names a database of the server.
func (s *Server) URL(database string) string {
	return fmt.Sprintf("postgres://inventory:R%%C3%%BChr-mich-nicht-an%%2540@127.0.0.1:%s/%s?sslmode=disable", s.port, database)
}

// Create makes a new database and returns its name.
func (s *Server) Create(ctx context.Context) (name string, err error) {
	db, err := sql.Open("pgx", s.URL("postgres"))
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	name = "t" + strings.ToLower(rand.Text())
	for {
		if _, err = db.ExecContext(ctx, "CREATE DATABASE "+name); err == nil || ctx.Err() != nil {
			return name, err
		}
		// Just killed servers take a moment, and the template may be in use.
		select {
		case <-ctx.Done():
		case <-time.After(100 * time.Millisecond):
		}
	}
}
