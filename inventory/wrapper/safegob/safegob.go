// Package safegob writes gobs that are signed, and checks them before they are decoded.
//
//	keys, err := safegob.KeysFromEnvironment()
//	jobs, err := safegob.New("jobs", keys, safegob.Options{})
//	data, err := jobs.Marshal(job)
//	err = jobs.Unmarshal(data, &job)
//
// What is written is an envelope: magic, version, kind, key id, time, length, the gob, and
// an HMAC-SHA-256 over all of it, the name of the channel and the context. No byte of the gob
// is decoded before that holds.
//
// Keys come from the file that SAFE_GOB_KEY_FILE names (mode 0600) or from the variable
// SAFE_GOB_KEYS, one key a line: "ID active|accepted HEX" or "ID retired".
//
// Written by "pickle-lint wrapper init". The section between the two marks is written anew,
// the rest is left alone. Standard library only, Go 1.21 or later.
package safegob

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/gob"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math"
	"regexp"
	"strings"
	"time"
)

// safegob:begin (written by "pickle-lint wrapper init"; edits between the marks are lost)

// MaxSize is the most bytes that one gob has.
const MaxSize = 16777216

// safegob:end

const (
	magic   = "\xf1SPK"
	version = 1
	kind    = 'G'
	mostID  = 32
	// fixed is what stands before the key id, and rest what stands between that and the gob.
	fixed, rest = len(magic) + 3, 16
	overhead    = fixed + mostID + rest + sha256.Size
	clockSkew   = 5 * time.Minute
)

