package command

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/pieces"
)

// runs are the instructions that run commands, and copies those that write files from
// here-documents (Dockerfile reference).
var (
	runs     = map[string]bool{"RUN": true, "CMD": true, "ENTRYPOINT": true, "SHELL": true, "HEALTHCHECK": true, "ONBUILD": true, "COPY": true, "ADD": true}
	option   = regexp.MustCompile(`^[ \t]*(--[a-z-]+(=\S+)?|CMD|RUN|CMD)[ \t]+`)
	heredocs = regexp.MustCompile(`<<-?["']?(\w+)["']?`)
)

// docker notes the commands of a Dockerfile.
func (f *finder) docker(file *pieces.Text) {
	b := file.Bytes
	for from := 0; from < len(b); {
		to := lineEnd(b, from)
		line := bytes.TrimLeft(b[from:to], " \t")
		word := line
		if i := bytes.IndexAny(line, " \t\r\n"); i >= 0 {
			word = line[:i]
		}
		name := strings.ToUpper(string(word[:min(len(word), maxWord)]))
		if !runs[name] {
			from = to
			continue
		}
		text := new(pieces.Text)
		start := to - len(line)
		if name != "COPY" && name != "ADD" {
			start += len(word)
		}
		from = f.instruction(text, file, start)
		f.exec(text)
	}
}

// instruction gathers an instruction with the lines and the here-documents that belong
// to it. Comments between its lines are left out.
func (f *finder) instruction(out, file *pieces.Text, from int) (end int) {
	b := file.Bytes
	at := from
	for first := true; at < len(b); first = false {
		end := lineEnd(b, at)
		line := bytes.TrimSpace(b[at:end])
		if !first && (len(line) == 0 || line[0] == '#') {
			at = end
			continue
		}
		out.Copy(file, at, end)
		at = end
		if len(line) == 0 || line[len(line)-1] != '\\' {
			break
		}
	}
	for _, m := range heredocs.FindAllSubmatch(out.Bytes, maxWithin) {
		for at < len(b) {
			end := lineEnd(b, at)
			out.Copy(file, at, end)
			done := bytes.Equal(bytes.TrimSpace(b[at:end]), m[1])
			at = end
			if done {
				break
			}
		}
	}
	return at
}

// exec notes what an instruction runs: a list of words in JSON, or a script.
func (f *finder) exec(t *pieces.Text) {
	from := 0
	for {
		m := option.FindIndex(t.Bytes[from:])
		if m == nil {
			break
		}
		from += m[1]
	}
	rest := bytes.TrimLeft(t.Bytes[from:], " \t")
	from = len(t.Bytes) - len(rest)
	if len(rest) > 0 && rest[0] == '[' {
		if list, end := jsonList(t, from); end > 0 {
			f.list(list)
			return
		}
	}
	f.shell(t.Slice(from, len(t.Bytes)))
}

// list looks at a command that is given word by word.
func (f *finder) list(list []*pieces.Text) {
	words := make([]word, len(list))
	for i, t := range list {
		words[i] = word{text: t, quoted: true}
	}
	if len(words) == 0 {
		return
	}
	// There is no script around it: what its words come from is where it stands.
	at := list[0].At(0)
	s := &shell{f: f, text: pieces.Of(f.raw[:min(at+1, len(f.raw))], 0)}
	for i := range words {
		words[i].at = at
	}
	f.command(s, &simple{words: words}, nil, false)
}
