package lock

import (
	"bytes"
	"fmt"
	"slices"
)

// context is how many lines around a change a diff shows.
const context = 3

// edit is a line of a diff: ' ', '-' or '+', and the line with its end.
type edit struct {
	sign byte
	line []byte
}

// Diff returns what becomes of the text of a lock, as a unified diff that git apply takes;
// nil if nothing does. Both texts have their entries in one order, so that only the lines of
// an entry are searched for what they have in common.
func Diff(before, after []byte) []byte {
	if bytes.Equal(before, after) {
		return nil
	}
	var edits []edit
	a, b := stanzas(before), stanzas(after)
	for len(a) > 0 || len(b) > 0 {
		var order int
		switch {
		case len(a) == 0:
			order = 1
		case len(b) == 0:
			order = -1
		default:
			order = a[0].compare(b[0])
		}
		switch {
		case order < 0:
			edits, a = put(edits, '-', a[0].lines), a[1:]
		case order > 0:
			edits, b = put(edits, '+', b[0].lines), b[1:]
		default:
			edits = between(edits, a[0].lines, b[0].lines)
			a, b = a[1:], b[1:]
		}
	}
	var out bytes.Buffer
	from := "a/" + Name
	if len(before) == 0 {
		from = "/dev/null"
	}
	out.WriteString("--- " + from + "\n+++ b/" + Name + "\n")
	hunks(&out, edits)
	return out.Bytes()
}

// stanza is an entry, or what stands before the first or behind the last.
type stanza struct {
	rank  int
	path  string
	lines [][]byte
}

func (s *stanza) compare(other *stanza) int {
	if s.rank != other.rank {
		return s.rank - other.rank
	}
	return bytes.Compare([]byte(s.path), []byte(other.path))
}

// stanzas takes a text apart. An empty line belongs to what comes behind it.
func stanzas(text []byte) []*stanza {
	if len(text) == 0 {
		return nil
	}
	all := []*stanza{new(stanza)}
	var blank [][]byte
	for line := range bytes.Lines(text) {
		at := all[len(all)-1]
		trimmed := bytes.TrimSuffix(line, []byte("\n"))
		rest, isBlob := bytes.CutPrefix(trimmed, []byte("blob "))
		switch {
		case len(trimmed) == 0:
			blank = append(blank, line)
			continue
		case isBlob:
			path := string(rest)
			if w, err := words(path); err == nil && len(w) == 1 {
				path = w[0]
			}
			at = &stanza{rank: 1, path: path}
			all = append(all, at)
		case string(trimmed) == last:
			at = &stanza{rank: 2}
			all = append(all, at)
		}
		at.lines, blank = append(append(at.lines, blank...), line), nil
	}
	at := all[len(all)-1]
	at.lines = append(at.lines, blank...)
	return all
}

func put(edits []edit, sign byte, lines [][]byte) []edit {
	for _, l := range lines {
		edits = append(edits, edit{sign, l})
	}
	return edits
}

// mostCells bounds what is computed for one entry.
const mostCells = 4 << 20

// between adds the way from some lines to others.
func between(edits []edit, a, b [][]byte) []edit {
	head := 0
	for head < min(len(a), len(b)) && bytes.Equal(a[head], b[head]) {
		head++
	}
	edits = put(edits, ' ', a[:head])
	a, b = a[head:], b[head:]
	tail := 0
	for tail < min(len(a), len(b)) && bytes.Equal(a[len(a)-1-tail], b[len(b)-1-tail]) {
		tail++
	}
	same := a[len(a)-tail:]
	a, b = a[:len(a)-tail], b[:len(b)-tail]
	if len(a)*len(b) > mostCells {
		edits = put(put(edits, '-', a), '+', b)
		return put(edits, ' ', same)
	}
	// common[i][j] is how many lines a[i:] and b[j:] have in common, in order.
	width := len(b) + 1
	common := make([]int32, (len(a)+1)*width)
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if bytes.Equal(a[i], b[j]) {
				common[i*width+j] = 1 + common[(i+1)*width+j+1]
			} else {
				common[i*width+j] = max(common[(i+1)*width+j], common[i*width+j+1])
			}
		}
	}
	i, j := 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case bytes.Equal(a[i], b[j]):
			edits = put(edits, ' ', a[i:i+1])
			i, j = i+1, j+1
		case common[(i+1)*width+j] >= common[i*width+j+1]:
			edits = put(edits, '-', a[i:i+1])
			i++
		default:
			edits = put(edits, '+', b[j:j+1])
			j++
		}
	}
	edits = put(put(edits, '-', a[i:]), '+', b[j:])
	return put(edits, ' ', same)
}

// hunks writes the changes with the lines around them.
func hunks(out *bytes.Buffer, edits []edit) {
	changed := func(e edit) bool { return e.sign != ' ' }
	oldLine, newLine := 1, 1
	for {
		next := slices.IndexFunc(edits, changed)
		if next < 0 {
			return
		}
		begin := max(0, next-context)
		oldLine, newLine = oldLine+begin, newLine+begin
		edits = edits[begin:]
		end, quiet := 0, 0
		for end < len(edits) && quiet <= 2*context {
			quiet++
			if changed(edits[end]) {
				quiet = 0
			}
			end++
		}
		end -= max(0, quiet-context)
		var body bytes.Buffer
		olds, news := 0, 0
		for _, e := range edits[:end] {
			body.WriteByte(e.sign)
			body.Write(e.line)
			if !bytes.HasSuffix(e.line, []byte("\n")) {
				body.WriteString("\n\\ No newline at end of file\n")
			}
			if e.sign != '+' {
				olds++
			}
			if e.sign != '-' {
				news++
			}
		}
		fmt.Fprintf(out, "@@ -%s +%s @@\n", span(oldLine, olds), span(newLine, news))
		out.Write(body.Bytes())
		oldLine, newLine, edits = oldLine+olds, newLine+news, edits[end:]
	}
}

// span is a range of lines as diff writes it: nothing stands behind the line before.
func span(line, n int) string {
	if n == 0 {
		line--
	}
	return fmt.Sprintf("%d,%d", line, n)
}
