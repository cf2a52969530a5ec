// Package requests decodes what the standard library brings in over the network.
package requests

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/tls"
	"database/sql"
	"encoding/base64"
	"encoding/gob"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"net/mail"
	"net/rpc"
	"net/url"
	"strings"
)

type job struct{ ID int }

func body(w http.ResponseWriter, r *http.Request) {
	var j job
	gob.NewDecoder(r.Body).Decode(&j) // want "network: the body of an HTTP request"
	limited := http.MaxBytesReader(w, r.Body, 1<<20)
	gob.NewDecoder(limited).Decode(&j) // want "network: the body of an HTTP request"
	r.Body = limited
	gob.NewDecoder(bufio.NewReader(r.Body)).Decode(&j) // want "network: the body of an HTTP request"
}

func form(r *http.Request) {
	var j job
	gob.NewDecoder(strings.NewReader(r.FormValue("job"))).Decode(&j)     // want "network: a form of an HTTP request"
	gob.NewDecoder(strings.NewReader(r.PostFormValue("job"))).Decode(&j) // want "network: a form of an HTTP request"
	gob.NewDecoder(strings.NewReader(r.Form.Get("job"))).Decode(&j)      // want "network: a form of an HTTP request"
	gob.NewDecoder(strings.NewReader(r.PostForm["job"][0])).Decode(&j)   // want "network: a form of an HTTP request"
	gob.NewDecoder(strings.NewReader(r.URL.Query().Get("j"))).Decode(&j) // want "network: the URL of an HTTP request"
	gob.NewDecoder(strings.NewReader(r.URL.RawQuery)).Decode(&j)         // want "network: the URL of an HTTP request"
	gob.NewDecoder(strings.NewReader(r.PathValue("job"))).Decode(&j)     // want "network: the URL of an HTTP request"
	gob.NewDecoder(strings.NewReader(r.Header.Get("X-Job"))).Decode(&j)  // want "network: a header of an HTTP request"
	gob.NewDecoder(strings.NewReader(r.Trailer.Get("X-Job"))).Decode(&j) // want "network: a trailer of an HTTP request"
}

func cookie(r *http.Request) error {
	c, err := r.Cookie("session")
	if err != nil {
		return err
	}
	raw, err := base64.StdEncoding.DecodeString(c.Value)
	if err != nil {
		return err
	}
	var j job
	return gob.NewDecoder(bytes.NewReader(raw)).Decode(&j) // want "network: a cookie"
}

func upload(r *http.Request) error {
	file, _, err := r.FormFile("file")
	if err != nil {
		return err
	}
	defer file.Close()
	var j job
	if err := gob.NewDecoder(file).Decode(&j); err != nil { // want "network: an uploaded file"
		return err
	}
	parts, err := r.MultipartReader()
	if err != nil {
		return err
	}
	for {
		part, err := parts.NextPart()
		if err != nil {
			return err
		}
		if err := gob.NewDecoder(part).Decode(&j); err != nil { // want "network: an uploaded file"
			return err
		}
	}
}

func header(h *multipart.FileHeader) error {
	f, err := h.Open()
	if err != nil {
		return err
	}
	var j job
	return gob.NewDecoder(f).Decode(&j) // want "network: an uploaded file"
}

func values(v url.Values) error {
	var j job
	return gob.NewDecoder(strings.NewReader(v.Get("x"))).Decode(&j) // want "network: a form or the query of an HTTP request"
}

func answer(ctx context.Context, client *http.Client) error {
	resp, err := http.Get("https://example.com/jobs")
	if err != nil {
		return err
	}
	var j job
	if err := gob.NewDecoder(resp.Body).Decode(&j); err != nil { // want "network: the answer of another server"
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "https://example.com/jobs", nil)
	if err != nil {
		return err
	}
	resp, err = client.Do(req)
	if err != nil {
		return err
	}
	all, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	return gob.NewDecoder(bytes.NewReader(all)).Decode(&j) // want "network: the answer of another server"
}

func serve(ln net.Listener) {
	for {
		conn, err := ln.Accept()
		if err != nil {
			return
		}
		go handle(conn)
	}
}

func handle(conn net.Conn) {
	var j job
	gob.NewDecoder(conn).Decode(&j) // want "network: a network connection"
}

func dial() error {
	conn, err := net.Dial("tcp", "example.com:1")
	if err != nil {
		return err
	}
	var j job
	if err := gob.NewDecoder(conn).Decode(&j); err != nil { // want "network: a network connection"
		return err
	}
	secure, err := tls.Dial("tcp", "example.com:1", nil)
	if err != nil {
		return err
	}
	return gob.NewDecoder(secure).Decode(&j) // want "network: a network connection"
}

