package lsp

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"
)

// mostMessage bounds a message, in bytes; one that says it is longer is passed over.
const mostMessage = 64 << 20

// The error codes of JSON-RPC and of the protocol.
const (
	codeParse          = -32700
	codeInvalidRequest = -32600
	codeNoMethod       = -32601
	codeInvalidParams  = -32602
	codeInternal       = -32603
	codeNotInitialized = -32002
	codeCancelled      = -32800
)

// message is a request, a notification or a response.
type message struct {
	JSONRPC string           `json:"jsonrpc"`
	ID      *json.RawMessage `json:"id,omitempty"`
	Method  string           `json:"method,omitempty"`
	Params  json.RawMessage  `json:"params,omitempty"`
	Result  any              `json:"result,omitempty"`
	Error   *rpcError        `json:"error,omitempty"`
}

type rpcError struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

func (e *rpcError) Error() string { return e.Message }

func failf(code int, format string, args ...any) *rpcError {
	return &rpcError{code, fmt.Sprintf(format, args...)}
}

// conn frames messages: a header of lines, a blank line, and as many bytes of JSON as the
// header says.
type conn struct {
	r *bufio.Reader
	w io.Writer

	mu sync.Mutex
	// waiting are messages to be written: an editor may write all it has to say before it
	// reads, and nobody waits for it with documents in hand.
	waiting [][]byte
	more    sync.Cond
	closed  bool
	err     error
}

func newConn(r io.Reader, w io.Writer) *conn {
	c := &conn{r: bufio.NewReader(r), w: w}
	c.more.L = &c.mu
	return c
}

// deliver writes what waits until the connection is closed and nothing is left.
func (c *conn) deliver() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for {
		for len(c.waiting) == 0 && !c.closed {
			c.more.Wait()
		}
		if len(c.waiting) == 0 || c.err != nil {
			return
		}
		next := c.waiting[0]
		c.waiting = c.waiting[1:]
		c.mu.Unlock()
		_, err := c.w.Write(next)
		c.mu.Lock()
		c.err = err
	}
}

// close ends deliver.
func (c *conn) close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.closed = true
	c.more.Signal()
}

// errFrame is a frame without a message in it: what follows may be one.
var errFrame = errors.New("no message")

// read returns the body of the next frame. Only an error of the stream is its end.
func (c *conn) read() ([]byte, error) {
	size := int64(-1)
	for {
		raw, err := c.r.ReadSlice('\n')
		if err != nil {
			return nil, err // a line that is longer than the buffer is of no header, and the end
		}
		line := strings.TrimRight(string(raw), "\r\n")
		if line == "" {
			break
		}
		name, value, _ := strings.Cut(line, ":")
		if strings.EqualFold(strings.TrimSpace(name), "Content-Length") {
			if n, err := strconv.ParseInt(strings.TrimSpace(value), 10, 64); err == nil && n >= 0 {
				size = n
			}
		}
	}
	switch {
	case size < 0:
		return nil, fmt.Errorf("%w: a header without Content-Length", errFrame)
	case size > mostMessage:
		if _, err := io.CopyN(io.Discard, c.r, size); err != nil {
			return nil, err
		}
		return nil, fmt.Errorf("%w: more than %d bytes", errFrame, mostMessage)
	}
	// The buffer grows with what comes, not with what is promised.
	body, err := io.ReadAll(io.LimitReader(c.r, size))
	if err == nil && int64(len(body)) < size {
		err = io.ErrUnexpectedEOF
	}
	return body, err
}

func (c *conn) write(m *message) error {
	m.JSONRPC = "2.0"
	body, err := json.Marshal(m)
	if err != nil {
		return fmt.Errorf("encoding a message: %w", err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.err != nil {
		return fmt.Errorf("writing a message: %w", c.err)
	}
	c.waiting = append(c.waiting, fmt.Appendf(nil, "Content-Length: %d\r\n\r\n%s", len(body), body))
	c.more.Signal()
	return nil
}

// answer responds to a request. A result of nil is null, which must be there.
func (c *conn) answer(id *json.RawMessage, result any, err error) error {
	if id == nil {
		null := json.RawMessage("null")
		id = &null
	}
	m := &message{ID: id, Result: result}
	var failed *rpcError
	switch {
	case errors.As(err, &failed):
		m.Result, m.Error = nil, failed
	case err != nil:
		m.Result, m.Error = nil, failf(codeInternal, "%v", err)
	case result == nil:
		m.Result = json.RawMessage("null")
	}
	return c.write(m)
}

func (c *conn) notify(method string, params any) error {
	raw, err := json.Marshal(params)
	if err != nil {
		return fmt.Errorf("encoding a message: %w", err)
	}
	return c.write(&message{Method: method, Params: raw})
}
