package db

import (
	"database/sql"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/pickle-lint/pickle-lint/lint"
)

// Table is an answer.
type Table struct {
	Columns []string
	Rows    [][]any
	// More reports that the database has further rows, which were not read.
	More bool
}

// cellBytes bounds what a cell holds: plain SQL can ask for anything.
const cellBytes = 64 << 10

func readTable(rows *sql.Rows, limit int) (t *Table, err error) {
	defer func() { err = errors.Join(err, rows.Close()) }()
	t = &Table{Rows: [][]any{}}
	if t.Columns, err = rows.Columns(); err != nil {
		return nil, err
	}
	for rows.Next() {
		if len(t.Rows) == limit {
			t.More = true
			break
		}
		row := make([]any, len(t.Columns))
		into := make([]any, len(row))
		for i := range row {
			into[i] = &row[i]
		}
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		for i, v := range row {
			row[i] = plainValue(v)
		}
		t.Rows = append(t.Rows, row)
	}
	return t, rows.Err()
}

// plainValue makes the two drivers agree: text, int64, float64, bool or nil.
func plainValue(v any) any {
	switch v := v.(type) {
	case []byte:
		return shorten(clean(string(v)), cellBytes)
	case string:
		return shorten(v, cellBytes)
	case time.Time:
		return v.UTC().Format(time.RFC3339)
	case nil, int64, float64, bool:
		return v
	}
	return fmt.Sprint(v)
}

// Cell is a cell as text; NULL is "".
func Cell(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case int64:
		return strconv.FormatInt(v, 10)
	case bool:
		return map[bool]string{true: "yes", false: "no"}[v]
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	}
	return fmt.Sprint(v)
}

// Get is the cell of a row in the column of a name, or "".
func (t *Table) Get(row int, column string) string {
	for i, name := range t.Columns {
		if name == column {
			return Cell(t.Rows[row][i])
		}
	}
	return ""
}

// Formats are those of [Table.Write].
func Formats() []string { return []string{"text", "json", "csv"} }

// Write writes an answer in one of the formats.
func (t *Table) Write(w io.Writer, format string) error {
	switch format {
	case "text":
		return t.writeText(w)
	case "json":
		return t.writeJSON(w)
	case "csv":
		return t.writeCSV(w)
	}
	return fmt.Errorf("unknown format %q: want one of %s", format, strings.Join(Formats(), ", "))
}

// widest is how wide a column of text is made for the sake of others.
const widest = 60

func (t *Table) writeText(w io.Writer) error {
	cells := make([][]string, 0, len(t.Rows)+1)
	cells = append(cells, t.Columns)
	for _, row := range t.Rows {
		line := make([]string, len(row))
		for i, v := range row {
			line[i] = lint.Printable(Cell(v))
		}
		cells = append(cells, line)
	}
	widths := make([]int, len(t.Columns))
	for _, line := range cells {
		for i, cell := range line {
			widths[i] = max(widths[i], min(widest, utf8.RuneCountInString(cell)))
		}
	}
	var b strings.Builder
	for _, line := range cells {
		padded := make([]string, len(line))
		for i, cell := range line {
			padded[i] = cell + strings.Repeat(" ", max(0, widths[i]-utf8.RuneCountInString(cell)))
		}
		b.WriteString(strings.TrimRight(strings.Join(padded, "  "), " ") + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// writeJSON writes an array of objects, whose keys are in the order of the columns.
func (t *Table) writeJSON(w io.Writer) error {
	var b strings.Builder
	b.WriteByte('[')
	for i, row := range t.Rows {
		b.WriteString([]string{"\n  {", ",\n  {"}[min(i, 1)])
		for j, v := range row {
			if j > 0 {
				b.WriteString(", ")
			}
			name, err := json.Marshal(t.Columns[j])
			if err != nil {
				return err
			}
			value, err := json.Marshal(v)
			if err != nil {
				return err
			}
			b.Write(name)
			b.WriteString(": ")
			b.Write(value)
		}
		b.WriteByte('}')
	}
	if len(t.Rows) > 0 {
		b.WriteByte('\n')
	}
	b.WriteString("]\n")
	_, err := io.WriteString(w, b.String())
	return err
}

func (t *Table) writeCSV(w io.Writer) error {
	c := csv.NewWriter(w)
	if err := c.Write(t.Columns); err != nil {
		return err
	}
	for _, row := range t.Rows {
		line := make([]string, len(row))
		for i, v := range row {
			line[i] = Cell(v)
			if _, number := v.(int64); !number {
				line[i] = inert(line[i])
			}
		}
		if err := c.Write(line); err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}

// inert keeps a spreadsheet from taking text for a formula: names are chosen by whoever
// wrote the sources.
func inert(s string) string {
	if s != "" && strings.ContainsAny(s[:1], "=+-@\t\r") {
		return "'" + s
	}
	return s
}
