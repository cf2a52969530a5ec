package web

import (
	"context"
	"net/http"
	"strconv"

	"github.com/pickle-lint/pickle-lint/inventory/db"
	"github.com/pickle-lint/pickle-lint/lint"
)

// most is how many rows the tables of one channel have.
const most = 500

// channel is a channel with both ends, what it carries, what is wrong with it, and how it
// came to be so.
func (s *site) channel(ctx context.Context, r *http.Request) (*page, error) {
	v, err := values(r, "repository", "id")
	if err != nil {
		return nil, err
	}
	repository, id := v["repository"], v["id"]
	if repository == "" || id == "" {
		return nil, &wrongError{http.StatusBadRequest, "A channel has a repository and an id."}
	}
	asked := map[string]string{"name": repository, "channel": id}
	answer, err := s.db.Ask(ctx, db.Page("channel"), "", asked, 1)
	if err != nil {
		return nil, err
	}
	p := &page{Title: lint.Printable(id), Here: "/channel", Up: &link{"channels of " + lint.Printable(repository), href("/channels", "repository", repository)}}
	if len(answer.Rows) == 0 {
		p.Lead = "The current record of this repository has no such channel; it may have had one before."
	} else {
		for _, name := range answer.Columns {
			if c := showCell(name, answer.Get(0, name), repository); c.Text != "" && name != "channel" {
				p.Facts = append(p.Facts, fact{name, c})
			}
		}
	}
	history, err := db.Find("history")
	if err != nil {
		return nil, err
	}
	for _, part := range []struct {
		question       *db.Question
		extra          map[string]string
		caption, empty string
		repository     string
	}{
		{db.Page("ends"), map[string]string{"side": "producer"}, "Producers", "Nobody that was looked at writes it.", ""},
		{db.Page("ends"), map[string]string{"side": "consumer"}, "Consumers", "Nobody that was looked at loads it.", ""},
		{db.Page("classes"), nil, "Classes", "No class is known.", ""},
		{db.Page("blobs"), nil, "Blobs at rest", "None is listed.", ""},
		{db.Page("findings"), map[string]string{"limit": strconv.Itoa(most), "offset": "0", "channel": id}, "Findings", "Nothing is wrong, as far as was looked.", repository},
		{history, map[string]string{"channel": id}, "History", "There is none.", repository},
	} {
		all := map[string]string{"name": repository, "channel": id}
		for name, value := range part.extra {
			all[name] = value
		}
		answer, err := s.db.Ask(ctx, part.question, part.repository, all, most)
		if err != nil {
			return nil, err
		}
		p.Tables = append(p.Tables, show(answer, part.caption, part.empty, repository).dense())
	}
	return p, nil
}

// repository is a repository with its records, any two of which can be compared.
func (s *site) repository(ctx context.Context, r *http.Request) (*page, error) {
	v, err := values(r, "name")
	if err != nil {
		return nil, err
	}
	name := v["name"]
	if name == "" {
		return nil, &wrongError{http.StatusBadRequest, "Which repository?"}
	}
	answer, err := s.db.Ask(ctx, db.Page("snapshots"), "", v, most)
	if err != nil {
		return nil, err
	}
	if len(answer.Rows) == 0 {
		return nil, &wrongError{http.StatusNotFound, "No repository is called so."}
	}
	p := &page{Title: lint.Printable(name), Here: "/repository", Up: &link{"repositories", "/repositories"}, Links: []link{
		{"Channels", href("/channels", "repository", name)}, {"Services", href("/services", "repository", name)}, {"Findings", href("/findings", "repository", name)}, {"Skips", href("/skips", "repository", name)},
	}}
	if len(answer.Rows) > 1 {
		p.Form = compare(answer, answer.Get(1, "snapshot"), answer.Get(0, "snapshot"))
	}
	p.Tables = []*table{show(answer, "Records", "", name)}
	return p, nil
}

// compare is the form that chooses two records.
func compare(answer *db.Table, from, to string) *form {
	f := &form{Action: "/diff", Button: "Compare"}
	for _, end := range []struct{ name, label, chosen string }{{"from", "From", from}, {"to", "To", to}} {
		of := field{Name: end.name, Label: end.label, Kind: "select"}
		for i := range answer.Rows {
			id := answer.Get(i, "snapshot")
			text := answer.Get(i, "since") + " " + showCell("revision", answer.Get(i, "revision"), "").Text
			of.Options = append(of.Options, option{Value: id, Text: text, Chosen: id == end.chosen})
		}
		f.Fields = append(f.Fields, of)
	}
	return f
}

// diff is what is different between two records of one repository.
func (s *site) diff(ctx context.Context, r *http.Request) (*page, error) {
	v, err := values(r, "from", "to")
	if err != nil {
		return nil, err
	}
	answer, err := s.db.Ask(ctx, db.Page("record"), "", map[string]string{"id": v["to"]}, 1)
	if err != nil {
		return nil, err
	}
	if len(answer.Rows) == 0 {
		return nil, &wrongError{http.StatusNotFound, "There is no such record."}
	}
	name := answer.Get(0, "repository")
	records, err := s.db.Ask(ctx, db.Page("snapshots"), "", map[string]string{"name": name}, most)
	if err != nil {
		return nil, err
	}
	changes, err := s.db.Ask(ctx, db.Page("diff"), "", v, 1000)
	if err != nil {
		return nil, err
	}
	return &page{
		Title: "What changed in " + lint.Printable(name), Here: "/diff", Up: &link{lint.Printable(name), href("/repository", "name", name)},
		Form: compare(records, v["from"], v["to"]), Tables: []*table{show(changes, "Changes", "Nothing: they have the same channels and sites.", name)},
	}, nil
}
