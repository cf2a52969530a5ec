package web

import (
	"context"
	"crypto/tls"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/pickle-lint/pickle-lint/inventory/db"
)

// Options are what a server is told.
type Options struct {
	// Token is what is asked of everybody, or "" where only loopback is served.
	Token string
	// TLS is nil for plain HTTP.
	TLS *tls.Config
	Log *slog.Logger
}

// Limits of the server. A page is a few dozen kilobytes, and a question of one takes
// milliseconds: who needs more is slow on purpose.
const (
	headerBytes    = 16 << 10
	formBytes      = 4 << 10
	readTime       = 10 * time.Second
	writeTime      = 30 * time.Second
	idleTime       = 60 * time.Second
	questionTime   = 15 * time.Second
	shutdownTime   = 10 * time.Second
	maxConnections = 200
)

// Serve serves until the context ends, and then finishes the requests that are under way.
func Serve(ctx context.Context, l net.Listener, d *db.DB, o Options) error {
	server := &http.Server{
		Handler: New(d, l.Addr(), o), ReadHeaderTimeout: readTime, ReadTimeout: readTime, WriteTimeout: writeTime, IdleTimeout: idleTime, MaxHeaderBytes: headerBytes,
		ErrorLog: slog.NewLogLogger(o.Log.Handler(), slog.LevelDebug),
	}
	l = &bounded{Listener: l, free: make(chan struct{}, maxConnections), closed: make(chan struct{})}
	if o.TLS != nil {
		l = tls.NewListener(l, o.TLS)
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(l) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTime)
	defer cancel()
	err := server.Shutdown(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		err = server.Close()
	}
	if served := <-ended; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	return err
}

// bounded is a listener with so many connections at a time; others wait in the queue of the
// system.
type bounded struct {
	net.Listener
	free   chan struct{}
	closed chan struct{}
	once   sync.Once
}

func (b *bounded) Accept() (net.Conn, error) {
	select {
	case b.free <- struct{}{}:
	case <-b.closed:
		return nil, net.ErrClosed
	}
	c, err := b.Listener.Accept()
	if err != nil {
		<-b.free
		return nil, err
	}
	return &counted{Conn: c, free: b.free}, nil
}

func (b *bounded) Close() error {
	b.once.Do(func() { close(b.closed) })
	return b.Listener.Close()
}

type counted struct {
	net.Conn
	free chan struct{}
	once sync.Once
}

func (c *counted) Close() error {
	err := c.Conn.Close()
	c.once.Do(func() { <-c.free })
	return err
}
