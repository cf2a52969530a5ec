package web

import (
	"context"
	"net/http"
	"strings"

	"github.com/pickle-lint/pickle-lint/inventory/db"
)

var search = field{Name: "q", Label: "Search", Kind: "search"}

func (s *site) overview(ctx context.Context, r *http.Request) (*page, error) {
	answer, err := s.db.Ask(ctx, db.Page("totals"), "", nil, 1)
	if err != nil {
		return nil, err
	}
	p := &page{Title: "Pickle inventory", Here: "/", Lead: "Who writes pickles, who loads them, across which trust boundary."}
	for _, name := range []string{"repositories", "services", "channels", "producers", "consumers", "findings", "skips"} {
		to := "/" + name
		if name == "producers" || name == "consumers" {
			to = ""
		}
		p.Tiles = append(p.Tiles, tile{name, answer.Get(0, name), to})
	}
	for _, q := range db.Questions() {
		p.Links = append(p.Links, link{q.Asks, "/questions/" + q.Name})
	}
	if newest := answer.Get(0, "newest"); newest != "" {
		p.Lead += " The newest record is of " + newest + "."
	}
	return s.withRepositories(ctx, r, p)
}

func (s *site) withRepositories(ctx context.Context, _ *http.Request, p *page) (*page, error) {
	answer, err := s.db.Ask(ctx, db.Page("repositories"), "", map[string]string{"limit": "11", "offset": "0"}, 10)
	if err != nil {
		return nil, err
	}
	t := show(answer, "Repositories", "Nothing has been pushed yet.", "")
	if t.More {
		t.Next = "/repositories"
		t.More = false
	}
	p.Tables = append(p.Tables, t)
	return p, nil
}

func (s *site) repositories(ctx context.Context, r *http.Request) (*page, error) {
	return s.list(ctx, r, "repositories", &page{Title: "Repositories", Here: "/repositories"}, "Repositories", "No repository is called so.", search)
}

func (s *site) services(ctx context.Context, r *http.Request) (*page, error) {
	return s.list(ctx, r, "services", &page{Title: "Services", Here: "/services"}, "Services", "No service is called so.", search)
}

func (s *site) channels(ctx context.Context, r *http.Request) (*page, error) {
	return s.list(ctx, r, "channels", &page{Title: "Channels", Here: "/channels"}, "Channels", "No channel is as you ask.", search,
		choice("kind", "Kind", "", "file", "cache", "queue", "table", "bucket", "registry", "network", "process", "session", "unknown"),
		choice("verification", "Verification", "", "none", "mixed", "claimed", "restricted", "proved"),
		choice("sensitivity", "Sensitivity", "", "secret", "pii", "confidential", "internal", "public"),
		field{Name: "boundary", Label: "Boundary", Kind: "text"}, field{Name: "service", Label: "Service", Kind: "text"})
}

func (s *site) findings(ctx context.Context, r *http.Request) (*page, error) {
	return s.list(ctx, r, "findings", &page{Title: "Findings", Here: "/findings"}, "Findings", "There is no such finding.", search,
		choice("severity", "Severity", "", "error", "warning", "note"), field{Name: "rule", Label: "Rule", Kind: "text"})
}

func (s *site) skips(ctx context.Context, r *http.Request) (*page, error) {
	p := &page{Title: "Skips", Here: "/skips", Lead: "What was not looked at, or not fully: there may be more sites than the lists show."}
	return s.list(ctx, r, "skips", p, "Skips", "Everything was looked at.")
}

func (s *site) questions(context.Context, *http.Request) (*page, error) {
	p := &page{Title: "Questions", Here: "/questions"}
	for _, q := range db.Questions() {
		p.Links = append(p.Links, link{q.Asks, "/questions/" + q.Name})
	}
	return p, nil
}

// question asks a ready one, once its words are there.
func (s *site) question(w http.ResponseWriter, r *http.Request) {
	q, err := db.Find(r.PathValue("name"))
	if err != nil {
		s.fail(w, r, &wrongError{http.StatusNotFound, "There is no such question."})
		return
	}
	format := r.URL.Query().Get("format")
	if format != "" && format != "csv" && format != "json" {
		s.fail(w, r, &wrongError{http.StatusBadRequest, "Answers are csv or json."})
		return
	}
	s.answerQuestion(w, r, q, format)
}

func (s *site) answerQuestion(w http.ResponseWriter, r *http.Request, q *db.Question, format string) {
	ctx, cancel := context.WithTimeout(r.Context(), questionTime)
	defer cancel()
	here := "/questions/" + q.Name
	p := &page{Title: q.Asks, Here: here, Up: &link{"questions", "/questions"}, Form: &form{Action: here, Button: "Ask"}}
	names := []string{"repository"}
	for _, parameter := range q.Parameters {
		names = append(names, parameter.Name)
	}
	v, err := values(r, names...)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	complete := true
	pairs := []string{"repository", v["repository"]}
	for _, parameter := range q.Parameters {
		kind := "text"
		if parameter.Kind == "day" {
			kind = "date"
		}
		value := v[parameter.Name]
		complete = complete && (value != "" || parameter.Optional)
		if value == "" {
			value = parameter.Default
		}
		pairs = append(pairs, parameter.Name, value)
		p.Form.Fields = append(p.Form.Fields, field{Name: parameter.Name, Label: parameter.Help, Value: value, Kind: kind, Required: !parameter.Optional})
	}
	p.Form.Fields = append(p.Form.Fields, field{Name: "repository", Label: "Repository (all, if empty; * stands for anything)", Value: v["repository"], Kind: "text"})
	if !complete && format == "" {
		s.write(w, http.StatusOK, p)
		return
	}
	most := 1000
	if format != "" {
		most = 100_000
	}
	answer, err := s.db.Ask(ctx, q, v["repository"], v, most)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	if format != "" {
		w.Header().Set("Content-Type", map[string]string{"csv": "text/csv; charset=utf-8", "json": "application/json"}[format])
		w.Header().Set("Content-Disposition", `attachment; filename="`+q.Name+"."+format+`"`)
		_ = answer.Write(w, format) // who went away needs no answer
		return
	}
	p.Tables = []*table{show(answer, "Answer", "Nothing, as far as was looked.", v["repository"])}
	for _, format := range []string{"csv", "json"} {
		p.Links = append(p.Links, link{"as " + strings.ToUpper(format), href(here, append(pairs, "format", format)...)})
	}
	s.write(w, http.StatusOK, p)
}
