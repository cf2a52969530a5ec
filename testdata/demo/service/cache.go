// Package service keeps results in three places and reads them back.
package service

import (
	"encoding/gob"
	"fmt"
	"net"
	"os"
)

// Result is what a job leaves behind.
type Result struct {
	Job    string
	Scores map[string]float64
}

// FromPeer reads a result that another host sent: nobody said who that may be.
func FromPeer(conn net.Conn) (Result, error) {
	var r Result
	err := gob.NewDecoder(conn).Decode(&r)
	return r, err
}

// FromSpool reads what this program wrote before it was restarted.
func FromSpool(path string) (Result, error) {
	var r Result
	f, err := os.Open(path)
	if err != nil {
		return r, fmt.Errorf("opening spool: %w", err)
	}
	defer f.Close()
	//picklelint:trust boundary=host reason="spool written by this binary only, directory mode 0700" owner=storage retention=7d
	err = gob.NewDecoder(f).Decode(&r)
	return r, err
}

// FromArchive reads results of the old service. The claim was good for a year.
func FromArchive(f *os.File) (Result, error) {
	var r Result
	//picklelint:trust boundary=internal reason="archive of the retired service, made by one batch job" expires=2025-12-31
	err := gob.NewDecoder(f).Decode(&r)
	return r, err
}
