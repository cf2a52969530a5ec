package web

import (
	"context"
	"embed"
	"errors"
	"html/template"
	"io/fs"
	"net"
	"net/http"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/pickle-lint/pickle-lint/inventory/db"
)

//go:embed templates/*.html static
var files embed.FS

var pageTemplate = template.Must(template.ParseFS(files, "templates/page.html"))

// site is the pages over a database.
type site struct {
	db *db.DB
	o  Options
}

// New returns the pages, guarded as fits the address.
func New(d *db.DB, addr net.Addr, o Options) http.Handler {
	s := &site{db: d, o: o}
	static, err := fs.Sub(files, "static")
	if err != nil {
		panic(err)
	}
	mux := http.NewServeMux()
	for path, p := range map[string]func(context.Context, *http.Request) (*page, error){
		"/{$}": s.overview, "/repositories": s.repositories, "/repository": s.repository, "/services": s.services, "/channels": s.channels, "/channel": s.channel,
		"/findings": s.findings, "/skips": s.skips, "/questions": s.questions, "/diff": s.diff,
	} {
		mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) { s.answer(w, r, p) })
	}
	mux.HandleFunc("/questions/{name}", s.question)
	mux.Handle("/static/", http.StripPrefix("/static/", http.FileServerFS(static)))
	mux.HandleFunc("/login", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/", http.StatusSeeOther) })
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		s.write(w, http.StatusNotFound, &page{Title: "There is no such page", Up: &link{"overview", "/"}})
	})
	g := &guard{next: mux, token: o.Token}
	g.login = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.write(w, 0, &page{Title: "Sign in", Login: true, Refused: r.Method == http.MethodPost})
	})
	// A token protects from such pages, too: no other name has the cookie.
	if Loopback(addr) && o.Token == "" {
		g.hosts = hostsOf(addr)
	}
	return g
}

// wrongError is a request that asks for what cannot be.
type wrongError struct {
	status int
	text   string
}

func (e *wrongError) Error() string { return e.text }

func (s *site) answer(w http.ResponseWriter, r *http.Request, of func(context.Context, *http.Request) (*page, error)) {
	ctx, cancel := context.WithTimeout(r.Context(), questionTime)
	defer cancel()
	p, err := of(ctx, r)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	s.write(w, http.StatusOK, p)
}

// fail tells what is wrong: with the request to whoever made it, with the database to the
// log alone.
func (s *site) fail(w http.ResponseWriter, r *http.Request, err error) {
	if wrong, ok := errors.AsType[*wrongError](err); ok {
		s.write(w, wrong.status, &page{Title: "That cannot be answered", Wrong: wrong.text, Up: &link{"overview", "/"}})
		return
	}
	if _, ok := errors.AsType[*db.Error](err); ok {
		if r.Context().Err() == nil {
			s.o.Log.Error("a page cannot be made", "path", r.URL.Path, "error", err)
		}
		w.Header().Set("Retry-After", "5")
		s.write(w, http.StatusServiceUnavailable, &page{Title: "The database does not answer", Wrong: "Try again in a while; the log of the server says more.", Up: &link{"overview", "/"}})
		return
	}
	s.write(w, http.StatusBadRequest, &page{Title: "That cannot be answered", Wrong: err.Error(), Up: &link{"overview", "/"}})
}

func (s *site) write(w http.ResponseWriter, status int, p *page) {
	var b strings.Builder
	if err := pageTemplate.Execute(&b, p); err != nil {
		s.o.Log.Error("a page cannot be shown", "error", err)
		http.Error(w, "the page cannot be shown", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if status != 0 {
		w.WriteHeader(status)
	}
	_, _ = w.Write([]byte(b.String())) // who went away needs no page
}

// values are the fields of a request that a question takes.
func values(r *http.Request, names ...string) (map[string]string, error) {
	out := make(map[string]string)
	for _, name := range names {
		v := r.URL.Query().Get(name)
		if len(v) > 2000 || !utf8.ValidString(v) {
			return nil, &wrongError{http.StatusBadRequest, "the field " + name + " is too long, or no text"}
		}
		out[name] = v
	}
	return out, nil
}

// part makes a pattern of what somebody types to search.
func part(text string) string {
	if text == "" || strings.Contains(text, "*") {
		return text
	}
	return "*" + text + "*"
}

// list is a page with a form and an answer page by page.
func (s *site) list(ctx context.Context, r *http.Request, question string, p *page, caption, empty string, filters ...field) (*page, error) {
	names := []string{"repository", "page"}
	for _, f := range filters {
		names = append(names, f.Name)
	}
	v, err := values(r, names...)
	if err != nil {
		return nil, err
	}
	number := 1
	if v["page"] != "" {
		if number, err = strconv.Atoi(v["page"]); err != nil || number < 1 || number > 1_000_000 {
			return nil, &wrongError{http.StatusBadRequest, "there is no such page of the list"}
		}
	}
	p.Form = &form{Action: p.Here, Button: "Show"}
	for _, f := range filters {
		f.Value = v[f.Name]
		if f.Kind == "select" {
			f = choice(f.Name, f.Label, f.Value, optionsOf(f)...)
		}
		p.Form.Fields = append(p.Form.Fields, f)
	}
	if question != "repositories" {
		p.Form.Fields = append(p.Form.Fields, field{Name: "repository", Label: "Repository", Kind: "text", Value: v["repository"]})
	}
	v["q"] = part(v["q"])
	v["limit"], v["offset"] = strconv.Itoa(rowsAPage+1), strconv.Itoa((number-1)*rowsAPage)
	answer, err := s.db.Ask(ctx, db.Page(question), v["repository"], v, rowsAPage+1)
	if err != nil {
		return nil, err
	}
	t := show(answer, caption, empty, v["repository"])
	paged(t, p.Here, r.URL.Query(), number)
	p.Tables = append(p.Tables, t)
	return p, nil
}

func optionsOf(f field) []string {
	var out []string
	for _, o := range f.Options {
		if o.Value != "" {
			out = append(out, o.Value)
		}
	}
	return out
}
