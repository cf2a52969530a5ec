// Package fetch gets bytes from elsewhere.
package fetch

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"database/sql"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
)

func Model(ctx context.Context, url string) ([]byte, error) { // want Model:`gives\(\[0\] of the answer of another server\)`
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body)
}

func Open(url string) (io.ReadCloser, error) { // want Open:`gives\(\[0\] of the answer of another server\)`
	resp, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	return resp.Body, nil
}

func Post(url string, body io.Reader) ([]byte, error) { // want Post:`gives`
	resp, err := http.Post(url, "text/plain", body)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(resp.Body)
}

type Peer struct{ conn net.Conn }

func NewPeer(addr string) (*Peer, error) {
	conn, err := net.Dial("tcp", addr)
	return &Peer{conn}, err
}

func (p *Peer) Next() (int, []byte, error) { // want Next:`gives\(\[1\] of a network connection\)`
	buf := make([]byte, 1024)
	n, err := p.conn.Read(buf)
	return n, buf[:n], err
}

type Store struct{ db *sql.DB }

func (s *Store) Blob(id int) (b []byte, err error) { // want Blob:`gives\(\[0\] of a database\)`
	err = s.db.QueryRow("SELECT b FROM blobs WHERE id = ?", id).Scan(&b)
	return b, err
}

// Body gives what is passed in: who calls it knows what that is.
func Body(r *http.Request) ([]byte, error) { return io.ReadAll(r.Body) }

func Read(conn net.Conn) ([]byte, error) { return io.ReadAll(conn) }

// Signed gives only what the key's owner wrote.
func Signed(url string, key []byte) ([]byte, error) { // want Signed:`opens`
	b, err := Model(context.Background(), url)
	if err != nil {
		return nil, err
	}
	if len(b) < sha256.Size {
		return nil, errors.New("short")
	}
	mac := hmac.New(sha256.New, key)
	mac.Write(b[sha256.Size:])
	if !hmac.Equal(mac.Sum(nil), b[:sha256.Size]) {
		return nil, errors.New("forged")
	}
	return b[sha256.Size:], nil
}

// Sent is what this program sends.
func Sent(url string) ([]byte, error) {
	b := []byte("hello")
	_, err := http.Post(url, "text/plain", nil)
	return b, err
}

// Argument is the operator's.
func Argument() []byte { return []byte(os.Args[1]) }

// Name is a text.
func Name(r *http.Response) string { return r.Header.Get("Name") }

func local() []byte {
	b, _ := Model(context.Background(), "https://example.com")
	return b
}

// Text is the answer as a text.
func Text(url string) (string, error) { // want Text:`gives\(\[0\] of the answer of another server\)`
	b, err := Model(context.Background(), url)
	return string(b), err
}

// Message is an answer with what belongs to it.
type Message struct {
	Name string
	Body []byte
	Size int
}

func Get(url string) (*Message, error) { // want Get:`gives\(\[\] \[0.Body\] of the answer of another server\)`
	b, err := Model(context.Background(), url)
	if err != nil {
		return nil, err
	}
	return &Message{Name: "model", Body: b, Size: len(b)}, nil
}

func Value(url string) (m Message, err error) { // want Value:`gives\(\[\] \[0.Body\] of the answer of another server\)`
	m.Body, err = Model(context.Background(), url)
	return m, err
}

// Checked has in it only what the key's owner wrote.
func Checked(url string, key []byte) (*Message, error) { // want Checked:`opens`
	b, err := Signed(url, key)
	if err != nil {
		return nil, err
	}
	return &Message{Body: b}, nil
}
