// Package named has justifications that name what verifies the bytes.
package named

import (
	"bytes"
	"crypto/ed25519"
	"encoding/gob"
	"errors"
	"io"
)

var errBad = errors.New("bad signature")

func checkPeer(data []byte) error {
	if len(data) == 0 {
		return errBad
	}
	return nil
}

type spool struct{}

func (s *spool) verify(data []byte) bool { return len(data) > 0 }

func good(data []byte, v any) error {
	if err := checkPeer(data); err != nil {
		return err
	}
	//picklelint:trust boundary=user reason="signed by our own server" verified-by=checkPeer expires=2199-12-31
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v)
}

func never(data []byte, v any) error {
	//picklelint:trust boundary=partner reason="signed by the partner" verified-by=checkPeer expires=2199-12-31
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `^PKL303 unverified-decode: gob data is decoded here, and "checkPeer", by which the justification says that it is verified, is not called on every way to here$`
}

func sometimes(data []byte, v any, n int) error {
	if n > 3 {
		if err := checkPeer(data); err != nil {
			return err
		}
	}
	//picklelint:trust boundary=partner reason="signed by the partner" verified-by=checkPeer expires=2199-12-31
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `behind a check that does not hold: named.checkPeer on line 40: the condition on line 39 leaves it out`
}

func other(data, head []byte, v any) error {
	if err := checkPeer(head); err != nil {
		return err
	}
	//picklelint:trust boundary=user reason="signed by our own server" verified-by=checkPeer expires=2199-12-31
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want "behind a check that does not hold: named.checkPeer on line 49: it is about `head`, and not about what is decoded"
}

func dropped(data []byte, v any) error {
	checkPeer(data)
	//picklelint:trust boundary=user reason="signed by our own server" verified-by=checkPeer expires=2199-12-31
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `nothing is done with its answer`
}

func (s *spool) load(data []byte, v any) error {
	if !s.verify(data) {
		return errBad
	}
	//picklelint:trust boundary=user reason="signed by our own server" verified-by=s.verify expires=2199-12-31
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v)
}

func (s *spool) loadNot(data []byte, v any) error {
	//picklelint:trust boundary=partner reason="signed by our own server" verified-by=spool.verify expires=2199-12-31
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `"spool.verify", by which the justification says`
}

func imported(pub ed25519.PublicKey, sig, data []byte, v any) error {
	if !ed25519.Verify(pub, data, sig) {
		return errBad
	}
	//picklelint:trust boundary=public reason="signed by the release key" verified-by=ed25519.Verify expires=2199-12-31
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v)
}

func importedNot(data []byte, v any) error {
	//picklelint:trust boundary=partner reason="signed by the release key" verified-by=ed25519.Verify expires=2199-12-31
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `"ed25519.Verify", by which the justification says`
}

// What is named is a document, or lies out of reach: a claim as any other.
func outOfReach(r io.Reader, v any) error {
	//picklelint:trust boundary=partner reason="signed by the partner" verified-by=gateway.CheckSignature expires=2199-12-31
	return gob.NewDecoder(r).Decode(v)
}
