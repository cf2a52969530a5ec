package command

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/pieces"
)

// says are commands whose words are text, and writes those that only pass on what
// they read.
var (
	says   = map[string]bool{"echo": true, "printf": true, "grep": true, "git": true, "sed": true, "awk": true, "test": true, "[": true, "[[": true, "alias": true, "die": true, "log": true}
	writes = map[string]bool{"cat": true, "tee": true}
	// remote are commands that hand their words to a shell.
	remote = map[string]bool{"ssh": true, "eval": true, "watch": true, "trap": true, "su": true}
)

// command looks at one command. waits says that its input is not read yet.
func (f *finder) command(s *shell, c, before *simple, waits bool) {
	if len(c.words) == 0 {
		return
	}
	name := base(c.words[0].string())
	for i := range c.words {
		w := &c.words[i]
		if isPython(w.string()) && !says[name] {
			code, stdin := f.arguments(c.words[i+1:])
			switch {
			case code != nil:
				f.python(code, s.text.At(w.at))
			case stdin && c.input != nil && !waits:
				f.python(c.input, s.text.At(w.at))
			case stdin && before != nil:
				f.piped(s, w, before)
			}
			if code != nil || stdin {
				return
			}
		}
	}
	for i := range c.words {
		w := &c.words[i]
		if !w.quoted || !mentions(w.text.Bytes) || bytes.IndexByte(w.text.Bytes, ' ') < 0 {
			continue
		}
		if remote[name] || i > 0 && runsNext(c.words[i-1].string()) || s.loose && !says[name] {
			f.inner(w.text, s.within+1)
		}
	}
}

// runsNext reports an option with which a shell takes a command: -c, -lc, -exc.
var runsNext = regexp.MustCompile(`^-[a-zA-Z]*c$|^/[cC]$|^-Command$`).MatchString

// piped takes what echo writes that a Python reads.
func (f *finder) piped(s *shell, python *word, before *simple) {
	if len(before.words) == 0 {
		return
	}
	if name := base(before.words[0].string()); (name == "echo" || name == "printf") && len(before.words) > 1 {
		f.python(before.words[len(before.words)-1].text, s.text.At(python.at))
	}
}

// document looks at the command of a here-document, when that was read.
func (f *finder) document(s *shell, c *simple) {
	if len(c.words) == 0 {
		// RUN <<EOF of a Dockerfile.
		if line, _, _ := bytes.Cut(c.input.Bytes, []byte("\n")); bytes.HasPrefix(line, []byte("#!")) && bytes.Contains(line, []byte("python")) {
			f.python(c.input, c.input.At(0))
		} else {
			f.inner(c.input, s.within+1)
		}
		return
	}
	at := s.text.At(c.words[0].at)
	if strings.HasSuffix(c.target, ".py") {
		f.python(c.input, at)
		return
	}
	for i := range c.words {
		word := c.words[i].string()
		if isPython(word) {
			if code, stdin := f.arguments(c.words[i+1:]); code == nil && stdin {
				f.python(c.input, s.text.At(c.words[i].at))
				return
			}
		}
		if i > 0 && strings.HasSuffix(word, ".py") && (writes[base(c.words[0].string())] || f.form == Docker && copies[strings.ToUpper(c.words[0].string())]) {
			f.python(c.input, at)
			return
		}
		if shells[base(word)] {
			f.inner(c.input, s.within+1)
			return
		}
	}
	// cat <<EOF | python
	if !writes[base(c.words[0].string())] || c.reader == nil {
		return
	}
	for i := range c.reader.words {
		if isPython(c.reader.words[i].string()) {
			if code, stdin := f.arguments(c.reader.words[i+1:]); code == nil && stdin {
				f.python(c.input, at)
			}
			return
		}
	}
}

var copies = map[string]bool{"COPY": true, "ADD": true}

// arguments reads what follows the name of a Python: the code behind -c, or whether
// it reads its program from its input (CPython, Python/initconfig.c).
func (f *finder) arguments(words []word) (code *pieces.Text, stdin bool) {
	for i := 0; i < len(words); i++ {
		text := words[i].string()
		switch {
		case text == "-":
			return nil, true
		case len(text) < 2 || text[0] != '-':
			return nil, false
		case text == "--check-hash-based-pycs":
			i++
			continue
		case strings.HasPrefix(text, "--"):
			continue
		}
	letters:
		for k := 1; k < len(text); k++ {
			rest := k + 1
			switch text[k] {
			case 'c':
				if all := words[i].text; rest < len(all.Bytes) {
					return all.Slice(rest, len(all.Bytes)), false
				}
				if i+1 < len(words) {
					return words[i+1].text, false
				}
				return nil, false
			case 'm':
				return nil, false
			case 'W', 'X':
				if rest == len(text) {
					i++
				}
				break letters
			}
		}
	}
	return nil, true
}

// variable is a name that stands for a Python: $PYTHON, ${PYTHON3}, $(PY), @PYTHON@,
// {envpython}, %PYTHON%.
var variable = regexp.MustCompile(`^["@\-+]*(\$[({]?|@|\{+ ?|%)"?(\w*(?i:python)\w*|PY[23]?)(:[-=?+][^}]*)?"?[)}@% ]*(\.exe)?$`)

// interpreter is the name of one.
var interpreter = regexp.MustCompile(`^(i|micro)?python[0-9.]*[wdt]?(-dbg)?$|^pypy[0-9.]*$`)

// located is "$(which python3)" and "$(command -v python)".
var located = regexp.MustCompile(`^\$\((which|command -v|type -p) +python[0-9.]*\)$`)

// isPython reports whether a word names a Python.
func isPython(w string) bool {
	if interpreter.MatchString(base(strings.TrimLeft(w, "@-+"))) {
		return true
	}
	return variable.MatchString(w) || located.MatchString(w)
}

// base returns the last part of a path, without .exe.
func base(w string) string {
	w = w[strings.LastIndexAny(w, `/\`)+1:]
	return strings.TrimSuffix(w, ".exe")
}
