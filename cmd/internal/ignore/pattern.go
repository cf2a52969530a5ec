package ignore

import (
	"bytes"
	"strings"
)

// pattern is one line of a .gitignore (git, dir.c, parse_path_pattern).
type pattern struct {
	negative bool
	dirOnly  bool
	// base: the pattern has no slash, and is about the last name of a path.
	base bool
	// prefix is what stands before the first wildcard; it is compared as it is.
	prefix string
	rest   []token
	// literal: there is no wildcard.
	literal bool
}

const (
	// maxFile bounds a .gitignore in bytes, maxPatterns what is taken of it, and
	// maxPattern the length of one. Every path of a tree is held against all of
	// them.
	maxFile     = 1 << 20
	maxPatterns = 10_000
	maxPattern  = 4096
)

// parse reads a .gitignore. whole is false if more stands in it than is taken.
func parse(text []byte) (patterns []pattern, whole bool) {
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
	for line := range bytes.SplitSeq(text, []byte("\n")) {
		p, ok := parseLine(string(bytes.TrimSuffix(line, []byte("\r"))))
		if !ok {
			continue
		}
		if len(patterns) == maxPatterns {
			return patterns, false
		}
		patterns = append(patterns, p)
	}
	return patterns, true
}

func parseLine(line string) (p pattern, ok bool) {
	if line == "" || line[0] == '#' || len(line) > maxPattern {
		return p, false
	}
	line = trimBlanks(line)
	line, p.negative = strings.CutPrefix(line, "!")
	line, p.dirOnly = strings.CutSuffix(line, "/")
	if line == "" {
		return p, false
	}
	p.base = !strings.Contains(line, "/")
	line = strings.TrimPrefix(line, "/")
	special := strings.IndexAny(line, `*?[\`)
	if special < 0 {
		p.prefix, p.literal = line, true
		return p, true
	}
	// A name is matched as a whole, and a path without what needs no matching:
	// git looks at what stands behind that as if it began there.
	if !p.base {
		p.prefix, line = line[:special], line[special:]
	}
	p.rest, ok = compile(line, !p.base)
	return p, ok
}

// trimBlanks drops blanks at the end that no backslash keeps.
func trimBlanks(line string) string {
	end := -1
	for i := 0; i < len(line); i++ {
		switch line[i] {
		case ' ':
			if end < 0 {
				end = i
			}
		case '\\':
			i++
			end = -1
		default:
			end = -1
		}
	}
	if end >= 0 {
		return line[:end]
	}
	return line
}

// match reports whether a path, relative to the directory of the file that the
// pattern stands in, matches.
func (p *pattern) match(path string, dir bool) bool {
	if p.dirOnly && !dir {
		return false
	}
	if p.base {
		name := path[strings.LastIndexByte(path, '/')+1:]
		if p.literal {
			return name == p.prefix
		}
		return matchTokens(p.rest, name)
	}
	if p.literal {
		return path == p.prefix
	}
	rest, ok := strings.CutPrefix(path, p.prefix)
	return ok && matchTokens(p.rest, rest)
}
