// Package spool decodes what its callers pass in, and says that it stays close.
package spool

import (
	"bytes"
	"encoding/gob"
	"io"
)

type Job struct{ ID int }

func Load(b []byte) (job Job, err error) { // want Load:`wraps\(gob of 0 via .*Decode, host\)`
	//picklelint:trust boundary=host reason="the spool directory belongs to the daemon"
	err = gob.NewDecoder(bytes.NewReader(b)).Decode(&job)
	return job, err
}

type Store struct{}

func (*Store) Read(name string, r io.Reader) (job Job, err error) { // want Read:`wraps\(gob of 1 via .*Decode, build\)`
	//picklelint:trust boundary=build reason="tables that the build has written"
	err = gob.NewDecoder(r).Decode(&job)
	return job, err
}

// Peers says who else writes the bytes, so that nothing contradicts it.
func Peers(b []byte) (job Job, err error) {
	//picklelint:trust boundary=cluster reason="peers behind mutual TLS, see the design"
	err = gob.NewDecoder(bytes.NewReader(b)).Decode(&job)
	return job, err
}

// Both has a decode of which nobody says anything.
func Both(b []byte) (job Job, err error) { // want Both:`wraps\(gob of 0 via [^,]*\)`
	//picklelint:trust boundary=host reason="the spool directory belongs to the daemon"
	if err = gob.NewDecoder(bytes.NewReader(b)).Decode(&job); err != nil {
		return job, err
	}
	err = gob.NewDecoder(bytes.NewReader(b)).Decode(&job)
	return job, err
}
