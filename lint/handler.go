package lint

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// Handler receives the messages of one run in order: one Config, then any
// number of the others, then one Summary. Every output format is a Handler.
//
// A Handler returns an error only when it cannot do its own work, for example
// because the disk is full; the run then stops.
type Handler interface {
	Config(*Config) error
	Progress(*Progress) error
	Site(*Site) error
	Skip(*Skip) error
	Finding(*Finding) error
	Summary(*Summary) error
}

// BlobHandler is a Handler that also takes blobs, which come before findings. Not
// every format has a place for them.
type BlobHandler interface {
	Handler
	Blob(*Blob) error
}

// HandBlob hands m to h if it takes blobs.
func HandBlob(h Handler, m *Blob) error {
	if b, ok := h.(BlobHandler); ok {
		return b.Blob(m)
	}
	return nil
}

// Message is the form of one message on the wire: exactly one field is set.
type Message struct {
	Config   *Config   `json:"config,omitempty"`
	Progress *Progress `json:"progress,omitempty"`
	Site     *Site     `json:"site,omitempty"`
	Blob     *Blob     `json:"blob,omitempty"`
	Skip     *Skip     `json:"skip,omitempty"`
	Finding  *Finding  `json:"finding,omitempty"`
	Summary  *Summary  `json:"summary,omitempty"`
}

// Dispatch hands the message to h.
func (m *Message) Dispatch(h Handler) error {
	var set int
	var err error
	if m.Config != nil {
		set++
		err = h.Config(m.Config)
	}
	if m.Progress != nil {
		set++
		err = errors.Join(err, h.Progress(m.Progress))
	}
	if m.Site != nil {
		set++
		err = errors.Join(err, h.Site(m.Site))
	}
	if m.Blob != nil {
		set++
		err = errors.Join(err, HandBlob(h, m.Blob))
	}
	if m.Skip != nil {
		set++
		err = errors.Join(err, h.Skip(m.Skip))
	}
	if m.Finding != nil {
		set++
		err = errors.Join(err, h.Finding(m.Finding))
	}
	if m.Summary != nil {
		set++
		err = errors.Join(err, h.Summary(m.Summary))
	}
	if set != 1 && err == nil {
		err = fmt.Errorf("message has %d fields set, want exactly one", set)
	}
	return err
}

// Replay reads a stream of JSON Lines and hands every message to h, which
// turns any recorded run into any other format. An unknown key is an error.
func Replay(r io.Reader, h Handler) error {
	br := bufio.NewReader(r)
	for n := 1; ; n++ {
		line, err := br.ReadBytes('\n')
		last := errors.Is(err, io.EOF)
		if err != nil && !last {
			return fmt.Errorf("reading message %d: %w", n, err)
		}
		if text := bytes.TrimSpace(line); len(text) > 0 {
			dec := json.NewDecoder(bytes.NewReader(text))
			dec.DisallowUnknownFields()
			var m Message
			if derr := dec.Decode(&m); derr != nil {
				return fmt.Errorf("message %d: %w", n, derr)
			}
			if derr := m.Dispatch(h); derr != nil {
				return fmt.Errorf("message %d: %w", n, derr)
			}
		}
		if last {
			return nil
		}
	}
}

// Tee returns a handler that hands every message to each of hs in turn.
func Tee(hs ...Handler) BlobHandler { return tee(hs) }

type tee []Handler

func (t tee) each(f func(Handler) error) error {
	var err error
	for _, h := range t {
		err = errors.Join(err, f(h))
	}
	return err
}

func (t tee) Config(m *Config) error {
	return t.each(func(h Handler) error { return h.Config(m) })
}

func (t tee) Progress(m *Progress) error {
	return t.each(func(h Handler) error { return h.Progress(m) })
}

func (t tee) Site(m *Site) error {
	return t.each(func(h Handler) error { return h.Site(m) })
}

func (t tee) Blob(m *Blob) error {
	return t.each(func(h Handler) error { return HandBlob(h, m) })
}

func (t tee) Skip(m *Skip) error {
	return t.each(func(h Handler) error { return h.Skip(m) })
}

func (t tee) Finding(m *Finding) error {
	return t.each(func(h Handler) error { return h.Finding(m) })
}

func (t tee) Summary(m *Summary) error {
	return t.each(func(h Handler) error { return h.Summary(m) })
}
