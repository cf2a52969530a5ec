//go:build unix

package postgres

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"testing"
)

// ForTests is the server of the tests of one package, started when the first one wants it.
type ForTests struct {
	// Repository is where the top of the repository is from there.
	Repository string
	once       sync.Once
	server     *Server
	err        error
}

// Main runs the tests and stops the server.
func (f *ForTests) Main(m *testing.M) int {
	code := m.Run()
	if f.server != nil {
		if err := f.server.Stop(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
	}
	return code
}

// Server is the running one. Without PostgreSQL the test is skipped, but not in CI.
func (f *ForTests) Server(t testing.TB) *Server {
	t.Helper()
	f.once.Do(func() { f.server, f.err = Start(context.Background(), f.Repository) })
	if errors.Is(f.err, ErrNone) && os.Getenv("CI") == "" {
		t.Skip(f.err)
	}
	if f.err != nil {
		t.Fatal(f.err)
	}
	return f.server
}

// Empty is the URL of a new database.
func (f *ForTests) Empty(t testing.TB) string {
	t.Helper()
	s := f.Server(t)
	name, err := s.Create(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return s.URL(name)
}
