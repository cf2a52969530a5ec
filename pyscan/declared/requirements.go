package declared

import (
	"encoding/binary"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// maxIncludes bounds the files that requirements files of one directory include.
const maxIncludes = 64

// requirementsReader reads requirements files, and those that they include.
type requirementsReader struct {
	read func(name string) ([]byte, error)
	seen map[string]bool
}

// file reads one file and hands on what it and each included one says, under the name
// of that. Files that were read already are passed over, so loops end.
func (r *requirementsReader) file(name string, found func(name string, c collected, err error)) {
	todo := []string{name}
	for len(todo) > 0 {
		name := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if r.seen[name] {
			continue
		}
		if len(r.seen) >= maxIncludes {
			found(name, collected{}, fmt.Errorf("more than %d requirements files are not read", maxIncludes))
			return
		}
		r.seen[name] = true
		text, err := r.read(name)
		if err != nil {
			found(name, collected{}, err)
			continue
		}
		var c collected
		includes, err := requirements(text, &c)
		found(name, c, err)
		for _, include := range includes {
			if next, ok := beside(name, include); ok {
				todo = append(todo, next)
			}
		}
	}
}

// beside returns the path of a file that another names. What lies outside of the tree is
// not asked for.
func beside(name, other string) (string, bool) {
	next := path.Join(path.Dir(name), other)
	return next, fs.ValidPath(next) && !path.IsAbs(other) && !strings.Contains(other, "://")
}

// requirements reads one requirements file (pip documentation, "Requirements File
// Format"), and returns the files that it includes.
func requirements(text []byte, c *collected) (includes []string, err error) {
	plain, err := decoded(text)
	if err != nil {
		return nil, err
	}
	logical := ""
	for line := range strings.Lines(plain) {
		line = strings.TrimRight(line, "\r\n")
		trimmed := strings.TrimSpace(line)
		if before, more := strings.CutSuffix(line, `\`); more && !strings.HasPrefix(trimmed, "#") {
			if len(logical) <= maxLogical {
				logical += before + " "
			}
			continue
		}
		logical += line
		if include := requirementLine(logical, c); include != "" {
			includes = append(includes, include)
		}
		logical = ""
	}
	if include := requirementLine(logical, c); include != "" {
		includes = append(includes, include)
	}
	return includes, nil
}

// maxLogical bounds what one line is joined from, in bytes: a library has a hundred
// hashes of 80 bytes.
const maxLogical = 64 << 10

// requirementLine reads one logical line.
func requirementLine(line string, c *collected) (include string) {
	line = strings.TrimSpace(line)
	if strings.HasPrefix(line, "#") {
		return ""
	}
	for _, comment := range []string{" #", "\t#"} {
		line, _, _ = strings.Cut(line, comment)
	}
	if !strings.HasPrefix(line, "-") {
		// Options of one requirement, as --hash, stand behind it.
		line, _, _ = strings.Cut(line, " --")
		c.require(line, false)
		return ""
	}
	for _, option := range []string{"--requirement", "--constraint", "-r", "-c"} {
		if rest, ok := strings.CutPrefix(line, option); ok {
			if option[1] == '-' && rest != "" && rest[0] != ' ' && rest[0] != '=' && rest[0] != '\t' {
				continue
			}
			return strings.Trim(strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(rest), "=")), `"'`)
		}
	}
	return ""
}

// decoded returns the text of a file, which may begin with a mark of UTF-8 or UTF-16:
// PowerShell writes the latter where somebody redirects the output of pip freeze.
func decoded(text []byte) (string, error) {
	var order binary.ByteOrder
	switch {
	case len(text) >= 2 && text[0] == 0xff && text[1] == 0xfe:
		order = binary.LittleEndian
	case len(text) >= 2 && text[0] == 0xfe && text[1] == 0xff:
		order = binary.BigEndian
	default:
		plain := strings.TrimPrefix(string(text), "\ufeff")
		if !utf8.ValidString(plain) {
			return "", fmt.Errorf("not UTF-8")
		}
		return plain, nil
	}
	units := make([]uint16, 0, len(text)/2)
	for i := 2; i+1 < len(text); i += 2 {
		units = append(units, order.Uint16(text[i:]))
	}
	return string(utf16.Decode(units)), nil
}
