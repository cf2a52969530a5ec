package lsp

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"runtime"
	"slices"
	"sync"
	"time"

	"github.com/pickle-lint/pickle-lint/lint"
)

// Result is what is in one file.
type Result struct {
	Sites    []*lint.Site
	Findings []*lint.Finding
}

// Checker looks at files for the server. It may be asked by several goroutines at once.
type Checker interface {
	// Open makes a directory the root of what follows, and reads the configuration, which it
	// is asked to do again when that has changed. After an error what could be read holds, or
	// what was read before.
	Open(dir string) error
	// Python looks at the text of a source, among the sources around it as they stand on disk.
	// The path is absolute, or that of no file.
	Python(ctx context.Context, path string, text []byte) *Result
	// Go looks at the package of a file as it stands on disk, and returns what is in its files,
	// by absolute path.
	Go(ctx context.Context, path string) (map[string]*Result, error)
	// Stored says what is in a file of stored bytes, in a few lines.
	Stored(ctx context.Context, path string) string
	// Named returns the absolute path of the file that a text in a source names, or "".
	Named(source, name string) string
	// Abs returns the absolute path of a file that messages name.
	Abs(show string) string
	// Boundary says what lies behind a trust boundary.
	Boundary(name string) string
}

// Server is one connection of an editor.
type Server struct {
	conn    *conn
	checker Checker
	version string
	// Wait is how long a document rests after a change before it is looked at.
	Wait time.Duration
	// Configs are the names of the files that configure the checker.
	Configs []string
	// log takes what nobody has asked for.
	log func(format string, args ...any)

	mu      sync.Mutex
	state   state
	utf8    bool
	watches bool
	docs    map[string]*document
	// running cancels requests, by id, and packages looks at packages, by directory.
	running  map[string]context.CancelFunc
	packages map[string]context.CancelFunc
	wait     sync.WaitGroup
}

// state is how far the conversation is.
type state int

const (
	fresh state = iota
	initialized
	shut
)

// document is one that is open in the editor.
type document struct {
	uri, path, language string
	version             int
	text                *text
	// result is what was found in this text, or nil as long as nobody knows.
	result *Result
	timer  *time.Timer
	cancel context.CancelFunc
}

// New returns a server that reads from r and writes to w.
func New(r io.Reader, w io.Writer, checker Checker, version string, log func(format string, args ...any)) *Server {
	return &Server{
		conn: newConn(r, w), checker: checker, version: version, Wait: 200 * time.Millisecond, log: log,
		docs: make(map[string]*document), running: make(map[string]context.CancelFunc), packages: make(map[string]context.CancelFunc),
	}
}

// errExit ends the conversation.
var errExit = errors.New("exit")

// Run serves until the editor is gone, and reports whether it has said that it will be.
func (s *Server) Run(ctx context.Context) bool {
	ctx, stop := context.WithCancel(ctx)
	var delivered sync.WaitGroup
	delivered.Go(s.conn.deliver)
	defer delivered.Wait()
	defer s.conn.close()
	defer s.wait.Wait()
	defer func() {
		s.mu.Lock() // what begins with it held has been counted, or sees that it is over
		defer s.mu.Unlock()
		stop()
	}()
	for f := range s.frames(ctx) {
		body, err := f.body, f.err
		switch {
		case errors.Is(err, errFrame):
			s.tell(s.conn.answer(nil, nil, failf(codeParse, "%v", err)))
			continue
		case err != nil:
			return s.isShut()
		}
		var m message
		if err := json.Unmarshal(body, &m); err != nil {
			code := codeParse
			if json.Valid(body) {
				code = codeInvalidRequest
			}
			s.tell(s.conn.answer(nil, nil, failf(code, "%v", err)))
			continue
		}
		if err := s.handle(ctx, &m); errors.Is(err, errExit) {
			return s.isShut()
		}
	}
	return s.isShut()
}

// frame is what was read.
type frame struct {
	body []byte
	err  error
}

// frames reads frames until the stream or the context ends: a read does not notice the
// latter, and is left behind.
func (s *Server) frames(ctx context.Context) iter.Seq[frame] {
	read := make(chan frame)
	go func() {
		for {
			body, err := s.conn.read()
			select {
			case read <- frame{body, err}:
			case <-ctx.Done():
				return
			}
			if err != nil && !errors.Is(err, errFrame) {
				return
			}
		}
	}()
	return func(yield func(frame) bool) {
		for {
			select {
			case f := <-read:
				if !yield(f) {
					return
				}
			case <-ctx.Done():
				return
			}
		}
	}
}

