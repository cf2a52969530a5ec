package command

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"strings"

	"github.com/pickle-lint/pickle-lint/internal/dbcommand"
	"github.com/pickle-lint/pickle-lint/inventory/db"
	"github.com/pickle-lint/pickle-lint/inventory/db/web"
)

func (r *running) serve(ctx context.Context, _ []string) (err error) {
	token, err := r.token()
	if err != nil {
		return err
	}
	o := web.Options{Token: token, Log: slog.New(slog.NewTextHandler(r.streams.Err, nil))}
	if r.options.TLSCert != "" || r.options.TLSKey != "" {
		if r.options.TLSCert == "" || r.options.TLSKey == "" {
			return errors.New("--tls-cert and --tls-key belong together")
		}
		pair, err := tls.LoadX509KeyPair(r.options.TLSCert, r.options.TLSKey)
		if err != nil {
			return fmt.Errorf("--tls-cert: %w", err)
		}
		o.TLS = &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12}
	}
	d, err := r.open(ctx, db.ToRead)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	if err := d.CheckSchema(ctx); err != nil {
		return err
	}
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", r.options.Addr)
	if err != nil {
		return fmt.Errorf("--addr: %w", err)
	}
	if !web.Loopback(l.Addr()) && token == "" {
		return errors.Join(fmt.Errorf("--addr %s: others than this machine may only look with a token: --token-file, or the variable %s", r.options.Addr, dbcommand.TokenVariable), l.Close())
	}
	scheme := "http"
	if o.TLS != nil {
		scheme = "https"
	} else if !web.Loopback(l.Addr()) {
		complain(r.streams.Err, "warning: without --tls-cert the token and the pages cross the network in the clear")
	}
	if _, err := fmt.Fprintf(r.streams.Out, "serving %s on %s://%s/\n", d, scheme, l.Addr()); err != nil {
		return errors.Join(err, l.Close())
	}
	return web.Serve(ctx, l, d, o)
}

// token reads the token, which is in no argument, as others see these.
func (r *running) token() (string, error) {
	token := r.streams.Getenv(dbcommand.TokenVariable)
	if name := r.options.TokenFile; name != "" {
		f, err := os.Open(name)
		if err != nil {
			return "", fmt.Errorf("--token-file: %w", err)
		}
		data, err := io.ReadAll(io.LimitReader(f, 4096))
		if err = errors.Join(err, f.Close()); err != nil {
			return "", fmt.Errorf("--token-file: %w", err)
		}
		if token = strings.TrimSpace(string(data)); token == "" {
			return "", fmt.Errorf("--token-file: %s is empty", name)
		}
	}
	if token == "" {
		return "", nil
	}
	return token, web.CheckToken(token)
}
