package db

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/pickle-lint/pickle-lint/lint/justify"
	"github.com/pickle-lint/pickle-lint/lint/suggest"
)

//go:embed questions/*.sql questions/page/*.sql
var questionFiles embed.FS

// Question is a ready one: a file of SQL that both databases take, with what to fill in.
//
// In the SQL, ":name" is a parameter; "@current" stands for the current snapshots of the
// repositories that were asked for; "@match(column, :name)" compares with a pattern, in
// which * stands for anything, and is an equation where there is none; "@use(name)" is the
// text of another file.
type Question struct {
	Name string
	// Asks is the question in words.
	Asks       string
	Parameters []Parameter
	sql        string
}

// Parameter is what somebody fills in.
type Parameter struct {
	Name string
	// Kind is text, pattern, day, within (a number of days, weeks or years), choice or number.
	Kind string
	// Default is what stands for it where nothing is given; a parameter without one must
	// be given.
	Default  string
	Optional bool
	Help     string
}

var (
	headLine  = regexp.MustCompile(`^-- (ask|parameter): (.*)$`)
	paramLine = regexp.MustCompile(`^([a-z]+) ([a-z]+)(?: =([^ ]*))? -- (.+)$`)
)

// Questions are the ready ones, sorted by name.
func Questions() []*Question { return ready }

var ready, pages = load("questions"), load("questions/page")

func load(dir string) []*Question {
	files, err := fs.Glob(questionFiles, dir+"/*.sql")
	if err != nil {
		panic(err)
	}
	var out []*Question
	for _, file := range files {
		data, err := questionFiles.ReadFile(file)
		if err != nil {
			panic(err)
		}
		if strings.HasPrefix(path.Base(file), "_") {
			continue
		}
		q, err := parseQuestion(strings.TrimSuffix(path.Base(file), ".sql"), string(data))
		if err != nil {
			panic(fmt.Sprintf("%s: %v", file, err))
		}
		out = append(out, q)
	}
	slices.SortFunc(out, func(a, b *Question) int { return strings.Compare(a.Name, b.Name) })
	return out
}

func parseQuestion(name, source string) (*Question, error) {
	q := &Question{Name: name}
	var body []string
	for line := range strings.Lines(source) {
		line = strings.TrimRight(line, "\n")
		if m := headLine.FindStringSubmatch(line); m != nil {
			if m[1] == "ask" {
				q.Asks = m[2]
				continue
			}
			p := paramLine.FindStringSubmatch(m[2])
			if p == nil {
				return nil, fmt.Errorf("%q is no parameter", m[2])
			}
			q.Parameters = append(q.Parameters, Parameter{Name: p[1], Kind: p[2], Default: p[3], Optional: strings.Contains(m[2], " ="), Help: p[4]})
			continue
		}
		if used := useMacro.FindStringSubmatch(line); used != nil {
			data, err := questionFiles.ReadFile("questions/_" + used[1] + ".sql")
			if err != nil {
				return nil, err
			}
			line = string(data)
		}
		for l := range strings.Lines(line) {
			if l = strings.TrimRight(l, "\n"); !strings.HasPrefix(strings.TrimSpace(l), "--") {
				body = append(body, l)
			}
		}
	}
	if q.Asks == "" {
		return nil, errors.New("asks nothing")
	}
	q.sql = strings.Join(body, "\n")
	return q, nil
}

// Find returns a ready question.
func Find(name string) (*Question, error) {
	if i := slices.IndexFunc(ready, func(q *Question) bool { return q.Name == name }); i >= 0 {
		return ready[i], nil
	}
	var names []string
	for _, q := range ready {
		names = append(names, q.Name)
	}
	return nil, fmt.Errorf("no question is called %q%s (query --list shows all)", name, suggest.DidYouMean(name, names))
}

// Page returns what a page of the web asks.
func Page(name string) *Question {
	i := slices.IndexFunc(pages, func(q *Question) bool { return q.Name == name })
	if i < 0 {
		panic("no page asks " + name)
	}
	return pages[i]
}

// Usage is the question as it is typed.
func (q *Question) Usage() string {
	words := []string{q.Name}
	for _, p := range q.Parameters {
		word := strings.ToUpper(p.Name)
		if p.Optional {
			word = "[" + word + "]"
		}
		words = append(words, word)
	}
	return strings.Join(words, " ")
}

