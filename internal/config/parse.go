package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// Parse reads and checks the text of a .pickle-lint.yml. Errors name lines, and those about
// values the keys that lead to them.
func Parse(text []byte) (*Config, error) { return parse(text, false) }

// ParseTOML does the same for the text of a pyproject.toml.
func ParseTOML(text []byte) (*Config, error) { return parse(text, true) }

func parse(text []byte, toml bool) (*Config, error) {
	if err := checkText(text); err != nil {
		return nil, err
	}
	read := parseYAML
	if toml {
		read = parseTOML
	}
	root, err := read(text)
	if err != nil {
		return nil, err
	}
	c := new(Config)
	if root == nil {
		return c, nil // the file is empty
	}
	if err := checkShape(root, toml); err != nil {
		return nil, err
	}
	if err := root.Decode(c); err != nil {
		return nil, plain(text, err)
	}
	c.root = root
	if err := located(root, c.check()); err != nil {
		return nil, err
	}
	return c, nil
}

// checkText refuses what is no text: the libraries say so without a line, or take it.
func checkText(text []byte) error {
	line := 1
	for rest := text; len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		switch {
		case r == utf8.RuneError && size == 1:
			return &Error{Line: line, Err: errors.New("the file is no UTF-8")}
		case r == 0:
			return &Error{Line: line, Err: errors.New("a NUL byte: the file is no text")}
		case r < ' ' && r != '\n' && r != '\r' && r != '\t', r == 0x7f:
			return &Error{Line: line, Err: fmt.Errorf("the control character %q", r)}
		case r == '\n':
			line++
		}
		rest = rest[size:]
	}
	return nil
}

// parseYAML returns the one document of a text, or nil if there is nothing in it.
func parseYAML(text []byte) (*yaml.Node, error) {
	dec := yaml.NewDecoder(bytes.NewReader(text))
	var document, second yaml.Node
	if err := dec.Decode(&document); errors.Is(err, io.EOF) {
		return nil, nil
	} else if err != nil {
		return nil, plain(text, err)
	}
	switch err := dec.Decode(&second); {
	case err == nil:
		return nil, &Error{Line: second.Line, Err: errors.New("a second document follows the first")}
	case !errors.Is(err, io.EOF):
		return nil, plain(text, err)
	}
	root := resolved(document.Content[0])
	if root.Kind == yaml.ScalarNode && root.ShortTag() == "!!null" {
		return nil, nil
	}
	return root, nil
}

var (
	yamlLine = regexp.MustCompile(`(?s)^(?:yaml: )?(?:unmarshal errors:\s+)?(?:line (\d+): )?(.*)$`)
	// ofParser are errors of the library's parser, which counts lines from 0; its scanner
	// counts from 1.
	ofParser = regexp.MustCompile(`^did not find expected (?:key|node content|'-' indicator|',' or '[\]}]'|<document start>)|^found undefined tag handle`)
	ofAnchor = regexp.MustCompile(`anchor '([^']+)'`)
)

// plain gives yaml's errors our form, and a line of the text.
func plain(text []byte, err error) error {
	m := yamlLine.FindStringSubmatch(err.Error())
	what := strings.Join(strings.Fields(m[2]), " ")
	line, _ := strconv.Atoi(m[1])
	if ofParser.MatchString(what) {
		line++
	}
	if anchor := ofAnchor.FindStringSubmatch(what); line == 0 && anchor != nil {
		if at := bytes.Index(text, []byte("*"+anchor[1])); at >= 0 {
			line = 1 + bytes.Count(text[:at], []byte("\n"))
		}
	}
	last := 1 + bytes.Count(bytes.TrimSuffix(text, []byte("\n")), []byte("\n"))
	return &Error{Line: min(max(line, 1), last), Err: errors.New(what)}
}