func typed(a *net.TCPConn, b *tls.Conn, c *net.UnixConn) {
	var j job
	gob.NewDecoder(a).Decode(&j) // want "network: a network connection"
	gob.NewDecoder(b).Decode(&j) // want "network: a network connection"
	gob.NewDecoder(c).Decode(&j) // want "from a Unix socket"
}

func unix() error {
	ln, err := net.Listen("unix", "/run/jobs.sock")
	if err != nil {
		return err
	}
	conn, err := ln.Accept()
	if err != nil {
		return err
	}
	var j job
	return gob.NewDecoder(conn).Decode(&j) // want "from a Unix socket"
}

func packets(pc net.PacketConn) error {
	buf := make([]byte, 1500)
	n, _, err := pc.ReadFrom(buf)
	if err != nil {
		return err
	}
	var j job
	return gob.NewDecoder(bytes.NewReader(buf[:n])).Decode(&j) // want "network: packets of the network"
}

func filled(conn net.Conn) error {
	var size [4]byte
	if _, err := io.ReadFull(conn, size[:]); err != nil {
		return err
	}
	buf := make([]byte, size[0])
	if _, err := conn.Read(buf); err != nil {
		return err
	}
	var j job
	return gob.NewDecoder(bytes.NewBuffer(buf)).Decode(&j) // want "network: a network connection"
}

// counted is a connection with a counter.
type counted struct {
	net.Conn
	n int
}

func embedded(c *counted) {
	var j job
	gob.NewDecoder(c).Decode(&j)      // want "network: a network connection"
	gob.NewDecoder(c.Conn).Decode(&j) // want "network: a network connection"
}

func wrapped(conn net.Conn) {
	var j job
	c := &counted{Conn: conn}
	gob.NewDecoder(c).Decode(&j) // want "network: a network connection"
}

func hijacked(w http.ResponseWriter) error {
	conn, rw, err := w.(http.Hijacker).Hijack()
	if err != nil {
		return err
	}
	var j job
	if err := gob.NewDecoder(rw.Reader).Decode(&j); err != nil { // want "network: a network connection"
		return err
	}
	return gob.NewDecoder(conn).Decode(&j) // want "network: a network connection"
}

func letter(r io.Reader) error {
	m, err := mail.ReadMessage(r)
	if err != nil {
		return err
	}
	var j job
	return gob.NewDecoder(m.Body).Decode(&j) // want "from a mail"
}

func rows(db *sql.DB) error {
	var blob []byte
	var j job
	if err := db.QueryRow("SELECT blob FROM jobs").Scan(&blob); err != nil {
		return err
	}
	if err := gob.NewDecoder(bytes.NewReader(blob)).Decode(&j); err != nil { // want "from a database"
		return err
	}
	all, err := db.Query("SELECT id, blob FROM jobs")
	if err != nil {
		return err
	}
	for all.Next() {
		var id int
		var raw sql.RawBytes
		if err := all.Scan(&id, &raw); err != nil {
			return err
		}
		if err := gob.NewDecoder(bytes.NewReader(raw)).Decode(&j); err != nil { // want "from a database"
			return err
		}
	}
	return nil
}

// Scan is what database/sql calls with the value of a column.
func (j *job) Scan(src any) error {
	switch src := src.(type) {
	case []byte:
		return gob.NewDecoder(bytes.NewReader(src)).Decode(j) // want "from a database"
	case string:
		return gob.NewDecoder(strings.NewReader(src)).Decode(j) // want "from a database"
	}
	return nil
}

// Jobs is served by package net/rpc.
type Jobs struct{}

// Add takes a job.
func (*Jobs) Add(args *[]byte, reply *int) error {
	var j job
	return gob.NewDecoder(bytes.NewReader(*args)).Decode(&j) // want "network: a call over RPC"
}

func servers(s *rpc.Server, ln net.Listener, conn net.Conn) {
	s.ServeConn(conn)   // want "network: a network connection"
	rpc.Accept(ln)      // want "network: a network connection"
	rpc.ServeConn(conn) // want "network: a network connection"
}

func compressed(r *http.Request) error {
	zr, err := gzip.NewReader(r.Body)
	if err != nil {
		return err
	}
	var j job
	return gob.NewDecoder(zr).Decode(&j) // want "network: the body of an HTTP request"
}

func middleware(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var j job
		if err := gob.NewDecoder(r.Body).Decode(&j); err != nil { // want "network: the body of an HTTP request"
			return
		}
		next.ServeHTTP(w, r)
	})
}

func routes() {
	http.HandleFunc("/job", func(w http.ResponseWriter, r *http.Request) {
		var j job
		_ = gob.NewDecoder(r.Body).Decode(&j) // want "network: the body of an HTTP request"
	})
}
