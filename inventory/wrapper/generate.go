package wrapper

import (
	_ "embed"
	"errors"
	"fmt"
	"go/token"
	"regexp"
	"strconv"
	"strings"
)

var (
	//go:embed template/safe_pickle.py
	pythonText string
	//go:embed safegob/safegob.go
	goText string
	//go:embed safegob/safegob_keys.go
	goKeysText string
	//go:embed safegob/safegob_audit.go
	goAuditText string
)

// PythonFile and GoFile are the files that hold the marks, by their names; beside the second
// stand those of [GoParts].
const (
	PythonFile = "safe_pickle.py"
	GoFile     = "safegob.go"
)

// GoPackage is what the Go package is called unless somebody says otherwise.
const GoPackage = "safegob"

// marks are the lines around what is written anew.
type marks struct{ begin, end string }

var (
	pythonMarks = marks{"# safe_pickle:begin ", "# safe_pickle:end"}
	goMarks     = marks{"// safegob:begin ", "// safegob:end"}
)

// ErrForeign is about a file that this package did not write, or that has lost its marks.
var ErrForeign = errors.New("is there already, without the marks of this command")

// cut returns what stands before, between and behind the marks, which stay with the outer
// two. A file has them once, and in order.
func (m marks) cut(text string) (before, section, after string, err error) {
	text = "\n" + text
	begin, end := strings.Index(text, "\n"+m.begin), strings.Index(text, "\n"+m.end+"\n")
	if begin < 0 || end < begin || strings.Count(text, "\n"+m.begin) > 1 || strings.Count(text, "\n"+m.end) > 1 {
		return "", "", "", ErrForeign
	}
	start := begin + 1 + strings.IndexByte(text[begin+1:], '\n') + 1
	if start > end+1 {
		return "", "", "", ErrForeign
	}
	return text[1:start], text[start : end+1], text[end+1:], nil
}

// Result is a file that is to be written.
type Result struct {
	Text string
	// Table is the one that it has, and Before the one that it had, or nil.
	Table, Before *Table
	// Edited: what stands outside of the marks is not of this version. It is kept.
	Edited bool
}

// Python returns safe_pickle.py with a table. With the text of one that is there, only what
// stands between the marks changes, and its table keeps what it has, unless prune says that
// only the new classes count.
func Python(present string, add *Table, prune bool) (*Result, error) {
	fresh := &Table{Protocol: DefaultProtocol, MaxSize: DefaultMaxSize}
	before, _, after, err := pythonMarks.cut(pythonText)
	if err != nil {
		return nil, err
	}
	r := &Result{Table: fresh}
	if present != "" {
		mine := before + after
		var section string
		if before, section, after, err = pythonMarks.cut(strings.ReplaceAll(present, "\r\n", "\n")); err != nil {
			return nil, err
		}
		if r.Before, err = parsePython(section); err != nil {
			return nil, err
		}
		fresh.Protocol, fresh.MaxSize = r.Before.Protocol, r.Before.MaxSize
		if !prune {
			fresh.Add(r.Before)
		}
		r.Edited = before+after != mine
	}
	fresh.Add(add)
	r.Text = asBefore(present, before+fresh.python()+after)
	return r, nil
}

var maxSizeLine = regexp.MustCompile(`(?m)^const MaxSize = ([0-9]{1,10})$`)

// Go returns safegob.go for a package, as [Python] does.
func Go(present, pkg string, maxSize int64) (*Result, error) {
	before, own, after, err := goMarks.cut(inPackage(goText, pkg))
	if err != nil {
		return nil, err
	}
	r := &Result{Table: &Table{MaxSize: DefaultMaxSize}}
	if present != "" {
		mine := before + after
		var section string
		if before, section, after, err = goMarks.cut(strings.ReplaceAll(present, "\r\n", "\n")); err != nil {
			return nil, err
		}
		m := maxSizeLine.FindStringSubmatch(section)
		if m == nil {
			return nil, errors.New("what stands between the marks has no MaxSize of this command")
		}
		n, err := strconv.ParseInt(m[1], 10, 64)
		if err != nil {
			return nil, fmt.Errorf("MaxSize: %w", err)
		}
		r.Before = &Table{MaxSize: n}
		r.Table.MaxSize = n
		r.Edited = before+after != mine
	}
	if maxSize != 0 {
		r.Table.MaxSize = maxSize
	}
	r.Text = asBefore(present, before+maxSizeLine.ReplaceAllString(own, "const MaxSize = "+strconv.FormatInt(r.Table.MaxSize, 10))+after)
	return r, nil
}

// asBefore gives a text the line ends of the one that it stands for.
func asBefore(present, text string) string {
	if strings.Contains(present, "\r\n") {
		return strings.ReplaceAll(text, "\n", "\r\n")
	}
	return text
}

// GoParts returns the files beside [GoFile], by name.
func GoParts(pkg string) map[string]string {
	return map[string]string{"safegob_keys.go": inPackage(goKeysText, pkg), "safegob_audit.go": inPackage(goAuditText, pkg)}
}

// IsGoPackage reports whether a package can be called so.
func IsGoPackage(name string) bool {
	return token.IsIdentifier(name) && name != "_" && name != "main" && name == strings.ToLower(name)
}

// inPackage gives a file to a package. Errors keep their prefix: it is what they are looked
// for by.
func inPackage(text, pkg string) string {
	text = strings.Replace(text, "\npackage "+GoPackage+"\n", "\npackage "+pkg+"\n", 1)
	if after, is := strings.CutPrefix(text, "package "+GoPackage+"\n"); is {
		text = "package " + pkg + "\n" + after
	}
	text = strings.Replace(text, "// Package "+GoPackage+" ", "// Package "+pkg+" ", 1)
	for _, call := range []string{"KeysFromEnvironment()", "New(", "Options{}"} {
		text = strings.ReplaceAll(text, GoPackage+"."+call, pkg+"."+call)
	}
	return text
}
