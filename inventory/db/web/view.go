package web

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/pickle-lint/pickle-lint/inventory/db"
	"github.com/pickle-lint/pickle-lint/lint"
)

// page is what the template shows.
type page struct {
	Title, Lead, Here string
	// Up is the page above.
	Up      *link
	Tiles   []tile
	Form    *form
	Facts   []fact
	Links   []link
	Tables  []*table
	Login   bool
	Wrong   string
	Refused bool
}

type link struct{ Text, Href string }

type tile struct{ Name, Number, Href string }

type fact struct {
	Name string
	cell
}

type cell struct{ Text, Href, Class string }

// table is an answer with links.
type table struct {
	Caption, Empty string
	Columns        []string
	Rows           [][]cell
	Prev, Next     string
	More           bool
}

type form struct {
	Action string
	Fields []field
	Button string
}

type field struct {
	Name, Label, Value, Kind string
	Options                  []option
	Required                 bool
}

type option struct {
	Value, Text string
	Chosen      bool
}

// href is an address on this server.
func href(path string, pairs ...string) string {
	values := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			values.Set(pairs[i], pairs[i+1])
		}
	}
	if len(values) == 0 {
		return path
	}
	return path + "?" + values.Encode()
}

// words are the columns that are called something else on a page.
var words = map[string]string{"tool_version": "tool", "first_day": "since"}

// show makes a table of an answer. The repository is that of the page, where the rows
// have none.
func show(answer *db.Table, caption, empty, repository string) *table {
	t := &table{Caption: caption, Empty: empty, More: answer.More}
	for _, name := range answer.Columns {
		if w, ok := words[name]; ok {
			name = w
		}
		t.Columns = append(t.Columns, strings.ReplaceAll(name, "_", " "))
	}
	for i := range answer.Rows {
		of := answer.Get(i, "repository")
		if of == "" {
			of = repository
		}
		row := make([]cell, len(answer.Columns))
		for j, name := range answer.Columns {
			row[j] = showCell(name, answer.Get(i, name), of)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func showCell(column, value, repository string) cell {
	c := cell{Text: lint.Printable(value)}
	if value == "" {
		return c
	}
	switch column {
	case "repository":
		c.Href = href("/repository", "name", value)
	case "channel":
		c.Href = href("/channel", "repository", repository, "id", value)
	case "service":
		c.Href = href("/channels", "service", value, "repository", repository)
	case "rule":
		c.Href = href("/findings", "rule", value)
	case "line":
		if value == "0" {
			c.Text = ""
		}
	case "revision":
		c.Class = "revision"
		// People tell commits apart by their beginnings.
		if len(value) >= 40 && strings.Trim(value[:40], "0123456789abcdef") == "" {
			c.Text = value[:12] + lint.Printable(value[40:])
		}
	case "severity", "verification", "state", "change":
		c.Class = "word " + class(value)
	}
	return c
}

// dense leaves out the columns in which nothing stands: most ends have few of the words
// that there are.
func (t *table) dense() *table {
	for j := len(t.Columns) - 1; j >= 0; j-- {
		if !slices.ContainsFunc(t.Rows, func(row []cell) bool { return row[j].Text != "" }) {
			t.Columns = slices.Delete(t.Columns, j, j+1)
			for i := range t.Rows {
				t.Rows[i] = slices.Delete(t.Rows[i], j, j+1)
			}
		}
	}
	return t
}

// class is a word that is one of a style sheet.
func class(word string) string {
	switch word {
	case "error", "warning", "note", "none", "mixed", "claimed", "proved", "restricted", "expired", "new", "gone", "changed":
		return word
	}
	return ""
}

// rowsAPage is how many rows a page shows.
const rowsAPage = 50

// paged cuts an answer that was asked for one row more than a page has, and links to the
// pages around it.
func paged(t *table, path string, query url.Values, number int) {
	at := func(n int) string {
		next := url.Values{}
		for name, values := range query {
			if len(values) > 0 && values[0] != "" {
				next.Set(name, values[0])
			}
		}
		next.Set("page", strconv.Itoa(n))
		return path + "?" + next.Encode()
	}
	if number > 1 {
		t.Prev = at(number - 1)
	}
	if len(t.Rows) > rowsAPage {
		t.Rows = t.Rows[:rowsAPage]
		t.Next = at(number + 1)
	}
	t.More = false
}

// choice is a field with the words there are.
func choice(name, label, value string, from ...string) field {
	f := field{Name: name, Label: label, Kind: "select", Options: []option{{Text: "any", Chosen: value == ""}}}
	for _, word := range from {
		f.Options = append(f.Options, option{Value: word, Text: word, Chosen: word == value})
	}
	return f
}
