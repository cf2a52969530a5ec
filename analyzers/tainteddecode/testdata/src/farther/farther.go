// Package farther takes bytes on the ways that the others leave out.
package farther

import (
	"bytes"
	"container/list"
	"context"
	"encoding/binary"
	"encoding/gob"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

type job struct{ ID int }

var (
	cache  sync.Map
	latest atomic.Value
	typed  atomic.Pointer[[]byte]
	mu     sync.Mutex
	kept   = struct {
		raw  []byte
		text string
	}{}
	jobs = list.New()
)

func put(r *http.Request) {
	b, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	cache.Store("job", b)
	latest.Store(b)
	typed.Store(&b)
	mu.Lock()
	defer mu.Unlock()
	kept.raw = b
	kept.text = "constant"
	jobs.PushBack(b)
}

func get() {
	var j job
	if v, ok := cache.Load("job"); ok {
		gob.NewDecoder(bytes.NewReader(v.([]byte))).Decode(&j) // want "network: the body of an HTTP request"
	}
	gob.NewDecoder(bytes.NewReader(latest.Load().([]byte))).Decode(&j) // want "network: the body of an HTTP request"
	gob.NewDecoder(bytes.NewReader(*typed.Load())).Decode(&j)          // want "network: the body of an HTTP request"
	gob.NewDecoder(bytes.NewReader(kept.raw)).Decode(&j)               // want "network: the body of an HTTP request"
	gob.NewDecoder(strings.NewReader(kept.text)).Decode(&j)            // want "^own$"
	for e := jobs.Front(); e != nil; e = e.Next() {
		gob.NewDecoder(bytes.NewReader(e.Value.([]byte))).Decode(&j) // want "network: the body of an HTTP request"
	}
}

// group runs functions, as errgroup does.
type group struct{ wg sync.WaitGroup }

func (g *group) Go(f func() error) {
	g.wg.Add(1)
	go func() {
		defer g.wg.Done()
		_ = f()
	}()
}

func grouped(r *http.Request) {
	var g group
	g.Go(func() error {
		var j job
		return gob.NewDecoder(r.Body).Decode(&j) // want "network: the body of an HTTP request"
	})
	for _, part := range strings.Split(r.FormValue("jobs"), ",") {
		g.Go(func() error {
			raw, err := hex.DecodeString(part)
			if err != nil {
				return err
			}
			var j job
			return gob.NewDecoder(bytes.NewReader(raw)).Decode(&j) // want "network: a form of an HTTP request"
		})
	}
}

// message is framed.
type message struct {
	head [8]byte
	body []byte
}

func readMessage(conn net.Conn) (m message, err error) {
	if err = conn.SetDeadline(time.Now().Add(time.Second)); err != nil {
		return m, err
	}
	if _, err = io.ReadFull(conn, m.head[:]); err != nil {
		return m, err
	}
	m.body = make([]byte, binary.BigEndian.Uint32(m.head[:]))
	_, err = io.ReadFull(conn, m.body)
	return m, err
}

func framed(conn net.Conn) error {
	m, err := readMessage(conn)
	if err != nil {
		return err
	}
	var j job
	return gob.NewDecoder(bytes.NewReader(m.body)).Decode(&j) // want "network: a network connection"
}

// client keeps a decoder beside its connection.
type client struct {
	conn net.Conn
	dec  *gob.Decoder
	enc  *gob.Encoder
}

func newClient(conn net.Conn) *client {
	return &client{conn: conn, dec: gob.NewDecoder(conn), enc: gob.NewEncoder(conn)}
}

func (c *client) recv() (job, error) {
	var j job
	err := c.dec.Decode(&j) // want "network: a network connection"
	return j, err
}

// handler is called through a value.
type handler func(ctx context.Context, data []byte) error

var handlers = map[string]handler{"job": onJob}

func onJob(_ context.Context, data []byte) error {
	var j job
	return gob.NewDecoder(bytes.NewReader(data)).Decode(&j) // want "network: the body of an HTTP request"
}

func dispatch(r *http.Request) error {
	b, err := io.ReadAll(r.Body)
	if err != nil {
		return err
	}
	h, ok := handlers[r.URL.Path]
	if !ok {
		return errors.New("no handler")
	}
	return h(r.Context(), b)
}

type bus struct{ subs []func([]byte) }

func (b *bus) subscribe(f func([]byte)) { b.subs = append(b.subs, f) }

func (b *bus) listen() {
	b.subscribe(func(data []byte) {
		var j job
		gob.NewDecoder(bytes.NewReader(data)).Decode(&j) // want "network: packets of the network"
	})
}

func (b *bus) receive(pc net.PacketConn) {
	buf := make([]byte, 1500)
	if n, _, err := pc.ReadFrom(buf); err == nil {
		b.publish(buf[:n])
	}
}

func (b *bus) publish(data []byte) {
	for _, f := range b.subs {
		f(data)
	}
}

func texts(r *http.Request) error {
	var sb strings.Builder
	sb.WriteString("03")
	sb.WriteString(r.Header.Get("X-Job"))
	raw, err := hex.DecodeString(sb.String())
	if err != nil {
		return err
	}
	var j job
	if err := gob.NewDecoder(bytes.NewReader(raw)).Decode(&j); err != nil { // want "network: a header of an HTTP request"
		return err
	}
	text := fmt.Sprintf("%s%s", "03", strings.TrimSpace(r.Header.Get("X-Job")))
	if err := gob.NewDecoder(strings.NewReader(text)).Decode(&j); err != nil { // want "network: a header of an HTTP request"
		return err
	}
	var a, b string
	if _, err := fmt.Sscanf(r.URL.RawQuery, "%s %s", &a, &b); err != nil {
		return err
	}
	return gob.NewDecoder(strings.NewReader(b)).Decode(&j) // want "network: the URL of an HTTP request"
}

func pipe() error {
	a, b := net.Pipe()
	go func() { _ = gob.NewEncoder(b).Encode(job{}) }()
	var j job
	return gob.NewDecoder(a).Decode(&j) // want "^own$"
}

func recorded(h http.Handler) error {
	req := httptest.NewRequest("POST", "/", strings.NewReader("x"))
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, req)
	var j job
	return gob.NewDecoder(rec.Body).Decode(&j) // want "^unknown$"
}

func saved(r *http.Request) error {
	f, err := os.CreateTemp("", "job")
	if err != nil {
		return err
	}
	if _, err := io.Copy(f, r.Body); err != nil {
		return err
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return err
	}
	var j job
	return gob.NewDecoder(f).Decode(&j) // want "network: the body of an HTTP request"
}

type stack struct{ frames []message }

func (s *stack) push(conn net.Conn) error {
	m, err := readMessage(conn)
	s.frames = append(s.frames, m)
	return err
}

func (s *stack) pop() error {
	top := s.frames[len(s.frames)-1]
	var j job
	return gob.NewDecoder(bytes.NewReader(top.body)).Decode(&j) // want "network: a network connection"
}
