package safegob

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"time"
)

// said is what the audit log says of one call.
type said struct {
	of *Channel
	// through: the call has come to its end, and nothing in it panics.
	through bool
	Time    string   `json:"time"`
	Who     string   `json:"who"`
	Action  string   `json:"action"`
	Channel string   `json:"channel"`
	Outcome string   `json:"outcome"`
	Digest  string   `json:"digest,omitempty"`
	Size    int      `json:"size,omitempty"`
	Key     string   `json:"key,omitempty"`
	Classes []string `json:"classes"`
}

func (s *said) envelope(data []byte) {
	sum := sha256.Sum256(data)
	s.Digest, s.Size = hex.EncodeToString(sum[:]), len(data)
}

// done writes the line and returns the error of the call.
func (s *said) done(err error) error {
	if err == io.EOF { //nolint:errorlint // nothing was there, and nothing is said
		return err
	}
	switch s.Outcome = "ok"; {
	case err == nil && !s.through:
		s.Outcome = "panic"
	case err != nil:
		s.Outcome = "error"
		if r := (*RefusedError)(nil); errors.As(err, &r) {
			s.Outcome = r.Reason
		}
	}
	host, _ := os.Hostname() // a host without a name has none
	s.Time = time.Now().UTC().Format("2006-01-02T15:04:05.000Z07:00")
	s.Who = fmt.Sprintf("%d@%s pid %d", os.Geteuid(), host, os.Getpid())
	s.Channel = s.of.name
	if s.Classes == nil {
		s.Classes = []string{}
	}
	line, failed := json.Marshal(s)
	if failed == nil {
		failed = s.of.Audit(line, s.Outcome != "ok")
	}
	return errors.Join(err, failed)
}
