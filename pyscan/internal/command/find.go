package command

import (
	"bytes"
	"path"
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/pieces"
)

// Piece is Python that a command runs.
type Piece struct {
	Code *pieces.Text
	// At is where in the file the command stands.
	At int
}

// Form says how commands are written down in a file.
type Form uint8

// The forms.
const (
	None Form = iota
	Shell
	Make
	Docker
	YAML
	// JSON are strings with commands.
	JSON
	// Lines are files in which a command stands on one line, somewhere.
	Lines
)

var byExtension = map[string]Form{
	".sh": Shell, ".bash": Shell, ".zsh": Shell, ".ksh": Shell, ".dash": Shell, ".ash": Shell, ".bats": Shell, ".command": Shell, ".envrc": Shell,
	".mk": Make, ".mak": Make, ".dockerfile": Docker, ".containerfile": Docker, ".yml": YAML, ".yaml": YAML,
	".service": Lines, ".bat": Lines, ".cmd": Lines, ".ps1": Lines, ".just": Lines, ".desktop": Lines, ".timer": Lines,
}

var byName = map[string]Form{
	"makefile": Make, "gnumakefile": Make, "dockerfile": Docker, "containerfile": Docker, "package.json": JSON, "devcontainer.json": JSON, "tasks.json": JSON,
	"tox.ini": Lines, "tox.toml": Lines, "setup.cfg": Lines, "pyproject.toml": Lines, "pixi.toml": Lines, "pipfile": Lines, "justfile": Lines, "procfile": Lines,
	"crontab": Lines, "jenkinsfile": Lines, "noxfile.toml": Lines, "taskfile": YAML,
	".bashrc": Shell, ".profile": Shell, ".bash_profile": Shell, ".zshrc": Shell, ".envrc": Shell, "apkbuild": Shell, "pkgbuild": Shell,
}

// FormOf tells the form of a file by its name, in lower case and without a directory,
// or else by the interpreter that its first line asks for.
func FormOf(name string, shebang []byte) Form {
	if f := byName[name]; f != None {
		return f
	}
	if f := byExtension[path.Ext(name)]; f != None {
		return f
	}
	if strings.HasPrefix(name, "dockerfile.") || strings.HasPrefix(name, "containerfile.") {
		return Docker
	}
	for word := range strings.FieldsSeq(string(shebang)) {
		if shells[word[strings.LastIndexByte(word, '/')+1:]] {
			return Shell
		}
	}
	return None
}

var shells = map[string]bool{"sh": true, "bash": true, "dash": true, "zsh": true, "ksh": true, "ash": true, "busybox": true}

const (
	// maxPieces bounds the Python of a file, and maxWithin how deep commands are in
	// each other: sh -c "ssh host 'python -c …'".
	maxPieces = 10_000
	maxWithin = 6
)

// Find returns the Python of a file, in no order. whole is false if there is more than
// is taken.
func Find(form Form, raw []byte) (found []Piece, whole bool) {
	if !mentions(raw) {
		return nil, true
	}
	f := &finder{raw: raw, whole: true, form: form}
	file := pieces.Of(raw, 0)
	switch form {
	case Shell:
		f.shell(file)
	case Make:
		f.makefile(file)
	case Docker:
		f.docker(file)
	case YAML:
		f.yaml(file)
	case JSON:
		f.json(file)
	case Lines:
		f.loose = true
		f.lines(file)
	}
	f.run()
	return f.found, f.whole
}

// Scripts is Find for the shell scripts that stand in a file of another kind.
func Scripts(raw []byte, scripts []*pieces.Text) (found []Piece, whole bool) {
	f := &finder{raw: raw, whole: true, form: Shell}
	for _, script := range scripts {
		f.shell(script)
	}
	f.run()
	return f.found, f.whole
}

// mentions reports whether a file names a Python: most do not.
func mentions(raw []byte) bool {
	for _, word := range []string{"ython", "YTHON", "pypy", ".py"} {
		if bytes.Contains(raw, []byte(word)) {
			return true
		}
	}
	return false
}

