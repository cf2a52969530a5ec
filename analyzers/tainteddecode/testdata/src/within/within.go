// Package within calls what is justified elsewhere.
package within

import (
	"io"
	"net"
	"net/http"
	"os"

	"within/relay"
	"within/spool"
)

func handle(w http.ResponseWriter, r *http.Request) {
	b, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	spool.Load(b)                     // want "Load decodes gob data, which is justified there with boundary=host, but these bytes come from the body of an HTTP request: Load decodes"
	new(spool.Store).Read("", r.Body) // want "Read decodes gob data, which is justified there with boundary=build, but these bytes come from the body of an HTTP request"
	relay.Load(b)                     // want "Load decodes gob data, which is justified there with boundary=host"
	spool.Peers(b)
	spool.Both(b) // want "gob data from the body of an HTTP request is decoded here without a justification"

	//picklelint:trust boundary=cluster reason="only peers behind mutual TLS reach this handler"
	spool.Load(b)
	//picklelint:trust boundary=process reason="the bytes never leave the process"
	spool.Load(b) // want "which is justified there with boundary=host"
}

func local() error {
	b, err := os.ReadFile("/var/spool/job")
	if err != nil {
		return err
	}
	spool.Load(b)
	spool.Load([]byte(os.Args[1]))
	conn, err := net.Dial("unix", "/run/spool.sock")
	if err != nil {
		return err
	}
	_, err = new(spool.Store).Read("", conn)
	return err
}
