package declared

import (
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/prelex"
	"github.com/pickle-lint/pickle-lint/pyscan/pep440"
)

// setupCfg reads the requirements of setup.cfg, an INI file whose values go on in
// lines that are indented.
func setupCfg(text []byte) (collected, error) {
	var c collected
	section, key := "", ""
	value := func(text string) {
		switch {
		case text == "":
		case strings.HasPrefix(text, "file:"):
			if section == "options" && key == "install_requires" {
				for name := range strings.SplitSeq(strings.TrimPrefix(text, "file:"), ",") {
					c.named(tomlValue{text: strings.TrimSpace(name), isString: true})
				}
			}
		case section == "options" && key == "install_requires":
			c.require(text, false)
		case section == "options" && key == "python_requires":
			c.add(pythons(text, pep440.PEP440))
		case section == "metadata" && (key == "classifiers" || key == "classifier"):
			c.classify(text)
		case section == "options.extras_require":
			c.require(text, true)
		}
	}
	for line := range strings.Lines(string(text)) {
		plain, _, _ := strings.Cut(strings.TrimRight(line, "\r\n"), " #")
		body := strings.TrimSpace(plain)
		switch {
		case body == "" || strings.HasPrefix(body, "#") || strings.HasPrefix(body, ";"):
		case plain[0] == ' ' || plain[0] == '\t':
			value(body)
		case strings.HasPrefix(body, "["):
			section, key = strings.TrimSpace(strings.Trim(body, "[]")), ""
		default:
			at := strings.IndexAny(body, "=:")
			if at < 0 {
				key = ""
				continue
			}
			key = strings.ReplaceAll(strings.TrimSpace(body[:at]), "-", "_")
			value(strings.TrimSpace(body[at+1:]))
		}
	}
	c.classified()
	return c, nil
}

// maxSetupStrings bounds the strings of the lists in a setup.py.
const maxSetupStrings = 10_000

// setupPy reads the literal lists of a setup.py by its tokens: install_requires,
// extras_require, classifiers and python_requires, as keywords, as keys of a dictionary, or by the
// name of one list that the file has. Nothing is run: lists that are read from files or
// put together by code say nothing here.
func setupPy(text []byte) (collected, error) {
	s := &setupReader{text: text, lex: prelex.NewLooseLexer(text), named: make(map[string][]string)}
	var c collected
	wanted := ""
	for s.next(); s.tok.Kind != prelex.EOF; {
		word, isString := s.word()
		if word == "" {
			s.next()
			continue
		}
		s.next()
		if s.op() != '=' && (!isString || s.op() != ':') {
			continue
		}
		s.next()
		switch word {
		case "install_requires":
			if name, quoted := s.word(); name != "" && !quoted {
				wanted = name
			}
			for _, item := range s.strings() {
				c.require(item, false)
			}
		case "extras_require":
			for _, item := range s.strings() {
				c.require(item, true)
			}
		case "classifiers":
			for _, item := range s.strings() {
				c.classify(item)
			}
		case "python_requires":
			if specifier, quoted := s.word(); quoted {
				c.add(pythons(specifier, pep440.PEP440))
			}
		default:
			if s.op() == '[' && !isString {
				s.named[word] = s.strings()
			}
		}
	}
	for _, item := range s.named[wanted] {
		c.require(item, false)
	}
	c.classified()
	return c, nil
}

// setupReader reads tokens of a setup.py.
type setupReader struct {
	text  []byte
	lex   *prelex.Lexer
	tok   prelex.Token
	named map[string][]string
	count int
}

func (s *setupReader) next() { s.tok = s.lex.NextCode() }

// op returns the punctuation, or 0.
func (s *setupReader) op() byte {
	if s.tok.Kind != prelex.Op {
		return 0
	}
	return s.text[s.tok.Start]
}

// word returns a name, or what is in a plain string.
func (s *setupReader) word() (word string, isString bool) {
	text := s.text[s.tok.Start:s.tok.End]
	if len(text) > 512 {
		return "", false
	}
	switch s.tok.Kind {
	case prelex.Name:
		return string(text), false
	case prelex.String:
		body := strings.TrimLeft(string(text), "rRuU")
		if len(body) < 2 || strings.ContainsAny(body, "\\\n") || body[0] != '"' && body[0] != '\'' {
			return "", false
		}
		return strings.Trim(body, body[:1]), true
	}
	return "", false
}

// strings returns the strings of the display that begins here, without the keys of
// dictionaries.
func (s *setupReader) strings() (items []string) {
	if op := s.op(); op != '[' && op != '{' && op != '(' {
		return nil
	}
	for depth := 0; s.tok.Kind != prelex.EOF; {
		switch s.op() {
		case '[', '{', '(':
			depth++
		case ']', '}', ')':
			if depth--; depth == 0 {
				return items
			}
		}
		item, isString := s.word()
		s.next()
		if s.count++; isString && s.op() != ':' && s.count < maxSetupStrings {
			items = append(items, item)
		}
	}
	return items
}
