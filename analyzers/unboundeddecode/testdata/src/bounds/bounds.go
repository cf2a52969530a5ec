// Package bounds decodes with and without limits.
package bounds

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/gob"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"net"
	"net/http"
	"os"

	goccy "github.com/goccy/go-yaml"
	"gopkg.in/yaml.v3"
)

type order struct{ Items []string }

const most = 1 << 20

func bodies(w http.ResponseWriter, r *http.Request) {
	var v any
	var o order
	json.NewDecoder(r.Body).Decode(&v) // want "PKL304 unbounded-decode: json data from the body of an HTTP request is decoded here without a justification, and nothing limits how much is read"
	json.NewDecoder(r.Body).Decode(&o) // want "PKL304"
	xml.NewDecoder(r.Body).Decode(&o)  // want "PKL304 unbounded-decode: xml"
	b, _ := io.ReadAll(bufio.NewReader(r.Body))
	json.Unmarshal(b, &o) // want "PKL304"
	yaml.Unmarshal(b, &o) // want "PKL304 unbounded-decode: yaml"
	var buf bytes.Buffer
	io.Copy(&buf, r.Body)
	json.Unmarshal(buf.Bytes(), &o) // want "PKL304"

	json.NewDecoder(io.LimitReader(r.Body, most)).Decode(&v)
	json.NewDecoder(http.MaxBytesReader(w, r.Body, most)).Decode(&v)
	json.NewDecoder(&io.LimitedReader{R: r.Body, N: most}).Decode(&v)
	limited := io.LimitedReader{N: most}
	limited.R = r.Body
	json.NewDecoder(&limited).Decode(&v)
	var few bytes.Buffer
	io.CopyN(&few, r.Body, most)
	json.Unmarshal(few.Bytes(), &o)

	// These speak of a request, which is not long.
	json.Unmarshal([]byte(r.FormValue("order")), &o)
	json.Unmarshal([]byte(r.Header.Get("X-Order")), &v)

	//picklelint:trust boundary=cluster reason="only peers behind mutual TLS reach this handler"
	json.NewDecoder(r.Body).Decode(&v)

	// A limit does not help goccy, and what is known of it is said by another rule.
	goccy.Unmarshal(b, &o)
	yaml.Unmarshal(b, &v)
}

func replaced(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, most)
	defer r.Body.Close()
	var v any
	json.NewDecoder(r.Body).Decode(&v)
}

func helped(w http.ResponseWriter, r *http.Request) {
	restrict(w, r)
	var v any
	json.NewDecoder(r.Body).Decode(&v)
}

func restrict(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, most)
}

func connections(conn net.Conn) error {
	var v any
	json.NewDecoder(conn).Decode(&v) // want "json data from a network connection"

	frame := make([]byte, 4096)
	n, _ := conn.Read(frame)
	json.Unmarshal(frame[:n], &v)
	var head [512]byte
	io.ReadFull(conn, head[:])
	json.Unmarshal(head[:], &v)

	var all []byte
	for {
		n, err := conn.Read(frame)
		all = append(all, frame[:n]...)
		if err != nil {
			break
		}
	}
	json.Unmarshal(all, &v) // want "PKL304"

	var length [4]byte
	io.ReadFull(conn, length[:])
	size := binary.BigEndian.Uint32(length[:])
	body := make([]byte, size)
	io.ReadFull(conn, body)
	json.Unmarshal(body, &v) // want "PKL304"

	lines := bufio.NewScanner(conn)
	for lines.Scan() {
		json.Unmarshal(lines.Bytes(), &v)
	}
	line, _ := bufio.NewReader(conn).ReadBytes('\n')
	return json.Unmarshal(line, &v) // want "PKL304"
}

func compared(conn net.Conn) error {
	var size uint32
	if err := binary.Read(conn, binary.BigEndian, &size); err != nil {
		return err
	}
	if size > most {
		return errors.New("too long")
	}
	body := make([]byte, size)
	if _, err := io.ReadFull(conn, body); err != nil {
		return err
	}
	var v any
	return json.Unmarshal(body, &v)
}

func announced(conn net.Conn) error {
	var size uint32
	if err := binary.Read(conn, binary.BigEndian, &size); err != nil {
		return err
	}
	body := make([]byte, size)
	if _, err := io.ReadFull(conn, body); err != nil {
		return err
	}
	var v any
	return json.Unmarshal(body, &v) // want "PKL304"
}

func short(conn net.Conn) error {
	var size uint16
	if err := binary.Read(conn, binary.BigEndian, &size); err != nil {
		return err
	}
	body := make([]byte, size)
	io.ReadFull(conn, body)
	var v any
	return json.Unmarshal(body, &v)
}

func answers() error {
	resp, err := http.Get("https://example.com/orders")
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	var o order
	return json.NewDecoder(resp.Body).Decode(&o) // want "json data from the answer of another server"
}

// Another rule speaks of gob.
func others(r *http.Request) error {
	var o order
	return gob.NewDecoder(r.Body).Decode(&o)
}

func files(name string) (v any, err error) {
	b, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return v, json.Unmarshal(b, &v)
}
