package lsp

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"
)

// configures reports a file whose change makes everything new.
func (s *Server) configures(uri string) bool {
	return slices.ContainsFunc(s.Configs, func(name string) bool { return strings.HasSuffix(uri, "/"+name) })
}

// notified takes a notification.
func (s *Server) notified(ctx context.Context, m *message) error {
	switch m.Method {
	case "$/cancelRequest":
		var p struct{ ID json.RawMessage }
		if err := json.Unmarshal(m.Params, &p); err != nil {
			return err
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		if cancel := s.running[string(p.ID)]; cancel != nil {
			cancel()
		}
		return nil
	case "initialized":
		return s.watch()
	}
	s.mu.Lock()
	ready := s.state == initialized
	s.mu.Unlock()
	if !ready {
		return nil // as the protocol wants it
	}
	switch m.Method {
	case "textDocument/didOpen":
		return s.opened(ctx, m.Params)
	case "textDocument/didChange":
		return s.changed(ctx, m.Params)
	case "textDocument/didSave", "textDocument/didClose":
		var p documentParams
		if err := json.Unmarshal(m.Params, &p); err != nil {
			return err
		}
		if m.Method == "textDocument/didClose" {
			return s.closed(p.Document.URI)
		}
		if s.configures(p.Document.URI) {
			return s.reload(ctx)
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		if d := s.docs[p.Document.URI]; d != nil && d.language == "go" {
			s.checkPackage(ctx, d.path)
		} else if languageOf(p.Document.URI, "") == "python" {
			s.checkOthers(ctx, d)
		}
		return nil
	case "workspace/didChangeConfiguration":
		return s.reload(ctx)
	case "workspace/didChangeWatchedFiles":
		var p watchedParams
		if err := json.Unmarshal(m.Params, &p); err != nil {
			return err
		}
		for _, c := range p.Changes {
			if s.configures(c.URI) {
				return s.reload(ctx)
			}
		}
	}
	return nil
}

// watch asks the editor to tell of changes of the configuration, if it can.
func (s *Server) watch() error {
	s.mu.Lock()
	watches := s.watches
	s.mu.Unlock()
	if !watches {
		return nil
	}
	id := json.RawMessage(`"watch"`)
	return s.conn.write(&message{ID: &id, Method: "client/registerCapability", Params: json.RawMessage(
		`{"registrations":[{"id":"watch","method":"workspace/didChangeWatchedFiles","registerOptions":{"watchers":[{"globPattern":"**/{` + strings.Join(s.Configs, ",") + `}"}]}}]}`)})
}

// reload reads the configuration and looks at all documents again.
func (s *Server) reload(ctx context.Context) error {
	if err := s.checker.Open(""); err != nil {
		return s.conn.notify("window/showMessage", showParams{messageError, "pickle-lint: " + err.Error()})
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, d := range s.docs {
		s.check(ctx, d, 0)
	}
	return nil
}

// checkOthers looks again at the sources that are open besides one that was saved, which
// they may import.
func (s *Server) checkOthers(ctx context.Context, saved *document) {
	for _, d := range s.docs {
		if d != saved && d.language == "python" {
			s.check(ctx, d, 0)
		}
	}
}

// languageOf tells what a document is written in, or returns "" for what is none of ours.
// Cells of notebooks are documents of their own, of which one alone says little.
func languageOf(uri, language string) string {
	if strings.HasPrefix(uri, "vscode-notebook-cell:") {
		return ""
	}
	switch {
	case language == "python" || language == "go":
		return language
	case strings.HasSuffix(uri, ".py") || strings.HasSuffix(uri, ".pyi"):
		return "python"
	case strings.HasSuffix(uri, ".go"):
		return "go"
	}
	return ""
}

func (s *Server) opened(ctx context.Context, raw json.RawMessage) error {
	var p openParams
	if err := json.Unmarshal(raw, &p); err != nil {
		return err
	}
	language := languageOf(p.Document.URI, p.Document.Language)
	if language == "" {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.forget(p.Document.URI)
	d := &document{
		uri: p.Document.URI, path: pathOf(p.Document.URI, runtime.GOOS == "windows"), language: language,
		version: p.Document.Version, text: newText([]byte(p.Document.Text), s.utf8, language == "go"),
	}
	s.docs[d.uri] = d
	s.check(ctx, d, 0)
	return nil
}

func (s *Server) changed(ctx context.Context, raw json.RawMessage) error {
	var p changeParams
	if err := json.Unmarshal(raw, &p); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	d := s.docs[p.Document.URI]
	if d == nil {
		return nil
	}
	for _, c := range p.Changes {
		d.text = d.text.change(c.Range, c.Text)
	}
	d.version, d.result = p.Document.Version, nil
	if d.language == "go" {
		// What was found is about the file, which is built and which this is not.
		return s.publish(d)
	}
	s.check(ctx, d, s.Wait)
	return nil
}

func (s *Server) closed(uri string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.docs[uri] == nil {
		return nil
	}
	s.forget(uri)
	return s.conn.notify("textDocument/publishDiagnostics", publishParams{URI: uri, Diagnostics: []diagnostic{}})
}

// forget ends what is done for a document.
func (s *Server) forget(uri string) {
	if d := s.docs[uri]; d != nil {
		d.stop()
		delete(s.docs, uri)
	}
}

func (d *document) stop() {
	if d.timer != nil {
		d.timer.Stop()
	}
	if d.cancel != nil {
		d.cancel()
	}
}

// check looks at a document after a while, instead of whatever was to be done before.
func (s *Server) check(ctx context.Context, d *document, after time.Duration) {
	if d.language == "go" {
		s.checkPackage(ctx, d.path)
		return
	}
	d.stop()
	ctx, cancel := context.WithCancel(ctx)
	d.cancel = cancel
	d.timer = time.AfterFunc(after, func() {
		s.mu.Lock()
		if ctx.Err() != nil {
			s.mu.Unlock()
			return
		}
		path, src, version := d.path, d.text.bytes, d.version
		s.wait.Add(1)
		s.mu.Unlock()
		defer s.wait.Done()
		if path == "" {
			path = "untitled.py"
		}
		var result *Result // of a text at which looking crashes, nothing is known
		if err := safely(func() { result = s.checker.Python(ctx, path, src) }); err != nil {
			s.log("%s: %v", path, err)
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		if ctx.Err() == nil && d.version == version && s.docs[d.uri] == d {
			d.result = result
			s.tell(s.publish(d))
		}
	})
}

// checkPackage looks at the package of a Go file, and tells what is in those of its files
// that are open and are what is on disk.
func (s *Server) checkPackage(ctx context.Context, path string) {
	if path == "" {
		return
	}
	dir := filepath.Dir(path)
	if cancel := s.packages[dir]; cancel != nil {
		cancel()
	}
	ctx, cancel := context.WithCancel(ctx)
	s.packages[dir] = cancel
	s.wait.Go(func() {
		defer cancel()
		var results map[string]*Result
		var err error
		crash := safely(func() { results, err = s.checker.Go(ctx, path) })
		s.mu.Lock()
		defer s.mu.Unlock()
		if ctx.Err() != nil {
			return
		}
		if err := errors.Join(err, crash); err != nil {
			s.log("%s: %v", path, err)
		}
		for _, d := range s.docs {
			if d.language != "go" || filepath.Dir(d.path) != dir {
				continue
			}
			d.result = nil
			if r := results[d.path]; r != nil && onDisk(d) {
				d.result = r
			}
			s.tell(s.publish(d))
		}
	})
}

// publish tells what is in a document.
func (s *Server) publish(d *document) error {
	p := publishParams{URI: d.uri, Version: &d.version, Diagnostics: []diagnostic{}}
	if d.result != nil {
		for _, f := range d.result.Findings {
			if !f.Suppressed {
				p.Diagnostics = append(p.Diagnostics, s.diagnostic(d, f))
			}
		}
	}
	if err := s.conn.notify("textDocument/publishDiagnostics", p); err != nil {
		return fmt.Errorf("publishing diagnostics: %w", err)
	}
	return nil
}

// open returns the open document of a file, or nil.
func (s *Server) open(path string) *document {
	for _, uri := range slices.Sorted(keys(s.docs)) {
		if s.docs[uri].path == path {
			return s.docs[uri]
		}
	}
	return nil
}