// Values gives the parameters of a question the words of a command line, in order.
func (q *Question) Values(words []string) (map[string]string, error) {
	if len(words) > len(q.Parameters) {
		return nil, fmt.Errorf("%s: %q is one word too many; want %s", q.Name, words[len(q.Parameters)], q.Usage())
	}
	values := make(map[string]string)
	for i, w := range words {
		values[q.Parameters[i].Name] = w
	}
	return values, nil
}

var (
	useMacro     = regexp.MustCompile(`^@use\((\w+)\)$`)
	matchMacro   = regexp.MustCompile(`@match\(([\w.]+), :(\w+)\)`)
	currentMacro = regexp.MustCompile(`@current\b`)
	placeholder  = regexp.MustCompile(`:([a-z]+)\b`)
)

// Ask asks a question about the repositories that match a pattern ("" is all). It returns at
// most limit rows, and whether there are more.
func (d *DB) Ask(ctx context.Context, q *Question, repositories string, values map[string]string, limit int) (*Table, error) {
	given := map[string]any{"today": d.Now().UTC().Format(time.DateOnly), "repositories": likePattern(repositories)}
	patterns := map[string]string{"repositories": repositories}
	for _, p := range q.Parameters {
		value, ok := values[p.Name]
		if !ok || value == "" {
			if !p.Optional {
				return nil, fmt.Errorf("%s wants %s: %s", q.Name, strings.ToUpper(p.Name), p.Help)
			}
			value = p.Default
		}
		v, err := d.value(p, value)
		if err != nil {
			return nil, fmt.Errorf("%s: %s: %w", q.Name, p.Name, err)
		}
		given[p.Name], patterns[p.Name] = v, value
	}
	current := "(SELECT * FROM snapshot WHERE is_current)"
	if repositories != "" {
		current = "(SELECT * FROM snapshot WHERE is_current AND @match(repository, :repositories))"
	}
	text := currentMacro.ReplaceAllString(q.sql, current)
	text = matchMacro.ReplaceAllStringFunc(text, func(m string) string {
		parts := matchMacro.FindStringSubmatch(m)
		switch pattern := patterns[parts[2]]; {
		case pattern == "" || pattern == "*":
			return "TRUE"
		case strings.Contains(pattern, "*"):
			return "lower(" + parts[1] + ") LIKE lower(:" + parts[2] + `) ESCAPE '\'`
		}
		given[parts[2]] = patterns[parts[2]]
		return parts[1] + " = :" + parts[2]
	})
	var names []string
	text = placeholder.ReplaceAllStringFunc(text, func(m string) string {
		i := slices.Index(names, m[1:])
		if i < 0 {
			i = len(names)
			names = append(names, m[1:])
		}
		return "$" + strconv.Itoa(i+1)
	})
	arguments := make([]any, len(names))
	for i, name := range names {
		arguments[i] = given[name]
	}
	rows, err := d.sql.QueryContext(ctx, text, arguments...)
	if err != nil {
		return nil, d.explain(err)
	}
	t, err := readTable(rows, limit)
	return t, d.explain(err)
}

// value reads what was filled in.
func (d *DB) value(p Parameter, text string) (any, error) {
	if strings.ContainsRune(text, 0) || len(text) > maxText {
		return nil, errors.New("is too long, or has a NUL in it")
	}
	switch p.Kind {
	case "pattern":
		return likePattern(text), nil
	case "day":
		if _, err := time.Parse(time.DateOnly, text); err != nil {
			return nil, fmt.Errorf("%q is no day (YYYY-MM-DD)", text)
		}
	case "within":
		age, err := justify.ParseAge(text)
		if err != nil {
			return nil, err
		}
		return age.After(d.Now()).UTC().Format(time.DateOnly), nil
	case "number":
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil || n < 0 {
			return nil, fmt.Errorf("%q is no number", text)
		}
		return n, nil
	}
	return text, nil
}

var likeEscaper = strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`, "*", "%")

// likePattern is a pattern with stars as LIKE takes it.
func likePattern(pattern string) string { return likeEscaper.Replace(pattern) }