var (
	channelName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._:/@*{}+-]{0,199}$`)
	placeholder = regexp.MustCompile(`(?i)^(?:fixme|todo$)`)
)

// RefusedError is the error for bytes that are not decoded, and for values that are not written.
type RefusedError struct {
	// Reason is one word: it is what the audit log says.
	Reason string
	Text   string
}

func (r *RefusedError) Error() string { return "safegob: " + r.Text }

func refuse(reason, format string, args ...any) error {
	return &RefusedError{reason, fmt.Sprintf(format, args...)}
}

// Options of a channel; the zero value is sound.
type Options struct {
	// MaxSize is less than that of the package, or 0.
	MaxSize int
	// MaxAge refuses what was written longer ago; 0 is any age.
	MaxAge time.Duration
	// Audit takes each line of the audit log, and whether it is about a refusal; if it
	// fails, so does the call. nil is slog.
	Audit func(line []byte, refused bool) error
}

// Channel is what bytes go through between a Marshal and an Unmarshal. It may be used by
// several goroutines.
type Channel struct {
	name, context string
	keys          *Keys
	Options
}

// New returns a channel.
func New(name string, keys *Keys, o Options) (*Channel, error) {
	switch {
	case !channelName.MatchString(name):
		return nil, errors.New("safegob: a channel is named by up to 200 letters, digits and . _ : / @ * { } + -")
	case placeholder.MatchString(name):
		return nil, errors.New("safegob: the channel has no name yet: say what the bytes go through")
	case keys == nil:
		return nil, errors.New("safegob: a channel needs keys")
	}
	if o.MaxSize <= 0 || o.MaxSize > MaxSize {
		o.MaxSize = MaxSize
	}
	if o.Audit == nil {
		o.Audit = toSlog
	}
	return &Channel{name: name, keys: keys, Options: o}, nil
}

func toSlog(line []byte, refused bool) error {
	if refused {
		slog.Warn("safegob", "audit", json.RawMessage(line))
	} else {
		slog.Info("safegob", "audit", json.RawMessage(line))
	}
	return nil
}

// For returns the channel with a context that is bound to what it writes and reads: a cache
// key, a row id.
func (c *Channel) For(context string) *Channel {
	of := *c
	of.context = context
	return &of
}

// Marshal returns an envelope with a value.
func (c *Channel) Marshal(v any) (data []byte, err error) {
	said := &said{of: c, Action: "dump", Classes: []string{fmt.Sprintf("%T", v)}}
	defer func() {
		if err = said.done(err); err != nil {
			data = nil
		}
	}()
	var payload bytes.Buffer
	if err := gob.NewEncoder(&payload).Encode(v); err != nil {
		return nil, fmt.Errorf("safegob: %w", err)
	}
	if payload.Len() > c.MaxSize {
		return nil, refuse("too-large", "the gob has %d bytes, more than %d", payload.Len(), c.MaxSize)
	}
	id := c.keys.active
	said.Key = id
	data = append([]byte(magic), version, kind, byte(len(id)))
	data = append(data, id...)
	data = binary.BigEndian.AppendUint64(data, uint64(time.Now().Unix()))
	data = binary.BigEndian.AppendUint64(data, uint64(payload.Len()))
	tag := c.tag(c.keys.keys[id], data, payload.Bytes())
	data = append(append(data, payload.Bytes()...), tag...)
	said.envelope(data)
	said.through = true
	return data, nil
}

// Unmarshal decodes the gob of an envelope into what v points to.
func (c *Channel) Unmarshal(data []byte, v any) (err error) {
	said := &said{of: c, Action: "load"}
	defer func() { err = said.done(err) }()
	if len(data) > c.MaxSize+overhead {
		return refuse("too-large", "%d bytes are more than an envelope of this channel has", len(data))
	}
	return c.decode(said, bytes.Clone(data), v) // nobody changes them between the check and the use
}

// Encode writes an envelope.
func (c *Channel) Encode(w io.Writer, v any) error {
	data, err := c.Marshal(v)
	if err != nil {
		return err
	}
	if _, err := w.Write(data); err != nil {
		return fmt.Errorf("safegob: %w", err)
	}
	return nil
}

// Decode reads one envelope, and no byte behind it. At the end of r it returns [io.EOF].
func (c *Channel) Decode(r io.Reader, v any) (err error) {
	said := &said{of: c, Action: "load"}
	defer func() { err = said.done(err) }()
	var data bytes.Buffer
	more := func(n int) error {
		// What a header says is not allocated at once.
		_, err := io.CopyN(&data, r, int64(n))
		if err == io.EOF && data.Len() > 0 { //nolint:errorlint // readers return it as it is
			return refuse("length", "the envelope is cut off")
		}
		return err
	}
	if err := more(fixed); err != nil {
		return err
	}
	if strings.HasPrefix(data.String(), magic) {
		if err := more(min(int(data.Bytes()[fixed-1]), mostID) + rest); err != nil {
			return err
		}
		_, _, length, err := c.head(said, data.Bytes())
		if err != nil {
			return err
		}
		if err := more(length + sha256.Size); err != nil {
			return err
		}
	}
	return c.decode(said, data.Bytes(), v)
}

func (c *Channel) decode(said *said, data []byte, v any) error {
	said.envelope(data)
	payload, err := c.verified(said, data)
	if err != nil {
		return err
	}
	said.Classes = []string{fmt.Sprintf("%T", v)}
	r := bytes.NewReader(payload)
	if err := gob.NewDecoder(r).Decode(v); err != nil {
		return fmt.Errorf("safegob: %w", err)
	}
	if r.Len() > 0 {
		return refuse("trailing", "%d bytes follow the gob in the payload", r.Len())
	}
	said.through = true
	return nil
}

// verified returns the payload of an envelope, if a key that is accepted has signed it.
func (c *Channel) verified(said *said, data []byte) ([]byte, error) {
	created, at, length, err := c.head(said, data)
	switch {
	case err != nil:
		return nil, err
	case len(data) != at+length+sha256.Size:
		return nil, refuse("length", "the envelope says %d bytes of payload and has %d", length, len(data)-at-sha256.Size)
	case c.keys.retired[said.Key]:
		return nil, refuse("retired-key", "the key %s is retired", said.Key)
	}
	key := c.keys.keys[said.Key]
	if key == nil {
		return nil, refuse("unknown-key", "no key has the id %s", said.Key)
	}
	payload := data[at : at+length]
	if !hmac.Equal(c.tag(key, data[:at], payload), data[at+length:]) {
		return nil, refuse("signature", "the signature does not hold: other bytes, another channel, another context or another key")
	}
	now := uint64(time.Now().Unix())
	switch {
	case created > now+uint64(clockSkew/time.Second):
		return nil, refuse("future", "the envelope was written in the future")
	case c.MaxAge > 0 && created < now && now-created > uint64(math.Ceil(c.MaxAge.Seconds())):
		return nil, refuse("expired", "the envelope is older than %v", c.MaxAge)
	}
	return payload, nil
}

// head reads what stands before the payload. It is believed in nothing but to find a key.
func (c *Channel) head(said *said, data []byte) (created uint64, at, length int, err error) {
	if len(data) < fixed || string(data[:len(magic)]) != magic {
		return 0, 0, 0, refuse("unsigned", "this is no envelope: it was not written by Marshal")
	}
	if data[len(magic)] != version || data[len(magic)+1] != kind {
		return 0, 0, 0, refuse("version", "the envelope has another version, or carries no gob")
	}
	size := int(data[fixed-1])
	at = fixed + size + rest
	if size > mostID || len(data) < at {
		return 0, 0, 0, refuse("length", "the envelope is cut off")
	}
	id := string(data[fixed : fixed+size])
	if !keyID.MatchString(id) {
		return 0, 0, 0, refuse("unknown-key", "the envelope has no key id")
	}
	said.Key = id
	created = binary.BigEndian.Uint64(data[fixed+size:])
	declared := binary.BigEndian.Uint64(data[fixed+size+8:])
	if declared > uint64(c.MaxSize) {
		return 0, 0, 0, refuse("too-large", "the envelope says %d bytes, more than %d", declared, c.MaxSize)
	}
	return created, at, int(declared), nil
}

// tag signs. Every part says where it ends, so that none can be read as another.
func (c *Channel) tag(key, head, payload []byte) []byte {
	mac := hmac.New(sha256.New, key)
	var bound []byte
	bound = append(bound, "pickle-lint envelope\x00"...)
	bound = append(bound, head...)
	bound = append(binary.BigEndian.AppendUint16(bound, uint16(len(c.name))), c.name...)
	bound = append(binary.BigEndian.AppendUint32(bound, uint32(len(c.context))), c.context...)
	mac.Write(bound) // a hash takes whatever it is given
	mac.Write(payload)
	return mac.Sum(nil)
}