func (s *Server) isShut() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.state == shut
}

// tell notes that something could not be said.
func (s *Server) tell(err error) {
	if err != nil {
		s.log("%v", err)
	}
}

// handle takes one message. What changes documents happens before the next is read;
// requests are answered beside that.
func (s *Server) handle(ctx context.Context, m *message) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%s: the server crashed: %v", m.Method, r)
			s.log("%v", err)
			if m.ID != nil {
				s.tell(s.conn.answer(m.ID, nil, err))
			}
		}
	}()
	switch {
	case m.Method == "exit":
		return errExit
	case m.Method == "" && m.ID == nil:
		s.tell(s.conn.answer(nil, nil, failf(codeInvalidRequest, "neither a method nor an id")))
		return nil
	case m.Method == "":
		return nil // the answer to a request of ours
	case m.ID == nil:
		if err := s.notified(ctx, m); err != nil {
			s.log("%s: %v", m.Method, err)
		}
		return nil
	}
	s.mu.Lock()
	now := s.state
	s.mu.Unlock()
	switch {
	case now == shut:
		err = failf(codeInvalidRequest, "the server was shut down")
	case m.Method == "initialize" && now == fresh:
		var result any
		result, err = s.initialize(m.Params)
		s.tell(s.conn.answer(m.ID, result, err))
		return nil
	case now == fresh:
		err = failf(codeNotInitialized, "initialize comes first")
	case m.Method == "shutdown":
		s.mu.Lock()
		s.state = shut
		s.mu.Unlock()
		s.tell(s.conn.answer(m.ID, nil, nil))
		return nil
	case m.Method == "textDocument/hover":
		s.request(ctx, m, s.hover)
		return nil
	case m.Method == "textDocument/codeAction":
		s.request(ctx, m, s.actions)
		return nil
	case m.Method == "initialize":
		err = failf(codeInvalidRequest, "initialized already")
	default:
		err = failf(codeNoMethod, "no method %s", m.Method)
	}
	s.tell(s.conn.answer(m.ID, nil, err))
	return nil
}

// request answers a request beside others, until it is cancelled.
func (s *Server) request(ctx context.Context, m *message, do func(context.Context, json.RawMessage) (any, error)) {
	ctx, cancel := context.WithCancel(ctx)
	id := string(*m.ID)
	s.mu.Lock()
	s.running[id] = cancel
	s.mu.Unlock()
	s.wait.Go(func() {
		defer func() {
			s.mu.Lock()
			delete(s.running, id)
			s.mu.Unlock()
			cancel()
		}()
		var result any
		var err error
		if crash := safely(func() { result, err = do(ctx, m.Params) }); crash != nil {
			result, err = nil, fmt.Errorf("%s: %w", m.Method, crash)
		}
		if ctx.Err() != nil {
			result, err = nil, failf(codeCancelled, "cancelled")
		}
		s.tell(s.conn.answer(m.ID, result, err))
	})
}

// safely makes a crash an error of the one thing that was done.
func safely(do func()) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the server crashed: %v", r)
		}
	}()
	do()
	return nil
}

func (s *Server) initialize(raw json.RawMessage) (any, error) {
	var p initializeParams
	if err := json.Unmarshal(raw, &p); err != nil {
		return nil, failf(codeInvalidParams, "%v", err)
	}
	root := p.RootPath
	if len(p.Folders) > 0 {
		p.RootURI = p.Folders[0].URI
	}
	if dir := pathOf(p.RootURI, runtime.GOOS == "windows"); dir != "" {
		root = dir
	}
	if err := s.checker.Open(root); err != nil {
		s.tell(s.conn.notify("window/showMessage", showParams{messageError, "pickle-lint: " + err.Error()}))
	}
	encoding := "utf-16"
	s.mu.Lock()
	defer s.mu.Unlock()
	if slices.Contains(p.Capabilities.General.PositionEncodings, "utf-8") {
		s.utf8, encoding = true, "utf-8"
	}
	s.watches = p.Capabilities.Workspace.Watched.Dynamic
	s.state = initialized
	return initializeResult{
		capabilities{encoding, syncOptions{true, syncIncremental, true}, true, codeActionOptions{[]string{quickFix}}},
		serverInfo{"pickle-lint", s.version},
	}, nil
}