type finder struct {
	raw   []byte
	form  Form
	found []Piece
	// seen has where they begin.
	seen map[int]bool
	// searched counts the bytes that were read for the ends of commands in others,
	// queued those of all scripts.
	searched, queued int
	scripts          int
	whole            bool
	// loose: the texts are no shell scripts, but may quote commands.
	loose bool
	todo  []script
}

// script is text for a shell, and how many commands are around it.
type script struct {
	text   *pieces.Text
	within int
}

// shell notes a text to be read as a shell does.
func (f *finder) shell(t *pieces.Text) { f.inner(t, 0) }

func (f *finder) inner(t *pieces.Text, within int) {
	if within > maxWithin || !mentions(t.Bytes) {
		return
	}
	f.scripts++
	if f.queued += len(t.Bytes); f.scripts > maxPieces || f.queued > maxSearched+8*len(f.raw) {
		f.whole = false
		return
	}
	f.todo = append(f.todo, script{t, within})
}

func (f *finder) python(code *pieces.Text, at int) {
	if len(bytes.TrimSpace(code.Bytes)) == 0 || f.seen[code.At(0)] {
		return // a word of a list may be a command, too
	}
	if f.seen == nil {
		f.seen = make(map[int]bool)
	}
	f.seen[code.At(0)] = true
	if len(f.found) >= maxPieces {
		f.whole = false
		return
	}
	f.found = append(f.found, Piece{dedent(code), at})
}

// run reads all scripts, those inside of others after them.
func (f *finder) run() {
	for len(f.todo) > 0 {
		s := f.todo[0]
		f.todo = f.todo[1:]
		sh := &shell{f: f, text: s.text, src: s.text.Bytes, within: s.within, loose: f.loose}
		sh.read()
	}
}

// lines notes each line of a file.
func (f *finder) lines(file *pieces.Text) {
	for from := 0; from < len(file.Bytes); {
		to := logicalEnd(file.Bytes, from)
		f.shell(file.Slice(from, to))
		from = to
	}
}

// logicalEnd returns where a line ends, with all that backslashes join to it.
func logicalEnd(b []byte, at int) int {
	for {
		end := lineEnd(b, at)
		line := bytes.TrimRight(b[at:end], "\r\n")
		if end == len(b) || len(line) == 0 || line[len(line)-1] != '\\' {
			return end
		}
		at = end
	}
}

func lineEnd(b []byte, at int) int {
	if i := bytes.IndexByte(b[at:], '\n'); i >= 0 {
		return at + i + 1
	}
	return len(b)
}

// makefile notes each line of a makefile as make hands it to the shell.
func (f *finder) makefile(file *pieces.Text) {
	for from := 0; from < len(file.Bytes); {
		to := logicalEnd(file.Bytes, from)
		if line := file.Bytes[from:to]; mentions(line) {
			t := new(pieces.Text)
			for i := from; i < to; i++ {
				t.Copy(file, i, i+1)
				if file.Bytes[i] == '$' && i+1 < to && file.Bytes[i+1] == '$' {
					i++
				}
			}
			f.shell(t)
		}
		from = to
	}
}

// dedent takes the blanks away that all lines begin with, as python -c does since
// Python 3.14. The first line counts if it begins with some.
func dedent(t *pieces.Text) *pieces.Text {
	first := bytes.TrimLeft(t.Bytes, "\r\n")
	blanks := len(first) - len(bytes.TrimLeft(first, " \t"))
	if blanks == 0 {
		return t
	}
	prefix := first[:blanks]
	out := new(pieces.Text)
	for from := 0; from < len(t.Bytes); {
		to := lineEnd(t.Bytes, from)
		start := from
		for start < to && start-from < blanks && t.Bytes[start] == prefix[start-from] {
			start++
		}
		out.Copy(t, start, to)
		from = to
	}
	return out
}
