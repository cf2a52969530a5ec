package pyscan

import (
	"bytes"
	"path"
	"regexp"
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/command"
)

// Kind says how Python is written down in a file.
type Kind uint8

// The kinds.
const (
	NoPython Kind = iota
	// Source is Python source, also in a template or in the middle of a merge.
	Source
	// Notebook is a Jupyter notebook.
	Notebook
	// Commands is a file of commands, some of which may be of the form python -c.
	Commands
)

// headSize is how much of a file KindOf looks at, in bytes.
const headSize = 4096

// KindOf tells the kind of a file by its name, by the interpreter that its first line
// asks for, and, where the name says nothing, by how it begins. head is the
// beginning of the file.
func KindOf(name string, head []byte) Kind {
	base := strings.ToLower(path.Base(name))
	ext := path.Ext(base)
	if templates[ext] {
		base = strings.TrimSuffix(base, ext)
		ext = path.Ext(base)
	}
	switch {
	case sources[ext] || sourceNames[base]:
		return Source
	case ext == ".ipynb":
		return Notebook
	}
	head = bytes.TrimPrefix(head, utf8BOM)
	shebang, isScript := bytes.CutPrefix(head, []byte("#!"))
	shebang, _, _ = bytes.Cut(shebang[:min(len(shebang), 256)], []byte("\n"))
	if !isScript {
		shebang = nil
	} else if m := execs.FindIndex(head); m != nil && bytes.ContainsAny(head[:m[0]+1], `"'`) {
		return Source
	}
	if command.FormOf(base, shebang) != command.None {
		return Commands
	}
	if line, ok := bytes.CutPrefix(head, []byte("#!")); ok {
		return interpreted(line)
	}
	if ext == "" && beginsLikePython(head) {
		return Source
	}
	return NoPython
}

// commandForm tells how commands are written down in a file that has some.
func commandForm(name string, head []byte) command.Form {
	base := strings.ToLower(path.Base(name))
	if ext := path.Ext(base); templates[ext] {
		base = strings.TrimSuffix(base, ext)
	}
	shebang, _, _ := bytes.Cut(head, []byte("\n"))
	return command.FormOf(base, shebang)
}

// sources are the extensions of Python source (github-linguist, languages.yml), and
// of what is Python but for a few words.
var sources = setOf(".py .pyi .pyw .py3 .smk .lmi .pyt .pyp .pyde .xpy .ipy .wsgi .tac .py-tpl .py_t .pyx .pxi .sage .gyp .gypi .rpy")

// sourceNames are files of tools whose configuration is Python.
var sourceNames = setOf("sconstruct sconscript wscript snakefile")

// templates are the extensions that stand behind another: of what a file is made
// from, and of examples that are to be copied.
var templates = setOf(".j2 .jinja .jinja2 .tmpl .tpl .template .in .mako .ejs .erb .cookiecutter .example .sample .dist")

func setOf(list string) map[string]bool {
	out := make(map[string]bool)
	for word := range strings.FieldsSeq(list) {
		out[word] = true
	}
	return out
}

// interpreted tells the kind by the first line, without its first two characters.
func interpreted(line []byte) Kind {
	if bytes.IndexByte(line, 0) >= 0 {
		return NoPython // a program with an archive behind it: what is in that counts
	}
	if i := bytes.IndexAny(line, "\r\n"); i >= 0 {
		line = line[:i]
	}
	for word := range strings.FieldsSeq(string(line[:min(len(line), 256)])) {
		base := word[strings.LastIndexByte(word, '/')+1:]
		if isInterpreter(base) || base == "uv" || base == "pipx" {
			return Source // uv run --script (PEP 723)
		}
	}
	return NoPython
}

// execs is a line of shell that hands its own file to a Python. Where quotes hide it
// from Python the file is both: pip writes it where the path of a Python is too long
// for a first line.
var execs = regexp.MustCompile(`(?m)^["' \t]*exec["']*[ \t].*(python|pypy)[0-9.]*["']*[ \t].*\$\{?0\}?["']?([ \t]|$)`)

// isInterpreter reports whether a program is a Python, by its name.
func isInterpreter(base string) bool {
	for _, name := range []string{"python", "pypy", "ipython", "micropython"} {
		if version, ok := strings.CutPrefix(base, name); ok && strings.Trim(version, "0123456789.wdt") == "" {
			return true
		}
	}
	return false
}

// pythonImport is an import as nothing but Python writes it.
var pythonImport = regexp.MustCompile(`^(import [A-Za-z_][\w.]*( as \w+)?([ \t]*,[ \t]*[A-Za-z_][\w.]*( as \w+)?)*|from \.*[A-Za-z_.][\w.]* import [\w(*][\w ,()*\\]*)[ \t]*(#.*)?$`)

// beginsLikePython reports whether the first statement of a file is an import. Only
// comments and a string may stand before it.
func beginsLikePython(head []byte) bool {
	for len(head) > 0 {
		line := head
		if i := bytes.IndexByte(head, '\n'); i >= 0 {
			line, head = head[:i], head[i+1:]
		} else {
			head = nil
		}
		line = bytes.TrimRight(line, " \t\r")
		if len(line) == 0 || line[0] == '#' {
			continue
		}
		if quote := line[:min(3, len(line))]; string(quote) == `"""` || string(quote) == "'''" {
			rest := append(append([]byte(nil), line[3:]...), append([]byte{'\n'}, head...)...)
			_, after, ok := bytes.Cut(rest, quote)
			if !ok {
				return false
			}
			head = after
			continue
		}
		return pythonImport.Match(line)
	}
	return false
}

// IsPython reports whether a file is Python source or a notebook.
func IsPython(name string, head []byte) bool {
	k := KindOf(name, head)
	return k == Source || k == Notebook
}
